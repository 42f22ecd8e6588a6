"""Links to searches, articles, passages and speakers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote, quote_plus, urldefrag

from flask import g, url_for

from indexer import Passage, SearchRequest
from search_app.urls.request_args import arguments

_SAFE_IN_QUERY = "!$'()*,/:;?@"
_SAFE_IN_PATH = "!$&'()*+,/:;=@"
"""Characters that are not escaped, the same as in addresses that Flask writes."""

_PLACEHOLDER = "_"
"""The id in the address of any article, passage or speaker, to be replaced."""

PASSAGES_PER_PAGE = 200
"""Passages of an article on one page. Few articles have more."""


def search_url(
    request: SearchRequest, endpoint: str = "search.page", *, external: bool = False, **view: str
) -> str:
    """Address of a search: of its page, or of another endpoint with arguments of its route."""
    return _with_arguments(_base(endpoint, external, tuple(view.items())), arguments(request))


def resource_url(endpoint: str, argument: str, id_: str, *, external: bool = False) -> str:
    """Address of one article, passage or speaker. The route ends with this argument, its id."""
    base = _base(endpoint, external, ((argument, _PLACEHOLDER),))
    return base[: -len(_PLACEHOLDER)] + _quoted_path(id_)


def article_url(article_id: str, query: str = "", first: int = 1, *, external: bool = False) -> str:
    """Address of an article, or of its page that begins with passage ``first``.

    The words of ``query`` are marked there.
    """
    base = resource_url("article.page", "article_id", article_id, external=external)
    view = {"q": query, "at": str(first) if first > 1 else ""}
    return _with_arguments(base, {name: value for name, value in view.items() if value})


def passage_url(passage: Passage, query: str = "", *, external: bool = False) -> str:
    """Address of a passage in its article. Without a query it is the permalink."""
    return position_url(passage.article_id, passage.position, query, external=external)


def position_url(article_id: str, position: int, query: str = "", *, external: bool = False) -> str:
    """Address of the passage at a position in an article."""
    first = position - (position - 1) % PASSAGES_PER_PAGE
    return f"{article_url(article_id, query, first, external=external)}#p{position}"


def speaker_url(speaker_id: str, *, external: bool = False) -> str:
    """Address of the page of a speaker."""
    return resource_url("speaker.page", "speaker_id", speaker_id, external=external)


def quote_url(passage: Passage) -> str:
    """Address of the page on which a passage can be copied as a quotation."""
    return resource_url("passage.page", "passage_id", passage.id)


def moment_url(passage: Passage) -> str | None:
    """Return the address of the recording at the time of a passage, as a media fragment.

    ``None`` if the time or the address is unknown, or a browser may not be sent there.
    """
    url = outside_url(passage.url)
    if url is None or passage.time is None:
        return None
    return f"{urldefrag(url).url}#t={passage.time}"


def _base(endpoint: str, external: bool, view: tuple[tuple[str, str], ...]) -> str:
    """Address of an endpoint, built once for all links of an answer."""
    bases: dict[object, str] = g.setdefault("link_bases", {})
    key = (endpoint, external, view)
    if key not in bases:
        bases[key] = url_for(endpoint, _external=external, **dict(view))
    return bases[key]


def _with_arguments(base: str, arguments: Mapping[str, str | list[str]]) -> str:
    pairs = [
        f"{name}={quoted_argument(value)}"
        for name, values in arguments.items()
        for value in ([values] if isinstance(values, str) else values)
    ]
    return f"{base}?{'&'.join(pairs)}" if pairs else base


@lru_cache(maxsize=1 << 14)
def quoted_argument(value: str) -> str:
    """Escape the value of an argument."""
    return quote_plus(value, safe=_SAFE_IN_QUERY)


@lru_cache(maxsize=1 << 14)
def _quoted_path(path: str) -> str:
    return quote(path, safe=_SAFE_IN_PATH)


def outside_url(url: str | None) -> str | None:
    """Return the address of an original page if it is http or https, otherwise ``None``."""
    return url if url and url.lower().startswith(("http://", "https://")) else None
