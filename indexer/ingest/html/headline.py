"""Find the headline of a page, and tell what stands near it from what is in a sidebar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement

from indexer.ingest.html.markup import Block
from indexer.ingest.lines import boilerplate
from indexer.ingest.lines.datelines import is_prose
from indexer.text.bare_words import bare_words

MAX_LINES_ABOVE = 4
MAX_LETTERS_ABOVE = 80
"""Lines and letters between a date and the headline below it. A date farther up is the day on
which the page was opened."""

MAX_LINES_BELOW = 25
MAX_LEADS = 1
"""Paragraphs that may stand between the headline and its date."""

MAX_LINK_LETTERS = 60
"""A longer link is more than a date: a headline with it."""

_ASIDE = frozenset(("aside", "nav", "figcaption", "blockquote"))
_SIDE_RULES = frozenset(
    ("related articles", "latest news", "sidebar", "comments", "newsletter box")
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LIKENESS_DEPTH = 4


class Headline:
    """The places at which a page prints its headline, and what is around them.

    ``title`` is the headline, ``first`` the first paragraph of the article, which stands in for it
    where it is not printed.
    """

    def __init__(self, blocks: Sequence[Block], title: str, first: str | None) -> None:
        self.blocks = blocks
        self._places = _places(blocks, title, first)
        self._around = {
            element for place in self._places for element in blocks[place].element.iterancestors()
        }
        self._asides: dict[HtmlElement | None, bool] = {None: False}
        self._distances = dict(self._near())

    def distance(self, place: int) -> int | None:
        """Return the lines from the headline to a block, negative above it; ``None`` if far."""
        return self._distances.get(place)

    def is_aside(self, element: HtmlElement) -> bool:
        """Return whether an element is in a sidebar or a link with a headline of its own.

        What holds the headline of the page too is no sidebar.
        """
        path: list[HtmlElement] = []
        around: HtmlElement | None = element
        while around not in self._asides and around not in self._around:
            path.append(around)
            around = around.getparent() if around is not None else None
        is_aside = self._asides.get(around, False)
        for inner in reversed(path):
            is_aside = self._asides[inner] = is_aside or _is_side(inner)
        return is_aside

    def likeness(self, element: HtmlElement) -> str:
        """Return what an element has in common with others of a list: tags and classes."""
        around = (e for e in (element, *element.iterancestors()) if e not in self._around)
        names = (f"{e.tag}.{e.get('class') or ''}" for e in islice(around, _LIKENESS_DEPTH))
        return "<".join(names)

    def _near(self) -> Iterator[tuple[int, int]]:
        for place in self._places:
            yield from self._above(place)
        for place in reversed(self._places):
            yield from self._below(place)

    def _above(self, head: int) -> Iterator[tuple[int, int]]:
        letters = 0
        for distance in range(1, min(head, MAX_LINES_ABOVE) + 1):
            block = self.blocks[head - distance]
            if letters > MAX_LETTERS_ABOVE or _is_top(block.element, self.blocks[head].element):
                return
            yield head - distance, -distance
            letters += len(block.paragraph.text)

    def _below(self, head: int) -> Iterator[tuple[int, int]]:
        leads = distance = 0
        for place in range(head + 1, len(self.blocks)):
            block = self.blocks[place]
            if self.is_aside(block.element):
                continue
            distance += 1
            if leads > MAX_LEADS or distance > MAX_LINES_BELOW:
                return
            if boilerplate.is_list_title(block.paragraph.text):
                return
            yield place, distance
            leads += is_prose(block.paragraph.text)


def _places(blocks: Sequence[Block], title: str, first: str | None) -> list[int]:
    """Return where the headline is; else the only main heading, or the first paragraph."""
    words = bare_words(title)
    first_word = words.partition(" ")[0]
    alike = [
        place
        for place, block in enumerate(blocks)
        if words
        and _may_be(block.paragraph.text, title, first_word)
        and bare_words(block.paragraph.text) == words
    ]
    for tags in (("h1",), _HEADINGS):
        if found := [place for place in alike if blocks[place].element.tag in tags]:
            return found
    main = [place for place, block in enumerate(blocks) if block.element.tag == "h1"]
    if alike or len(main) == 1:
        return alike or main
    texts = [block.paragraph.text for block in blocks]
    return [texts.index(first)] if first in texts else []


def _may_be(text: str, title: str, first_word: str) -> bool:
    """Return whether a text may be the headline: a glance that saves most comparisons."""
    is_as_long = 2 * len(text) > len(title) > 0.5 * len(text) - 10
    return is_as_long and first_word in text[: len(first_word) + 20].lower()


def _is_side(element: HtmlElement) -> bool:
    if element.tag == "a":
        above = element.getparent()
        is_headline = above is not None and above.tag in _HEADINGS
        return is_headline or len(element.text_content().strip()) > MAX_LINK_LETTERS
    names = [name for key in ("class", "id", "role") for name in (element.get(key) or "").split()]
    return element.tag in _ASIDE or bool(names and boilerplate.markup_rule(names) in _SIDE_RULES)


def _is_top(element: HtmlElement, headline: HtmlElement) -> bool:
    """Return whether an element has only the whole page in common with the headline."""
    around = set(headline.iterancestors())
    common = next((e for e in element.iterancestors() if e in around), None)
    return common is None or common.tag in ("body", "html")
