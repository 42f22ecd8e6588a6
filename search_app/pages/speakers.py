"""The routes about people: everybody who speaks, and all that is known of one of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

import flask
from flask import Blueprint, Response, render_template, url_for

from indexer import Index, SearchRequest, SpeakerEntry
from search_app.live import current_index
from search_app.pages.timeline import timeline
from search_app.urls.links import search_url, speaker_url
from search_app.urls.request_args import DEFAULTS, LONGEST_NAME, whole_number
from search_app.wording.languages import gettext

blueprint = Blueprint("speakers", __name__)

_A_PAGE = 100
_NEWEST = 5
_LAST_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class Comparison:
    """Somebody who speaks in the same articles, in how many, and the search for both."""

    name: str
    articles: int
    both: SearchRequest


@blueprint.get("/speakers")
def everybody() -> str:
    """Who speaks: those quoted most, those under a letter, or those with a name like the typed."""
    index = current_index()
    typed = flask.request.args.get("q", "")[:LONGEST_NAME].strip()
    letter = flask.request.args.get("letter", "").strip()
    page = whole_number(flask.request.args, "page", 1, most=_LAST_PAGE)
    offset = (page - 1) * _A_PAGE
    if letter and not typed:
        found = index.speakers_under(letter, _A_PAGE + 1, offset)
    else:
        found = index.speakers(typed, _A_PAGE + 1, offset)

    def at(there: int) -> str:
        number = there if there > 1 else None
        return url_for("speakers.everybody", q=typed or None, letter=letter or None, page=number)

    return render_template(
        "speakers.html",
        speakers=found[:_A_PAGE],
        total=index.info.speakers,
        letters=index.letters(),
        letter="" if typed else letter,
        typed=typed,
        previous=at(page - 1) if page > 1 else None,
        next=at(page + 1) if found[_A_PAGE:] else None,
    )


@blueprint.get("/speakers/<name>")
def speaker(name: str) -> str | Response:
    """All that is known of a speaker, and what was said last."""
    index = current_index()
    known = index.speaker(name)
    if known is None:
        flask.abort(404, gettext("Nobody in this index is known by this name."))
    if known.id != name:
        return cast(Response, flask.redirect(speaker_url(known.id), 301))
    request = replace(DEFAULTS, speakers=(known.id,), sort="newest", limit=_NEWEST)
    results = index.search(request)
    everything = replace(request, limit=DEFAULTS.limit)
    return render_template(
        "speaker.html",
        speaker=known,
        roles=sorted(known.roles, key=lambda one: one.last or "", reverse=True),
        results=results,
        request=everything,
        timeline=timeline(results.timeline, everything, search_url),
        telling=_telling(index, known),
        outlets=[
            (outlet, replace(everything, sources=(outlet.value,)))
            for outlet in results.facets.get("source", ())
        ],
        printed=[name for name in known.printed if name != known.name],
        company=[
            Comparison(other, articles, replace(everything, speakers=(known.id, id_)))
            for id_, other, articles in index.company(known.id)
        ],
    )


def _telling(index: Index, speaker: SpeakerEntry) -> list[tuple[str, int, SearchRequest]]:
    """The words that set a speaker apart, in how many passages each is, and where to read them."""
    own = replace(DEFAULTS, speakers=(speaker.id,))
    return [
        (one.word, one.passages, replace(own, query=f'said:"{one.word}"'))
        for one in index.telling_words(speaker.id)
    ]
