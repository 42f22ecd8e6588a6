"""The article in a page.

trafilatura tells which words are the article. The element around them is then read from the page's
own tree, so that bold, headings, breaks and classes are kept.
"""

from __future__ import annotations

import copy
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import trafilatura
from lxml.etree import Comment, strip_elements
from lxml.html import HtmlElement

from indexer.ingest.html.elements import LONG, Elements, Piece
from indexer.ingest.html.markup import NO_TEXT, Block, Surroundings, blocks
from indexer.ingest.lines.boilerplate import OUTSIDE
from indexer.ingest.lines.dates import ends_with_date, is_date_line
from indexer.records import Dropped, Paragraph
from indexer.text.bare_words import bare_words
from indexer.text.sentences import STOPS, WIDE_STOPS, ends_with_stop

MIN_SHARE_KEPT = 0.75
"""The share of the located letters that has to be kept; else the located paragraphs are taken."""

AROUND = "around the article"
"""The rule for labels before and after the located text, inside the article's element."""

LONG_LOCATED = 200
"""Letters of a located paragraph that no class name drops."""

LONG_AROUND = 80
"""Letters of a line around the located text that is prose even without a full stop."""

MIN_LOCATED_LETTERS = 250
MIN_SHARE_LOCATED = 0.2
"""Fewer letters, or a smaller share of the page's prose, and the slower extraction is asked."""

_NEVER_READ = (
    *(NO_TEXT - {"title", "meta", "noscript", "template"}),
    *("nav", "footer", "menu", "aside", "button", "label", "legend", "fieldset", "dialog"),
    *("time", "option", "datalist", "area", "frame", "source", "progress", "output", "img"),
)
"""Elements in which trafilatura finds no article."""


@dataclass(frozen=True, slots=True)
class MainText:
    """The article of a page.

    ``kept`` are its paragraphs, ``dropped`` the rest of the page. ``lines`` are the lines of the
    page in order, except those in lists and sidebars; the first ``above`` of them are above the
    article. ``note`` tells when the usual way of finding the article failed. ``blocks`` are all
    paragraphs of the page in order.
    """

    kept: tuple[Paragraph, ...]
    dropped: tuple[Dropped, ...]
    lines: tuple[str, ...]
    blocks: Sequence[Block]
    above: int = 0
    note: str | None = None


def main_text(page: HtmlElement) -> MainText:
    """Return the article of a page; nothing is kept if there is no text in it.

    What a page shows without scripts alone is read only where it shows nothing else.
    """
    body = page.find("body")
    root = page if body is None else body
    alive = list(page.iter())  # lxml makes an element's object again where none is held
    found = _sorted(page, list(blocks(root)))
    if not found.kept:
        unseen = _sorted(page, list(blocks(root, unseen=True)))
        if unseen.kept:
            return replace(unseen, note="the text is in <noscript>, <template> or hidden")
    del alive
    return found


def _sorted(page: HtmlElement, found: Sequence[Block]) -> MainText:
    located = _located(page, found)
    pieces = [_piece(block, located) for block in found]
    elements = Elements(pieces)
    unlisted = [piece for piece in pieces if not elements.is_in_list(piece.block.element)]
    lines = tuple(line for piece in unlisted for line in _lines(piece.text))
    container = elements.container(pieces)
    if container is None:
        return MainText((), tuple(Dropped(piece.text, OUTSIDE) for piece in pieces), lines, found)
    container = elements.with_more_prose(container, unlisted)
    kept, dropped, note = _article(container, pieces, elements, _captions(page))
    before = _before(container, unlisted)
    above = sum(len(_lines(piece.text)) for piece in before)
    return MainText(tuple(kept), tuple(dropped), lines, found, above, note)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _captions(page: HtmlElement) -> frozenset[str]:
    """Return the descriptions of a page's pictures: printed below one, each is its caption."""
    return frozenset(bare_words(picture.get("alt") or "") for picture in page.iter("img")) - {""}


# --- Locating the words --------------------------------------------------------------------------


def _located(page: HtmlElement, found: Sequence[Block]) -> str:
    """Return the words that trafilatura takes for the article, in order, between spaces."""
    # It logs what it does not find as an error; here that is for the fall-back to mend.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)
    # Its cost grows with the elements of the page: those that hold no article go first.
    bare = copy.copy(page)
    strip_elements(bare, *_NEVER_READ, Comment, with_tail=False)
    quick = _extracted(bare, fast=True)
    prose = sum(len(block.paragraph.text) for block in found if len(block.paragraph.text) > LONG)
    if len(quick) >= max(MIN_LOCATED_LETTERS, MIN_SHARE_LOCATED * prose):
        return f" {quick} "
    thorough = _extracted(page, fast=False)
    return f" {max(quick, thorough, key=len)} "


