"""A page's lines of text in reading order, without their marks: enough to find the article by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from indexer.ingest.encoding import clean
from indexer.ingest.html.markup import BLOCKS, NO_TEXT, is_hidden


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, and the innermost block element that it stands in."""

    text: str
    element: HtmlElement


def page_lines(root: HtmlElement) -> Iterator[Line]:
    """The lines below an element; what the page hides is left out."""
    pieces: list[str] = []
    place = root
    walk = iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event in ("comment", "pi"):
            pieces.append(element.tail or "")
            continue
        tag = element.tag
        if tag in BLOCKS or tag == "br":
            yield from _line(pieces, place)
            pieces = []
            if tag != "br":
                place = element if event == "start" else _block_around(element, root)
        if event == "end":
            pieces.append(element.tail or "" if element is not root else "")
        elif tag in NO_TEXT or (element.keys() and is_hidden(element.get)):
            walk.skip_subtree()
        else:
            pieces.append(element.text or "")
    yield from _line(pieces, root)


def _line(pieces: list[str], place: HtmlElement) -> Iterator[Line]:
    text = "".join(pieces)
    if text and not text.isspace() and (text := clean(text.replace("\n", " "))):
        yield Line(text, place)


def _block_around(element: HtmlElement, root: HtmlElement) -> HtmlElement:
    if element is root:
        return root
    around = element.getparent()
    while around is not None and around is not root and around.tag not in BLOCKS:
        around = around.getparent()
    return root if around is None else around
