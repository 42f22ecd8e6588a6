"""The passages found, over time: one bar a day, month or year, drawn by the server."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import search_app.wording as wording
from indexer import SearchResults
from search_app.narrowing import Address

_MOST = 100
_LEAST_HEIGHT = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One period: its words, its count, its height in per cent, and the search in it alone."""

    label: str
    count: int
    height: int
    url: str


def timeline(results: SearchResults, address: Address) -> list[Bar]:
    """Bars in order of time, without gaps; nothing if there would be one bar only, or too many."""
    counts = _counts(results)
    if not 1 < len(counts) <= _MOST:
        return []
    most = max(counts.values())
    return [
        Bar(
            wording.date(period),
            count,
            max(round(100 * count / most), _LEAST_HEIGHT if count else 0),
            address(replace(results.request, since=period, until=period, offset=0)),
        )
        for period, count in counts.items()
    ]


def _counts(results: SearchResults) -> dict[str, int]:
    """The counts with 0 for the days, months or years between that have none."""
    found = dict(results.timeline)
    if not found:
        return {}
    return {period: found.get(period, 0) for period in _between(min(found), max(found))}


def _between(first: str, last: str) -> list[str]:
    """All periods from one to another that are written like them."""
    if len(first) == len("2020-10-05"):
        start, end = (date.fromisoformat(day).toordinal() for day in (first, last))
        return [date.fromordinal(day).isoformat() for day in range(start, end + 1)]
    if len(first) == len("2020-10"):
        start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
        return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, end + 1)]
    return [f"{year:04}" for year in range(int(first), int(last) + 1)]
