"""A tree of elements to paragraphs, keeping the markup that tells who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from lxml.etree import ElementDefaultClassLookup, HTMLParser, LxmlError, iterwalk
from lxml.html import HtmlComment, HtmlElement, document_fromstring

from indexer.ingest.encoding import visible
from indexer.records import Paragraph, ParagraphKind, Span

_KINDS: dict[str, ParagraphKind] = {
    "h1": "heading",
    "h2": "heading",
    "h3": "heading",
    "h4": "heading",
    "h5": "heading",
    "h6": "heading",
    "blockquote": "quote",
    "q": "quote",
    "li": "list_item",
}
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
NO_TEXT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "embed",
        "canvas",
        "audio",
        "video",
        "picture",
        "map",
        "select",
        "textarea",
        "input",
        "head",
        "title",
        "meta",
        "link",
        "math",
    ]
)
_UNSEEN = frozenset(["noscript", "template"])
"""Elements that hold an article where scripts are to show it."""

CHROME = frozenset(["nav", "footer", "aside", "form", "button", "dialog", "menu", "figcaption"])
_TELLING = frozenset(("b", "strong", "em", "i", "a", "pre"))
"""Tags that mark the text inside them, without any attribute."""

_BETWEEN_TAGS = " \n\r\t"
"""Characters of most texts between two tags; there is nothing to clean in them."""

_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_UNSEEN_CLASS = re.compile(r"\b(?:tooltip|sr-only|screen-reader|visually-hidden)", re.I)
_SPACES = re.compile(r"\s+")


class Block(NamedTuple):
    """A paragraph and the innermost block element that it stands in.

    The paragraph lacks what the elements around it tell: `Surroundings` adds that.
    """

    paragraph: Paragraph
    element: HtmlElement


class _Place(NamedTuple):
    """The innermost block element around a text and the marks that are on there."""

    element: HtmlElement
    bold: bool = False
    italic: bool = False
    link: bool = False
    preformatted: bool = False


@dataclass(slots=True)
class _Line:
    """A paragraph being written: text with single spaces, and the spans of its marks."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    inked: int = -1
    bold: list[Span] = field(default_factory=list)
    italic: list[Span] = field(default_factory=list)
    linked: int = 0

    def add(self, text: str, marks: _Place) -> None:
        if not text:
            return
        after_space = not self.pieces or self.pieces[-1][-1] in " \n"
        if text.isspace():
            if not after_space:
                self.pieces.append(" ")
                self.length += 1
            return
        text = _SPACES.sub(" ", text)
        if after_space:
            text = text.lstrip(" ")
        start = self.length + len(text) - len(text.lstrip(" "))
        end = self.length + len(text.rstrip(" "))
        self.pieces.append(text)
        self.length += len(text)
        if marks.bold:
            self._mark(self.bold, start, end)
        if marks.italic:
            self._mark(self.italic, start, end)
        if marks.link:
            self.linked += end - start
        self.inked = end

    def _mark(self, spans: list[Span], start: int, end: int) -> None:
        if spans and spans[-1][1] == self.inked:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))

    def ends_with_break(self) -> bool:
        return bool(self.pieces) and self.pieces[-1] == "\n"

    def break_line(self) -> None:
        if self.pieces and not self.ends_with_break():
            self.pieces.append("\n")
            self.length += 1
            self.inked = -1


def blocks(root: HtmlElement, *, unseen: bool = False) -> Iterator[Block]:
    """Yield the paragraphs below an element in order; a line break is a newline, two part them.

    Text that the page hides is left out, and so is that of ``<noscript>`` and ``<template>``
    unless ``unseen``.
    """
    textless = NO_TEXT - _UNSEEN if unseen else NO_TEXT
    place = _inside(root, _Place(root))
    line, block, stack = _Line(), place, [place]
    walk = iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        tag = node.tag
        ends = tag in BLOCKS or (tag == "br" and event == "start" and line.ends_with_break())
        if ends and line.pieces:
            yield from _block(line, block)
            line = _Line()
        if event == "start":
            if tag == "br":
                line.break_line()
            stack.append(place)
            if tag in textless or (not unseen and is_hidden(node)):
                walk.skip_subtree()
                continue
            place = _inside(node, place)
        elif event == "end":
            place = stack.pop()
        if tag in BLOCKS:
            block = place
        text = node.text if event == "start" else node.tail
        if text and (event == "start" or node is not root):
            _write(text, place, line)
    yield from _block(line, block)


