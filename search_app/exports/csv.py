"""Passages as a table for spreadsheets (RFC 4180, UTF-8)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from indexer import FoundPassage, SearchResults
from search_app.exports.characters import printable
from search_app.exports.citation import receipt
from search_app.urls.links import passage_url, search_url

NAME = "CSV"
MEDIA_TYPE = "text/csv"

COLUMNS = (
    *("id", "permalink", "speaker", "speaker_role", "role", "date", "date_precision"),
    *("said", "context", "asker", "question", "text", "title", "author", "outlet", "url"),
    *("attribution", "evidence", "indirect", "search", "receipt"),
)

_BYTE_ORDER_MARK = "\ufeff"
_FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def render(results: SearchResults, found: Iterable[FoundPassage]) -> Iterator[str]:
    """Write the column names, then a row for each passage. Unknown values are empty cells.

    Every row repeats the search and its receipt, as a table has no other place for them.
    """
    writer = csv.writer(_Line())
    search = (search_url(results.request, external=True), receipt(results))
    # Without the mark Excel does not recognise UTF-8.
    yield _BYTE_ORDER_MARK + writer.writerow(COLUMNS)
    for one in found:
        yield writer.writerow(_not_a_formula(cell) for cell in (*_cells(one), *search))


class _Line:
    """File whose ``write`` returns the line, so that the writer does too."""

    def write(self, line: str) -> str:
        return line


def _cells(found: FoundPassage) -> tuple[str | None, ...]:
    passage = found.passage
    return (
        passage.id,
        passage_url(passage, external=True),
        passage.speaker,
        passage.speaker_role,
        passage.role,
        passage.published,
        passage.date_precision,
        _yes_or_no(found.context == "said"),
        None if found.context == "said" else found.context,
        passage.asker,
        passage.question,
        passage.text,
        passage.title,
        passage.author,
        passage.outlet,
        passage.url,
        passage.attribution,
        passage.evidence,
        _yes_or_no(passage.indirect),
    )


def _yes_or_no(is_so: bool) -> str:
    return "yes" if is_so else "no"


def _not_a_formula(cell: str | None) -> str:
    """Escape a cell that a spreadsheet would run as a formula."""
    text = printable(cell or "")
    is_formula = text.lstrip().startswith(_FORMULA_SIGNS)
    return f"'{text}" if is_formula or text.startswith(("\t", "\r", "\n")) else text
