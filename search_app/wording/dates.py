"""Dates, periods and times in words, as precise as they are known."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton

from search_app.wording.languages import gettext, locale

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T(\d{2}:\d{2})(?::\d{2})?(.*))?")


def date(published: str | None) -> str:
    """Write an ISO date: "3 May 2025, 11:55", "June 2023". ``None`` is "date unknown"."""
    if published is None:
        return gettext("date unknown")
    return _date(published, locale())


@lru_cache(maxsize=4096)
def _date(published: str, locale: Locale) -> str:
    match = _DATE.fullmatch(published)
    if match is None:
        return published
    year, month, day, clock, zone = match.groups()
    if not month:
        return str(year)
    first_day = datetime.date(int(year), int(month), int(day or 1))
    if not day:
        return format_skeleton("yMMMM", first_day, locale=locale)
    written = format_date(first_day, "long", locale=locale)
    if not clock:
        return written
    zone = {"": "", "Z": " UTC", "+00:00": " UTC"}.get(zone, f" UTC{zone}")
    return f"{written}, {clock}{zone}"


def period(since: str | None, until: str | None) -> str:
    """Write a date filter, both ends included: "2019 – 2025", "since October 2020"."""
    if since == until:
        return date(since)
    if since and until:
        return f"{date(since)} – {date(until)}"
    if since:
        return gettext("since %(date)s", date=date(since))
    return gettext("until %(date)s", date=date(until))


def clock(seconds: int) -> str:
    """Write a time in a recording in hours, minutes and seconds.

    >>> clock(754)
    '0:12:34'
    """
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def years(first: str | None, last: str | None) -> str:
    """Write the years between two dates: "2019–2025", "2020". Empty if a date is unknown."""
    if not first or not last:
        return ""
    return first[:4] if first[:4] == last[:4] else f"{first[:4]}–{last[:4]}"
