"""The addresses for whoever runs a site: ``/healthz``, ``/readyz`` and ``/metrics``."""

from __future__ import annotations

import json
from ipaddress import ip_network
from typing import cast

import flask
from flask import Blueprint, Flask, Response, current_app

from indexer import IndexUnavailable
from search_app.monitoring.access_log import log_request
from search_app.monitoring.metrics import CONTENT_TYPE, Metrics, age_seconds
from search_app.monitoring.requests import observe
from search_app.served_index import current_index
from search_app.server.peer import is_direct_peer
from search_app.settings import Settings

blueprint = Blueprint("monitoring", __name__)

_EXTENSION = "commentary-monitoring"
_LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1"))


def monitor(app: Flask, settings: Settings, metrics: Metrics) -> None:
    """Count and log the requests to an app, and answer those who watch over it."""
    app.extensions[_EXTENSION] = settings, metrics
    app.register_blueprint(blueprint)
    observe(app, (metrics.record, log_request))


@blueprint.get("/healthz")
def alive() -> Response:
    """Report that this process answers, whether or not there is an index."""
    return _json_response({"status": "ok"})


@blueprint.get("/readyz")
def ready() -> Response:
    """Report whether searches can be answered, and from which generation of the index."""
    try:
        info = current_index().info
    except IndexUnavailable as problem:
        unknown = dict.fromkeys(("generation", "built", "age_seconds", "passages"))
        answer = {"status": "unavailable", **unknown, "detail": str(problem)}
        return _json_response(answer, status=503)
    answer = {
        "status": "ok",
        "generation": info.generation,
        "built": info.built,
        "age_seconds": age_seconds(info),
        "passages": info.passages,
        "detail": None,
    }
    return _json_response(answer)


@blueprint.get("/metrics")
def metrics() -> Response:
    """Write the metrics of all processes, for those who may read them."""
    settings, counted = cast("tuple[Settings, Metrics]", current_app.extensions[_EXTENSION])
    if not may_watch(settings):
        flask.abort(403, "Only this machine may read this. Its keeper can add --metrics-to.")
    try:
        info = current_index().info
    except IndexUnavailable:
        info = None
    return _fresh(Response(counted.text(info), content_type=CONTENT_TYPE))


def may_watch(settings: Settings) -> bool:
    """Return true if this request comes from loopback or a network of the keeper, by no proxy."""
    return is_direct_peer(flask.request.environ, (*_LOOPBACK, *settings.metrics_to))


def _json_response(answer: dict[str, object], status: int = 200) -> Response:
    return _fresh(Response(json.dumps(answer), status, mimetype="application/json"))


def _fresh(response: Response) -> Response:
    response.cache_control.no_store = True
    return response
