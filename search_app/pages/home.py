"""The first page: the size of the corpus, searches to try, and its newest articles."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, render_template

from search_app.served_index import current_index
from search_app.urls.request_args import DEFAULTS

blueprint = Blueprint("home", __name__)

_MAX_SPEAKERS = 8


@blueprint.get("/")
def page() -> str:
    """Render the first page."""
    index = current_index()
    return render_template(
        "home.html",
        info=index.info,
        suggested=[replace(DEFAULTS, query=query) for query in index.suggested_searches()],
        speakers=index.speakers(limit=_MAX_SPEAKERS),
        newest=index.newest(),
    )
