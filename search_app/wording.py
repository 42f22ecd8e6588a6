"""How things are written on a page: dates, numbers, and texts with marked words.

Nothing here makes HTML: a text comes out as plain pieces, which the templates escape.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterator

from indexer import Snippet

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T(\d{2}:\d{2})(?::\d{2})?(.*))?")


ROLE_LABELS = {
    "answer": "Answers",
    "statement": "Statements and quotations",
    "question": "Questions",
    "narrative": "The article itself",
}
"""What passages of each role are called in a list."""


LANGUAGE_NAMES = {
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "hy": "Armenian",
    "it": "Italian",
    "ka": "Georgian",
    "ru": "Russian",
    "tr": "Turkish",
    "uk": "Ukrainian",
}
"""What languages are called in a list; others by their code."""


def date(published: str | None) -> str:
    """An ISO date as one reads it, as precisely as it is known.

    >>> date("2025-05-03T11:55"), date("2023-06"), date(None)
    ('3 May 2025, 11:55', 'June 2023', 'date unknown')
    """
    found = _DATE.fullmatch(published or "")
    if found is None:
        return published or "date unknown"
    year, month, day, clock, zone = found.groups()
    known = (day and str(int(day)), month and month_name[int(month)], year)
    written = " ".join(part for part in known if part)
    if not clock:
        return written
    zone = {"": "", "Z": " UTC", "+00:00": " UTC"}.get(zone, f" UTC{zone}")
    return f"{written}, {clock}{zone}"


def period(since: str | None, until: str | None) -> str:
    """A filter of dates in words; both ends are inside it.

    >>> period("2019", "2025"), period("2020-10", None), period("2020", "2020")
    ('2019 – 2025', 'since October 2020', '2020')
    """
    if since == until:
        return date(since)
    if since and until:
        return f"{date(since)} – {date(until)}"
    return f"since {date(since)}" if since else f"until {date(until)}"


def count(number: int, noun: str) -> str:
    """A number with its noun.

    >>> count(1, "passage"), count(12480, "passage")
    ('1 passage', '12,480 passages')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


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
