"""Elements of a page: the one that holds the article, and the rules that others fall under."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from lxml.html import HtmlElement

from indexer.ingest.html.markup import CHROME, Block
from indexer.ingest.lines import boilerplate
from indexer.text.lengths import letter_count
from indexer.text.sentences import STOPS, WIDE_STOPS

MIN_SHARE_HELD = 0.5
"""An element with this share of the located letters is no menu or sidebar, whatever its name."""

LONG = 60
"""Letters of a line that is prose rather than a link or a label."""

_LISTS = frozenset(("li", "dl", "a"))
_SIDE_RULES = frozenset(("related articles", "latest news", "sidebar", "comments"))

Value = TypeVar("Value")


class Piece(NamedTuple):
    """A block of the page, its bare words, and how many letters of them were located."""

    block: Block
    words: str
    weight: int

    @property
    def text(self) -> str:
        return self.block.paragraph.text


class Elements:
    """The elements of a page: the located letters that each holds, and the rule each falls under.

    A rule by name or tag is void for an element that holds much of the located text.
    """

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._held = _sums((piece.block.element, piece.weight) for piece in pieces)
        self._enough = MIN_SHARE_HELD * max(1, sum(piece.weight for piece in pieces))
        self._rules: dict[HtmlElement | None, str | None] = {None: None}
        self._lists: dict[HtmlElement | None, bool] = {None: False}
        self._chrome: dict[HtmlElement | None, bool] = {None: False}

    def container(self, pieces: Sequence[Piece]) -> HtmlElement | None:
        """Return the innermost element that holds nine tenths of the located text.

        Of a page in which nothing was located, the one of its prose; ``None`` without any prose.
        """
        for weigh in (lambda piece: piece.weight, _prose):
            weights = [
                (piece.block.element, weight)
                for piece in pieces
                if (weight := weigh(piece)) and not self.is_chrome(piece.block.element)
            ]
            total = sum(weight for _, weight in weights)
            holders = [e for e, weight in _sums(weights).items() if weight >= 0.9 * total]
            if holders and total:
                return max(holders, key=_depth)
        return None

    def with_more_prose(self, container: HtmlElement, pieces: Sequence[Piece]) -> HtmlElement:
        """Return the element around a short container if it holds much more prose.

        Then only a lead was located.
        """
        held = _sums((p.block.element, len(p.text)) for p in pieces if _is_sentence(p.text))
        for element in list(container.iterancestors())[:5]:
            if held.get(container, 0) < 600 and held.get(element, 0) > 1.4 * held.get(container, 0):
                container = element
        return container

    def rule(self, element: HtmlElement) -> str | None:
        """Return the rule that an element, or one around it, falls under."""
        return _inherited(element, self._rules, self._own_rule)

    def is_in_list(self, element: HtmlElement) -> bool:
        """Return whether an element is in a list or a sidebar, by tags and names."""
        return _inherited(element, self._lists, self._is_list)

    def is_chrome(self, element: HtmlElement) -> bool:
        """Return whether an element is in a menu, a footer or the like, by its tags."""
        return _inherited(element, self._chrome, self._is_chrome)

    def _own_rule(self, element: HtmlElement, around: str | None) -> str | None:
        if around is not None or self._holds_much(element):
            return around
        if element.tag in CHROME:
            return f"<{element.tag}>"
        return boilerplate.markup_rule(_names(element))

    def _is_list(self, element: HtmlElement, around: bool) -> bool:
        if self._holds_much(element):
            return around
        is_tagged = element.tag in _LISTS or element.tag in CHROME
        return around or is_tagged or boilerplate.markup_rule(_names(element)) in _SIDE_RULES

    def _is_chrome(self, element: HtmlElement, around: bool) -> bool:
        return around or (element.tag in CHROME and not self._holds_much(element))

    def _holds_much(self, element: HtmlElement) -> bool:
        return self._held.get(element, 0) >= self._enough


def _sums(weights: Iterable[tuple[HtmlElement, int]]) -> dict[HtmlElement, int]:
    """Return for each element the sum of the weights in it; each weight is given by its place."""
    own: dict[HtmlElement, int] = {}
    for element, weight in weights:
        if weight:
            own[element] = own.get(element, 0) + weight
    held: dict[HtmlElement, int] = {}
    for element, weight in own.items():
        for around in _around(element):
            held[around] = held.get(around, 0) + weight
    return held


def _inherited(
    element: HtmlElement, known: dict[HtmlElement | None, Value], own: Callable[..., Value]
) -> Value:
    """Return a property that elements hand down, found once for each element."""
    path: list[HtmlElement] = []
    around: HtmlElement | None = element
    while around is not None and around not in known:
        path.append(around)
        around = around.getparent()
    value = known[around]
    for inner in reversed(path):
        value = known[inner] = own(inner, value)
    return value


def _names(element: HtmlElement) -> list[str]:
    names = (element.get(name) for name in ("class", "id", "role"))
    return [word for value in names if value for word in value.split()]


def _around(element: HtmlElement) -> Iterator[HtmlElement]:
    """Yield an element and all that it is in, from the inside."""
    yield element
    yield from element.iterancestors()


def _depth(element: HtmlElement) -> int:
    return sum(1 for _ in element.iterancestors())


def _prose(piece: Piece) -> int:
    letters = letter_count(piece.text)
    return letters if letters > LONG else 0


def _is_sentence(text: str) -> bool:
    return letter_count(text) > LONG and text[-1] in f'{STOPS}{WIDE_STOPS}”"»」:'
