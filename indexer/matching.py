"""Answers a query with numpy, for an engine that has columns and can give postings as arrays.

Passages are numbered in the order of articles and positions, so that ties need no care. Every part
of a query becomes one array of yes and no and one of scores, over all passages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from indexer.columns import Columns, Mask, Numbers
from indexer.ranking import DECIMALS, K1, WEIGHTS, B, idf
from indexer.records import (
    FIELDS,
    And,
    Dated,
    Everything,
    InRole,
    Matches,
    Not,
    Or,
    Phrase,
    PublishedIn,
    Query,
    SaidBy,
    Sort,
    Term,
)

Floats: TypeAlias = NDArray[np.float64]


class Postings(NamedTuple):
    """The passages with a word, in order, how often each has it, and all its positions in them."""

    passages: Numbers
    counts: Numbers
    positions: Numbers


class PostingsSource(Protocol):
    """What an engine has to have."""

    def postings(self, field: str, word: str, *, exact: bool) -> Iterable[Postings]:
        """Where a stem, or an unstemmed form if ``exact``, stands in a field.

        May come in several pieces that have passages in common, but no positions.
        """


class Matcher:
    """A searcher over columns and postings; safe to use from several threads at once."""

    def __init__(self, columns: Columns, source: PostingsSource) -> None:
        self._columns = columns
        self._dated, self._minutes = columns.dated(), columns.minutes()
        self._source = source
        self._gains = {field: _gain(field, columns[field]) for field in FIELDS}

    def match(self, query: Query, dates: Dated, *, sort: Sort, offset: int, limit: int) -> Matches:
        """As `Searcher.match`."""
        found = self._find(query)
        matching, undated = found.matching, 0
        if dates != Dated():
            undated = int(np.count_nonzero(matching & ~self._dated))
            matching = matching & self._columns.between(dates)
        numbers = np.flatnonzero(matching)
        scores = np.round(found.scores[numbers], DECIMALS)
        best = _smallest(self._sort_keys(numbers, scores, sort), offset + limit)[offset:]
        timeline = self._columns.count("period", numbers)
        years = {period[:4] for period in timeline}
        return Matches(
            total=len(numbers),
            articles=len(np.unique(self._columns["article"][numbers])),
            page=tuple((self._columns.passage_id(numbers[i]), float(scores[i])) for i in best),
            facets={
                "speaker": self._columns.count("speaker", numbers),
                "source": self._columns.count("outlet", numbers),
                "role": self._columns.count("role", numbers),
                "year": {y: sum(n for p, n in timeline.items() if p[:4] == y) for y in years},
            },
            timeline=timeline,
            undated=undated,
        )

    def _find(self, query: Query) -> _Found:
        match query:
            case Term() | Phrase():
                return self._leaf(query)
            case And(parts) | Or(parts):
                return self._combined(query, [self._find(part) for part in parts])
            case Not(part):
                return _unscored(~self._find(part).matching)
            case Everything():
                return _unscored(np.ones(len(self._columns), np.bool_))
            case SaidBy(speaker_ids):
                return _unscored(self._columns.having("speaker", speaker_ids))
            case PublishedIn(outlets):
                return _unscored(self._columns.having("outlet", outlets))
            case InRole(roles):
                return _unscored(self._columns.having("role", roles))
            case Dated():
                return _unscored(self._columns.between(query))

    def _leaf(self, leaf: Term | Phrase) -> _Found:
        """BM25F: see `indexer.ranking`."""
        frequency = np.zeros(len(self._columns))
        for field in leaf.fields:
            for passages, counts in self._counts(leaf, field):
                frequency[passages] += counts * self._gains[field][passages]
        matching = frequency > 0
        rarity = idf(len(matching), int(np.count_nonzero(matching)))
        return _Found(matching, rarity * frequency / (K1 + frequency))

    def _counts(self, leaf: Term | Phrase, field: str) -> Iterator[tuple[Numbers, Numbers]]:
        """How often passages have a word or phrase in a field; what comes twice adds up."""
        if isinstance(leaf, Term):
            for postings in self._source.postings(field, leaf.term, exact=leaf.exact):
                yield postings.passages, postings.counts
        elif leaf.terms:
            starts = (self._places(field, stem) - i for i, stem in enumerate(leaf.terms))
            found, *others = sorted(starts, key=len)
            for places in others:
                found = found[_is_in(found, places)]
            yield np.unique(found >> 32, return_counts=True)

    def _places(self, field: str, stem: str) -> Numbers:
        """Where a stem stands, in order: ``passage << 32 | position``."""
        places = [np.empty(0, np.int64)]
        for passages, counts, positions in self._source.postings(field, stem, exact=False):
            places.append((np.repeat(passages, counts) << 32) + positions)
        return np.sort(np.concatenate(places), kind="stable")

    def _combined(self, query: And | Or, parts: list[_Found]) -> _Found:
        together = np.logical_and if isinstance(query, And) else np.logical_or
        matching = np.full(len(self._columns), isinstance(query, And))
        scores = np.zeros(len(matching))
        for part in parts:
            together(matching, part.matching, out=matching)
            scores += part.scores
        return _Found(matching, scores * matching)

    def _sort_keys(self, numbers: Numbers, scores: Floats, sort: Sort) -> Floats | Numbers:
        if sort == "relevance":
            return -scores
        minutes = self._minutes[numbers] * (1 if sort == "oldest" else -1)
        return np.where(self._dated[numbers], minutes, np.iinfo(np.int64).max)


class _Found(NamedTuple):
    """For every passage: whether it matches, and its score (0 where it does not)."""

    matching: Mask
    scores: Floats


def _unscored(matching: Mask) -> _Found:
    return _Found(matching, np.zeros(len(matching)))


def _smallest(keys: Floats | Numbers, count: int) -> Numbers:
    """The indexes of the ``count`` smallest keys in order; of equal keys, the earlier first."""
    if count >= len(keys):
        return np.argsort(keys, kind="stable")
    if count == 0:
        return np.empty(0, np.int64)
    bound = np.partition(keys, count - 1)[count - 1]
    below = np.flatnonzero(keys < bound)
    ties = np.flatnonzero(keys == bound)[: count - len(below)]
    return np.concatenate((below[np.argsort(keys[below], kind="stable")], ties))


def _gain(field: str, lengths: NDArray[np.int32]) -> Floats:
    """What one occurrence in a field adds to the frequency, for every passage."""
    mean = lengths.mean() if lengths.any() else 1.0
    gain: Floats = WEIGHTS[field] / (1 - B[field] + B[field] * lengths / mean)
    return gain


def _is_in(wanted: Numbers, places: Numbers) -> Mask:
    """Which of ``wanted`` are in ``places``; both are in order."""
    found = np.searchsorted(places, wanted)
    within = found < len(places)
    within[within] = places[found[within]] == wanted[within]
    return within
