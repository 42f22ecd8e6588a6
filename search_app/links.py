"""Where things are: the address of a search, of an article, of a passage."""

from __future__ import annotations

from typing import Any

from flask import url_for

from indexer import Passage, SearchRequest
from search_app.request_args import arguments


def search_url(
    request: SearchRequest, endpoint: str = "pages.search", *, external: bool = False, **view: str
) -> str:
    """The address that asks this again: of the page, or of another endpoint and its arguments."""
    asked: dict[str, Any] = {**view, **arguments(request)}
    return url_for(endpoint, _external=external, **asked)


def article_url(article_id: str, query: str = "", *, external: bool = False) -> str:
    """The address of an article, with the words of a query marked in it."""
    return url_for("pages.article", article_id=article_id, q=query or None, _external=external)


def passage_url(passage: Passage, query: str = "", *, external: bool = False) -> str:
    """The address of a passage inside its article; without a query it is its permalink."""
    return f"{article_url(passage.article_id, query, external=external)}#p{passage.position}"


def outside_url(url: str | None) -> str | None:
    """The address of an original page if a browser may be sent there: only http and https."""
    return url if url and url.lower().startswith(("http://", "https://")) else None
