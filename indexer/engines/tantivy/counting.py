"""Counts passages with Tantivy's aggregations."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from tantivy import Query as TantivyQuery
from tantivy import Searcher

from indexer.budget import check_time
from indexer.engines.tantivy.columns import NUMBERED, ColumnQueries, period
from indexer.engines.tantivy.combining import all_of, without
from indexer.ranking import most_frequent
from indexer.records import FACETS

_MAX_BUCKETS = 50_000
"""Values that are counted in one aggregation. Tantivy refuses more than 65,000."""

_EXTRA_SPEAKERS = 5
"""Speakers beyond the facet whose spans are fetched, as Tantivy breaks ties in its own way."""

_Spans: TypeAlias = dict[int, tuple[str, str] | None]
"""First and last period of speakers by their numbers; ``None`` if no passage is dated."""


class Counts(NamedTuple):
    """Counts over all passages that match, as in `Matches`; ``articles`` by their numbers."""

    articles: Mapping[int, int]
    facets: Mapping[str, Mapping[str, int]]
    sizes: Mapping[str, int]
    spans: Mapping[str, tuple[str, str]]
    timeline: Mapping[str, int]


class PassageCounter:
    """Counts the passages of one index.

    ``numbers`` maps the values of each column to their numbers, ``values`` has them by number.
    """

    def __init__(
        self,
        searcher: Searcher,
        columns: ColumnQueries,
        numbers: Mapping[str, Mapping[str, int]],
        values: Mapping[str, Sequence[str]],
    ) -> None:
        self._searcher = searcher
        self._columns = columns
        self._numbers = numbers
        self._values = values

    def count(self, query: TantivyQuery, limit: int) -> Counts:
        """Count the passages that match. Each facet has at most ``limit`` values."""
        counts, spans = self._aggregate(query, limit)
        facets = {name: most_frequent(self._named(name, counts[name]), limit) for name in FACETS}
        sizes = {name: len(counts[name]) for name in FACETS}
        years: Counter[str] = Counter()
        timeline = {period(number): count for number, count in counts["period"].items()}
        for name, count in timeline.items():
            years[name[:4]] += count
        return Counts(
            articles=counts["article"],
            facets={**facets, "year": years},
            sizes={**sizes, "year": len(years)},
            spans=self._spans(query, facets["speaker"], spans),
            timeline=timeline,
        )

    def _aggregate(
        self, query: TantivyQuery, limit: int
    ) -> tuple[dict[str, dict[int, int]], _Spans]:
        """Count by the numbers of all columns in one aggregation, with spans of speakers."""
        terms = {name: _terms(name) for name in (*NUMBERED, "period")}
        large = {name for name in NUMBERED if len(self._values[name]) > _MAX_BUCKETS}
        requested = {name: one for name, one in terms.items() if name not in large}
        if "speaker" in requested:
            requested["spans"] = _span_terms(min(limit + _EXTRA_SPEAKERS, _MAX_BUCKETS))
        people = self._counted("speaker", query)
        of_people: dict[str, Any] = {
            name: requested.pop(name) for name in ("speaker", "spans") if name in requested
        }
        if people is query:
            answer = self._answer(query, requested | of_people)
        else:
            answer = self._answer(query, requested)
            if of_people:
                answer |= self._answer(people, of_people)
        buckets = {name: answer[name]["buckets"] for name in terms if name in answer}
        buckets |= {
            name: self._large(name, people if name == "speaker" else query) for name in large
        }
        counts = {
            name: {bucket["key"]: bucket["doc_count"] for bucket in of_name}
            for name, of_name in buckets.items()
        }
        return counts, _read_spans(answer["spans"]) if "spans" in answer else {}

    def _answer(self, query: TantivyQuery, requested: dict[str, Any]) -> dict[str, Any]:
        check_time()
        return self._searcher.aggregate(query, requested)

    def _counted(self, facet: str, query: TantivyQuery) -> TantivyQuery:
        """Return the query for the passages that count in a facet."""
        uncounted = [kind for kind in FACETS[facet].uncounted if kind in self._numbers["kind"]]
        return without(query, self._columns.having("kind", uncounted)) if uncounted else query

    def _large(self, name: str, query: TantivyQuery) -> list[Any]:
        """Return the buckets of a column with very many values, counted in several steps."""
        buckets: list[Any] = []
        for first in range(0, len(self._values[name]), _MAX_BUCKETS):
            some = self._columns.range(name, first, first + _MAX_BUCKETS - 1)
            answer = self._answer(all_of([query, some]), {name: _terms(name)})
            buckets += answer[name]["buckets"]
        return buckets

    def _spans(
        self, query: TantivyQuery, speakers: Collection[str], known: _Spans
    ) -> dict[str, tuple[str, str]]:
        """Return the spans of speakers who have dated passages. Most of them are known."""
        by_number = {self._numbers["speaker"][speaker]: speaker for speaker in speakers}
        if missing := list(by_number.keys() - known.keys()):
            people = self._counted("speaker", query)
            query = all_of([people, self._columns.among("speaker", missing)])
            terms = {"spans": _span_terms(len(missing))}
            known = {**known, **_read_spans(self._answer(query, terms)["spans"])}
        return {
            speaker: span
            for number, speaker in by_number.items()
            if (span := known[number]) is not None
        }

    def _named(self, name: str, counts: Mapping[int, int]) -> dict[str, int]:
        values = self._values[name]
        return {values[number]: count for number, count in counts.items()}


def _terms(name: str) -> dict[str, Any]:
    return {"terms": {"field": name, "size": _MAX_BUCKETS}}


def _span_terms(speakers: int) -> dict[str, Any]:
    """Return an aggregation of the most frequent speakers with their first and last period."""
    span = {end: {end: {"field": "period"}} for end in ("min", "max")}
    return {"terms": {"field": "speaker", "size": speakers}, "aggs": span}


def _read_spans(answer: Mapping[str, Any]) -> _Spans:
    spans: _Spans = {}
    for bucket in answer["buckets"]:
        first, last = (bucket[end]["value"] for end in ("min", "max"))
        is_dated = first is not None and math.isfinite(first)
        spans[bucket["key"]] = (period(int(first)), period(int(last))) if is_dated else None
    return spans
