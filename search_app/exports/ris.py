"""Passages as RIS, for Zotero, EndNote and Mendeley."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indexer import FoundPassage, Passage, SearchResults
from search_app.exports.characters import one_line
from search_app.exports.citation import address, authors, date_parts, provenance, receipt

NAME = "RIS"
MEDIA_TYPE = "application/x-research-info-systems"


def render(results: SearchResults, found: Iterable[FoundPassage]) -> Iterator[str]:
    """Write a record for each passage. Its notes include the receipt, as RIS has no header."""
    search = receipt(results)
    for one in found:
        yield record(one.passage, ("N1", search)) + "\r\n"


def record(passage: Passage, *more: tuple[str, str]) -> str:
    """Write a passage as one record, with more fields at its end."""
    fields = (*_fields(passage), *more, ("ER", ""))
    return "".join(f"{tag}  - {one_line(value)}\r\n" for tag, value in fields)


def _fields(passage: Passage) -> Iterator[tuple[str, str]]:
    date = date_parts(passage.published)
    yield "TY", "NEWS"
    for name in authors(passage):
        yield "AU", ", ".join(filter(None, name))
    yield "TI", passage.title
    if passage.outlet:
        yield "T2", passage.outlet
    if date:
        yield "PY", date[0]
        yield "DA", "/".join(date)
    if passage.article_language:
        yield "LA", passage.article_language
    yield "UR", address(passage)
    yield "AB", passage.text
    yield "N1", provenance(passage)
