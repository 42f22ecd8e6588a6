"""The people whom an article names: short names resolved to the full ones that it prints."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from indexer.people.first_names import is_first_name, pronoun_of
from indexer.people.honorifics import HONORIFICS
from indexer.people.names import (
    CAPITAL,
    NAME,
    NAME_WORD,
    NEVER_A_NAME,
    PARTICLES,
    could_be_name,
    in_ordinary_case,
    is_office,
    is_organisation,
    is_outlet,
    printed_office,
    split_office,
    without_article,
    without_honorific,
    without_land,
    words_of,
    written_out,
)
from indexer.people.words import (
    HIGH_OFFICES,
    NOT_NAMES,
    PLACE_WORDS,
    SURNAMES_TOO,
    VERBS_OF_SAYING,
)
from indexer.text.analysis import fold
from indexer.text.marks import with_printed_marks

_RUN = re.compile(NAME)

_BEFORE_A_PLACE = re.compile(r"\b(?:of|in|at|near|from|to|into|around|for|on)\s+(?:the\s+)?$", re.I)

_SMALL_WORD = re.compile(r"(?<![\w’'-])[^\W\d_A-ZА-ЯԱ-Ֆ][\w’'-]*")

_INSIDE_A_SENTENCE = re.compile(rf"(?<=[\w,;)] )[{CAPITAL}][\w’'-]*")

_TITLED = re.compile(
    rf"\b(?P<office>[\w’-]+)\s+(?P<name>{NAME_WORD})(?!\.?\s(?:{NAME_WORD}))(?![\w’-])"
)
"""A word and one capitalised word after it: maybe an office and a surname without a first name."""

_NO_PART_OF_A_NAME = NOT_NAMES | HONORIFICS
_SAID = dict.fromkeys(("he", "his", "him", "himself"), "he") | dict.fromkeys(
    ("she", "her", "hers", "herself"), "she"
)
_PRONOUN = re.compile(rf"\b(?:{'|'.join(_SAID)})\b", re.I)
_POSSESSIVE = re.compile(r"[’'ʼ]s?$")
_HONOURED = re.compile(
    rf"\b(?:(?P<he>Mr|Sir|Lord|Herr|Señor)|(?P<she>Mrs|Ms|Miss|Mme|Madame|Lady|Dame|Frau|Señora))\.?"
    rf"\s(?:{NAME_WORD}\s)*(?P<name>{NAME_WORD})"
)
_SAYS = frozenset(verb for verb in VERBS_OF_SAYING if verb.isalpha())
_ACRONYM = re.compile(r"(?!I{2,3}$|IV$)[A-Z]{2,5}")
_OF = re.compile(r"\b(?:of|for|to)(?:\s+the)?\s+$", re.I)


def _key(name: str) -> str:
    """A name as it is looked up: without case, accents and kinds of apostrophes."""
    return fold(name).replace("’", "'").replace("ʼ", "'")


class People:
    """The full names that an article prints, found by any of their words."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts = [with_printed_marks(text) for text in texts]
        self._small = {word for text in texts for word in _SMALL_WORD.findall(text)}
        self._capital = Counter(word for text in texts for word in _INSIDE_A_SENTENCE.findall(text))
        self._by_surname: dict[str, dict[str, float]] = defaultdict(dict)
        self._by_first: dict[str, dict[str, float]] = defaultdict(dict)
        names = [list(_names_in(text)) for text in texts]
        self._printed = Counter(chain.from_iterable(names))
        in_text = set(chain.from_iterable(names[1:]))
        for name, count in self._printed.items():
            words = name.split()
            # A headline may have capitals everywhere ("Mayor Meets Arel").
            printed = count if name in in_text else 0.04
            # A first word that is also written small may be the verb of a headline ("Meets Arel").
            weight = printed * (0.2 if self.is_common(words[0]) else 1.0)
            self._by_first[_key(words[0])][name] = weight
            for surname in {_surname(words), _surname(words).partition(" ")[0]}:
                self._by_surname[surname][name] = weight * _likelihood(words[0])
        self._said: dict[str, str | None] = {}
        self._first_alone = self._introduced_by_surname(texts[1:])
        self._honoured: dict[str, set[str]] = defaultdict(set)
        for found in (found for text in texts for found in _HONOURED.finditer(text)):
            surname = _key(_POSSESSIVE.sub("", found["name"]))
            self._honoured[surname].add("he" if found["he"] else "she")
        self._titled: dict[str, Counter[str]] = defaultdict(Counter)
        for found in (found for text in texts for found in _TITLED.finditer(text)):
            if found["office"].lower() in HIGH_OFFICES:
                self._titled[_key(found["name"])][found["office"].lower()] += 1

    def _introduced_by_surname(self, texts: Sequence[str]) -> dict[str, str]:
        """For each surname the one full name that is printed before the surname stands alone."""
        before: dict[str, set[str]] = defaultdict(set)
        alone: dict[str, str] = {}
        for run in (run for text in texts for run in _RUN.finditer(text)):
            for words in _segments(run.group()):
                surname = _surname(words)
                if len(words) > 1 and not _is_generation(words[-1]):
                    before[surname].update(_neighbours(words))
                elif surname not in alone:
                    likely = [n for n in before[surname] if is_first_name(n.split()[0])]
                    alone[surname] = likely[0] if len(likely) == 1 else ""
        return alone

    def pronoun_of(self, name: str) -> str | None:
        """Whether "he" or "she" is said of a person: by form of address, by what is said in
        sentences that begin with the surname and name nobody else, or by first name."""
        if name not in self._said:
            honoured = self._honoured.get(_key(name.split()[-1]), set())
            surely = next(iter(honoured)) if len(honoured) == 1 else self._said_beside(name)
            self._said[name] = surely or pronoun_of(name)
        return self._said[name]

    def _said_beside(self, name: str) -> str | None:
        if self.full_name(name.split()[-1]) != name:
            return None
        said: Counter[str] = Counter()
        surname = re.escape(name.split()[-1])
        for text in self._texts[1:]:
            for found in re.finditer(rf"(?:^|[.!?”\"]\s){surname}\b([^.!?“\"{CAPITAL}]*)", text):
                said.update(_SAID[word.lower()] for word in _PRONOUN.findall(found[1]))
        likeliest = said.most_common(1)
        return likeliest[0][0] if likeliest and likeliest[0][1] == said.total() else None

    def is_common(self, word: str) -> bool:
        """Whether the article also writes a word in small letters, as names are not."""
        return word.lower() in self._small

    def is_proper(self, word: str) -> bool:
        """Whether the article writes a word with a capital inside a sentence, as names are."""
        return word in self._capital

    def prints(self, name: str, times: int = 1) -> bool:
        """Whether the article prints a name of two words or more at least so many times."""
        return self._printed[name] >= times

    def full_name(self, name: str) -> str:
        """The fullest form of a name that the article prints; the name itself if there is none, or
        if two people could be meant."""
        bare = without_article(without_honorific(name))
        words = words_of(bare)
        if not words:
            return name
        candidates = self._by_surname.get(self._dictionary_form(_surname(words)), {})
        if said := _honoured_as(name):
            candidates = {n: w for n, w in candidates.items() if pronoun_of(n) in (said, None)}
        if len(words) > 1:
            first = _key(words[0])
            candidates = {
                name: weight
                for name, weight in candidates.items()
                if _agree(first, _key(name.split()[0])) or _is_end_of(" ".join(words), name)
            }
            return _fullest(candidates, at_least=len(words)) or bare
        full = _fullest(candidates) or self._introduced_alone(words[-1], candidates)
        if full is not None and not self._bears_titles_of(full, words[-1]):
            return name
        if full is None and not self.is_common(bare):
            # In East Asia the surname stands first: "Dong Xiaolin" is "Ms. Dong".
            by_first = self._by_first.get(_key(bare), {})
            least = 2 if bare == name else 1
            full = _fullest({n: weight for n, weight in by_first.items() if weight >= least})
        return full or name

    def _introduced_alone(self, surname: str, candidates: Mapping[str, float]) -> str | None:
        """Whom a surname alone means where relatives are named too: who was named in full before
        it, if nobody else is printed more often."""
        full = self._first_alone.get(_key(surname), "")
        others = (weight for name, weight in candidates.items() if not name.endswith(full))
        return full if full and candidates.get(full, 0) >= max(others, default=0) else None

    def _bears_titles_of(self, full: str, surname: str) -> bool:
        """Whether a person holds every office that is often printed right before their surname
        alone: where "President Biden" stands beside "First Lady Jill Biden", "Biden" is not she."""
        return all(
            self._holds(full, office) or self._outnumbers(full, count)
            for office, count in self._titled[_key(surname)].items()
        )

    def _outnumbers(self, full: str, titled: int) -> bool:
        """Whether a person is printed in full so often that a surname with another office, printed
        so many times, may be somebody else's: four times as often, or as often without office."""
        times = self._printed[full]
        has_office = printed_office(full, self._texts) is not None
        return titled * (4 if has_office else 1) <= times

    def _holds(self, full: str, office: str) -> bool:
        printed = printed_office(full, self._texts) or ""
        beside = re.compile(rf"\b{re.escape(office)}\s+{re.escape(full)}\b", re.I)
        return written_out(office) in written_out(printed) or any(map(beside.search, self._texts))

    def mentions(self, text: str) -> list[str]:
        """The people whom a text names, in order: in full, or by a surname that is printed in full
        elsewhere. Places ("of Port Arel") and outlets are left out."""
        found = []
        for run in _RUN.finditer(text):
            if _BEFORE_A_PLACE.search(text[max(0, run.start() - 12) : run.start()]):
                continue
            before = text[: run.start()].rpartition(" ")[0].rpartition(" ")[2]
            for segment in _segments(run.group()):
                words = without_land(_office_in(run.group()) or before, segment)
                full = self._with_title(self.full_name(" ".join(words)))
                if self._is_person(words, full):
                    found.append(full)
        return found

    def _is_person(self, words: Sequence[str], full: str) -> bool:
        return (
            2 <= len(full.split()) <= 4
            and len(words) <= 4
            and could_be_name(full)
            and not is_outlet(full)
            and not is_organisation(full)
            and full.split()[0].lower() not in PLACE_WORDS
            and not any(self.is_common(word) for word in full.split()[:1])
        )

    def _dictionary_form(self, word: str) -> str:
        """A surname as it is kept: one with an ending of another case or an Armenian article
        ("Адамяна", "Ադամյանը") as the shorter one that the article also prints."""
        key = _key(word)
        if key.isascii() or key in self._by_surname:
            return key
        shorter = (key[:-cut] for cut in (1, 2) if len(key) > 4)
        return next((form for form in shorter if form in self._by_surname), key)

    def named(self, label: str) -> tuple[str, str | None]:
        """A label's person and office. A surname that the article never prints in full keeps its
        office or form of address: ``("President Arel", "President")``."""
        office, name = split_office(label)
        office = in_ordinary_case(office) if office else None
        full = in_ordinary_case(self.full_name(name))
        full = self._with_title(full)
        if office and " " not in full and len(office.split()) <= 3:
            full = f"{office} {full}"
        return full, office

    def _with_title(self, name: str) -> str:
        """A surname that is never printed in full, with the office that is: "President Arel"."""
        # A Russian office may stand before a place too ("губернатор Верхнеозёрской области").
        titles = self._titled[_key(name)] if name.isascii() and " " not in name else None
        return f"{titles.most_common(1)[0][0].capitalize()} {name}" if titles else name

    def holder_of(self, office: str, texts: Sequence[str]) -> str | None:
        """Who is printed right after an office ("President" -> "President Arel"), if one person."""
        pattern = re.compile(
            rf"(?<!\bVice )(?<!\bDeputy )\b(?i:{re.escape(office)})"
            rf"\s+({NAME_WORD})(?:\s({NAME_WORD}))?"
        )
        found: set[str] = set()
        for text in texts:
            for match in pattern.finditer(text):
                first, second = match[1], match[2] and f"{match[1]} {match[2]}"
                if second and self.prints(second) and self._capital[match[2]] > 1:
                    found.add(self.full_name(second))
                elif could_be_name(first) and not self.is_common(first):
                    found.add(first)
        surnames = {name.split()[-1] for name in found}
        if len(surnames) != 1:
            return None
        name = max(found, key=len)
        return name if " " in name else f"{in_ordinary_case(office.upper())} {name}"


