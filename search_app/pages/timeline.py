"""The passages found, over time: one bar a day, month or year, drawn by the server.

Across, places and widths are in per cent of the drawing, so that it fits any screen; heights are
in pixels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import search_app.wording.phrases as wording
from indexer import SearchRequest
from search_app.urls.narrowing import Address

HEIGHT = 48
_MOST = 100
_WIDEST_BAR, _WIDEST, _NARROWEST = 28, 736, 320
_LEAST_HEIGHT = 2
_LETTER, _GAP = 6.5, 14


@dataclass(frozen=True, slots=True)
class Bar:
    """One period (ISO 8601): its words, its count, the search in it alone, and where it stands.

    ``is_chosen`` tells that the search is about it.
    """

    period: str
    label: str
    count: int
    url: str
    x: float
    width: float
    height: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A word under the bars; ``is_spare`` tells that there is no room for it on a phone."""

    label: str
    x: float
    is_spare: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars in order of time without gaps, words under some of them, and the width in pixels."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    width: int


def timeline(
    counts: Sequence[tuple[str, int]], request: SearchRequest, address: Address
) -> Timeline | None:
    """The counts by period as a drawing, each bar a link to the request in its period alone.

    ``None`` if there would be one bar only, or too many.
    """
    periods = _periods(counts)
    if not 1 < len(periods) <= _MOST:
        return None
    most = max(periods.values())
    step = 100 / len(periods)
    bars = tuple(
        Bar(
            period,
            wording.date(period),
            count,
            address(replace(request, since=period, until=period, offset=0)),
            x=round(place * step, 3),
            width=round(0.93 * step, 3),
            height=max(round(HEIGHT * count / most), _LEAST_HEIGHT if count else 0),
            is_chosen=_is_chosen(period, request),
        )
        for place, (period, count) in enumerate(periods.items())
    )
    width = min(_WIDEST, len(bars) * _WIDEST_BAR)
    return Timeline(bars, tuple(_ticks(list(periods), width)), width)


def _is_chosen(period: str, request: SearchRequest) -> bool:
    """Whether a period lies within the dates that were asked for, as precisely as both are told."""
    if not (request.since or request.until):
        return False
    since, until = request.since or "", request.until or "9999"
    return since[: len(period)] <= period and period[: len(until)] <= until


def _ticks(periods: Sequence[str], width: int) -> Iterator[Tick]:
    """Words under the bars: the years where months go over several, otherwise the periods."""
    years = [place for place, period in enumerate(periods) if period.endswith("-01")]
    by_year = len(periods[0]) == len("2020-10") and len(years) > 1
    labels = {
        place: periods[place][:4] if by_year else wording.date(periods[place])
        for place in (years if by_year else range(len(periods)))
    }
    everywhere = _with_room(labels, width / len(periods), width)
    on_a_phone = _with_room(labels, min(width, _NARROWEST) / len(periods), _NARROWEST)
    for place in everywhere:
        x = round(100 * place / len(periods), 3)
        yield Tick(labels[place], x, is_spare=place not in on_a_phone)


def _with_room(labels: dict[int, str], step: float, width: float) -> list[int]:
    """The places of every so-and-so-many labels, so that none touches the next or the edge."""
    widest = _LETTER * max(map(len, labels.values())) + _GAP
    places = list(labels)
    between = step * (places[1] - places[0] if len(places) > 1 else 1)
    every = -(-widest // between)
    return [place for place in places[:: int(every)] if place * step + widest - _GAP <= width]


def _periods(counts: Sequence[tuple[str, int]]) -> dict[str, int]:
    """The counts with 0 for the days, months or years between that have none."""
    found = dict(counts)
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
