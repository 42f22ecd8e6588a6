"""PDF files, by pypdf: the text they hold; pictures of text are not read."""

from __future__ import annotations

import logging
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError

from indexer.errors import UnreadableArticle
from indexer.ingest.encoding import visible
from indexer.ingest.print.document import (
    Properties,
    article_of_document,
    stated_properties,
)
from indexer.ingest.print.typeset import Line, paragraphs, without_running_lines
from indexer.records import Article, Dropped, Paragraph, Span
from indexer.text.web_addresses import is_web_address

MAX_PAGES = 2_000
MAX_PAGE_BYTES = 4 * 1024 * 1024
"""Bytes of drawing on a page; a page of text has a hundredth of it."""

MAX_CHARACTERS = 5_000_000
_SPACES = re.compile(r"\s+")
_LIGATURE = re.compile("[\ufb00-\ufb06\ufb13-\ufb17]")
_ADDRESS = re.compile(r"https?://[^\s…]+(?!\S*…)")
_BOLD = re.compile(r"bold|black|heavy|semibd|demi", re.I)
_ITALIC = re.compile(r"ital|obliq|(?<=-)it$", re.I)

_NEAR_THE_TOP = 6
"""Paragraphs among which the headline is."""

_HEADLINE_FACTOR = 1.25
"""Size of type of a headline, in that of the text."""

_MAX_HEADLINE = 300
"""Characters of a headline."""


def read(data: bytes, article_id: str) -> tuple[Article, ...]:
    """Read the article of a PDF file.

    Raises `UnreadableArticle` with the reason if it is encrypted, damaged, or has no text.
    """
    # The library logs each fault that it can repair; nobody reads them in a long run.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)
    try:
        document = _opened(data)
        pages = list(_pages(document))
        properties = _properties(document)
    except (UnreadableArticle, MemoryError):
        raise
    except RecursionError as error:
        raise UnreadableArticle("the PDF points to itself in a circle") from error
    except Exception as error:  # a damaged file may raise anything
        raise UnreadableArticle(f"the PDF is damaged: {type(error).__name__}: {error}") from error
    if not any(pages):
        raise UnreadableArticle("the PDF has no text, only pictures: it would need OCR")
    kept, dropped = without_running_lines(pages)
    sized = paragraphs(kept)
    if not sized:
        raise UnreadableArticle("the PDF has no text but running heads")
    if properties.title is None:
        properties = replace(properties, title=_headline(sized))
    article = article_of_document(article_id, [paragraph for paragraph, _ in sized], properties)
    return (replace(article, dropped=tuple(dropped), url=_address(dropped)),)


def _opened(data: bytes) -> PdfReader:
    document = PdfReader(BytesIO(data), strict=False)
    if document.is_encrypted:
        with suppress(DependencyError, NotImplementedError):
            # Many are locked against changes only, and open without a password.
            if document.decrypt(""):
                return document
        raise UnreadableArticle("the PDF is encrypted: save it without a password")
    return document


def _properties(document: PdfReader) -> Properties:
    about = document.metadata
    if about is None:
        return Properties()
    created = None
    with suppress(ValueError):  # not a date
        created = about.creation_date
    return stated_properties(about.title, about.author, created)


def _address(dropped: Sequence[Dropped]) -> str | None:
    """Return the address that browsers print at the foot of a page, if it is whole."""
    printed = (_ADDRESS.search(line.text) for line in dropped)
    return next((url[0] for url in printed if url and is_web_address(url[0])), None)


def _headline(sized: Sequence[tuple[Paragraph, float]]) -> str | None:
    """Return the text in the largest type near the top, if it is larger than the rest."""
    sizes: Counter[float] = Counter()
    for paragraph, size in sized:
        sizes[size] += len(paragraph.text)
    usual = max(sizes, key=lambda size: sizes[size])
    text, size = max(
        ((p.text, size) for p, size in sized[:_NEAR_THE_TOP]), key=lambda pair: pair[1]
    )
    return (
        text.replace("\n", " ")
        if size > _HEADLINE_FACTOR * usual and len(text) < _MAX_HEADLINE
        else None
    )


# --- The lines of a page -------------------------------------------------------------------------


def _pages(document: PdfReader) -> Iterator[list[Line]]:
    characters = 0
    for number, page in enumerate(document.pages, start=1):
        if number > MAX_PAGES or characters > MAX_CHARACTERS:
            raise UnreadableArticle(f"the PDF is no article: it goes on after page {number - 1}")
        content = page.get_contents()
        if content is not None and len(content.get_data()) > MAX_PAGE_BYTES:
            raise UnreadableArticle(f"page {number} of the PDF is too large to be text")
        lines = _lines(page)
        characters += sum(len(line.text) for line in lines)
        yield lines


def _lines(page: PageObject) -> list[Line]:
    written = _Written()
    page.extract_text(visitor_text=written.add)
    return written.finished()


class _Written:
    """Collects the lines of a page while pypdf goes through its text."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._line = Line()

    def add(
        self,
        text: str,
        page_matrix: Sequence[float],
        text_matrix: Sequence[float],
        font: Mapping[str, Any] | None,
        size: float,
    ) -> None:
        """Add a piece of text in one font; it may end a line, and begin the next."""
        name = str((font or {}).get("/BaseFont", ""))
        for number, piece in enumerate(text.split("\n")):
            if number:
                self._end_line()
            piece = _SPACES.sub(" ", visible(_as_letters(piece)))
            if not self._line.text:
                piece = piece.lstrip()
            if not piece:
                continue
            if not self._line.text:
                self._line.x, self._line.y, scale = _placed(page_matrix, text_matrix)
                self._line.size = round(abs(size) * scale, 1)
            start = len(self._line.text) + len(piece) - len(piece.lstrip())
            self._line.text += piece
            span = (start, len(self._line.text.rstrip()))
            if span[0] < span[1]:
                self._mark(span, name)

    def finished(self) -> list[Line]:
        """Return the lines of the page, from first to last."""
        self._end_line()
        return self._lines

    def _mark(self, span: Span, font: str) -> None:
        if _BOLD.search(font):
            _extend(self._line.bold, span, self._line.text)
        if _ITALIC.search(font):
            _extend(self._line.italic, span, self._line.text)

    def _end_line(self) -> None:
        self._line.text = self._line.text.rstrip()
        if self._line.text:
            self._lines.append(self._line)
        self._line = Line()


def _extend(spans: list[Span], span: Span, text: str) -> None:
    """Add a span; only a space between it and the last one joins them."""
    if spans and not text[spans[-1][1] : span[0]].strip():
        spans[-1] = (spans[-1][0], span[1])
    else:
        spans.append(span)


def _as_letters(piece: str) -> str:
    """Write out ligatures, and the soft hyphen that broke a word as a hyphen."""
    piece = f"{piece[:-1]}-" if piece.endswith("\u00ad") else piece
    return _LIGATURE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), piece)


def _placed(page: Sequence[float], text: Sequence[float]) -> tuple[float, float, float]:
    """Return the position of a text matrix on the page, and its enlargement there.

    ISO 32000-1, 9.4.4: text space goes through both matrices to the space of the page.
    """
    a, b, c, d, e, f = page
    x = text[4] * a + text[5] * c + e
    y = text[4] * b + text[5] * d + f
    determinants = (text[0] * text[3] - text[1] * text[2]) * (a * d - b * c)
    return x, y, math.sqrt(abs(determinants))
