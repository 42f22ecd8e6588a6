"""The OpenSearch 1.1 description, with which browsers search from their address bar."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

blueprint = Blueprint("opensearch", __name__)


@blueprint.get("/opensearch.xml")
def description() -> Response:
    """Render the addresses of the search page, feed, JSON and suggestions."""
    response = Response(render_template("opensearch.xml"))
    response.content_type = "application/opensearchdescription+xml; charset=utf-8"
    return response
