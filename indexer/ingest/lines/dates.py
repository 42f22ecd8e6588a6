"""Dates of publication, in the ways outlets print them, never a guess.

A date that could be read in two ways (``03/04/2025``) or that does not exist is no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from indexer.records import DatePrecision


@dataclass(frozen=True, slots=True)
class Dating:
    """An ISO 8601 date cut at what is known, its precision, and the tag or line that states it."""

    published: str
    precision: DatePrecision
    evidence: str


_MONTHS = (
    "january jan january's январь января янв հունվար հունվարի",
    "february feb febr февраль февраля фев փետրվար փետրվարի",
    "march mar март марта мар մարտ մարտի",
    "april apr апрель апреля апр ապրիլ ապրիլի",
    "may май мая մայիս մայիսի",
    "june jun июнь июня июн հունիս հունիսի",
    "july jul июль июля июл հուլիս հուլիսի",
    "august aug август августа авг օգոստոս օգոստոսի",
    "september sep sept сентябрь сентября сен сент սեպտեմբեր սեպտեմբերի",
    "october oct октябрь октября окт հոկտեմբեր հոկտեմբերի",
    "november nov ноябрь ноября ноя нояб նոյեմբեր նոյեմբերի",
    "december dec декабрь декабря дек դեկտեմբեր դեկտեմբերի",
)
_MONTH_NUMBERS = {
    name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()
}
_MONTH = r"(?P<month>[^\W\d_]{3,12})"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)"

_FORMS = {
    "2025-05-03": rf"{_YEAR}(?P<mark>[-/.])(?P<number>[01]?\d)(?P=mark){_DAY}",
    "3 May 2025": rf"{_DAY}(?:st|nd|rd|th)?[\s.\-]*(?:of\s+)?{_MONTH}[\s.,\-]*{_YEAR}",
    "May 3, 2025": rf"{_MONTH}\.?\s*{_DAY}(?:st|nd|rd|th)?(?:\s*,\s*|\s+){_YEAR}",
    "2025 մայիսի 3": rf"{_YEAR}\s*(?:թ\.?|թվականի)?,?\s*{_MONTH}\s+{_DAY}",
    "14.01.2026": rf"{_DAY}(?P<mark>[./\-])(?P<number>[01]?\d)(?P=mark){_YEAR}",
    "May 2025": rf"(?<!\d )(?<!\d\. ){_MONTH}[\s.,\-]*{_YEAR}",
}
"""Ways to print a date, by an example of each; the first that fits counts."""

_DATE_FORMS = tuple(
    re.compile(rf"(?<![\w.]){form}(?=թ|г|(?!\w))", re.I) for form in _FORMS.values()
)
_TIME = re.compile(
    r"(?<![\d:])(?P<hour>[0-2]?\d):(?P<minute>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\b\.?)?\s*(?P<zone>Z\b|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d\d)?|UTC|GMT)?",
    re.I,
)
_ISO = re.compile(
    r"\s*(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?\s*"
)
_AROUND_A_DATE = re.compile(
    r"(?:published|posted|updated|modified|last|on|at|date|dated|release|released|issued|by"
    r"|mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?|опубликовано|обновлено|дата|года?|г"
    r"|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|թ|[ap]m|est|edt|utc|gmt|msk|мск",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]+")


def read_date(text: str, evidence: str) -> Dating | None:
    """Read the first date in a text, with its time; ``None`` if there is none that is clear.

    >>> read_date("May 03 2025, 11:55", "dateline").published
    '2025-05-03T11:55'
    >>> read_date("10.Jan.2026", "dateline").published
    '2026-01-10'
    """
    iso = _ISO.fullmatch(text)
    if iso is not None:
        return _checked(iso[1], f"{iso[1]}T{iso[2]}{_zone(iso[3])}", "minute", evidence)
    for form in _DATE_FORMS:
        for found in form.finditer(text):
            day = _day_of(found.groupdict())
            if day is not None:
                return _with_time(day, text[: found.start()] + text[found.end() :], evidence)
    return None


def is_date_line(text: str) -> bool:
    """Return whether a line is only a date, its time, and words such as "Published"."""
    if len(text) > 80:
        return False
    if _ISO.fullmatch(text):
        return True
    for form in _DATE_FORMS:
        found = form.search(text)
        if found is not None and _names_a_month(found.groupdict()):
            rest = _TIME.sub(" ", text[: found.start()] + " " + text[found.end() :])
            return not re.search(r"\d", rest) and not _WORD.search(_AROUND_A_DATE.sub(" ", rest))
    return False


def ends_with_date(text: str) -> bool:
    """Return whether a line ends or begins with a date, as headlines in a list do."""
    for form in _DATE_FORMS:
        for found in form.finditer(text):
            around = text[: found.start()], text[found.end() :]
            if _names_a_month(found.groupdict()) and not all(_says_something(a) for a in around):
                return True
    return False


def _says_something(text: str) -> bool:
    return bool(_WORD.search(_AROUND_A_DATE.sub(" ", _TIME.sub(" ", text))))


def stated_date(value: object, evidence: str) -> Dating | None:
    """Read a date in metadata: text in any known form, or a date of YAML; ``None`` if absent.

    Raises `ValueError` if something is stated that is not a date, or a day that does not exist.
    """
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return read_date(value.isoformat(sep="T", timespec="minutes"), evidence)
    if isinstance(value, date):
        return Dating(value.isoformat(), "day", evidence)
    text = str(value).strip()
    if re.fullmatch(r"\d{4}", text):
        return Dating(text, "year", evidence)
    if re.fullmatch(r"\d{4}-\d\d", text):
        dating = _checked(f"{text}-01", text, "month", evidence)
    else:
        dating = read_date(text, evidence)
    if dating is None:
        raise ValueError(f"{text!r} is not a date that exists; write it as 2025-05-03")
    return dating


def first_stated(values: Iterable[tuple[str, object]]) -> Dating | None:
    """Return the first of several (evidence, value) pairs that is a date; others are skipped."""
    for evidence, value in values:
        try:
            dating = stated_date(value, f"{evidence}: {value}")
        except ValueError:
            continue
        if dating is not None:
            return dating
    return None


def _day_of(parts: Mapping[str, str | None]) -> str | None:
    """Year, month and day of a match as an ISO day or month; ``None`` if unclear or impossible."""
    year, day = int(parts["year"] or 0), int(parts.get("day") or 0)
    number = parts.get("number")
    if number is None:
        month = _MONTH_NUMBERS.get((parts.get("month") or "").lower(), 0)
    else:
        month = int(number)
        if parts.get("mark") == "/" and _year_is_last(parts):
            # 03/04/2025 is a day in March or in April, by the country; 03.04.2025 is in April.
            if month <= 12 and day <= 12 and day != month:
                return None
            month, day = min(month, day), max(month, day)
    if not month:
        return None
    try:
        return date(year, month, day).isoformat() if day else f"{year}-{month:02d}"
    except ValueError:
        return None


def _names_a_month(parts: Mapping[str, str | None]) -> bool:
    month = parts.get("month")
    return month is None or month.lower() in _MONTH_NUMBERS


def _year_is_last(parts: Mapping[str, str | None]) -> bool:
    return list(parts).index("year") > list(parts).index("day")


def _with_time(day: str, rest: str, evidence: str) -> Dating:
    if len(day) == 7:
        return Dating(day, "month", evidence)
    found = _TIME.search(rest)
    if found is None:
        return Dating(day, "day", evidence)
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % 12 + (12 if found["half"][0] in "pP" else 0)
    if hour > 23:
        return Dating(day, "day", evidence)
    clock = f"{hour:02d}:{found['minute']}{_zone(found['zone'])}"
    return Dating(f"{day}T{clock}", "minute", evidence)


def _zone(printed: str | None) -> str:
    """``+04:00`` for GMT+4 and the like, ``Z`` for UTC, nothing where no zone is printed."""
    if not printed:
        return ""
    found = re.search(r"([+-])(\d{1,2}):?(\d\d)?", printed)
    if found is None:
        return "Z"
    return f"{found[1]}{int(found[2]):02d}:{found[3] or '00'}"


def _checked(day: str, published: str, precision: DatePrecision, evidence: str) -> Dating | None:
    try:
        date.fromisoformat(day)
    except ValueError:
        return None
    return Dating(published, precision, evidence)
