"""Precision, recall and F1 of texts against a gold standard, and alignment of words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

SHINGLE = 4
_RUN = 5
"""Equal words in a row after which two texts are aligned again."""

_WORD = re.compile(r"\w+")


Shingles: TypeAlias = Counter[tuple[str, ...]]
"""Number of occurrences of each run of words in a text."""


class Score(NamedTuple):
    """True positives, false positives and false negatives. Scores of pages add up."""

    both: float = 0
    false: float = 0
    missed: float = 0

    def plus(self, other: Score) -> Score:
        """Add another score."""
        return Score(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 if nothing was found."""
        return self.both / (self.both + self.false) if self.both + self.false else 1.0

    @property
    def recall(self) -> float:
        """Share of what is right that was found; 1 if there was nothing to find."""
        return self.both / (self.both + self.missed) if self.both + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = 2 * self.both + self.false + self.missed
        return 2 * self.both / total if total else 1.0


NONE = Score()
"""Score without counts."""


def words(text: str) -> list[str]:
    """Split a text into words in small letters."""
    return _WORD.findall(text.lower())


def shingles(text: str) -> Shingles:
    """Count the runs of four words of a text. A shorter text is one run."""
    of_text = words(text)
    runs = range(max(1, len(of_text) - SHINGLE + 1)) if of_text else range(0)
    return Counter(tuple(of_text[at : at + SHINGLE]) for at in runs)


def shared(text: str, gold: str) -> Score:
    """Compare the runs of four words of two texts, as shares, so that all pages weigh the same.

    The measure of https://github.com/scrapinghub/article-extraction-benchmark.
    """
    own, right = shingles(text), shingles(gold)
    both, false, missed = (runs.total() for runs in (own & right, own - right, right - own))
    total = both + false + missed
    return Score(both / total, false / total, missed / total) if total else Score()


def align(gold: Sequence[str], own: Sequence[str]) -> dict[int, int]:
    """Map the words of the gold standard to those of ours, by their places.

    After a difference, it continues at the nearest run of five equal words.
    """
    at: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for j in range(len(own) - _RUN + 1):
        at[tuple(own[j : j + _RUN])].append(j)
    matched: dict[int, int] = {}
    i = j = 0
    while i < len(gold) and j < len(own):
        if gold[i] == own[j]:
            matched[i] = j
            i, j = i + 1, j + 1
            continue
        ahead = _next_run(gold, i, j, at)
        if ahead is None:
            break
        i, j = ahead
    return matched


def _next_run(
    gold: Sequence[str], i: int, j: int, at: dict[tuple[str, ...], list[int]]
) -> tuple[int, int] | None:
    """Find the nearest places after ``i`` and ``j`` from which five words are equal."""
    best: tuple[int, int] | None = None
    for ahead in range(i, len(gold) - _RUN + 1):
        if best is not None and ahead - i >= best[0] + best[1] - i - j:
            break
        places = at.get(tuple(gold[ahead : ahead + _RUN]), ())
        place = next((place for place in places if place >= j), None)
        if place is not None and (best is None or ahead + place < sum(best)):
            best = ahead, place
    return best
