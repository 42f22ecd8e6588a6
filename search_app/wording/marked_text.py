"""Texts cut into marked and unmarked pieces, for templates to escape and mark."""

from __future__ import annotations

from collections.abc import Iterator

from indexer import Snippet

_PARAGRAPH_BREAK = "\n\n"


def pieces(snippet: Snippet) -> list[tuple[str, bool]]:
    """Cut a snippet at its highlights into pairs of text and true if it is marked."""
    return list(_pieces(snippet, 0, len(snippet.text)))


def paragraphs(snippet: Snippet) -> list[list[tuple[str, bool]]]:
    """Cut a snippet into paragraphs, and each of them like `pieces`."""
    cut, start = [], 0
    for paragraph in snippet.text.split(_PARAGRAPH_BREAK):
        end = start + len(paragraph)
        if paragraph.strip():
            cut.append(list(_pieces(snippet, start, end)))
        start = end + len(_PARAGRAPH_BREAK)
    return cut


def _pieces(snippet: Snippet, start: int, end: int) -> Iterator[tuple[str, bool]]:
    position = start
    for first, last in snippet.highlights:
        first, last = max(first, position), min(last, end)
        if first >= last:
            continue
        if position < first:
            yield snippet.text[position:first], False
        yield snippet.text[first:last], True
        position = last
    if position < end:
        yield snippet.text[position:end], False
