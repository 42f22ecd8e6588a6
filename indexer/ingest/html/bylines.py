"""Bylines and names of sections that a page prints beside its headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from lxml.html import HtmlElement

from indexer.ingest.html.headline import Headline

MAX_LETTERS = 140
"""Letters of a line that is a byline, and no paragraph."""

MAX_KICKER = 60
"""Letters of the few words over or under a headline."""

LINES_OF_KICKERS = (-2, -1, 1, 2)
LINES_OF_BYLINES = range(-2, 9)
"""Lines from the headline on; those above it are negative."""

_DEPTH = 3
_NAMES = ("class", "id", "rel", "itemprop", "data-testid")
_OF_AUTHOR = re.compile(
    r"(?:^|[\s_-])(?:by-?line|author|autor|auteur|autore|writer|verfasser|redacteur|автор)"
    r"s?(?:$|[\s_-])",
    re.I,
)


def bylines_near(headline: Headline) -> tuple[str, ...]:
    """Return the short lines beside a headline whose markup says that they name an author."""
    return tuple(
        text
        for distance, text, element in _lines(headline)
        if distance in LINES_OF_BYLINES and len(text) <= MAX_LETTERS and _is_of_author(element)
    )


def kickers(headline: Headline) -> tuple[str, ...]:
    """Return the few words right above and below a headline: as a rule its section."""
    return tuple(
        text
        for distance, text, _ in _lines(headline)
        if distance in LINES_OF_KICKERS and len(text) <= MAX_KICKER
    )


def _lines(headline: Headline) -> Iterator[tuple[int, str, HtmlElement]]:
    for place, block in enumerate(headline.blocks):
        distance = headline.distance(place)
        if distance is not None:
            yield distance, block.paragraph.text, block.element


def _is_of_author(element: HtmlElement) -> bool:
    around = islice(chain((element,), element.iterancestors()), _DEPTH)
    inside = islice(element.iterdescendants(), _DEPTH)
    return any(
        _OF_AUTHOR.search(one.get(name) or "") for one in chain(around, inside) for name in _NAMES
    )
