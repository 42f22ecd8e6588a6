"""How alike what was found and what is right are: precision, recall, F1, and words in line."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

SHINGLE = 4
_RUN = 5
"""So many equal words in a row, and two texts are in line again."""

_WORD = re.compile(r"\w+")


Shingles: TypeAlias = Counter[tuple[str, ...]]
"""How often each run of words stands in a text."""


class Score(NamedTuple):
    """Counts of what is in both, only found, and only right. Scores of pages add up."""

    both: float = 0
    found: float = 0
    right: float = 0

    def plus(self, other: Score) -> Score:
        """The counts of the two together."""
        return Score(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        """The share of the found that is right; 1 if nothing was found."""
        return self.both / (self.both + self.found) if self.both + self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of the right that was found; 1 if there was nothing to find."""
        return self.both / (self.both + self.right) if self.both + self.right else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = 2 * self.both + self.found + self.right
        return 2 * self.both / total if total else 1.0


NONE = Score()
"""No counts yet."""


def words(text: str) -> list[str]:
    """The words of a text in small letters."""
    return _WORD.findall(text.lower())


def shingles(text: str) -> Shingles:
    """How often each run of four words stands in a text; a shorter text is one run."""
    found = words(text)
    runs = range(max(1, len(found) - SHINGLE + 1)) if found else range(0)
    return Counter(tuple(found[at : at + SHINGLE]) for at in runs)


def shared(found: str, right: str) -> Score:
    """The runs of four words of two texts, as shares: every page then counts alike.

    The measure of https://github.com/scrapinghub/article-extraction-benchmark.
    """
    mine, gold = shingles(found), shingles(right)
    both = sum((mine & gold).values())
    whole = both + sum((mine - gold).values()) + sum((gold - mine).values())
    if not whole:
        return Score()
    return Score(
        both / whole, sum((mine - gold).values()) / whole, sum((gold - mine).values()) / whole
    )


def in_line(right: Sequence[str], found: Sequence[str]) -> dict[int, int]:
    """Where the words of the right text stand in the found one.

    From a difference on, the nearest run of five equal words goes on.
    """
    at: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for j in range(len(found) - _RUN + 1):
        at[tuple(found[j : j + _RUN])].append(j)
    matched: dict[int, int] = {}
    i = j = 0
    while i < len(right) and j < len(found):
        if right[i] == found[j]:
            matched[i] = j
            i, j = i + 1, j + 1
            continue
        ahead = _next_run(right, i, j, at)
        if ahead is None:
            break
        i, j = ahead
    return matched


def _next_run(
    right: Sequence[str], i: int, j: int, at: dict[tuple[str, ...], list[int]]
) -> tuple[int, int] | None:
    """The nearest place behind ``i`` and ``j`` from which five words are equal."""
    best: tuple[int, int] | None = None
    for ahead in range(i, len(right) - _RUN + 1):
        if best is not None and ahead - i >= best[0] + best[1] - i - j:
            break
        places = at.get(tuple(right[ahead : ahead + _RUN]), ())
        place = next((place for place in places if place >= j), None)
        if place is not None and (best is None or ahead + place < sum(best)):
            best = ahead, place
    return best
