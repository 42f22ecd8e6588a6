"""The people whom an article names: short names resolved to the full ones that it prints."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from indexer.analysis import fold
from indexer.ingest.names import (
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
)
from indexer.ingest.words import HONORIFICS, NOT_NAMES

_RUN = re.compile(NAME)

_BEFORE_A_PLACE = re.compile(r"\b(?:of|in|at|near|from|to|into|around|for|on)\s+(?:the\s+)?$", re.I)

_SMALL_WORD = re.compile(r"(?<![\w’'-])[^\W\d_A-ZА-ЯԱ-Ֆ][\w’'-]*")

_INSIDE_A_SENTENCE = re.compile(rf"(?<=[\w,;)] )[{CAPITAL}][\w’'-]*")

_TITLED = re.compile(
    rf"\b(?P<office>[\w’-]+)\s+(?P<name>{NAME_WORD})(?!\.?\s(?:{NAME_WORD}))(?![\w’-])"
)
"""A word and one capitalised word after it: maybe an office and a surname without a first name."""

_NO_PART_OF_A_NAME = NOT_NAMES | HONORIFICS
_POSSESSIVE = re.compile(r"[’'ʼ]s?$")
_OF = re.compile(r"\b(?:of|for|to)(?:\s+the)?\s+$", re.I)


class People:
    """The full names that an article prints, found by any of their words."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._small = {word for text in texts for word in _SMALL_WORD.findall(text)}
        self._capital = Counter(word for text in texts for word in _INSIDE_A_SENTENCE.findall(text))
        self._by_surname: dict[str, dict[str, float]] = defaultdict(dict)
        self._by_first: dict[str, dict[str, float]] = defaultdict(dict)
        for name, count in Counter(n for text in texts for n in _names_in(text)).items():
            words = name.split()
            # A first word that is also written small may be the verb of a headline ("Meets Arel").
            weight = count * (0.2 if self.is_common(words[0]) else 1.0)
            self._by_surname[fold(words[-1])][name] = weight
            self._by_first[fold(words[0])][name] = weight
        self._titled: dict[str, set[str]] = defaultdict(set)
        for found in (found for text in texts for found in _TITLED.finditer(text)):
            if is_office(found["office"]):
                self._titled[fold(found["name"])].add(found["office"].lower())

    def is_common(self, word: str) -> bool:
        """Whether the article also writes a word in small letters, as names are not."""
        return word.lower() in self._small

    def is_proper(self, word: str) -> bool:
        """Whether the article writes a word with a capital inside a sentence, as names are."""
        return word in self._capital

    def prints(self, name: str, times: int = 1) -> bool:
        """Whether the article prints a name of two words or more at least so many times."""
        return self._by_surname.get(fold(words_of(name)[-1]), {}).get(name, 0) >= times

    def full_name(self, name: str) -> str:
        """The fullest form of a name that the article prints; the name itself if there is none, or
        if two people could be meant."""
        bare = without_article(without_honorific(name))
        words = words_of(bare)
        if not words:
            return name
        candidates = self._by_surname.get(self._dictionary_form(words[-1]), {})
        if len(words) > 1:
            first = fold(words[0])
            candidates = {n: w for n, w in candidates.items() if _agree(first, fold(n.split()[0]))}
            return _fullest(candidates, at_least=len(words)) or bare
        full = _fullest(candidates)
        if full is not None and not self._bears_titles_of(full, words[-1]):
            return name
        if full is None and bare == name and not self.is_common(name):
            by_first = self._by_first.get(fold(name), {})
            full = _fullest({n: weight for n, weight in by_first.items() if weight >= 2})
        return full or name

    def _bears_titles_of(self, full: str, surname: str) -> bool:
        """Whether a person holds every office that is printed right before their surname alone:
        where "President Biden" stands beside "First Lady Jill Biden", "Biden" is not she."""
        return all(self._holds(full, office) for office in self._titled[fold(surname)])

    def _holds(self, full: str, office: str) -> bool:
        printed = printed_office(full, self._texts) or ""
        beside = re.compile(rf"\b{re.escape(office)}\s+{re.escape(full)}\b", re.I)
        return office in printed.lower().split() or any(map(beside.search, self._texts))

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
                full = self.full_name(" ".join(words))
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
            and not any(self.is_common(word) for word in full.split()[:1])
        )

    def _dictionary_form(self, word: str) -> str:
        """A surname as it is kept: one with an ending of another case or an Armenian article
        ("Адамяна", "Ադամյանը") as the shorter one that the article also prints."""
        key = fold(word)
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
        if office and " " not in full and len(office.split()) <= 3:
            full = f"{office} {full}"
        return full, office

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


def _segments(run: str) -> Iterator[list[str]]:
    """A run of capitalised words cut at offices, forms of address and words that are no names."""
    words: list[str] = []
    for word in [*(_POSSESSIVE.sub("", word) for word in run.split()), "the"]:
        bare = word.rstrip(".").lower()
        if is_office(bare) or bare in _NO_PART_OF_A_NAME or NEVER_A_NAME.search(word):
            if words:
                yield words
            words = []
        else:
            words.append(word)


def _neighbours(words: Sequence[str]) -> Iterator[str]:
    for size in (2, 3, 4):
        for start in range(len(words) - size + 1):
            part = words[start : start + size]
            has_names = part[0][0].isupper() and part[-1][0].isupper() and part[-1][-1] != "."
            if has_names and not (size == 2 and part[0][-1] == "." and start):
                yield " ".join(part)


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
    first = fold(best.split()[0])
    others = [n for n in candidates if not _same_person(fold(n), fold(best), first)]
    if max((candidates[n] for n in others), default=0) * 4 > candidates[best]:
        return None
    return chosen if len(chosen.split()) >= at_least else None


def _is_fuller(name: str, best: str, candidates: Mapping[str, float]) -> bool:
    if len(best.split()[0]) == 2 and best.split()[0].endswith("."):
        return True
    if name.split()[-2].lower() in PARTICLES.split("|"):
        return True
    return candidates[name] >= 2 and 2 * candidates[name] >= candidates[best]


def _same_person(name: str, best: str, first: str) -> bool:
    return name.endswith(best) or best.endswith(name) or _agree(name.split()[0], first)