def _office_in(run: str) -> str:
    """The first word of a run if it is an office ("Президент Тавии Олег Жданович")."""
    first = run.split()[0].lower()
    return first if is_office(first) else ""


def _names_in(text: str) -> Iterator[str]:
    """Neighbouring capitalised words of a text, by two and three: some of them are names."""
    for found in _RUN.finditer(text):
        after_of = bool(_OF.search(text[max(0, found.start() - 12) : found.start()]))
        for words in _segments(found.group()):
            # "of France Nicolas Arel": what follows "of" is a place before it is a name.
            yield from _neighbours(words[-2:] if after_of else words)


@lru_cache(maxsize=1 << 15)
def _segments(run: str) -> tuple[tuple[str, ...], ...]:
    """A run of capitalised words cut at offices, forms of address and words that are no names."""
    return tuple(map(tuple, _cut(run)))


def _cut(run: str) -> Iterator[list[str]]:
    words: list[str] = []
    for printed in [*run.split(), "the"]:
        word = _POSSESSIVE.sub("", printed)
        if words and _is_generation(word):
            words[-1] += f" {word.rstrip('.')}"
            continue
        bare = word.rstrip(".").lower()
        is_initial = bool(words) and len(bare) == 1
        is_surname = bare in SURNAMES_TOO and len(words) == 1 and is_first_name(words[0])
        if (
            (is_office(printed) and not is_surname)
            or (bare in _NO_PART_OF_A_NAME and not is_initial)
            or bare in _SAYS
            or NEVER_A_NAME.search(word)
        ) or _ACRONYM.fullmatch(word):
            if words:
                yield words
            words = []
        else:
            words.append(word)
            if printed.endswith(("’s", "'s")):
                yield words
                words = []


