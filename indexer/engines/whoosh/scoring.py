"""Scores passages as `indexer.ranking` says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from indexer.budget import checked
from indexer.engines.whoosh.columns import Columns, Mask, Numbers
from indexer.engines.whoosh.filtering import QueryFilter
from indexer.engines.whoosh.occurrences import Locator
from indexer.ranking import ARTICLE, ARTICLE_B, DECIMALS, K1, WEIGHTS, B, rarity
from indexer.records import (
    FIELDS,
    And,
    Leaf,
    MostOf,
    Near,
    Or,
    Phrase,
    Preferring,
    Query,
    Term,
    Words,
)

Floats: TypeAlias = NDArray[np.float64]


class Gains:
    """Increases of a frequency by one occurrence, which depend on the lengths of texts.

    They are the same for all queries, and computed when first needed.
    """

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    @cached_property
    def in_field(self) -> Mapping[str, Floats]:
        """The gain of an occurrence in each field, for each passage."""
        return {field: _field_gains(field, self._columns[field]) for field in FIELDS}

    @cached_property
    def in_article(self) -> Floats:
        """The gain of an occurrence in an article's texts, for each article."""
        columns = self._columns
        words = np.bincount(columns["article"], columns["text"], len(columns.values["article"]))
        mean = words.mean() if words.any() else 1.0
        gains: Floats = 1 / (1 - ARTICLE_B + ARTICLE_B * words / mean)
        return gains


class _Scored(NamedTuple):
    """Passages to score, in order; for each passage of the index, its place among them."""

    passages: Numbers
    are_scored: Mask
    places: Numbers


class Scorer:
    """Scores the passages of one query."""

    def __init__(self, columns: Columns, gains: Gains, locator: Locator) -> None:
        self._columns = columns
        self._gains = gains
        self._locator = locator
        self._filter = QueryFilter(columns, locator)

    def scores(self, query: Query, passages: Numbers) -> Floats:
        """Return the rounded scores of passages that match."""
        are_scored = np.zeros(len(self._columns), np.bool_)
        are_scored[passages] = True
        places = np.empty(len(self._columns), np.int64)
        places[passages] = np.arange(len(passages))
        return np.round(self._scores(query, _Scored(passages, are_scored, places)), DECIMALS)

    def _scores(self, query: Query, scored: _Scored) -> Floats:
        if not len(scored.passages):
            return np.empty(0)
        match query:
            case Term() | Words() | Phrase() | Near():
                return self._bm25f(query, scored)
            case And(parts) | Or(parts) | MostOf(parts):
                scores = self._sum(parts, scored)
            case Preferring(part, better, weight):
                scores = self._scores(part, scored) + weight * self._sum(better, scored)
            case _:
                return np.zeros(len(scored.passages))
        # A part may match in passages that do not match as a whole.
        scores[~self._filter.mask(query)[scored.passages]] = 0.0
        return scores

    def _sum(self, parts: Iterable[Query], scored: _Scored) -> Floats:
        scores = np.zeros(len(scored.passages))
        for part in checked(parts):
            scores += self._scores(part, scored)
        return scores

    def _bm25f(self, leaf: Leaf, scored: _Scored) -> Floats:
        occurrences = self._locator.occurrences(leaf)
        frequency = np.zeros(len(scored.passages))
        for field, passages, counts in occurrences:
            kept = scored.are_scored[passages]
            passages = passages[kept]
            gains = self._gains.in_field[field][passages]
            frequency[scored.places[passages]] += counts[kept] * gains
        matching = int(np.count_nonzero(self._locator.mask(leaf)))
        weight = rarity(len(self._columns), matching)
        scores: Floats = weight * frequency / (K1 + frequency)
        if isinstance(leaf, Term):
            for field, passages, counts in occurrences:
                if field == "text":
                    scores += weight * self._article_scores(passages, counts, scored.passages)
        return scores

    def _article_scores(self, having: Numbers, counts: NDArray[Any], passages: Numbers) -> Floats:
        """Return the scores of a word in the articles of passages, without its weight."""
        of_article = self._columns["article"]
        gains = self._gains.in_article
        times = np.bincount(of_article[having], counts, len(gains)) * gains
        scores: Floats = (ARTICLE * times / (K1 + times))[of_article[passages]]
        return scores


def _field_gains(field: str, lengths: NDArray[np.int32]) -> Floats:
    mean = lengths.mean() if lengths.any() else 1.0
    gains: Floats = WEIGHTS[field] / (1 - B[field] + B[field] * lengths / mean)
    return gains
