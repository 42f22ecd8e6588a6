"""Dates cut at what is known, as days: ``2020-10`` begins on its 1st and ends on its 31st.

Days are proleptic Gregorian ordinals (`datetime.date.toordinal`).
"""

from __future__ import annotations

import calendar
import re
from datetime import date

_PERIOD = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T(\d{2}):(\d{2}).*)?")


def first_day(period: str) -> int:
    """Return the first day of an ISO year, month, day or minute.

    Raises `ValueError` if there is no such date.

    >>> date.fromordinal(first_day("2020-10")).isoformat()
    '2020-10-01'
    """
    year, month, day = _parts(period)
    return date(year, month or 1, day or 1).toordinal()


def last_day(period: str) -> int:
    """Return the last day of an ISO year, month, day or minute; see `first_day`."""
    year, month, day = _parts(period)
    month = month or 12
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}")
    return date(year, month, day or calendar.monthrange(year, month)[1]).toordinal()


def minute(period: str) -> int:
    """Return the first minute of a period, counted from the first day of the calendar.

    Zones are ignored. A date known to the day comes before every time of that day.
    """
    parts = _PERIOD.fullmatch(period)
    hour, minutes = (int(parts[4] or 0), int(parts[5] or 0)) if parts else (0, 0)
    return (first_day(period) * 24 + hour) * 60 + minutes


def _parts(period: str) -> tuple[int, int | None, int | None]:
    parts = _PERIOD.fullmatch(period)
    if parts is None:
        raise ValueError(f"{period!r} is not a date: write 2020, 2020-10 or 2020-10-05")
    year, month, day = parts[1], parts[2], parts[3]
    return int(year), int(month) if month else None, int(day) if day else None
