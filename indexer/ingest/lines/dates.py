"""Read when something was published from the ways in which outlets print it, and never guess."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from indexer.ingest.lines.date_forms import (
    ANY_STYLE,
    HAS_YEAR,
    DateStyle,
    find_days,
    plain_digits,
)
from indexer.ingest.lines.date_words import Label, label, says_nothing_else
from indexer.records import DatePrecision


@dataclass(frozen=True, slots=True)
class Dating:
    """An ISO 8601 date cut at what is known, how precisely, and the tag or line that tells."""

    published: str
    precision: DatePrecision
    evidence: str

    @property
    def day(self) -> str:
        """Return the date without the time."""
        return self.published[:10]

    @property
    def is_day(self) -> bool:
        """Return whether the day is known, and not only its month or year."""
        return self.precision in ("day", "minute")


class PrintedDate(NamedTuple):
    """A date in a line, where it stands, and what the words before it call it."""

    start: int
    end: int
    dating: Dating
    label: Label | None


MAX_DATE_LINE = 80
"""Characters of a line that may hold nothing but a date."""

MAX_HEADLINE = 400
"""Characters of a headline with its date."""

MAX_HOURS_FROM_UTC = 14

_TIME = re.compile(
    r"(?<![\d:])(?P<hour>[0-2]?\d)"
    r"(?:[:h]|\.(?=\d\d\s*(?:uhr|h)\b)|(?:(?<=(?:kl|re) \d)|(?<=(?:kl|re) \d\d))\.)"
    r"(?P<minute>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(?!\d)"
    r"\s*(?P<half>[ap]\.?\s?m\b\.?)?\s*(?P<zone>Z\b|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d\d)?|UTC|GMT)?",
    re.I,
)
_ISO = re.compile(
    r"\s*(\d{4})-(\d\d?)-(\d\d?)(?:T|[A-Z]{3,4}|\s)\s?(\d\d?):(\d\d)(?::\d\d(?:[.,]\d+)?)?"
    r"\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?\s*"
)


def read_date(text: str, evidence: str, style: DateStyle = ANY_STYLE) -> Dating | None:
    """Return the first date in a text, with the time next to it; ``None`` if none is clear.

    >>> read_date("May 03 2025, 11:55", "dateline").published
    '2025-05-03T11:55'
    >>> read_date("10.Jan.2026", "dateline").published
    '2026-01-10'
    """
    moment = _moment(text, evidence)
    if moment is not None:
        return moment
    found = sorted(printed_dates(text, style), key=lambda printed: not printed.dating.is_day)
    return replace(found[0].dating, evidence=evidence) if found else None


def printed_dates(text: str, style: DateStyle = ANY_STYLE) -> list[PrintedDate]:
    """Return the dates in a line, in order, each with the time next to it."""
    found = find_days(text, style)
    dates = []
    for place, (start, end, day) in enumerate(found):
        before = text[found[place - 1].end if place else 0 : start]
        after = text[end : found[place + 1].start if place + 1 < len(found) else None]
        # A line of one date may have its time on either side.
        clock = after if _TIME.search(after) or place else before
        dates.append(PrintedDate(start, end, _with_time(day, clock, text), label(before)))
    return dates


def is_date_line(text: str, style: DateStyle = ANY_STYLE) -> bool:
    """Return whether a line is a date and nothing else but a time and words like "Published"."""
    if len(text) > MAX_DATE_LINE or not HAS_YEAR.search(plain := plain_digits(text)):
        return False
    if _ISO.fullmatch(plain):
        return True
    rest = plain
    for start, end, _ in reversed(find_days(text, style)):
        rest = f"{rest[:start]} {rest[end:]}"
    if rest == plain:
        return False
    rest = _TIME.sub(" ", rest)
    return not re.search(r"\d", rest) and says_nothing_else(rest)


def ends_with_date(text: str, style: DateStyle = ANY_STYLE) -> bool:
    """Return whether a line ends with a date, or begins with one, as headlines in a list do."""
    return len(text) <= MAX_HEADLINE and any(
        not (_says_something(text[:start]) and _says_something(text[end:]))
        for start, end, _ in find_days(text, style)
    )


def existing_date(
    day: str, published: str, precision: DatePrecision, evidence: str
) -> Dating | None:
    """Return a date whose ``day`` exists; ``None`` for 30 February."""
    try:
        date.fromisoformat(day)
    except ValueError:
        return None
    return Dating(published, precision, evidence)


def _says_something(text: str) -> bool:
    return not says_nothing_else(_TIME.sub(" ", text))


def _with_time(day: str, around: str, evidence: str) -> Dating:
    if len(day) < len("2025-05-03"):
        return Dating(day, "month", evidence)
    found = _TIME.search(around)
    if found is None:
        return Dating(day, "day", evidence)
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % 12 + (12 if found["half"][0] in "pP" else 0)
    if hour > 23:
        return Dating(day, "day", evidence)
    clock = f"{hour:02d}:{found['minute']}{_zone(found['zone'])}"
    return Dating(f"{day}T{clock}", "minute", evidence)


def _moment(text: str, evidence: str) -> Dating | None:
    iso = _ISO.fullmatch(text)
    if iso is None:
        return None
    year, month, day, hour, minute, zone = iso.groups()
    whole = f"{year}-{month:>02}-{day:>02}"
    if int(hour) > 23 or int(minute) > 59:
        return existing_date(whole, whole, "day", evidence)
    return existing_date(whole, f"{whole}T{hour:>02}:{minute}{_zone(zone)}", "minute", evidence)


def _zone(printed: str | None) -> str:
    """Return ``+04:00`` for GMT+4, ``Z`` for UTC; nothing for no zone, or one that is not."""
    if not printed:
        return ""
    found = re.search(r"([+-])(\d{1,2}):?(\d\d)?", printed)
    if found is None:
        return "Z"
    is_zone = int(found[2]) <= MAX_HOURS_FROM_UTC and int(found[3] or 0) < 60
    return f"{found[1]}{int(found[2]):02d}:{found[3] or '00'}" if is_zone else ""
