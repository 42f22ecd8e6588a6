"""One passage, ready to be quoted, and similar passages of other articles."""

from __future__ import annotations

import flask
from flask import Blueprint, render_template

from indexer import MAX_NAME, MAX_NOTE, Index, Passage
from search_app.pages.parts.quotes import quotes
from search_app.pages.parts.setting_right import correction
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
    path = index.file_of(passage.article_id)
    return render_template(
        "passage.html",
        passage=passage,
        reasons=_reasons(index, passage),
        correction=correction(passage, path),
        sidecar=f"{path}.toml",
        is_reported="reported" in flask.request.args,
        max_name=MAX_NAME,
        max_note=MAX_NOTE,
        quotes=quotes(passage),
        similar=index.similar(passage_id),
    )


def _reasons(index: Index, passage: Passage) -> list[str]:
    """Why the printed form means this speaker, where it does not say so itself."""
    speaker = index.speaker(passage.speaker_id) if passage.speaker_id else None
    printed = passage.as_printed or passage.speaker
    forms = speaker.forms if speaker else ()
    return [form.reason for form in forms if form.form == printed and form.reason]
