"""The routes of the API: searches, passages, articles and speakers as JSON.

Read-only, and open to scripts of any origin.
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
from search_app.etags import is_not_modified
from search_app.problems import Problem
from search_app.request_record import note_total
from search_app.served_index import current_index
from search_app.urls.links import search_url
from search_app.urls.paging import paging
from search_app.urls.request_args import (
    LAST_PAGE,
    arguments_by_cursor,
    offset_and_limit,
    search_request,
)

blueprint = Blueprint("api", __name__)

_MAX_NEWEST = 5
_PREFLIGHT_SECONDS = 24 * 60 * 60


@blueprint.get("/api/v1/search")
@blueprint.get("/search.json", endpoint="search_json")
def search() -> Response:
    """Search passages."""
    index = current_index()
    request = search_request(flask.request.args, index.info.fingerprint)

    def answer() -> Resource:
        results = index.search(request, snippets=())
        note_total(results.total)
        return {**search_answer(results, _same_endpoint), "links": _page_links(results)}

    return _respond(index, answer)


@blueprint.get("/api/v1/passages/<path:passage_id>")
def passage(passage_id: str) -> Response:
    """Get a passage and similar ones."""
    index = current_index()

    def answer() -> Resource:
        passage = index.passage(passage_id)
        if passage is None:
            flask.abort(404, "There is no such passage. Write the `#` in its id as `%23`.")
        similar = [hit_resource(hit) for hit in index.similar(passage_id)]
        return {**passage_resource(passage), "similar": similar, "links": passage_links(passage)}

    return _respond(index, answer)


@blueprint.get("/api/v1/articles/<path:article_id>")
def article(article_id: str) -> Response:
    """Get an article with all its passages."""
    index = current_index()

    def answer() -> Resource:
        article = index.article(article_id)
        if article is None:
            flask.abort(404, "There is no such article. It may have been taken out since.")
        return article_resource(article)

    return _respond(index, answer)


@blueprint.get("/api/v1/speakers")
def speakers() -> Response:
    """List speakers, most quoted first."""
    index = current_index()
    offset, limit = offset_and_limit(flask.request.args)
    prefix = flask.request.args.get("q", "")

    def answer() -> Resource:
        # One more than is shown, to see if there is a next page.
        speakers = index.speakers(prefix, limit + 1, offset)
        page = offset // limit + 1

        def page_url(number: int) -> str:
            return _same_endpoint_with({**flask.request.args, "page": number})

        return {
            "q": prefix,
            "page": page,
            "per_page": limit,
            "speakers": [speaker_resource(speaker) for speaker in speakers[:limit]],
            "links": {
                "self": page_url(page),
                "next": page_url(page + 1) if speakers[limit:] and page < LAST_PAGE else None,
                "prev": page_url(page - 1) if page > 1 else None,
            },
        }

    return _respond(index, answer)


@blueprint.get("/api/v1/speakers/<speaker_id>")
def speaker(speaker_id: str) -> Response:
    """Get a speaker with the newest passages."""
    index = current_index()

    def answer() -> Resource:
        speaker = index.speaker(speaker_id)
        if speaker is None:
            flask.abort(404, "There is no speaker with this id. See /api/v1/speakers for all.")
        request = SearchRequest(speakers=(speaker_id,), sort="newest", limit=_MAX_NEWEST)
        newest = index.search(request, snippets=())
        return {**speaker_resource(speaker), "newest": [hit_resource(hit) for hit in newest.hits]}

    return _respond(index, answer)


@blueprint.get("/suggest", endpoint="suggest_to_browser")
@blueprint.get("/api/v1/suggest")
def suggest() -> Response:
    """Complete a word, a speaker or a title (OpenSearch suggestions)."""
    index = current_index()
    response = Response(mimetype="application/x-suggestions+json")
    if not is_not_modified(response, index.info.fingerprint):
        typed = flask.request.args.get("q", "")
        response.set_data(_to_json(suggestions(typed, index.completions(typed))))
    return response


@blueprint.get("/api/v1/openapi.json")
def openapi() -> Response:
    """Describe the API (OpenAPI 3.1)."""
    return _json_response(document(url_for("home.page", _external=True)))


@blueprint.after_request
def allow_any_origin(response: Response) -> Response:
    """Let scripts of any site read the answers."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Link"
    if flask.request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
        response.headers["Access-Control-Max-Age"] = str(_PREFLIGHT_SECONDS)
    return response


def problem_json(problem: Problem) -> Response:
    """Write a problem for programs (RFC 9457)."""
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
    response = _json_response(answer)
    response.status_code = problem.status
    response.mimetype = "application/problem+json"
    # An unknown address belongs to no blueprint, so that `after_request` does not run for it.
    return allow_any_origin(response)


def _respond(index: Index, make: Callable[[], Resource]) -> Response:
    """Answer with an object and the index it is of; with 304, without making it, if unchanged."""
    response = Response(mimetype="application/json")
    if is_not_modified(response, index.info.fingerprint):
        return response
    answer = make()
    response.set_data(_to_json({**answer, "index": index_resource(index.info)}))
    cursors = url_for("reference.page", _anchor="cursors", _external=True)
    relations = {"next": "next", "prev": "prev", "next_cursor": cursors}
    for name, relation in relations.items():
        if address := answer["links"].get(name):
            response.headers.add("Link", f'<{address}>; rel="{relation}"')
    return response


def _page_links(results: SearchResults) -> Resource:
    """Links to other pages of results. A client that came by a cursor goes on by cursors."""
    request, fingerprint = results.request, results.index.fingerprint
    came_by_cursor = bool(flask.request.args.get("cursor", "").strip())

    def address(page: SearchRequest, by_cursor: bool = came_by_cursor) -> str:
        if by_cursor or page.offset // page.limit >= LAST_PAGE:
            return _same_endpoint_with(arguments_by_cursor(page, fingerprint))
        return _same_endpoint(page)

    count = results.articles if request.group == "article" else results.total
    following = replace(request, offset=request.offset + request.limit)
    has_more, previous = following.offset < count, paging(results).previous
    return {
        "self": address(request),
        "next": address(following) if has_more else None,
        "prev": address(previous) if previous else None,
        "next_cursor": address(following, by_cursor=True) if has_more else None,
    }


def _same_endpoint(request: SearchRequest) -> str:
    """Address of another search at the endpoint of this request."""
    return search_url(request, flask.request.endpoint or "", external=True)


def _same_endpoint_with(arguments: Mapping[str, Any]) -> str:
    return url_for(flask.request.endpoint or "", _external=True, **arguments)


def _json_response(answer: Resource) -> Response:
    return Response(_to_json(answer), mimetype="application/json")


def _to_json(answer: Any) -> str:
    return json.dumps(answer, ensure_ascii=False)
