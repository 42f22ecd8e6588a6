"""The routes for programs: a search as JSON. Read-only, and open to pages of any origin."""

from __future__ import annotations

import hashlib
import json

import flask
from flask import Blueprint, Response

from indexer import SearchRequest
from search_app.links import search_url
from search_app.live import current_index
from search_app.narrowing import paging
from search_app.problems import Problem
from search_app.renderers import RENDERERS
from search_app.renderers.json import index_info
from search_app.request_args import search_request

api = Blueprint("api", __name__)


@api.get("/api/v1/search", defaults={"suffix": "json"}, endpoint="search")
@api.get(f"/search.<any({', '.join(RENDERERS)}):suffix>")
def search_as(suffix: str) -> Response:
    """A search in the format of this suffix; 304, without searching, if the client has it."""
    renderer = RENDERERS[suffix]
    asked = search_request(flask.request.args)
    index = current_index()
    response = Response(mimetype=renderer.MEDIA_TYPE)
    response.cache_control.no_cache = True
    etag = _etag(index.info.fingerprint)
    response.set_etag(etag, weak=True)
    if flask.request.if_none_match.contains_weak(etag):
        response.status_code = 304
        return response
    results = index.search(asked)
    response.set_data(renderer.render(results, _here))
    pages = paging(results)
    for relation, beside in (("next", pages.next), ("prev", pages.previous)):
        if beside:
            response.headers.add("Link", f'<{_here(beside)}>; rel="{relation}"')
    return response


@api.get("/healthz")
def health() -> Response:
    """Whether searches can be answered, and from which index."""
    return flask.jsonify(status="ok", index=index_info(current_index().info))


@api.after_request
def open_to_any_origin(response: Response) -> Response:
    """Lets scripts of other sites read the answer."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Link"
    return response


def problem_json(problem: Problem) -> Response:
    """A problem for programs (RFC 9457)."""
    answer = {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "errors": [
            {
                "parameter": problem.parameter,
                "message": problem.detail,
                "position": problem.position,
            }
        ]
        if problem.parameter
        else [],
    }
    body = json.dumps(answer, ensure_ascii=False)
    return Response(body, problem.status, mimetype="application/problem+json")


def _here(request: SearchRequest) -> str:
    """The address of another search at the endpoint that is being asked."""
    view = {} if flask.request.endpoint == "api.search" else flask.request.view_args or {}
    return search_url(request, flask.request.endpoint or "", external=True, **view)


def _etag(fingerprint: str) -> str:
    """The same for the same index and the same request. Weak, as the time taken differs."""
    return hashlib.sha256(f"{fingerprint} {flask.request.url}".encode()).hexdigest()[:32]
