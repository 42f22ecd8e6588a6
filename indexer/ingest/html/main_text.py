"""Which part of a page is the article. trafilatura tells which words are; the element around them
is then read from the page's own tree, so that bold, headings, breaks and classes are kept."""

from __future__ import annotations

import copy
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

import trafilatura
from bs4 import BeautifulSoup, Tag
from lxml.html import HtmlElement, tostring

from indexer.ingest.html.markup import CHROME, Block, blocks
from indexer.ingest.html.page_lines import Line, page_lines
from indexer.ingest.lines import boilerplate
from indexer.ingest.lines.dates import ends_with_date, is_date_line
from indexer.records import Dropped, Paragraph

OUTSIDE = "outside the article"
"""The rule for menus, headers and footers: whatever stands outside the article's element."""

_LISTS = frozenset(("li", "dl", "a"))
_ENDS = frozenset('.?!…”"»:')
_SIDE_RULES = frozenset(("related articles", "latest news", "sidebar", "comments"))

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class MainText:
    """The paragraphs of an article and what is none of it; and, but for those in lists and
    sidebars, the lines of the page in order, and how many of them stand above the article."""

    kept: tuple[Paragraph, ...]
    dropped: tuple[Dropped, ...]
    lines: tuple[str, ...]
    above: int = 0


def main_text(page: HtmlElement) -> MainText:
    """The article in a page; nothing is kept if there is no text in it."""
    body = page.find("body")
    lines = list(page_lines(page if body is None else body))
    lists = _Lists()
    unlisted = [line for line in lines if not lists.hold(line.element)]
    texts = tuple(line.text for line in unlisted)
    located = _located(page)
    container = _container(lines, located)
    if container is None:
        return MainText((), tuple(Dropped(line.text, OUTSIDE) for line in lines), texts)
    container = _with_more_prose(container, unlisted)
    outside = [line for line in lines if container not in _around(line.element)]
    kept, dropped = _sifted(list(blocks(_as_soup(container))), located, _captions(page))
    dropped = [*(Dropped(line.text, OUTSIDE) for line in outside), *dropped]
    above = sum(1 for _ in takewhile(lambda line: container not in _around(line.element), unlisted))
    return MainText(tuple(kept), tuple(dropped), texts, above)


def _captions(page: HtmlElement) -> frozenset[str]:
    """The words that describe the pictures of a page: printed below one, they are its caption."""
    return frozenset(bare_words(picture.get("alt") or "") for picture in page.iter("img")) - {""}


def bare_words(text: str) -> str:
    """The words of a text in small letters, joined by spaces: what is left when layout differs."""
    return " ".join(_WORD.findall(text.lower()))


# --- The element that holds the article ----------------------------------------------------------


def _located(page: HtmlElement) -> str:
    """The words that trafilatura takes for the article."""
    # It logs what it does not find as an error; here that is for the fall-back to mend.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)
    document = trafilatura.bare_extraction(
        copy.deepcopy(page), favor_precision=True, include_comments=False, fast=True
    )
    return f" {bare_words(getattr(document, 'text', None) or '')} "


def _container(lines: Sequence[Line], located: str) -> HtmlElement | None:
    """The innermost element that holds nine tenths of the located text; of a page in which nothing
    was located, of its prose. ``None`` if it has none."""
    for weigh in (lambda line: _weight(line.text, located), _prose):
        held: dict[HtmlElement, int] = {}
        total = 0
        for line in lines:
            if not (weight := weigh(line)):
                continue
            around = _around(line.element)
            if any(element.tag in CHROME for element in around):
                continue
            total += weight
            for element in around:
                held[element] = held.get(element, 0) + weight
        holders = [element for element, weight in held.items() if weight >= 0.9 * total]
        if holders:
            return max(holders, key=lambda element: len(_around(element)))
    return None


