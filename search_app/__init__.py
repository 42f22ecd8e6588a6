"""The web app of Commentary Search: pages for people, JSON and exports for programs.

from search_app import create_app

app = create_app(Path("index"))
"""

from __future__ import annotations

from pathlib import Path

import flask
from flask import Flask, Response
from werkzeug.exceptions import HTTPException, MethodNotAllowed, ServiceUnavailable

from indexer import IndexUnavailable, InvalidSearchRequest, OutOfTime
from search_app import headers
from search_app.access.guard import Guard
from search_app.access.rates import bound_clients
from search_app.api import routes as api_routes
from search_app.clients import is_for_programs
from search_app.exports import routes as export_routes
from search_app.exports import slots
from search_app.exports.formats import RENDERERS
from search_app.monitoring.metrics import Metrics
from search_app.monitoring.routes import monitor
from search_app.pages import PAGES, report
from search_app.pages.problem import problem_page
from search_app.problems import problem
from search_app.served_index import reindex_command, serve_index
from search_app.settings import DEFAULTS, Settings
from search_app.timed_app import TimedApp
from search_app.urls import links, web_address
from search_app.wording import counts, dates, labels, languages, marked_text

_RETRY_SECONDS = 10
"""The time after which a search that took too long may be tried again: others may have ended."""


def create_app(
    index_path: Path, settings: Settings = DEFAULTS, metrics: Metrics | None = None
) -> Flask:
    """Create the app over the index in a folder, which may be built or replaced while it runs.

    ``metrics`` are those that it shares with other processes.
    """
    app = TimedApp(__name__)
    app.settings = settings
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    languages.set_up_languages(app)
    _add_template_functions(app)
    serve_index(app, index_path)
    report.keep_reports(app, settings.reports)
    slots.bound_exports(app, settings.limits.max_exports, app.priority)
    for blueprint in (*PAGES, api_routes.blueprint, export_routes.blueprint):
        app.register_blueprint(blueprint)
    for kind in (HTTPException, IndexUnavailable, InvalidSearchRequest, OutOfTime):
        app.register_error_handler(kind, _problem_response)
    web_address.trust_hosts(app, settings)
    monitor(app, settings, metrics or Metrics())
    guard = Guard(settings)
    bound_clients(app, settings.rate_limit, guard.has_let_in)  # before passwords are verified
    guard.protect(app)
    app.after_request(headers.compress)
    app.after_request(headers.add_headers)
    return app


def _add_template_functions(app: Flask) -> None:
    app.jinja_env.globals.update(
        search_url=links.search_url,
        article_url=links.article_url,
        passage_url=links.passage_url,
        moment_url=links.moment_url,
        position_url=links.position_url,
        speaker_url=links.speaker_url,
        quote_url=links.quote_url,
        export_url=export_routes.export_url,
        export_formats=RENDERERS,
        languages=languages.languages,
        reader_language=languages.reader_language,
        reindex_command=reindex_command,
        counted=counts.counted,
        passages=counts.passages,
        years=dates.years,
    )
    app.jinja_env.filters.update(
        clock=dates.clock,
        date=dates.date,
        number=counts.number,
        evidence=labels.evidence,
        pieces=marked_text.pieces,
        paragraphs=marked_text.paragraphs,
        outside_url=links.outside_url,
        translated=languages.translated,
    )


def _problem_response(error: Exception) -> Response:
    """Answer an error in the form that the address promises: JSON or a page."""
    render = api_routes.problem_json if is_for_programs(flask.request) else problem_page
    response = render(problem(error))
    if isinstance(error, MethodNotAllowed):
        response.allow.update(error.valid_methods or ())
    if isinstance(error, ServiceUnavailable):
        response.retry_after = error.retry_after
    if isinstance(error, OutOfTime):
        response.retry_after = _RETRY_SECONDS
    return response
