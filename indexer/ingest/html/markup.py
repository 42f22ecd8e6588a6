"""A tree of elements to paragraphs, keeping the markup that tells who speaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from bs4 import Tag
from bs4.element import NavigableString, PageElement, PreformattedString

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
CHROME = frozenset(["nav", "footer", "aside", "form", "button", "dialog", "menu", "figcaption"])
_TELLING = frozenset((*_KINDS, *CHROME, "b", "strong", "em", "i", "a", "pre", "dt", "dd"))
"""Tags that tell something of the text inside them, without any attribute."""

_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_UNSEEN_CLASS = re.compile(r"\b(?:tooltip|sr-only|screen-reader|visually-hidden)", re.I)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph with the element it came from and, if it stands in an element that holds no
    article text, the name of that element."""

    paragraph: Paragraph
    element: Tag
    chrome: str | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """The marks that are on where a text stands, and what the elements around it tell."""

    element: Tag
    bold: bool = False
    italic: bool = False
    link: bool = False
    preformatted: bool = False
    kind: ParagraphKind = "paragraph"
    chrome: str | None = None
    classes: frozenset[str] = frozenset()


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
        text = _SPACES.sub(" ", text)
        if not self.pieces or self.pieces[-1][-1] in " \n":
            text = text.lstrip(" ")
        if not text:
            return
        start, end = self.length, self.length + len(text.rstrip(" "))
        self.pieces.append(text)
        self.length += len(text)
        if end == start:
            return
        start += len(text) - len(text.lstrip(" "))
        for spans, marked in ((self.bold, marks.bold), (self.italic, marks.italic)):
            if marked and spans and spans[-1][1] == self.inked:
                spans[-1] = (spans[-1][0], end)
            elif marked:
                spans.append((start, end))
        self.linked += (end - start) if marks.link else 0
        self.inked = end

    def ends_with_break(self) -> bool:
        return bool(self.pieces) and self.pieces[-1] == "\n"

    def break_line(self) -> None:
        if self.pieces and not self.ends_with_break():
            self.pieces.append("\n")
            self.length += 1
            self.inked = -1


def blocks(root: Tag) -> Iterator[Block]:
    """The paragraphs below an element in order; a line break is a newline, two part paragraphs."""
    outermost = _inside(root, _Place(root))
    line, place = _Line(), outermost
    stack: list[tuple[PageElement, _Place, bool]] = [(root, outermost, False)]
    while stack:
        node, around, leaving = stack.pop()
        if not isinstance(node, Tag):
            _write(node, around, line)
            continue
        name = node.name
        if name == "br" and not leaving:
            if line.ends_with_break():
                yield from _block(line, place)
                line = _Line()
            line.break_line()
            continue
        if name in BLOCKS:
            yield from _block(line, place)
            line = _Line()
        if leaving:
            place = around if name in BLOCKS else place
        elif name not in NO_TEXT and not is_hidden(node.get):
            inner = _inside(node, around) if node is not root else outermost
            if name in BLOCKS:
                place = inner
            stack.append((node, around, True))
            stack.extend([(child, inner, False) for child in reversed(node.contents)])


def is_hidden(attribute: Callable[[str], Any]) -> bool:
    """Whether a page does not show an element, by its attributes."""
    style, classes = attribute("style"), attribute("class")
    return (
        attribute("hidden") is not None
        or (style is not None and bool(_HIDDEN.search(style)))
        or (classes is not None and bool(_UNSEEN_CLASS.search(_joined(classes))))
    )


def _write(node: PageElement, place: _Place, line: _Line) -> None:
    if not isinstance(node, NavigableString) or isinstance(node, PreformattedString):
        return
    text = visible(str(node))
    for index, part in enumerate(text.split("\n") if place.preformatted else (text,)):
        if index:
            line.break_line()
        line.add(part, place)


def _inside(tag: Tag, around: _Place) -> _Place:
    """The place inside a tag."""
    name, attributes = tag.name, tag.attrs
    if not attributes and name not in _TELLING:
        return replace(around, element=tag) if name in BLOCKS else around
    style = str(attributes.get("style") or "")
    classes = _joined(attributes.get("class") or "").lower().split()
    if name in ("dt", "dd"):
        classes.append(name)
    return _Place(
        tag if name in BLOCKS else around.element,
        around.bold or name in ("b", "strong") or bool(_BOLD.search(style)),
        around.italic or name in ("em", "i"),
        around.link or name == "a",
        around.preformatted or name == "pre",
        _KINDS.get(name, around.kind),
        around.chrome or (name if name in CHROME else None),
        around.classes.union(classes) if classes else around.classes,
    )


def _joined(value: Any) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)


def _block(line: _Line, place: _Place) -> Iterator[Block]:
    text = "".join(line.pieces).rstrip()
    if not text:
        return
    paragraph = Paragraph(
        text,
        place.kind,
        tuple(line.bold),
        tuple(line.italic),
        place.classes,
        linked=line.linked > 0.6 * len(text),
    )
    yield Block(paragraph, place.element, place.chrome)