def _neighbours(words: Sequence[str]) -> Iterator[str]:
    for size in (2, 3, 4):
        for start in range(len(words) - size + 1):
            part = words[start : start + size]
            has_names = part[0][0].isupper() and part[-1][0].isupper() and part[-1][-1] != "."
            if has_names and not (size == 2 and part[0][-1] == "." and start):
                yield " ".join(part)


def _is_end_of(end: str, name: str) -> bool:
    """Whether a name ends so after a first name: "Arel Velidze" of "Nara Arel Velidze"."""
    return is_first_name(name.split()[0]) and _key(name).endswith(f" {_key(end)}")


def _surname(words: Sequence[str]) -> str:
    """The word of a name that a person is called by, with the generation: "Arel Jr"."""
    is_younger = len(words) > 1 and _is_generation(words[-1])
    return _key(" ".join(words[-2:] if is_younger else words[-1:]).replace(".", ""))


def _is_generation(word: str) -> bool:
    return word.rstrip(".") in ("Jr", "Sr", "II", "III", "IV")


def _honoured_as(name: str) -> str | None:
    """What is said of whom a form of address stands before: ``Mrs. Arel`` is "she"."""
    found = _HONOURED.match(name)
    return None if found is None else "he" if found["he"] else "she"


def _agree(first: str, other: str) -> bool:
    """Whether two first names can be one: the same, or an initial of the other."""
    first, other = first.rstrip("."), other.rstrip(".")
    if not first.isascii() and min(len(first), len(other)) > 3:
        return first[:-2] == other[:-2] or first.startswith(other) or other.startswith(first)
    return first == other or (min(len(first), len(other)) == 1 and first[0] == other[0])


