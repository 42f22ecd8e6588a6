"""A bar chart of passages by day, month or year, drawn by the server.

Horizontal positions and widths are in per cent, so that the chart fits any screen; heights are in
pixels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from indexer import SearchRequest
from search_app.urls.narrowing import Address
from search_app.wording.dates import date as written_date

HEIGHT = 48
"""Pixels of the highest bar."""

_MIN_BAR_HEIGHT = 2
_MAX_BARS = 100
_MAX_BAR_WIDTH, _MAX_WIDTH, _PHONE_WIDTH = 28, 736, 320
_LETTER_WIDTH, _LABEL_GAP = 6.5, 14
"""Pixels, like the widths above. Letters are this wide at most on average."""

_BAR_SHARE = 0.93
"""Part of its period that a bar fills."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Passages of one period (ISO 8601). ``url`` searches that period alone.

    ``is_chosen`` is true if the period is within the dates of the search.
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
    """Label under the bars. ``is_spare`` is true if a phone has no room for it."""

    label: str
    x: float
    is_spare: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars in order of time without gaps, labels under some, and the width in pixels."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    width: int


def timeline(
    counts: Sequence[tuple[str, int]], request: SearchRequest, address: Address
) -> Timeline | None:
    """Draw counts by period. Returns ``None`` for fewer than two bars or too many."""
    periods = _without_gaps(counts)
    if not 1 < len(periods) <= _MAX_BARS:
        return None
    highest = max(periods.values())
    step = 100 / len(periods)
    bars = tuple(
        Bar(
            period,
            written_date(period),
            count,
            address(replace(request, since=period, until=period, offset=0)),
            x=round(number * step, 3),
            width=round(_BAR_SHARE * step, 3),
            height=max(round(HEIGHT * count / highest), _MIN_BAR_HEIGHT if count else 0),
            is_chosen=_is_chosen(period, request),
        )
        for number, (period, count) in enumerate(periods.items())
    )
    width = min(_MAX_WIDTH, len(bars) * _MAX_BAR_WIDTH)
    return Timeline(bars, tuple(_ticks(list(periods), width)), width)


def _is_chosen(period: str, request: SearchRequest) -> bool:
    """Return true if a period is within the dates of the search, to the precision of both."""
    if not (request.since or request.until):
        return False
    since, until = request.since or "", request.until or "9999"
    return since[: len(period)] <= period and period[: len(until)] <= until


def _ticks(periods: Sequence[str], width: int) -> Iterator[Tick]:
    """Label years if the bars are months of several years, otherwise periods."""
    januaries = [number for number, period in enumerate(periods) if period.endswith("-01")]
    by_year = len(periods[0]) == len("2020-10") and len(januaries) > 1
    labels = {
        number: periods[number][:4] if by_year else written_date(periods[number])
        for number in (januaries if by_year else range(len(periods)))
    }
    shown = _with_room(labels, width / len(periods), width)
    shown_on_phone = _with_room(labels, min(width, _PHONE_WIDTH) / len(periods), _PHONE_WIDTH)
    for number in shown:
        x = round(100 * number / len(periods), 3)
        yield Tick(labels[number], x, is_spare=number not in shown_on_phone)


def _with_room(labels: dict[int, str], step: float, width: float) -> list[int]:
    """Choose every n-th label, by number of bar, so that none touches the next or the edge."""
    label_width = _LETTER_WIDTH * max(map(len, labels.values()))
    numbers = list(labels)
    distance = step * (numbers[1] - numbers[0] if len(numbers) > 1 else 1)
    nth = int(-(-(label_width + _LABEL_GAP) // distance))
    return [number for number in numbers[::nth] if number * step + label_width <= width]


def _without_gaps(counts: Sequence[tuple[str, int]]) -> dict[str, int]:
    """Add 0 for the days, months or years between that have no passages."""
    known = dict(counts)
    if not known:
        return {}
    return {period: known.get(period, 0) for period in _periods(min(known), max(known))}


def _periods(first: str, last: str) -> list[str]:
    """List all days, months or years from one to another."""
    if len(first) == len("2020-10-05"):
        start, end = (date.fromisoformat(day).toordinal() for day in (first, last))
        return [date.fromordinal(day).isoformat() for day in range(start, end + 1)]
    if len(first) == len("2020-10"):
        start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
        return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, end + 1)]
    return [f"{year:04}" for year in range(int(first), int(last) + 1)]
