"""Short names to the full ones that an article prints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from indexer.ingest.cast.name_runs import (
    name_key,
    name_runs,
    neighbours,
    segments,
    surname_key,
)
from indexer.ingest.cast.titles import Titles
from indexer.ingest.cast.word_counts import WordCounts
from indexer.people.first_names import is_first_name, pronoun_of
from indexer.people.generations import is_generation
from indexer.people.honorifics import PRONOUN_OF
from indexer.people.names import PARTICLES, without_article, without_honorific, words_of

_WEIGHT_IN_TITLE = 0.04
"""A headline may have capitals everywhere ("Mayor Meets Arel")."""

_WEIGHT_AFTER_COMMON_WORD = 0.2
"""A first word that is also printed in small letters may be a verb ("Meets Arel")."""

_WEIGHT_OF_UNKNOWN_FIRST_NAME = 0.2
"""A word before a surname that is no known first name may be any other word ("Against Arel")."""

_CLEARLY_MORE = 4
"""Factor by which the likeliest name must outweigh that of anybody else."""

_CASE_ENDINGS = (1, 2)
"""Letters of an ending of another case, or of an Armenian article."""

_MIN_STEM = 5
"""Letters of a surname that may have such an ending."""

_MIN_INFLECTED = 4
"""Letters of a first name in another script, whose last two may differ."""


class FullNames:
    """The full names that an article prints, found by any of their words."""

    def __init__(self, texts: Sequence[str], words: WordCounts, titles: Titles) -> None:
        self._words = words
        self._titles = titles
        self._by_surname: dict[str, dict[str, float]] = defaultdict(dict)
        self._by_first: dict[str, dict[str, float]] = defaultdict(dict)
        for name, times in words.names.items():
            parts = name.split()
            weight = times if name in words.names_of_body else _WEIGHT_IN_TITLE
            weight *= _WEIGHT_AFTER_COMMON_WORD if words.is_common(parts[0]) else 1.0
            self._by_first[name_key(parts[0])][name] = weight
            surname = surname_key(parts)
            for key in {surname, surname.partition(" ")[0]}:
                self._by_surname[key][name] = weight * _likelihood(parts[0])
        self._introduced = _introduced_by_surname(texts[1:])

    def of(self, name: str) -> str:
        """Return the fullest form of a name that the article prints.

        The name itself if there is none, or if it may be that of two people.
        """
        bare = without_article(without_honorific(name))
        words = words_of(bare)
        if not words:
            return name
        candidates = self._by_surname.get(self._dictionary_form(surname_key(words)), {})
        if pronoun := _pronoun_of_honorific(name):
            candidates = {n: w for n, w in candidates.items() if pronoun_of(n) in (pronoun, None)}
        if len(words) > 1:
            return _fullest(_agreeing(candidates, words), at_least=len(words)) or bare
        full = _fullest(candidates) or self._introduced_alone(words[-1], candidates)
        if full is not None and not self._titles.fit(full, words[-1]):
            return name
        if full is None and not self._words.is_common(bare):
            full = self._by_first_word(bare, times=2 if bare == name else 1)
        return full or name

    def _by_first_word(self, surname: str, times: int) -> str | None:
        """Find a surname that is printed first, as in East Asia: "Dong Xiaolin" is "Ms. Dong"."""
        by_first = self._by_first.get(name_key(surname), {})
        return _fullest({name: weight for name, weight in by_first.items() if weight >= times})

    def _introduced_alone(self, surname: str, candidates: Mapping[str, float]) -> str | None:
        """Choose among relatives: the one who is named in full before the surname stands alone.

        ``None`` if somebody else is printed more often.
        """
        full = self._introduced.get(name_key(surname), "")
        others = (weight for name, weight in candidates.items() if not name.endswith(full))
        return full if full and candidates.get(full, 0) >= max(others, default=0) else None

    def _dictionary_form(self, surname: str) -> str:
        """Return the key of a surname without an ending, if the article prints that too.

        Endings are those of another case ("Адамяна"), and the Armenian article ("Ադամյանը").
        """
        if surname.isascii() or surname in self._by_surname:
            return surname
        shorter = (surname[:-letters] for letters in _CASE_ENDINGS if len(surname) >= _MIN_STEM)
        return next((form for form in shorter if form in self._by_surname), surname)


def _introduced_by_surname(texts: Sequence[str]) -> dict[str, str]:
    """Map each surname to the one full name that is printed before the surname stands alone."""
    before: dict[str, set[str]] = defaultdict(set)
    alone: dict[str, str] = {}
    for run in (run for text in texts for run in name_runs(text)):
        for words in segments(run.group()):
            surname = surname_key(words)
            if len(words) > 1 and not is_generation(words[-1]):
                before[surname].update(neighbours(words))
            elif surname not in alone:
                likely = [n for n in before[surname] if is_first_name(n.split()[0])]
                alone[surname] = likely[0] if len(likely) == 1 else ""
    return alone


def _likelihood(first: str) -> float:
    """Estimate how much a capitalised word before a surname is like a first name."""
    is_likely = is_first_name(first) or not first.isascii()
    return 1.0 if is_likely else _WEIGHT_OF_UNKNOWN_FIRST_NAME


def _pronoun_of_honorific(name: str) -> str | None:
    """Return the pronoun that a form of address before a name tells: ``Mrs. Arel`` is "she"."""
    first, *rest = name.split()
    return PRONOUN_OF.get(first.rstrip(".").lower()) if rest else None


def _agreeing(candidates: Mapping[str, float], words: Sequence[str]) -> dict[str, float]:
    """Return the names that a printed name of several words may be short for."""
    first = name_key(words[0])
    return {
        name: weight
        for name, weight in candidates.items()
        if _agree(first, name_key(name.split()[0])) or _is_end_of(" ".join(words), name)
    }


def _agree(first: str, other: str) -> bool:
    """Return whether two first names can be one: the same, or an initial of the other."""
    first, other = first.rstrip("."), other.rstrip(".")
    if not first.isascii() and min(len(first), len(other)) >= _MIN_INFLECTED:
        return first[:-2] == other[:-2] or first.startswith(other) or other.startswith(first)
    return first == other or (min(len(first), len(other)) == 1 and first[0] == other[0])


def _is_end_of(end: str, name: str) -> bool:
    """Return whether a name ends so after a first name: "Nara Arel Velidze" with "Arel Velidze"."""
    return is_first_name(name.split()[0]) and name_key(name).endswith(f" {name_key(end)}")


def _fullest(candidates: Mapping[str, float], at_least: int = 2) -> str | None:
    """Return the one person among several printed names; ``None`` if there are none or several.

    A longer form counts when it is printed twice and half as often as the shorter one that it
    holds, or when it only adds an initial or a particle.
    """
    if not candidates:
        return None
    best = max(candidates, key=lambda name: (candidates[name], -len(name)))
    longer = [n for n in candidates if n.endswith(" " + best) and _is_fuller(n, best, candidates)]
    chosen = max(longer, key=len, default=best)
    first = name_key(best.split()[0])
    others = [n for n in candidates if not _same_person(name_key(n), name_key(best), first)]
    if max((candidates[n] for n in others), default=0) * _CLEARLY_MORE > candidates[best]:
        return None
    return chosen if len(chosen.split()) >= at_least else None


def _is_fuller(name: str, best: str, candidates: Mapping[str, float]) -> bool:
    """Return whether a longer form is the better one of a name."""
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
