"""Counts passages by facet, period and year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from indexer.budget import checked
from indexer.engines.whoosh.columns import Columns, Numbers, smallest
from indexer.records import FACETS, Facet


class FacetCounts(NamedTuple):
    """The most frequent values of each facet with their counts, and the number of all values."""

    values: dict[str, dict[str, int]]
    sizes: dict[str, int]


class Timeline(NamedTuple):
    """Passages by period and by year, in order of time."""

    periods: dict[str, int]
    years: dict[str, int]


class PassageCounter:
    """Counts passages by the values of their columns. Passages without a value are left out."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        year_of_period = [(period or "")[:4] for period in columns.values["period"]]
        self._years = sorted(set(year_of_period))
        numbers = {year: number for number, year in enumerate(self._years)}
        self._year_of_period = np.array([numbers[year] for year in year_of_period], np.intp)

    def facets(self, passages: Numbers, limit: int) -> FacetCounts:
        """Count the values of each facet, and keep the most frequent ones."""
        facets = FacetCounts({}, {})
        for name, facet in checked(FACETS.items()):
            counts = self._counts(name, self._counted(facet, passages))
            codes = np.flatnonzero(counts)
            facets.sizes[name] = len(codes)
            facets.values[name] = self._named(name, codes[smallest(-counts[codes], limit)], counts)
        return facets

    def _counted(self, facet: Facet, passages: Numbers) -> Numbers:
        """Return the passages that count in a facet."""
        codes = [self._columns.code("kind", kind) for kind in facet.uncounted]
        if not any(code >= 0 for code in codes):
            return passages
        is_counted = np.ones(1 + len(self._columns.values["kind"]), np.bool_)
        is_counted[codes] = False  # that of an unknown kind is -1, the last one
        return passages[is_counted[self._columns["kind"].take(passages)]]

    def timeline(self, passages: Numbers) -> Timeline:
        """Count the periods and years of publication."""
        counts = self._counts("period", passages)
        codes = np.flatnonzero(counts)
        by_year = np.bincount(self._year_of_period[codes], counts[codes], len(self._years))
        years = zip(self._years, by_year.astype(np.int64).tolist(), strict=True)
        return Timeline(
            self._named("period", codes, counts), {year: count for year, count in years if count}
        )

    def spans(self, speakers: Iterable[str], passages: Numbers) -> dict[str, tuple[str, str]]:
        """Return the first and last period of those speakers who have dated passages."""
        passages = self._counted(FACETS["speaker"], passages)
        codes = self._columns["speaker"].take(passages)
        periods = self._columns["period"].take(passages)
        names = self._columns.values["period"]
        if names[:1] == [None]:
            codes, periods = codes[periods > 0], periods[periods > 0]
        codes = codes.astype(np.intp)
        first = np.full(len(self._columns.values["speaker"]), np.iinfo(np.int32).max, np.int32)
        last = np.full(len(first), -1, np.int32)
        # numpy is forty times slower here if it has to convert types.
        np.minimum.at(first, codes, periods)
        np.maximum.at(last, codes, periods)
        numbered = ((speaker, self._columns.code("speaker", speaker)) for speaker in speakers)
        return {
            speaker: (str(names[first[code]]), str(names[last[code]]))
            for speaker, code in numbered
            if last[code] >= 0
        }

    def _counts(self, name: str, passages: Numbers) -> NDArray[Any]:
        """Count the codes of a column."""
        counts = np.bincount(self._columns[name].take(passages), minlength=1)
        if self._columns.values[name][:1] == [None]:
            counts[0] = 0
        return counts

    def _named(self, name: str, codes: Numbers, counts: NDArray[Any]) -> dict[str, int]:
        values = cast(list[str], self._columns.values[name])
        return dict(
            zip(map(values.__getitem__, codes.tolist()), counts[codes].tolist(), strict=True)
        )
