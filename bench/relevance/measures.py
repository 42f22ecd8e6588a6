"""Quality of rankings: three figures from 0 to 1, for one query and as means over many."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from statistics import fmean
from typing import NamedTuple

DEPTH, DEEP = 10, 100
"""Hits of a ranking that count for MRR and nDCG, and for recall."""


class Figures(NamedTuple):
    """MRR@10, nDCG@10 and recall@100, with gains of 0 and 1.

    Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", TOIS 2002.
    """

    reciprocal_rank: float
    ndcg: float
    recall: float


def figures(ranking: Sequence[str], relevant: Collection[str]) -> Figures:
    """Measure one ranking, best first. ``relevant`` must not be empty."""
    places = [place for place, one in enumerate(ranking[:DEPTH], 1) if one in relevant]
    ideal = range(1, min(DEPTH, len(relevant)) + 1)
    return Figures(
        1 / places[0] if places else 0.0,
        _gain(places) / _gain(ideal),
        len(set(ranking[:DEEP]) & set(relevant)) / len(relevant),
    )


def mean(every: Sequence[Figures]) -> Figures:
    """Return the mean of each figure."""
    return Figures(*map(fmean, zip(*every, strict=True)))


def _gain(places: Iterable[int]) -> float:
    return sum(1 / math.log2(place + 1) for place in places)
