"""The persons of an article by their full names, for languages with rows."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from indexer.ingest.cast.name_runs import name_key
from indexer.ingest.quoting.name_forms import RUN, NameForms, bare_words, is_possessor
from indexer.people.first_names import pronoun_of
from indexer.people.generations import is_generation
from indexer.people.honorifics import HONORIFICS, PRONOUN_OF
from indexer.people.names import NAME_WORD, PARTICLES, is_organisation, is_outlet
from indexer.people.rows import Language
from indexer.people.spellings import in_latin

_HONOURED = re.compile(
    rf"\b(?P<honorific>{'|'.join(word.capitalize() for word in PRONOUN_OF)})\.?"
    rf"\s(?:{NAME_WORD}\s)?(?P<name>{NAME_WORD})"
)
_PARTICLES = frozenset(PARTICLES.split("|"))
_BEGINNING = 3
"""Words before a name that begins a sentence."""


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
        self._called: dict[str, str] = {}
        for text in texts:
            runs = RUN.finditer(text)
            self._counts.update(full for run in runs for full in self._forms.full(run, text))
            for match in _HONOURED.finditer(text):
                self._honoured[name_key(match["name"])] = PRONOUN_OF[match["honorific"].lower()]
        for full in self._counts:
            for word in full.split()[1:]:
                if word.lower() not in _PARTICLES:  # "De" begins many a Dutch sentence
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
            ends = (" ".join(words[start:]) for start in range(len(words) - 1))
            known = next((name for name in ends if name in self._counts), None)
            return known or self._by_ending(" ".join(words)) or self._by_surname(words, inflected)
        if not inflected and is_possessor(words, full.split()[0]):
            return None
        return self._fullest(full)

    def mentions(self, text: str) -> list[str]:
        """Return the persons whom a text names, in order, each once."""
        found = (self.named(run.group(), inflected=True) for run in RUN.finditer(text))
        return list(dict.fromkeys(name for name in found if name))

    def begins_with_another(self, sentence: str) -> bool:
        """Return whether a sentence begins with a name of two words that nobody is known by."""
        run = RUN.search(sentence)
        if run is None or len(sentence[: run.start()].split()) > _BEGINNING:
            return False
        words = run.group().split()
        if not run.start() and self._language.is_small(words[0]):
            words = words[1:]
        is_body = is_organisation(run.group()) or is_outlet(run.group())
        return len(words) > 1 and not is_body and self.named(run.group(), inflected=True) is None

    def only_one(self, texts: Sequence[str]) -> str | None:
        """Return the person of an article that names only one, if texts do."""
        named = {name for text in texts for name in self.mentions(text)}
        return named.pop() if len(named) == len(self._counts) == 1 else None

    def fits(self, full: str, pronoun: str) -> bool:
        """Return whether a pronoun may be a person's."""
        known = self.pronoun(full)
        return not pronoun or known is None or known == pronoun

    def call(self, full: str, pronoun: str) -> None:
        """Remember that the text calls a person "he" or "she"."""
        self._called.setdefault(full, self.pronoun(full) or pronoun)

    def pronoun(self, full: str) -> str | None:
        """Return "he" or "she" for a person, by honorifics, the first name, or earlier words."""
        honoured = self._honoured.get(name_key(full.split()[-1]))
        by_name = pronoun_of(full) or pronoun_of(" ".join(map(in_latin, full.split())))
        return honoured or by_name or self._called.get(full)

    def _fullest(self, full: str) -> str:
        longer = [name for name in self._counts if name.endswith(f" {full}")]
        return longer[0] if len(longer) == 1 else full

    def _by_ending(self, words: str) -> str | None:
        """Return the one person with a surname of several words."""
        people = [full for full in self._counts if " " in words and full.endswith(f" {words}")]
        return people[0] if len(people) == 1 else None

    def _by_surname(self, words: Sequence[str], inflected: bool) -> str | None:
        """Return the one person of a surname that stands alone or after an office."""
        *before, surname = words
        lead = all(
            self._forms.is_calling(word) or word.rstrip(".").lower() in HONORIFICS or len(word) == 2
            for word in before
            if word not in _PARTICLES
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
