"""The web face of Commentary Search: pages for people, JSON for programs.

from search_app import create_app

app = create_app(Path("index"))
"""

from __future__ import annotations

from pathlib import Path

import flask
from flask import Flask, Response
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from indexer import IndexUnavailable, InvalidSearchRequest
from search_app.api import routes as api_routes
from search_app.exports import routes as export_routes
from search_app.exports.formats import RENDERERS
from search_app.live import reindex_command, serve_index
from search_app.pages import PAGES
from search_app.pages.routes import problem_page
from search_app.problems import problem
from search_app.urls import links
from search_app.wording import languages
from search_app.wording import phrases as wording
from search_app.wording.audience import is_for_programs

_SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def create_app(index_path: Path) -> Flask:
    """The app over the index in this folder, which may be made, or made anew, while it runs."""
    app = Flask(__name__)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    languages.speak(app)
    app.jinja_env.globals.update(
        search_url=links.search_url,
        article_url=links.article_url,
        passage_url=links.passage_url,
        moment_url=links.moment_url,
        place_url=links.place_url,
        speaker_url=links.speaker_url,
        quote_url=links.quote_url,
        export_url=export_routes.export_url,
        export_formats=RENDERERS,
        languages=languages.languages,
        reader_language=languages.reader_language,
        reindex_command=reindex_command,
        counted=wording.counted,
        passages=wording.passages,
        years=wording.years,
    )
    app.jinja_env.filters.update(
        date=wording.date,
        number=wording.number,
        clock=wording.clock,
        evidence=wording.evidence,
        pieces=wording.pieces,
        paragraphs=wording.paragraphs,
        outside_url=links.outside_url,
        told=languages.told,
    )
    serve_index(app, index_path)
    for part in (*PAGES, api_routes.blueprint, export_routes.blueprint):
        app.register_blueprint(part)
    for kind in (HTTPException, IndexUnavailable, InvalidSearchRequest):
        app.register_error_handler(kind, _tell)
    app.after_request(_secured)
    return app


def _tell(error: Exception) -> Response:
    """The answer to what went wrong, in the form that the address promises."""
    answer = api_routes.problem_json if is_for_programs(flask.request) else problem_page
    response = answer(problem(error))
    if isinstance(error, MethodNotAllowed):
        response.allow.update(error.valid_methods or ())
    return response


def _secured(response: Response) -> Response:
    response.headers.update(_SECURITY_HEADERS)
    return response
