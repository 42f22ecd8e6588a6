"""One speaker: names, offices over time, outlets, and newest passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

import flask
from flask import Blueprint, Response, render_template

from indexer import MAX_NAME, MAX_NOTE, Index, PrintedForm, SearchRequest, SpeakerEntry
from search_app.pages.parts.setting_right import split
from search_app.pages.parts.timeline import timeline
from search_app.served_index import current_index
from search_app.urls.links import search_url, speaker_url
from search_app.urls.request_args import DEFAULTS
from search_app.wording.languages import gettext

blueprint = Blueprint("speaker", __name__)

_MAX_NEWEST = 5


@dataclass(frozen=True, slots=True)
class Comparison:
    """Another speaker in the same articles, with their number, and the search for both."""

    name: str
    articles: int
    both: SearchRequest


@dataclass(frozen=True, slots=True)
class FormRow:
    """A printed form of a speaker's name with the reasons why it means them.

    ``lines`` say that it is somebody else; there are none for the name itself and for an alias that
    the keeper lists. The form that is doubted is open.
    """

    form: str
    passages: int
    reasons: Sequence[str]
    lines: str | None
    is_name: bool
    is_alias: bool
    is_open: bool


@blueprint.get("/speakers/<speaker_id>")
def page(speaker_id: str) -> str | Response:
    """Render the page of a speaker. The id of another spelling redirects to it."""
    index = current_index()
    speaker = index.speaker(speaker_id)
    if speaker is None:
        flask.abort(404, gettext("There is no speaker with this name in the index."))
    if speaker.id != speaker_id:
        return cast(Response, flask.redirect(speaker_url(speaker.id), 301))
    request = replace(DEFAULTS, speakers=(speaker.id,), sort="newest")
    results = index.search(replace(request, limit=_MAX_NEWEST))
    return render_template(
        "speaker.html",
        speaker=speaker,
        roles=sorted(speaker.roles, key=lambda one: one.last or "", reverse=True),
        results=results,
        request=request,
        timeline=timeline(results.timeline, request, search_url),
        distinctive_words=_distinctive_words(index, speaker),
        outlets=[
            (outlet, replace(request, sources=(outlet.value,)))
            for outlet in results.facets.get("source", ())
        ],
        forms=_forms(speaker, flask.request.args.get("doubt")),
        not_this_person=_not_this_person(speaker),
        is_reported="reported" in flask.request.args,
        max_name=MAX_NAME,
        max_note=MAX_NOTE,
        company=[
            Comparison(name, articles, replace(request, speakers=(speaker.id, id_)))
            for id_, name, articles in index.company(speaker.id)
        ],
    )


def _distinctive_words(index: Index, speaker: SpeakerEntry) -> list[tuple[str, int, SearchRequest]]:
    """Words that this speaker uses more than others, with their passage counts and searches."""
    own = replace(DEFAULTS, speakers=(speaker.id,))
    return [
        (one.word, one.passages, replace(own, query=f'said:"{one.word}"'))
        for one in index.telling_words(speaker.id)
    ]


def _forms(speaker: SpeakerEntry, doubted: str | None) -> list[FormRow]:
    """Return the printed forms, the most frequent first."""
    by_form: dict[str, list[PrintedForm]] = {}
    for one in speaker.forms:
        by_form.setdefault(one.form, []).append(one)
    rows = []
    for form, printed in by_form.items():
        is_name = form.casefold() == speaker.name.casefold()
        row = FormRow(
            form,
            passages=sum(one.passages for one in printed),
            reasons=[one.reason for one in printed if one.reason],
            lines=split(speaker, printed),
            is_name=is_name,
            is_alias=printed[0].is_listed and not is_name,
            is_open=form == doubted and not is_name,
        )
        rows.append(row)
    return sorted(rows, key=lambda row: -row.passages)


def _not_this_person(speaker: SpeakerEntry) -> str:
    """Question whether a printed form means somebody else."""
    questions = {"she": gettext("not her?"), "he": gettext("not him?")}
    return questions.get(speaker.pronoun or "", gettext("not this person?"))
