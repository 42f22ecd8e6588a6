"""Documents of Word (Office Open XML, ECMA-376), by python-docx.

Paragraphs in order, those of tables too, with their bold, italics, headings, lists and quotations.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from io import BytesIO
from typing import NamedTuple

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.styles.style import CharacterStyle
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from indexer.errors import UnreadableArticle
from indexer.ingest.html.markup import parsed_blocks
from indexer.ingest.print.document import article_of_document, stated_properties
from indexer.records import Article

MAX_XML_BYTES = 24 * 1024 * 1024
MAX_BYTES = 128 * 1024 * 1024
"""Bytes of one part and of all, unpacked: far beyond any document that somebody writes."""

_OLE = b"\xd0\xcf\x11\xe0"
_TAGS = (
    (re.compile(r"(?:sub)?title|heading"), "h2"),
    (re.compile(r"(?:intense )?quote"), "blockquote"),
    (re.compile(r"list"), "li"),
)
"""Tags of paragraphs, by the beginning of their style's name; Word keeps these in English."""

_MAX_CHAIN = 12
"""Styles that a style is based on, one after the other; more may be a circle."""

_PARAGRAPH, _RUN = qn("w:p"), qn("w:r")
_NOT_SHOWN = (
    qn("w:moveFrom"),
    qn("w:del"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
)
"""Text that was moved or deleted, and text for programs that cannot show the newer form."""


def read(data: bytes, article_id: str) -> tuple[Article, ...]:
    """Read the article of a Word document.

    Raises `UnreadableArticle` with the reason if it is encrypted or damaged, would unpack to
    something huge, or has no text.
    """
    _require_sane(data)
    try:
        document = docx.Document(BytesIO(data))
        page = _Page(document)
        text, headline = page.html(), page.headline()
        about = document.core_properties
        properties = stated_properties(about.title, about.author, about.created)
    except RecursionError as error:
        raise UnreadableArticle("the document is nested too deeply") from error
    except MemoryError:
        raise
    except Exception as error:  # a damaged file may raise anything
        reason = f"the Word document is damaged: {type(error).__name__}: {error}"
        raise UnreadableArticle(reason) from error
    paragraphs = [block.paragraph for block in parsed_blocks(text)]
    if not paragraphs:
        raise UnreadableArticle("the Word document has no text")
    if headline is not None:
        properties = replace(properties, title=headline)
    return (article_of_document(article_id, paragraphs, properties),)


def _require_sane(data: bytes) -> None:
    if data.startswith(_OLE):
        raise UnreadableArticle("it is an old or an encrypted document: save it again as .docx")
    try:
        files = zipfile.ZipFile(BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableArticle(f"it is not a Word document: {error}") from error
    # zipfile never unpacks more than is declared here.
    xml = sum(file.file_size for file in files if file.filename.endswith((".xml", ".rels")))
    if xml > MAX_XML_BYTES or sum(file.file_size for file in files) > MAX_BYTES:
        raise UnreadableArticle("it would unpack to far more than a document has")


# --- Paragraphs ----------------------------------------------------------------------------------


class _Style(NamedTuple):
    """The name of a style in small letters, and whether it sets bold and italics (``None``: no)."""

    name: str = ""
    bold: bool | None = None
    italic: bool | None = None


class _Page:
    """Writes a document as a web page has it."""

    def __init__(self, document: Document) -> None:
        styles = [style for style in document.styles if isinstance(style, CharacterStyle)]
        self._styles: dict[str | None, _Style] = {one.style_id: _of_style(one) for one in styles}
        usual = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
        self._styles[None] = self._styles.get(usual.style_id if usual else None, _Style())
        self._paragraphs = [
            WordParagraph(element, document)
            for element in document.element.body.iter(_PARAGRAPH)
            if next(element.iterancestors(*_NOT_SHOWN), None) is None
        ]

    def html(self) -> str:
        """Return every paragraph that is shown, in order, wherever it is."""
        return "".join(self._tagged(paragraph) for paragraph in self._paragraphs)

    def headline(self) -> str | None:
        """Return the first paragraph in Word's style for titles."""
        titles = (p.text for p in self._paragraphs if self._style(p._p.style).name == "title")
        return next((" ".join(text.split()) for text in titles if text.strip()), None)

    def _style(self, style_id: str | None) -> _Style:
        return self._styles.get(style_id, self._styles[None])

    def _tagged(self, paragraph: WordParagraph) -> str:
        style = self._style(paragraph._p.style)
        text = "".join(self._marked(run, style) for run in _runs(paragraph))
        tag = next((tag for named, tag in _TAGS if named.match(style.name)), "p")
        properties = paragraph._p.pPr
        tag = tag if properties is None or properties.numPr is None else "li"
        return f"<{tag}>{text}</{tag}>"

    def _marked(self, run: Run, around: _Style) -> str:
        """Return a run with its own marks, else those of its style, else of its paragraph's."""
        own = _Style() if run._r.style is None else self._style(run._r.style)
        marks = (
            ("b", run.font.bold, own.bold, around.bold),
            ("i", run.font.italic, own.italic, around.italic),
        )
        text = escape(run.text).replace("\n", "<br>")
        for tag, *said in marks:
            if next((on for on in said if on is not None), False):
                text = f"<{tag}>{text}</{tag}>"
        return text


def _runs(paragraph: WordParagraph) -> Iterator[Run]:
    """Yield the runs of a paragraph.

    Those in links, changes and fields too, but not of text boxes.
    """
    element = paragraph._p
    for run in element.iter(_RUN):
        if next(run.iterancestors(*_NOT_SHOWN, _PARAGRAPH)) is element:
            yield Run(run, paragraph)


def _of_style(style: CharacterStyle) -> _Style:
    """Return a style with the marks that it takes over from the styles it is based on."""
    bold, italic = style.font.bold, style.font.italic
    base = style.base_style
    for _ in range(_MAX_CHAIN):
        if not isinstance(base, CharacterStyle) or None not in (bold, italic):
            break
        bold = base.font.bold if bold is None else bold
        italic = base.font.italic if italic is None else italic
        base = base.base_style
    return _Style((style.name or "").lower(), bold, italic)
