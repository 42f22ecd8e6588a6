"""Queries for words and phrases that are close together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import product
from typing import TypeAlias

from tantivy import Query as TantivyQuery
from tantivy import Searcher

from indexer.budget import checked
from indexer.engines.tantivy.columns import ColumnQueries
from indexer.engines.tantivy.combining import NOTHING, all_of, any_of, count_of
from indexer.engines.tantivy.words import WordQueries, indexed_word
from indexer.records import Near, Stems

_MAX_ARRANGEMENTS = 300
"""Arrangements of the parts up to which each of them is one query."""

Arrangement: TypeAlias = tuple[tuple[int, Stems], ...]
"""Words with their places relative to the first one."""


class NearQueries:
    """Queries for near words of one index."""

    def __init__(self, searcher: Searcher, words: WordQueries, columns: ColumnQueries) -> None:
        self._searcher = searcher
        self._words = words
        self._columns = columns

    def query(self, field: str, near: Near) -> TantivyQuery:
        """Match the parts in a field.

        Each possible arrangement of the parts is one phrase with gaps. If there are too many, the
        words of all passages that have the parts are compared instead.
        """
        parts, distance = near.parts, near.distance
        if not parts or not all(parts):
            return NOTHING
        if len(parts) == 1:
            return self._words.phrase(field, parts[0])
        if len(parts) == 2 and distance and _are_two_words(parts):
            pair = [word for (word,) in parts]
            orders = (list(enumerate(pair)), list(enumerate(pair[::-1])))
            return any_of([self._words.placed(field, order, distance - 1) for order in orders])
        if (distance + 1) ** (len(parts) - 1) * len(parts) > _MAX_ARRANGEMENTS:
            return self._compared(field, near)
        arrangements = {
            arrangement
            for last in range(len(parts))
            for gaps in product(range(distance + 1), repeat=len(parts) - 1)
            if (arrangement := _arranged(parts, last, gaps))
        }
        return any_of([self._arrangement(field, one) for one in sorted(arrangements)])

    def _arrangement(self, field: str, arrangement: Arrangement) -> TantivyQuery:
        if len(arrangement) == 1:
            return self._words.term(field, arrangement[0][1])
        return self._words.placed(field, arrangement)

    def _compared(self, field: str, near: Near) -> TantivyQuery:
        """Match the passages in whose stored words the parts are near."""
        candidates = all_of([self._words.phrase(field, part) for part in near.parts])
        count = count_of(self._searcher, candidates)
        if not count:
            return NOTHING
        places = [place for _, place in self._searcher.search(candidates, count).hits]
        articles = self._searcher.fast_field_values("article", places)
        positions = self._searcher.fast_field_values("position", places)
        parts = [tuple(tuple(map(indexed_word, word)) for word in part) for part in near.parts]
        matching: dict[int, list[int]] = {}
        for place, article, position in checked(zip(places, articles, positions, strict=True)):
            words = str(self._searcher.doc(place).get_first(field)).split(" ")
            if _are_near(words, parts, near.distance):
                matching.setdefault(int(article or 0), []).append(int(position or 0))
        passages = [self._passages(article, those) for article, those in matching.items()]
        return TantivyQuery.const_score_query(any_of(passages), 1.0)

    def _passages(self, article: int, positions: Sequence[int]) -> TantivyQuery:
        any_position = any_of([self._columns.range("position", at, at) for at in positions])
        return all_of([self._columns.among("article", [article]), any_position])


def _are_two_words(parts: Sequence[tuple[Stems, ...]]) -> bool:
    return all(len(part) == 1 for part in parts) and set(*parts[0]).isdisjoint(*parts[1])


def _arranged(
    parts: Sequence[tuple[Stems, ...]], last: int, gaps: Sequence[int]
) -> Arrangement | None:
    """Arrange parts: one of them at its place, each other one some words before it.

    Returns ``None`` if two different words would be in one place, or if two equal parts would be
    the same.
    """
    starts = [*(-gap for gap in gaps[:last]), 0, *(-gap for gap in gaps[last:])]
    if len({(part, start) for part, start in zip(parts, starts, strict=True)}) < len(parts):
        return None
    words: dict[int, Stems] = {}
    for part, start in zip(parts, starts, strict=True):
        for place, word in enumerate(part, start):
            both = words.get(place, word)
            words[place] = tuple(stem for stem in word if stem in both)
            if not words[place]:
                return None
    first = min(words)
    return tuple((place - first, words[place]) for place in sorted(words))


def _are_near(words: Sequence[str], parts: Sequence[tuple[Stems, ...]], distance: int) -> bool:
    """Return true if all parts are within the distance. A part that is given twice counts twice."""
    starts = {
        part: [at for at in range(len(words) - len(part) + 1) if _stands(part, words, at)]
        for part in parts
    }
    required = Counter(parts)
    return any(
        all(
            sum(last - distance <= at <= last for at in starts[part]) >= times
            for part, times in required.items()
        )
        for last in sorted({at for places in starts.values() for at in places})
    )


def _stands(part: tuple[Stems, ...], words: Sequence[str], at: int) -> bool:
    return all(words[at + place] in stems for place, stems in enumerate(part))