def parsed(html: str) -> HtmlElement:
    """Return the tree of a page. Raises `LxmlError` if there is nothing to parse."""
    parser = HTMLParser()
    # All elements are of one class: to look one up for each costs a tenth of the time of a page.
    parser.set_element_class_lookup(
        ElementDefaultClassLookup(element=HtmlElement, comment=HtmlComment)
    )
    page: HtmlElement = document_fromstring(html, parser=parser)
    return page


def parsed_blocks(html: str) -> list[Block]:
    """Return the paragraphs of a fragment of HTML, with their kinds and classes."""
    try:
        root = parsed(html)
    except LxmlError:  # nothing to parse
        return []
    surroundings = Surroundings(root)
    return [Block(surroundings.paragraph(one), one.element) for one in blocks(root)]


def chrome_around(element: HtmlElement) -> str | None:
    """Return the tag around an element, or its own, that holds no article text; else ``None``."""
    return next((e.tag for e in (element, *element.iterancestors()) if e.tag in CHROME), None)


class Surroundings:
    """The kind and the classes of paragraphs, told by the elements around them up to ``root``."""

    def __init__(self, root: HtmlElement) -> None:
        above = root.getparent()
        self._known: dict[HtmlElement | None, tuple[ParagraphKind, frozenset[str]]] = {
            above: ("paragraph", frozenset())
        }
        self._known[None] = self._known[above]

    def paragraph(self, block: Block) -> Paragraph:
        """Return the paragraph of a block with its kind and its classes."""
        kind, classes = self._of(block.element)
        is_plain = kind == "paragraph" and not classes
        return block.paragraph if is_plain else replace(block.paragraph, kind=kind, classes=classes)

    def kind(self, element: HtmlElement) -> ParagraphKind:
        """Return the kind of the paragraphs of an element."""
        return self._of(element)[0]

    def _of(self, element: HtmlElement) -> tuple[ParagraphKind, frozenset[str]]:
        path: list[HtmlElement] = []
        around: HtmlElement | None = element
        while around not in self._known:
            path.append(around)
            around = around.getparent() if around is not None else None
        kind, classes = self._known[around]
        for inner in reversed(path):
            names = (inner.get("class") or "").lower().split()
            if inner.tag in ("dt", "dd"):
                names.append(inner.tag)
            kind = _KINDS.get(inner.tag, kind)
            classes = classes.union(names) if names else classes
            self._known[inner] = kind, classes
        return kind, classes


def is_hidden(node: HtmlElement) -> bool:
    """Return whether a page does not show an element, by its attributes."""
    style, classes = node.get("style"), node.get("class")
    return (
        node.get("hidden") is not None
        or (style is not None and _HIDDEN.search(style) is not None)
        or (classes is not None and _is_unseen(classes))
    )


@lru_cache(maxsize=1 << 14)
def _is_unseen(classes: str) -> bool:
    return _UNSEEN_CLASS.search(classes) is not None


def _write(text: str, place: _Place, line: _Line) -> None:
    if text.strip(_BETWEEN_TAGS):
        text = visible(text)
    if not place.preformatted:
        line.add(text, place)
        return
    for index, part in enumerate(text.split("\n")):
        if index:
            line.break_line()
        line.add(part, place)


def _inside(node: HtmlElement, around: _Place) -> _Place:
    name, style = node.tag, node.get("style")
    if name not in _TELLING and not style:
        return _Place(node, *around[1:]) if name in BLOCKS else around
    return _Place(
        node if name in BLOCKS else around.element,
        around.bold or name in ("b", "strong") or bool(style and _BOLD.search(style)),
        around.italic or name in ("em", "i"),
        around.link or (name == "a" and not (node.get("href") or "").startswith("#")),
        around.preformatted or name == "pre",
    )


def _block(line: _Line, place: _Place) -> Iterator[Block]:
    text = "".join(line.pieces).rstrip()
    if text:
        paragraph = Paragraph(
            text,
            bold=tuple(line.bold),
            italic=tuple(line.italic),
            linked=line.linked > 0.6 * len(text),
        )
        yield Block(paragraph, place.element)
