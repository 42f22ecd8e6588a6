"""The passages found, over time: one bar a month or a year, drawn by the server."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from indexer import SearchResults
from search_app.narrowing import Address
from search_app.wording import date

_MOST_MONTHS = 36
_MOST_YEARS = 100
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
    if not 1 < len(counts) <= _MOST_YEARS:
        return []
    most = max(counts.values())
    return [
        Bar(
            date(period),
            count,
            max(round(100 * count / most), _LEAST_HEIGHT if count else 0),
            address(replace(results.request, since=period, until=period, offset=0)),
        )
        for period, count in counts.items()
    ]


def _counts(results: SearchResults) -> dict[str, int]:
    """By month if every month is known and they are few, else by year; empty periods are 0."""
    found = dict(results.timeline)
    if not found:
        return {}
    if all(len(period) == len("2020-10") for period in found):
        months = _months(min(found), max(found))
        if len(months) <= _MOST_MONTHS:
            return {month: found.get(month, 0) for month in months}
    years: Counter[str] = Counter()
    for period, count in found.items():
        years[period[:4]] += count
    first, last = int(min(years)), int(max(years))
    return {f"{year:04}": years[f"{year:04}"] for year in range(first, last + 1)}


def _months(first: str, last: str) -> list[str]:
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, end + 1)]
