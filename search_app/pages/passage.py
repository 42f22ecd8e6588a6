"""One passage, ready to be quoted, and similar passages of other articles."""

from __future__ import annotations

import flask
from flask import Blueprint, render_template

from search_app.pages.parts.quotes import quotes
from search_app.served_index import current_index
from search_app.wording.languages import gettext

blueprint = Blueprint("passage", __name__)


@blueprint.get("/passages/<path:passage_id>")
def page(passage_id: str) -> str:
    """Render a passage with its quotations to copy."""
    index = current_index()
    passage = index.passage(passage_id)
    if passage is None:
        flask.abort(
            404, gettext("There is no such passage in the index. It may have been taken out since.")
        )
    return render_template(
        "passage.html",
        passage=passage,
        quotes=quotes(passage),
        similar=index.similar(passage_id),
    )
