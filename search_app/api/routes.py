"""The routes for programs: searches, passages, articles and speakers as JSON.

Read-only, and open to pages of any origin.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import flask
from flask import Blueprint, Response, url_for

from indexer import Index, SearchRequest, SearchResults
from search_app.api.answers import hit_resource, search_answer, suggestions
from search_app.api.openapi import document
from search_app.api.resources import (
    Resource,
    article_resource,
    index_resource,
    passage_links,
    passage_resource,
    speaker_resource,
)
from search_app.conditional import known
from search_app.live import current_index
from search_app.problems import Problem
from search_app.urls.links import search_url
from search_app.urls.paging import paging
from search_app.urls.request_args import LAST_PAGE, arguments_by_cursor, place, search_request

blueprint = Blueprint("api", __name__)

_NEWEST = 5


@blueprint.get("/api/v1/search")
@blueprint.get("/search.json", endpoint="search_json")
def search() -> Response:
    """A search."""
    index = current_index()
    request = search_request(flask.request.args, index.info.fingerprint)

    def answer() -> Resource:
        results = index.search(request, snippets=())
        return {**search_answer(results, _here), "links": _links(results)}

    return _answered(index, answer)


@blueprint.get("/api/v1/passages/<path:name>")
def passage(name: str) -> Response:
    """A passage, and others like it."""
    index = current_index()

    def answer() -> Resource:
        found = index.passage(name)
        if found is None:
            flask.abort(404, "There is no such passage. Write the `#` in its id as `%23`.")
        similar = [hit_resource(hit) for hit in index.similar(name)]
        links = passage_links(found)
        return {**passage_resource(found), "similar": similar, "links": links}

    return _answered(index, answer)


@blueprint.get("/api/v1/articles/<path:name>")
def article(name: str) -> Response:
    """An article with its passages."""
    index = current_index()

    def answer() -> Resource:
        found = index.article(name)
        if found is None:
            flask.abort(404, "There is no such article. It may have been taken out since.")
        return article_resource(found)

    return _answered(index, answer)


@blueprint.get("/api/v1/speakers")
def speakers() -> Response:
    """Who speaks, those with most passages first."""
    index = current_index()
    offset, limit = place(flask.request.args)
    prefix = flask.request.args.get("q", "")

    def answer() -> Resource:
        found = index.speakers(prefix, limit + 1, offset)
        page = offset // limit + 1

        def at(there: int) -> str:
            return _address({**flask.request.args, "page": there})

        return {
            "q": prefix,
            "page": page,
            "per_page": limit,
            "speakers": [speaker_resource(speaker) for speaker in found[:limit]],
            "links": {
                "self": at(page),
                "next": at(page + 1) if found[limit:] and page < LAST_PAGE else None,
                "prev": at(page - 1) if page > 1 else None,
            },
        }

    return _answered(index, answer)


@blueprint.get("/api/v1/speakers/<name>")
def speaker(name: str) -> Response:
    """A speaker, and what was said last."""
    index = current_index()

    def answer() -> Resource:
        found = index.speaker(name)
        if found is None:
            flask.abort(404, "Nobody is known by this id. /api/v1/speakers lists those who are.")
        request = SearchRequest(speakers=(name,), sort="newest", limit=_NEWEST)
        newest = index.search(request, snippets=())
        return {**speaker_resource(found), "newest": [hit_resource(hit) for hit in newest.hits]}

    return _answered(index, answer)


@blueprint.get("/suggest", endpoint="suggest_to_browser")
@blueprint.get("/api/v1/suggest")
def suggest() -> Response:
    """What a beginning may become, as browsers ask for it (OpenSearch suggestions)."""
    index = current_index()
    response = Response(mimetype="application/x-suggestions+json")
    if not known(response, index.info.fingerprint):
        typed = flask.request.args.get("q", "")
        response.set_data(_written(suggestions(typed, index.completions(typed))))
    return response


@blueprint.get("/api/v1/openapi.json")
def openapi() -> Response:
    """The description of all this for machines (OpenAPI 3.1)."""
    return _json(document(url_for("pages.home", _external=True)))


@blueprint.get("/healthz")
def health() -> Response:
    """Whether searches can be answered, and from which index."""
    return _json({"status": "ok", "index": index_resource(current_index().info)})


@blueprint.after_request
def open_to_any_origin(response: Response) -> Response:
    """Lets scripts of other sites ask, and read the answer."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Link"
    if flask.request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
        response.headers["Access-Control-Max-Age"] = "86400"
    return response


def problem_json(problem: Problem) -> Response:
    """A problem for programs (RFC 9457)."""
    error = {
        "parameter": problem.parameter,
        "message": problem.detail,
        "position": problem.position,
    }
    answer = {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "errors": [error] if problem.parameter else [],
    }
    response = _json(answer)
    response.status_code = problem.status
    response.mimetype = "application/problem+json"
    # An unknown address is in no blueprint, and would miss it.
    return open_to_any_origin(response)


def _answered(index: Index, make: Callable[[], Resource]) -> Response:
    """What is made of an index, and which index it was; 304, without making it, if it is known."""
    response = Response(mimetype="application/json")
    if known(response, index.info.fingerprint):
        return response
    made = make()
    response.set_data(_written({**made, "index": index_resource(index.info)}))
    cursors = url_for("reference.api_page", _anchor="cursors", _external=True)
    relations = {"next": "next", "prev": "prev", "next_cursor": cursors}
    for name, relation in relations.items():
        if address := made["links"].get(name):
            response.headers.add("Link", f'<{address}>; rel="{relation}"')
    return response


def _links(results: SearchResults) -> Resource:
    """The ways on from a page of results; whoever came by a cursor goes on by cursors."""
    request, fingerprint = results.request, results.index.fingerprint
    came_by_cursor = bool(flask.request.args.get("cursor", "").strip())

    def at(there: SearchRequest, by_cursor: bool = came_by_cursor) -> str:
        if by_cursor or there.offset // there.limit >= LAST_PAGE:
            return _address(arguments_by_cursor(there, fingerprint))
        return _here(there)

    count = results.articles if request.group == "article" else results.total
    ahead = replace(request, offset=request.offset + request.limit)
    is_more, previous = ahead.offset < count, paging(results).previous
    return {
        "self": at(request),
        "next": at(ahead) if is_more else None,
        "prev": at(previous) if previous else None,
        "next_cursor": at(ahead, by_cursor=True) if is_more else None,
    }


def _here(request: SearchRequest) -> str:
    """The address of another search at the endpoint that is being asked."""
    return search_url(request, flask.request.endpoint or "", external=True)


def _address(asked: Mapping[str, Any]) -> str:
    return url_for(flask.request.endpoint or "", _external=True, **asked)


def _json(answer: Resource) -> Response:
    return Response(_written(answer), mimetype="application/json")


def _written(answer: Any) -> str:
    return json.dumps(answer, ensure_ascii=False)