def _extracted(page: HtmlElement, *, fast: bool) -> str:
    document = trafilatura.bare_extraction(
        page, favor_precision=True, include_comments=False, fast=fast
    )
    return bare_words(getattr(document, "text", None) or "")


def _piece(block: Block, located: str) -> Piece:
    lines = [bare_words(line) for line in block.paragraph.text.split("\n")]
    weight = sum(len(line) for line in lines if line and f" {line} " in located)
    return Piece(block, " ".join(lines), weight)


def _before(container: HtmlElement, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces before the first one inside the container."""
    inside = set(container.iter())
    first = next((n for n, p in enumerate(pieces) if p.block.element in inside), len(pieces))
    return list(pieces[:first])


# --- What is not the article in it ---------------------------------------------------------------


def _article(
    container: HtmlElement, pieces: Sequence[Piece], elements: Elements, captions: frozenset[str]
) -> tuple[list[Paragraph], list[Dropped], str | None]:
    """Sort the pieces of a page into paragraphs of the article and dropped lines.

    Where too little of the located text would be kept, all located pieces are, and a note tells
    which rules failed.
    """
    rules = _rules(container, pieces, elements)
    note = _failure(pieces, rules)
    if note:
        rules = [None if p.weight else rule for p, rule in zip(pieces, rules, strict=True)]
    surroundings = Surroundings(container)
    rules = _without_captions(pieces, rules, captions, surroundings)
    kept, dropped = [], []
    for piece, rule in zip(pieces, rules, strict=True):
        if rule is None:
            paragraph = surroundings.paragraph(piece.block)
            # A link that was located is a source or a chapter of the article, no teaser.
            is_source = paragraph.linked and piece.weight
            kept.append(replace(paragraph, linked=False) if is_source else paragraph)
        else:
            dropped.append(Dropped(piece.text, rule))
    return kept, dropped, note


def _without_captions(
    pieces: Sequence[Piece],
    rules: list[str | None],
    captions: frozenset[str],
    surroundings: Surroundings,
) -> list[str | None]:
    """Add the rule for captions, unless that leaves no text beside the headline.

    A page may repeat its whole text as the description of a picture.
    """
    if not captions:
        return rules
    without = [
        "caption" if piece.words in captions else rule
        for piece, rule in zip(pieces, rules, strict=True)
    ]
    if without == rules:
        return rules
    headlines = {p.words for p in pieces if surroundings.kind(p.block.element) == "heading"}
    for piece, rule in zip(pieces, without, strict=True):
        is_text = len(piece.text) > LONG or (piece.weight and ends_with_stop(piece.text))
        if rule is None and is_text and piece.words not in headlines:
            return without
    return rules


def _failure(pieces: Sequence[Piece], rules: Sequence[str | None]) -> str | None:
    """Return why the rules cannot be right: they drop too much of what was located."""
    lost: Counter[str] = Counter()
    located = 0
    for piece, rule in zip(pieces, rules, strict=True):
        weight = piece.weight if piece.weight > LONG else 0  # headlines may be a sidebar's
        located += weight
        if rule is not None:
            lost[rule] += weight
    if lost.total() <= (1 - MIN_SHARE_KEPT) * located:
        return None
    failed = ", ".join(rule for rule, weight in lost.most_common() if weight)
    return f"all located paragraphs are kept: too many would be dropped ({failed})"


def _rules(container: HtmlElement, pieces: Sequence[Piece], elements: Elements) -> list[str | None]:
    """Return for each piece the name of the rule that drops it; ``None`` for the article."""
    inside = set(container.iter())
    rules: list[str | None] = [
        _markup_rule(piece, elements)
        if piece.block.element in inside or piece.weight > LONG
        else OUTSIDE
        for piece in pieces
    ]
    own = [n for n, piece in enumerate(pieces) if piece.block.element in inside]
    located = [n for n in own if pieces[n].weight and rules[n] is None] or [0, len(pieces)]
    surroundings = Surroundings(container)
    for number in own:
        is_around = not located[0] <= number <= located[-1]
        if is_around and rules[number] is None and _is_label(surroundings, pieces[number]):
            rules[number] = AROUND
    return rules


def _markup_rule(piece: Piece, elements: Elements) -> str | None:
    rule = elements.rule(piece.block.element)
    if rule is None or rule.startswith("<"):
        return rule
    return rule if piece.weight < LONG_LOCATED else None


def _is_label(surroundings: Surroundings, piece: Piece) -> bool:
    """Return whether a piece before or after the located text is none of the article."""
    text = piece.text
    if (
        text.rstrip("\"'”’»)」』）>]")[-1:] in f"{STOPS}{WIDE_STOPS}:;՞"
        or piece.block.paragraph.linked
    ):
        return False
    if is_date_line(text) or (len(text) > LONG_AROUND and not ends_with_date(text)):
        return False
    return surroundings.kind(piece.block.element) != "heading"