def _fullest(candidates: Mapping[str, float], at_least: int = 2) -> str | None:
    """The one person among several printed names; ``None`` if there are none or several.

    A longer form counts when it is printed twice and half as often as the shorter one that it
    holds, or when it only adds an initial or a particle.
    """
    if not candidates:
        return None
    best = max(candidates, key=lambda name: (candidates[name], -len(name)))
    longer = [n for n in candidates if n.endswith(" " + best) and _is_fuller(n, best, candidates)]
    chosen = max(longer, key=len, default=best)
    first = _key(best.split()[0])
    others = [n for n in candidates if not _same_person(_key(n), _key(best), first)]
    if max((candidates[n] for n in others), default=0) * 4 > candidates[best]:
        return None
    return chosen if len(chosen.split()) >= at_least else None


def _likelihood(first: str) -> float:
    """How much a capitalised word before a surname is like a first name ("Against Arel" is not)."""
    return 1.0 if is_first_name(first) or not first.isascii() else 0.2


def _is_fuller(name: str, best: str, candidates: Mapping[str, float]) -> bool:
    begins_better = is_first_name(name.split()[0]) and (
        not is_first_name(best.split()[0]) or candidates[name] >= candidates[best]
    )
    if begins_better:
        return True
    if len(best.split()[0]) == 2 and best.split()[0].endswith("."):
        return True
    if name.split()[-2].lower() in PARTICLES.split("|"):
        return True
    return candidates[name] >= 2 and 2 * candidates[name] >= candidates[best]


def _same_person(name: str, best: str, first: str) -> bool:
    return name.endswith(best) or best.endswith(name) or _agree(name.split()[0], first)
