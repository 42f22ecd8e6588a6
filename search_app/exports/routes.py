"""A whole search to take away: every passage of it, in the order shown, streamed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice
from urllib.parse import quote

import flask
from flask import Blueprint, Response, stream_with_context

from indexer import Passage, SearchRequest
from search_app.api.routes import open_to_any_origin
from search_app.conditional import known
from search_app.exports.formats import RENDERERS
from search_app.live import current_index
from search_app.urls.links import search_url
from search_app.urls.request_args import DEFAULTS, search_request

blueprint = Blueprint("exports", __name__)
blueprint.after_request(open_to_any_origin)

_FEED = "atom"
_LONGEST_NAME = 60


@blueprint.get(f"/search.<any({', '.join(RENDERERS)}):suffix>")
def export(suffix: str) -> Response:
    """All that a search finds, in the format of this suffix."""
    index = current_index()
    asked = _whole(search_request(flask.request.args, index.info.fingerprint), suffix)
    renderer = RENDERERS[suffix]
    response = Response(content_type=f"{renderer.MEDIA_TYPE}; charset=utf-8")
    if known(response, index.info.fingerprint):
        return response
    results = index.search(asked)
    passages = _begun(index.every(asked))
    response.response = stream_with_context(renderer.render(results, passages))
    if suffix != _FEED:
        response.headers["Content-Disposition"] = _attached(asked.query, suffix)
    return response


def export_url(request: SearchRequest, suffix: str, *, external: bool = False) -> str:
    """Where all that a search finds is to be had, in the format of this suffix."""
    whole = _whole(request, suffix)
    return search_url(whole, "exports.export", external=external, suffix=suffix)


def _whole(request: SearchRequest, suffix: str) -> SearchRequest:
    """A search without its pages, as an export answers it; feeds tell what is newest first."""
    sort = "newest" if suffix == _FEED else request.sort
    return replace(request, sort=sort, group=DEFAULTS.group, offset=0, limit=DEFAULTS.limit)


def _begun(passages: Iterator[Passage]) -> Iterator[Passage]:
    """The same passages, the first of them read: now an error can still be the whole answer."""
    return chain(list(islice(passages, 1)), passages)


def _attached(query: str, suffix: str) -> str:
    """Has a browser keep the answer in a file that is named after the query (RFC 6266)."""
    words = re.sub(r"[\W_]+", "-", query.casefold())[:_LONGEST_NAME].strip("-")
    name = quote(f"commentary-{words}.{suffix}" if words else f"commentary.{suffix}")
    return f"attachment; filename=commentary.{suffix}; filename*=UTF-8''{name}"