def _with_more_prose(container: HtmlElement, lines: Sequence[Line]) -> HtmlElement:
    """The element around a short container if it holds much more prose: only a lead was located."""
    held: dict[HtmlElement, int] = {}
    for line in lines:
        if len(line.text) > 60 and line.text[-1] in '.?!…”"»:':
            for element in _around(line.element):
                held[element] = held.get(element, 0) + len(line.text)
    for element in list(container.iterancestors())[:5]:
        if held.get(container, 0) < 600 and held.get(element, 0) > 1.4 * held.get(container, 0):
            container = element
    return container


class _Lists:
    """Which elements stand in a list or a sidebar, by tags and classes; each is asked once."""

    def __init__(self) -> None:
        self._known: dict[HtmlElement | None, bool] = {None: False}

    def hold(self, element: HtmlElement | None) -> bool:
        """Whether this element or one around it is a list or a sidebar."""
        unknown: list[HtmlElement] = []
        while element is not None and element not in self._known:
            unknown.append(element)
            element = element.getparent()
        held = self._known[element]
        for inner in reversed(unknown):
            held = held or _is_list(inner)
            self._known[inner] = held
        return held


def _is_list(element: HtmlElement) -> bool:
    if element.tag in _LISTS or element.tag in CHROME:
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}".split()
    return boilerplate.markup_rule(names) in _SIDE_RULES


def _around(element: HtmlElement) -> list[HtmlElement]:
    """An element and all that it stands in, from the inside."""
    return [element, *element.iterancestors()]


def _weight(text: str, located: str) -> int:
    """How many characters of a line are located text; 0 for a line that is not among it."""
    words = bare_words(text)
    return len(words) if words and f" {words} " in located else 0


def _prose(line: Line) -> int:
    return len(line.text) if len(line.text) > 60 else 0


def _as_soup(container: HtmlElement) -> Tag:
    """The element as a tree of BeautifulSoup, without what follows it."""
    soup = BeautifulSoup(tostring(container, encoding="unicode", with_tail=False), "lxml")
    return soup.find(container.tag) or soup


# --- What is not the article in it ---------------------------------------------------------------


def _sifted(
    found: Sequence[Block], located: str, captions: frozenset[str]
) -> tuple[list[Paragraph], list[Dropped]]:
    kept: list[Paragraph] = []
    dropped: list[Dropped] = []
    weights = [0 if block.chrome else _weight(block.paragraph.text, located) for block in found]
    places = [index for index, weight in enumerate(weights) if weight] or [0, len(found)]
    for index, block in enumerate(found):
        rule = _why_not(block, weights[index], inside=places[0] <= index <= places[-1])
        if bare_words(block.paragraph.text) in captions:
            rule = "caption"
        if rule is None:
            kept.append(block.paragraph)
        else:
            dropped.append(Dropped(block.paragraph.text, rule))
    if captions and all(paragraph.kind == "heading" for paragraph in kept):
        return _sifted(found, located, frozenset())  # a page that repeats its text as a caption
    return kept, dropped


def _why_not(block: Block, weight: int, inside: bool) -> str | None:
    """The name of the rule that keeps a block out of the article; ``None`` if it belongs to it."""
    if block.chrome:
        return f"<{block.chrome}>"
    rule = boilerplate.markup_rule(_names_around(block.element))
    if rule is not None and weight < 200:
        return rule
    if weight or inside:
        return None
    text = block.paragraph.text
    is_long = len(text) > 80 and not ends_with_date(text)
    looks_said = is_long or text.rstrip("\"'”’»)")[-1:] in ".?!:…;՞։"
    is_heading = block.paragraph.kind == "heading"
    if looks_said or is_heading or block.paragraph.linked or is_date_line(text):
        return None
    return "around the article"


def _names_around(element: Tag) -> Iterator[str]:
    """Classes, ids and roles of an element and of those around it, inside the container."""
    for tag in (element, *element.parents):
        if tag.parent is None or tag.parent.name in ("body", "html", "[document]"):
            return
        for name in ("class", "id", "role"):
            value = tag.get(name)
            yield from value if isinstance(value, list) else (value or "").split()
