"""Passages as a table for spreadsheets (RFC 4180, UTF-8)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from indexer import Passage, SearchResults
from search_app.exports.characters import printable
from search_app.exports.citation import receipt
from search_app.urls.links import passage_url, search_url

NAME = "CSV"
MEDIA_TYPE = "text/csv"

COLUMNS = (
    *("id", "permalink", "speaker", "speaker_role", "role", "date", "date_precision"),
    *("question", "text", "title", "outlet", "url", "attribution", "indirect"),
    *("search", "receipt"),
)

_BYTE_ORDER_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def render(results: SearchResults, passages: Iterable[Passage]) -> Iterator[str]:
    """A row of names, then a row for each passage; what is not known is an empty cell.

    Every row says by which search it was found, as there is no other place that a table leaves.
    """
    writer = csv.writer(_Line())
    found_by = (search_url(results.request, external=True), receipt(results))
    # Without the mark Excel takes UTF-8 for something else.
    yield _BYTE_ORDER_MARK + writer.writerow(COLUMNS)
    for passage in passages:
        yield writer.writerow(_harmless(cell) for cell in (*_cells(passage), *found_by))


class _Line:
    """Where a writer writes to that wants each line back."""

    def write(self, line: str) -> str:
        return line


def _cells(passage: Passage) -> tuple[str | None, ...]:
    return (
        passage.id,
        passage_url(passage, external=True),
        passage.speaker,
        passage.speaker_role,
        passage.role,
        passage.published,
        passage.date_precision,
        passage.question,
        passage.text,
        passage.title,
        passage.outlet,
        passage.url,
        passage.attribution,
        "yes" if passage.indirect else "no",
    )


def _harmless(cell: str | None) -> str:
    """A cell that no spreadsheet takes for a formula, whatever an article says."""
    text = printable(cell or "")
    begins_badly = text.startswith(("\t", "\r", "\n")) or text.lstrip().startswith(_FORMULA)
    return f"'{text}" if begins_badly else text
