"""Which blocks of a page are the article. trafilatura tells which words are; the blocks are then
taken from the page's own tree, so that bold, headings, breaks and classes are kept.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence

import trafilatura
from bs4 import Tag

from indexer.ingest import boilerplate
from indexer.ingest.dates import is_date_line
from indexer.ingest.markup import Block
from indexer.records import Dropped, Paragraph

OUTSIDE = "outside the article"
"""The rule for menus, headers and footers: whatever stands outside the article's element."""

_WORD = re.compile(r"\w+")


def main_text(found: Sequence[Block], text: str) -> tuple[list[Paragraph], list[Dropped]]:
    """The blocks that are the article, and the others, each with the rule that dropped it."""
    located = _located(text)
    weights = [_weight(block, located) for block in found]
    if not sum(weights):
        weights = [0 if block.chrome else _prose(block) for block in found]
    container = _container(found, weights)
    kept: list[Paragraph] = []
    dropped: list[Dropped] = []
    first, last = _ends(weights)
    for index, block in enumerate(found):
        rule = _why_not(block, weights[index], container, inside=first <= index <= last)
        if rule is None:
            kept.append(block.paragraph)
        else:
            dropped.append(Dropped(block.paragraph.text, rule))
    return kept, dropped


def _located(text: str) -> str:
    """The words that trafilatura takes for the article."""
    # It logs what it does not find as an error; here that is for the fall-back to mend.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)
    document = trafilatura.bare_extraction(text, favor_precision=True, include_comments=False)
    body = getattr(document, "text", None) or ""
    return f" {bare_words(body)} "


def _weight(block: Block, located: str) -> int:
    """How many characters of a block are article text; 0 where it was not located."""
    words = bare_words(block.paragraph.text)
    if not words or block.chrome:
        return 0
    return len(words) if f" {words} " in located else 0


def _prose(block: Block) -> int:
    text = block.paragraph.text
    return len(text) if len(text) > 60 and not block.paragraph.linked else 0


def bare_words(text: str) -> str:
    """The words of a text in small letters, joined by spaces: what is left when layout differs."""
    return " ".join(_WORD.findall(text.lower()))


def _container(found: Sequence[Block], weights: Sequence[int]) -> Tag | None:
    """The innermost element that holds nine tenths of the located text, if anything was located."""
    total = sum(weights)
    held: dict[int, int] = {}
    elements: dict[int, Tag] = {}
    for block, weight in zip(found, weights, strict=True):
        if weight:
            for element in (block.element, *block.element.parents):
                held[id(element)] = held.get(id(element), 0) + weight
                elements[id(element)] = element
    holders = [elements[key] for key, weight in held.items() if weight >= 0.9 * total]
    return max(holders, key=_depth, default=None) if total else None


def _depth(element: Tag) -> int:
    return sum(1 for _ in element.parents)


def _ends(weights: Sequence[int]) -> tuple[int, int]:
    """Where the located text begins and ends; an empty range if nothing was located."""
    places = [index for index, weight in enumerate(weights) if weight]
    return (places[0], places[-1]) if places else (0, -1)


def _why_not(block: Block, weight: int, container: Tag | None, inside: bool) -> str | None:
    """The name of the rule that keeps a block out of the article; ``None`` if it belongs to it."""
    if container is None or not _holds(container, block.element):
        return OUTSIDE
    if block.chrome:
        return f"<{block.chrome}>"
    rule = boilerplate.markup_rule(_names_between(block.element, container))
    if rule is not None and weight < 200:
        return rule
    if weight:
        return None
    text = block.paragraph.text
    looks_said = len(text) > 80 or text.rstrip("\"'”’»)")[-1:] in ".?!…:;՞։"
    if (
        inside
        or looks_said
        or block.paragraph.kind == "heading"
        or is_date_line(text)
        or block.paragraph.linked
    ):
        return None
    return "around the article"


def _holds(container: Tag, element: Tag) -> bool:
    return element is container or any(parent is container for parent in element.parents)


def _names_between(element: Tag, container: Tag) -> Iterator[str]:
    """Classes and ids of an element and of those around it, inside the container."""
    for tag in (element, *element.parents):
        if tag is container:
            return
        for name in ("class", "id", "role"):
            value = tag.get(name)
            yield from value if isinstance(value, list) else (value or "").split()
