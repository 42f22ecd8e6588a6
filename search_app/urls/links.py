"""Where things are: the address of a search, an article, a passage, a speaker."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote, quote_plus, urldefrag

from flask import g, url_for

from indexer import Passage, SearchRequest
from search_app.urls.request_args import arguments

_SAFE = "!$'()*,/:;?@"
_SAFE_IN_PATH = "!$&'()*+,/:;=@"
"""What needs no escape in a query and in a path: the same as where Flask writes them."""

_NAME = "_"
"""Stands for a name in the address of a kind of things."""

PASSAGES_A_PAGE = 200
"""Of an article: few have more, and those open as quickly as the others."""


def search_url(
    request: SearchRequest, endpoint: str = "pages.search", *, external: bool = False, **view: str
) -> str:
    """The address that asks this again: of the page, or of another endpoint and its arguments."""
    return _asking(_base(endpoint, external, tuple(view.items())), arguments(request))


def thing_url(endpoint: str, argument: str, value: str, *, external: bool = False) -> str:
    """The address of one thing of a kind, which ends with its name."""
    return _base(endpoint, external, ((argument, _NAME),))[: -len(_NAME)] + _quoted(value)


def article_url(article_id: str, query: str = "", first: int = 1, *, external: bool = False) -> str:
    """The address of an article, or of the page of it that begins with a passage; the words of a
    query are marked there."""
    base = thing_url("pages.article", "article_id", article_id, external=external)
    asked = {"q": query, "at": str(first) if first > 1 else ""}
    return _asking(base, {name: value for name, value in asked.items() if value})


def passage_url(passage: Passage, query: str = "", *, external: bool = False) -> str:
    """The address of a passage inside its article; without a query it is its permalink."""
    return place_url(passage.article_id, passage.position, query, external=external)


def place_url(article_id: str, position: int, query: str = "", *, external: bool = False) -> str:
    """The address of the passage that has this position in an article."""
    first = position - (position - 1) % PASSAGES_A_PAGE
    return f"{article_url(article_id, query, first, external=external)}#p{position}"


def speaker_url(speaker_id: str, *, external: bool = False) -> str:
    """The address of all that is known of a speaker."""
    return thing_url("speakers.speaker", "name", speaker_id, external=external)


def quote_url(passage: Passage) -> str:
    """Where a passage is ready to be quoted."""
    return thing_url("pages.passage", "name", passage.id)


def moment_url(passage: Passage) -> str | None:
    """Return the address of the recording at the time of a passage, as a media fragment.

    ``None`` if the time or the address is unknown, or a browser may not be sent there.
    """
    url = outside_url(passage.url)
    if url is None or passage.time is None:
        return None
    return f"{urldefrag(url).url}#t={passage.time}"


def _base(endpoint: str, external: bool, view: tuple[tuple[str, str], ...]) -> str:
    """The address of an endpoint, found once for all the links of an answer."""
    known: dict[object, str] = g.setdefault("bases_of_links", {})
    key = (endpoint, external, view)
    if key not in known:
        known[key] = url_for(endpoint, _external=external, **dict(view))
    return known[key]


def _asking(base: str, arguments: Mapping[str, str | list[str]]) -> str:
    pairs = [
        f"{name}={quoted_argument(value)}"
        for name, values in arguments.items()
        for value in ([values] if isinstance(values, str) else values)
    ]
    return f"{base}?{'&'.join(pairs)}" if pairs else base


@lru_cache(maxsize=1 << 14)
def quoted_argument(value: str) -> str:
    """The value of an argument as it stands in an address."""
    return quote_plus(value, safe=_SAFE)


@lru_cache(maxsize=1 << 14)
def _quoted(name: str) -> str:
    return quote(name, safe=_SAFE_IN_PATH)


def outside_url(url: str | None) -> str | None:
    """The address of an original page if a browser may be sent there: only http and https."""
    return url if url and url.lower().startswith(("http://", "https://")) else None
