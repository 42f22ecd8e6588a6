"""Find days in a text, in the ways that the languages of the world print them.

A date that could be read in two ways (``03/04/2025``), or that does not exist, is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from indexer.ingest.lines.months import is_month_of, month_number


class DateStyle(NamedTuple):
    """The way in which a page prints dates.

    ``language`` is the one that it declares ("en-GB"), ``day_first`` whether 03/04/2025 is in
    April, if another date of the page proves that.
    """

    language: str | None = None
    day_first: bool | None = None

    @property
    def code(self) -> str | None:
        """Return the ISO 639-1 code of the language."""
        return re.split(r"[-_]", self.language)[0].lower() if self.language else None


ANY_STYLE = DateStyle()
"""Nothing is known about the page."""


class FoundDay(NamedTuple):
    """A day in a text, or a month, in ISO 8601, and where it stands."""

    start: int
    end: int
    day: str


_MONTH = r"(?P<month>[^\W\d_][^\s\d.,،፣;:/()|•·–—-]{1,20})"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)"
_NUMBER = r"(?P<number>[0-3]?\d)"
_NTH = r"(?:st|nd|rd|th|er|re|[ºª°]|-?(?:го|е|a)\b|['’]?mh|טן)?"
_OF = r"(?:(?:of|de|di|del|dal|do|da|den|dhen|ne|ta['’]?|mis|د)\s+(?:su\s+|u\s+)?|d['’]|ב(?=\w))?"
_OF_YEAR = r"-?(?:թվականի|թ|գ|m|gada|оны|ж|г|mettas)?(?!\w)\.?,?"
_ERA = r"(?:ค\.ศ\.\s*)?"
_GAP = r"[\s.,،፣/-]*"

_FORMS = {
    "2025-05-03": rf"{_YEAR}(?P<mark>[-/.])\s?{_NUMBER}(?P=mark)\s?{_DAY}",
    "3 May 2025": rf"{_DAY}{_NTH}{_GAP}{_OF}{_MONTH}{_GAP}{_OF}{_ERA}{_YEAR}",
    "May 3, 2025": rf"{_MONTH}\.?\s*{_DAY}{_NTH}(?:\s*,\s*|\s+){_YEAR}",
    "2025 մայիսի 3": rf"{_YEAR}\s*{_OF_YEAR}[\s-]*{_MONTH}\.?[\s-]+{_DAY}",
    "2025. gada 3. maj": rf"{_YEAR}\.?\s*{_OF_YEAR}\s*{_DAY}\.?[\s-]+{_MONTH}",
    "14.01.2026": rf"{_DAY}(?P<mark>[./-])\s?{_NUMBER}(?P=mark)\s?{_YEAR}",
    "3 tháng 5, 2025": rf"{_DAY} th(?:áng|g) {_NUMBER}(?:,| năm)? {_YEAR}",
    "May 2025": rf"{_MONTH}[\s.,-]*{_YEAR}",
}
"""Ways to print a date, by an example of each; the first that fits counts."""

_ENDS = "(?=թ|г|(?-i:[A-ZÀ-ÞА-ЯЁ])|(?!\\w))"
_DATE_FORMS = (
    # Lines that a page sets side by side are glued in its text: "Jon Berg3 May 2025Updated …".
    *(
        re.compile(rf"(?:(?<![\w.])|(?<=[^\W\d_]{{3}})(?=\d)){form}{_ENDS}", re.I)
        for form in _FORMS.values()
    ),
    re.compile(rf"(?<!\d){_YEAR}\s?[年년]\s?{_NUMBER}\s?[月월]\s?{_DAY}\s?[日일]"),
)
_SLASHED = re.compile(rf"(?<![\w./]){_DAY}/(?P<number>[0-3]?\d)/{_YEAR}(?![\w/])")
_AFTER_DAY = re.compile(r"\d\S{0,4}(?:\s\S{1,4})?\W*\Z")
_MONTH_LENGTH = len("2025-05")
HAS_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGITS = re.compile(r"[^\x00-\x7f\D]")
_DAY_FIRST = {
    "/": "ar ca cy el es fr gl hi id it ms pt sw th ur vi en-gb en-au en-ie en-nz",
    "-": "nl fy",
}
"""By the mark between numbers the languages whose own way it is to print the day before the month
with it (CLDR's short format): a German page with slashes follows somebody else's."""

_MONTH_FIRST_REGIONS = frozenset(("es-pa", "es-pr", "es-us", "fr-ca"))


def find_days(text: str, style: DateStyle = ANY_STYLE) -> tuple[FoundDay, ...]:
    """Return the days and months in a text, in order, none inside another.

    >>> [found.day for found in find_days("3 May 2025, and again in June 2025")]
    ['2025-05-03', '2025-06']
    """
    plain = plain_digits(text)
    return _days_in(plain, style) if HAS_YEAR.search(plain) else ()


@lru_cache(maxsize=256)
def _days_in(plain: str, style: DateStyle) -> tuple[FoundDay, ...]:
    return tuple(sorted(_days_by_form(plain, style)))


def _days_by_form(plain: str, style: DateStyle) -> Iterator[FoundDay]:
    taken: list[tuple[int, int]] = []
    for form in _DATE_FORMS:
        for match in form.finditer(plain):
            start, end = match.span()
            if any(start < other_end and other < end for other, other_end in taken):
                continue
            day = _day_of(match.groupdict(), style)
            before = plain[max(0, start - 12) : start]
            if day is not None and len(day) == _MONTH_LENGTH and _AFTER_DAY.search(before):
                continue  # a day that is not understood stands before it
            if day is not None:
                taken.append((start, end))
                yield FoundDay(start, end, day)


def plain_digits(text: str) -> str:
    """Return a text with European digits, as long as it was."""
    if text.isascii():
        return text
    return _DIGITS.sub(lambda digit: str(int(digit[0])), text)


def _day_of(parts: Mapping[str, str | None], style: DateStyle) -> str | None:
    """Return the day or month of a match in ISO 8601; ``None`` if unclear or impossible."""
    year, day = int(parts["year"] or 0), int(parts.get("day") or 0)
    name, number = parts.get("month") or "", parts.get("number")
    if number is not None:
        month = int(number)
        if parts.get("mark") in _DAY_FIRST and _year_is_last(parts):
            # 03/04/2025 is a day in March or in April, by the country; 03.04.2025 is in April.
            day, month = _in_order(day, month, str(parts["mark"]), style)
    elif day or is_month_of(name, style.code):
        month = month_number(name, style.code)
    else:
        month = 0  # without a day, a word of another language may be a name: the rover "Mars 2020"
    if not month:
        return None
    try:
        return date(year, month, day).isoformat() if day else f"{year}-{month:02d}"
    except ValueError:
        return None


def _in_order(first: int, second: int, mark: str, style: DateStyle) -> tuple[int, int]:
    """Return the day and the month of two numbers; month 0 if it is not certain which is which."""
    if first > 12 or first == second:
        return first, second
    if second > 12:
        return second, first
    day_first = style.day_first
    if day_first is None:
        language = (style.language or "").lower().replace("_", "-")
        ways = _DAY_FIRST[mark].split()
        known = language not in _MONTH_FIRST_REGIONS and (language in ways or style.code in ways)
        day_first = True if known else None
    if day_first is None:
        return first, 0
    return (first, second) if day_first else (second, first)


def is_day_first(texts: Iterable[str]) -> bool | None:
    """Return whether dates with slashes begin with the day, by the numbers above 12 in them.

    ``None`` if none is above 12, or they differ.

    >>> is_day_first(["27/02/2022", "03/04/2025"]), is_day_first(["03/04/2025"])
    (True, None)
    """
    firsts = {
        int(match["day"]) > 12
        for text in texts
        for match in _SLASHED.finditer(text)
        if (int(match["day"]) > 12) != (int(match["number"]) > 12)
    }
    return firsts.pop() if len(firsts) == 1 else None


def _year_is_last(parts: Mapping[str, str | None]) -> bool:
    return list(parts).index("year") > list(parts).index("day")
