"""The persons of an article by their full names, for languages with rows."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from indexer.ingest.cast.name_runs import is_generation, name_key
from indexer.ingest.quoting.name_forms import RUN, NameForms, bare_words, is_possessor
from indexer.ingest.quoting.rows import Language
from indexer.people.first_names import pronoun_of
from indexer.people.honorifics import HONORIFICS, PRONOUN_OF
from indexer.people.names import NAME_WORD, PARTICLES
from indexer.people.spellings import in_latin

_HONOURED = re.compile(
    rf"\b(?P<honorific>{'|'.join(word.capitalize() for word in PRONOUN_OF)})\.?"
    rf"\s(?:{NAME_WORD}\s)?(?P<name>{NAME_WORD})"
)
_APPOSITION = re.compile(r",\s[^.;:!?\n]{0,50}")
_BEFORE_NAME = re.compile(r"\w{0,12}[^.,;:!?\n]{0,60},?\s")
_ANOTHER_WORD = re.compile(r"\W\S")
_ENDING = re.compile(r"(?:en|in|ը|ն|[aeoyаяиіыу])$")
"""An ending of a noun: of an article, of a gender, of a case."""

_MIN_NOUN = 6
"""Letters of a noun that may have such an ending."""

_NEAR = 120
"""Characters around a noun in which its bearer is named."""


class Persons:
    """The persons whom the texts of an article name."""

    def __init__(self, texts: Sequence[str], language: Language) -> None:
        self._texts = texts
        self._language = language
        self._forms = NameForms(texts, language)
        self._known: dict[tuple[str, bool], str | None] = {}
        self._counts: Counter[str] = Counter()
        self._by_word: dict[str, set[str]] = defaultdict(set)
        self._honoured: dict[str, str] = {}
        for text in texts:
            runs = RUN.finditer(text)
            self._counts.update(full for run in runs for full in self._forms.full(run, text))
            for match in _HONOURED.finditer(text):
                self._honoured[name_key(match["name"])] = PRONOUN_OF[match["honorific"].lower()]
        for full in self._counts:
            for word in full.split()[1:]:
                self._by_word[name_key(word)].add(full)

    def named(self, printed: str, *, inflected: bool = False) -> str | None:
        """Return the full name of whom a printed name means; ``None`` if it is no person's.

        A name that is not the subject of its clause may be ``inflected``.
        """
        key = printed, inflected
        if key not in self._known:
            self._known[key] = self._named(printed, inflected)
        return self._known[key]

    def _named(self, printed: str, inflected: bool) -> str | None:
        run = RUN.search(printed)
        if run is None or (not inflected and self._forms.is_other_case(run.group())):
            return None
        words = bare_words(run.group())
        full = next(iter(self._forms.full(run, printed)), None)
        if full is None:
            return self._by_surname(words, inflected)
        if not inflected and is_possessor(words, full.split()[0]):
            return None
        return self._fullest(full)

    def mentions(self, text: str) -> list[str]:
        """Return the persons whom a text names, in order, each once."""
        found = (self.named(run.group(), inflected=True) for run in RUN.finditer(text))
        return list(dict.fromkeys(name for name in found if name))

    def only_one(self, texts: Sequence[str]) -> str | None:
        """Return the person of an article that names only one, if texts do."""
        named = {name for text in texts for name in self.mentions(text)}
        return named.pop() if len(named) == len(self._counts) == 1 else None

    def fits(self, full: str, pronoun: str) -> bool:
        """Return whether a pronoun may be a person's."""
        known = self.pronoun(full)
        return not pronoun or known is None or known == pronoun

    def pronoun(self, full: str) -> str | None:
        """Return "he" or "she" for a person, by honorifics and by the first name."""
        honoured = self._honoured.get(name_key(full.split()[-1]))
        return honoured or pronoun_of(full) or pronoun_of(" ".join(map(in_latin, full.split())))

    def are_called(self, noun: str) -> set[str]:
        """Return the persons beside whose name a noun for their office is printed."""
        also = [other for word, other in self._language.pairs("also") if word == noun.lower()]
        nouns = [_ENDING.sub("", one) if len(one) >= _MIN_NOUN else one for one in (noun, *also)]
        stem = re.compile("|".join(map(re.escape, nouns)), re.I)
        return {
            full
            for text in self._texts
            for place in stem.finditer(text)
            if (full := self._beside(text, place)) is not None
        }

    def _beside(self, text: str, noun: re.Match[str]) -> str | None:
        """Return the person whose office a noun names: after it, or before it and a comma."""
        beside = text[max(0, noun.start() - _NEAR) : noun.start()]
        runs = list(RUN.finditer(beside))
        following = next(RUN.finditer(text, noun.start(), noun.end() + _NEAR), None)
        is_next = following and not _ANOTHER_WORD.search(text[noun.end() : following.start()])
        if runs and not is_next and _APPOSITION.fullmatch(beside[runs[-1].end() :]):
            return self.named(runs[-1].group(), inflected=True)
        for run in RUN.finditer(text, noun.start(), noun.end() + _NEAR):
            full = self.named(run.group(), inflected=True)
            if full is not None:
                here = text.find(full.split()[0][:3], run.start(), run.end())
                between = text[noun.end() : here if here >= 0 else run.start()]
                is_near = not between.strip() or _BEFORE_NAME.fullmatch(between)
                return full if is_near else None
        return None

    def _fullest(self, full: str) -> str:
        longer = [name for name in self._counts if name.endswith(f" {full}")]
        return longer[0] if len(longer) == 1 else full

    def _by_surname(self, words: Sequence[str], inflected: bool) -> str | None:
        """Return the one person of a surname that stands alone or after an office."""
        *before, surname = words
        lead = all(
            self._forms.is_calling(word) or word.rstrip(".").lower() in HONORIFICS or len(word) == 2
            for word in before
            if word not in PARTICLES.split("|")
        )
        if not lead or is_generation(surname):
            return None
        has_article = self._language.has("last_in_case")
        forms = [surname, *(self._forms.own_forms(surname) if inflected or has_article else ())]
        for form in forms:
            people = self._by_word.get(name_key(form), set())
            if len(people) == 1 or len(people := _without_shorter(people)) == 1:
                return next(iter(people))
            if people:
                return None
        return None


def _without_shorter(names: set[str]) -> set[str]:
    """Return names without those that another one holds."""
    return {
        name
        for name in names
        if not any(o != name and set(name.split()) < set(o.split()) for o in names)
    }
