"""Downloads of all results of a search, in the order shown, streamed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import chain, islice
from urllib.parse import quote

import flask
from flask import Blueprint, Response, stream_with_context
from werkzeug.exceptions import RequestEntityTooLarge

from indexer import FoundPassage, SearchRequest
from search_app.api.routes import allow_any_origin
from search_app.etags import is_not_modified
from search_app.exports.formats import RENDERERS
from search_app.exports.slots import current_slots
from search_app.served_index import current_index
from search_app.timed_app import current_limits, export_budget
from search_app.urls.links import search_url
from search_app.urls.request_args import DEFAULTS, search_request

blueprint = Blueprint("exports", __name__)
blueprint.after_request(allow_any_origin)

_FEED = "atom"
_MAX_FILE_NAME_LENGTH = 60


@blueprint.get(f"/search.<any({', '.join(map(repr, RENDERERS))}):suffix>")
def export(suffix: str) -> Response:
    """Stream all results of a search in the format with this suffix."""
    index = current_index()
    request = _unpaged(search_request(flask.request.args, index.info.fingerprint), suffix)
    renderer = RENDERERS[suffix]
    response = Response(content_type=f"{renderer.MEDIA_TYPE}; charset=utf-8")
    if is_not_modified(response, index.info.fingerprint):
        return response
    slots = current_slots()
    with slots.take() as slot, slots.turn():
        results = index.search(request)
        _refuse_over_limit(results.total)
        with export_budget().limiting():
            found = _first_read(index.every_found(request))
        kept_slot = slot.pop_all()
        chunks = _closing(slots.by_turns(renderer.render(results, found)), kept_slot)
        response.response = stream_with_context(chunks)
        # An answer that was never read from, to HEAD say, gives its slot back too.
        response.call_on_close(kept_slot.close)
    if suffix != _FEED:
        response.headers["Content-Disposition"] = _attachment(request.query, suffix)
    return response


def export_url(request: SearchRequest, suffix: str, *, external: bool = False) -> str:
    """Address of all results of a search in the format with this suffix."""
    return search_url(_unpaged(request, suffix), "exports.export", external=external, suffix=suffix)


def _unpaged(request: SearchRequest, suffix: str) -> SearchRequest:
    """Drop the page of a search. Feeds are always sorted by date, newest first."""
    sort = "newest" if suffix == _FEED else request.sort
    return replace(request, sort=sort, group=DEFAULTS.group, offset=0, limit=DEFAULTS.limit)


def _first_read(found: Iterator[FoundPassage]) -> Iterator[FoundPassage]:
    """Read the first passage, so that an error is answered before anything is sent."""
    return chain(list(islice(found, 1)), found)


def _refuse_over_limit(passages: int) -> None:
    """Answer 413 if an export has too many passages, as it would have to be cut."""
    most = current_limits().export_rows
    if passages > most:
        raise RequestEntityTooLarge(
            f"This export has {passages:,} passages, and one may have {most:,}."
            " Add a filter, such as dates or a source, and export the parts."
        )


def _closing(chunks: Iterator[str], slot: ExitStack) -> Iterator[str]:
    """Give the slot of an export back after its last chunk."""
    with slot:
        yield from chunks


def _attachment(query: str, suffix: str) -> str:
    """Name the downloaded file after the query (RFC 6266)."""
    words = re.sub(r"[\W_]+", "-", query.casefold())[:_MAX_FILE_NAME_LENGTH].strip("-")
    name = quote(f"commentary-{words}.{suffix}" if words else f"commentary.{suffix}")
    return f"attachment; filename=commentary.{suffix}; filename*=UTF-8''{name}"
