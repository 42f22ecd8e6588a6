"""What a browser reads to search the corpus from its address bar (OpenSearch 1.1)."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

blueprint = Blueprint("opensearch", __name__)


@blueprint.get("/opensearch.xml")
def description() -> Response:
    """The description, with the addresses of the page, the feed, JSON and suggestions."""
    response = Response(render_template("opensearch.xml"))
    response.content_type = "application/opensearchdescription+xml; charset=utf-8"
    return response
