"""Where things are: the address of a search, an article, a passage, a speaker."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import g, url_for

from indexer import Passage, SearchRequest
from search_app.request_args import arguments

_SAFE = "!$'()*,/:;?@"
"""What needs no escape in a query: the same as where Flask writes it."""

PASSAGES_A_PAGE = 200
"""Of an article: few have more, and those open as quickly as the others."""


def search_url(
    request: SearchRequest, endpoint: str = "pages.search", *, external: bool = False, **view: str
) -> str:
    """The address that asks this again: of the page, or of another endpoint and its arguments."""
    asked = urlencode(arguments(request), doseq=True, safe=_SAFE)
    base = _base(endpoint, external, tuple(view.items()))
    return f"{base}?{asked}" if asked else base


def _base(endpoint: str, external: bool, view: tuple[tuple[str, str], ...]) -> str:
    """The address of an endpoint, found once for all the links of an answer."""
    known: dict[object, str] = g.setdefault("bases_of_links", {})
    key = (endpoint, external, view)
    if key not in known:
        known[key] = url_for(endpoint, _external=external, **dict(view))
    return known[key]


def article_url(article_id: str, query: str = "", first: int = 1, *, external: bool = False) -> str:
    """The address of an article, or of the page of it that begins with a passage; the words of a
    query are marked there."""
    at = first if first > 1 else None
    return url_for(
        "pages.article", article_id=article_id, q=query or None, at=at, _external=external
    )


def passage_url(passage: Passage, query: str = "", *, external: bool = False) -> str:
    """The address of a passage inside its article; without a query it is its permalink."""
    return place_url(passage.article_id, passage.position, query, external=external)


def place_url(article_id: str, position: int, query: str = "", *, external: bool = False) -> str:
    """The address of the passage that has this position in an article."""
    first = position - (position - 1) % PASSAGES_A_PAGE
    return f"{article_url(article_id, query, first, external=external)}#p{position}"


def speaker_url(speaker_id: str, *, external: bool = False) -> str:
    """The address of all that is known of a speaker."""
    return url_for("speakers.speaker", name=speaker_id, _external=external)


def quote_url(passage: Passage) -> str:
    """Where a passage is ready to be quoted."""
    return url_for("pages.passage", name=passage.id)


def outside_url(url: str | None) -> str | None:
    """The address of an original page if a browser may be sent there: only http and https."""
    return url if url and url.lower().startswith(("http://", "https://")) else None
