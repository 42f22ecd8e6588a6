"""How things are said on a page, in the reader's language: dates, numbers, names of things; and
texts with marked words.

Nothing here makes HTML: a text comes out as plain pieces, which the templates escape.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal

from indexer import Facet, Snippet
from search_app.wording.languages import gettext, locale, ngettext

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T(\d{2}:\d{2})(?::\d{2})?(.*))?")
_CARRIED_ON = "carried on: "


def choice(facet: Facet, value: str) -> str:
    """One of the choices of a facet as readers call it."""
    return gettext(facet.labels[value]) if value in facet.labels else value


def language(code: str) -> str:
    """What a language (ISO 639-1) is called; its code if it has no name here."""
    name = locale().languages.get(code)
    return name[:1].upper() + name[1:] if name else code


def evidence(attribution: str) -> tuple[str, str]:
    """How we know who speaks: which kind of evidence it is, and the printed words."""
    words = attribution.removeprefix(_CARRIED_ON)
    if words != attribution:
        return gettext("carried on from"), words
    return (gettext("labelled") if words.endswith(":") else ""), words


def date(published: str | None) -> str:
    """An ISO date, as precisely as it is known: "3 May 2025, 11:55", "June 2023"."""
    if published is None:
        return gettext("date unknown")
    return _date(published, locale())


@lru_cache(maxsize=4096)
def _date(published: str, locale: Locale) -> str:
    found = _DATE.fullmatch(published)
    if found is None:
        return published
    year, month, day, clock, zone = found.groups()
    if not month:
        return str(year)
    known = datetime.date(int(year), int(month), int(day or 1))
    if not day:
        return format_skeleton("yMMMM", known, locale=locale)
    written = format_date(known, "long", locale=locale)
    if not clock:
        return written
    zone = {"": "", "Z": " UTC", "+00:00": " UTC"}.get(zone, f" UTC{zone}")
    return f"{written}, {clock}{zone}"


def period(since: str | None, until: str | None) -> str:
    """A filter of dates in words, both ends inside it: "2019 – 2025", "since October 2020"."""
    if since == until:
        return date(since)
    if since and until:
        return f"{date(since)} – {date(until)}"
    if since:
        return gettext("since %(date)s", date=date(since))
    return gettext("until %(date)s", date=date(until))


def clock(seconds: int) -> str:
    """A place in a recording, in hours, minutes and seconds.

    >>> clock(754)
    '0:12:34'
    """
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def one_of(names: Sequence[str]) -> str:
    """Alternatives in one breath: "Ada, Bo or Cy"."""
    return format_list(names, style="or", locale=locale())


def years(first: str | None, last: str | None) -> str:
    """The years from one date to another, "" if they are not known: "2019–2025", "2020"."""
    if not first or not last:
        return ""
    return first[:4] if first[:4] == last[:4] else f"{first[:4]}–{last[:4]}"


def number(value: int) -> str:
    """A whole number as one writes it."""
    return _number(value, locale())


@lru_cache(maxsize=4096)
def _number(value: int, locale: Locale) -> str:
    return format_decimal(value, locale=locale)


def counted(singular: str, plural: str, value: int) -> str:
    """A number in its sentence, such as "%(count)s passages"."""
    return ngettext(singular, plural, value, count=number(value))


def passages(value: int) -> str:
    """So many passages."""
    return counted("%(count)s passage", "%(count)s passages", value)


def pieces(snippet: Snippet) -> list[tuple[str, bool]]:
    """A snippet's text cut at its highlights: (plain text, whether it is marked)."""
    return list(_pieces(snippet, 0, len(snippet.text)))


def paragraphs(snippet: Snippet) -> list[list[tuple[str, bool]]]:
    """The same as `pieces`, by paragraph; paragraphs stand apart by an empty line."""
    cut, start = [], 0
    for paragraph in snippet.text.split("\n\n"):
        end = start + len(paragraph)
        if paragraph.strip():
            cut.append(list(_pieces(snippet, start, end)))
        start = end + len("\n\n")
    return cut


def _pieces(snippet: Snippet, start: int, end: int) -> Iterator[tuple[str, bool]]:
    at = start
    for first, last in snippet.highlights:
        first, last = max(first, at), min(last, end)
        if first >= last:
            continue
        if at < first:
            yield snippet.text[at:first], False
        yield snippet.text[first:last], True
        at = last
    if at < end:
        yield snippet.text[at:end], False
