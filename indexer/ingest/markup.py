"""A tree of elements to paragraphs, keeping the markup that tells who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import Comment, Tag
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
_BLOCKS = frozenset(
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
_NO_TEXT = frozenset(
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
_CHROME = frozenset(["nav", "footer", "aside", "form", "button", "dialog", "menu", "figcaption"])
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


@dataclass(slots=True)
class _Inline:
    """The marks that are on where a text stands."""

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

    def add(self, text: str, marks: _Inline) -> None:
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
    """The paragraphs below an element in order; a line break is a newline, two part them."""
    line, place = _Line(), root
    stack: list[tuple[PageElement, _Inline, bool]] = [(root, _Inline(), False)]
    while stack:
        node, marks, leaving = stack.pop()
        if not isinstance(node, Tag):
            for index, text in enumerate(_texts(node, marks)):
                if index:
                    line.break_line()
                line.add(text, marks)
            continue
        if node.name == "br" and not leaving:
            if line.ends_with_break():
                yield from _block(line, place)
                line = _Line()
            line.break_line()
            continue
        if node.name in _BLOCKS:
            yield from _block(line, place)
            line, place = _Line(), ((node.parent or root) if leaving else node)
        if leaving or node.name in _NO_TEXT or _hidden(node):
            continue
        stack.append((node, marks, True))
        inner = _marks_inside(node, marks)
        stack.extend((child, inner, False) for child in reversed(node.contents))


def _texts(node: PageElement, marks: _Inline) -> list[str]:
    if not isinstance(node, NavigableString) or isinstance(node, Comment | PreformattedString):
        return []
    text = visible(str(node))
    return text.split("\n") if marks.preformatted else [text]


def _marks_inside(tag: Tag, marks: _Inline) -> _Inline:
    name = tag.name
    return _Inline(
        bold=marks.bold or name in ("b", "strong") or bool(_BOLD.search(_attribute(tag, "style"))),
        italic=marks.italic or name in ("em", "i"),
        link=marks.link or name == "a",
        preformatted=marks.preformatted or name == "pre",
    )


def _hidden(tag: Tag) -> bool:
    return (
        tag.has_attr("hidden")
        or bool(_HIDDEN.search(_attribute(tag, "style")))
        or bool(_UNSEEN_CLASS.search(_attribute(tag, "class")))
    )


def _attribute(tag: Tag, name: str) -> str:
    value = tag.get(name)
    return " ".join(value) if isinstance(value, list) else value or ""


def _block(line: _Line, element: Tag) -> Iterator[Block]:
    text = "".join(line.pieces).rstrip()
    if not text:
        return
    kind: ParagraphKind = "paragraph"
    classes: set[str] = set()
    chrome = None
    for tag in (element, *element.parents):
        kind = _KINDS.get(tag.name, kind) if kind == "paragraph" else kind
        chrome = tag.name if tag.name in _CHROME else chrome
        classes.update(_attribute(tag, "class").lower().split())
        if tag.name in ("dt", "dd"):
            classes.add(tag.name)
        if tag.name in ("body", "article", "main"):
            break
    paragraph = Paragraph(
        text,
        kind,
        tuple(line.bold),
        tuple(line.italic),
        frozenset(classes),
        linked=line.linked > 0.6 * len(text),
    )
    yield Block(paragraph, element, chrome)
