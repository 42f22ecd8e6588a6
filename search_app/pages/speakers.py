"""The list of speakers: most quoted first, by letter, or by part of a name."""

from __future__ import annotations

import flask
from flask import Blueprint, render_template, url_for

from search_app.served_index import current_index
from search_app.urls.request_args import MAX_NAME_LENGTH, whole_number

blueprint = Blueprint("speakers", __name__)

_PER_PAGE = 100
_MAX_PAGE = 10_000


@blueprint.get("/speakers")
def page() -> str:
    """Render one page of the list. ``q`` is part of a name and takes precedence over ``letter``."""
    index = current_index()
    name_part = flask.request.args.get("q", "")[:MAX_NAME_LENGTH].strip()
    letter = "" if name_part else flask.request.args.get("letter", "").strip()
    number = whole_number(flask.request.args, "page", 1, maximum=_MAX_PAGE)
    offset = (number - 1) * _PER_PAGE
    # One more than is shown, to see if there is a next page.
    if letter:
        speakers = index.speakers_under(letter, _PER_PAGE + 1, offset)
    else:
        speakers = index.speakers(name_part, _PER_PAGE + 1, offset)

    def page_url(number: int) -> str:
        page = number if number > 1 else None
        return url_for("speakers.page", q=name_part or None, letter=letter or None, page=page)

    return render_template(
        "speakers.html",
        speakers=speakers[:_PER_PAGE],
        total=index.info.speakers,
        letters=index.letters(),
        letter=letter,
        name_part=name_part,
        previous=page_url(number - 1) if number > 1 else None,
        next=page_url(number + 1) if speakers[_PER_PAGE:] else None,
    )
