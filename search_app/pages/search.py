"""The results of a search, with its filters, timeline and pages."""

from __future__ import annotations

from dataclasses import replace

import flask
from flask import Blueprint, render_template
from werkzeug.datastructures import MultiDict

import search_app.urls.narrowing as narrowing
from indexer import SORTS, Index, SearchRequest, SearchResults
from search_app.pages.parts.scopes import (
    fallback_sentence,
    narrative,
    other_contexts,
    scope_tabs,
    search_in_scope,
)
from search_app.pages.parts.timeline import Timeline, timeline
from search_app.request_record import note_total
from search_app.served_index import current_index
from search_app.urls.facets import facet_lists
from search_app.urls.links import search_url
from search_app.urls.paging import paging
from search_app.urls.request_args import arguments, search_request

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
def page() -> str:
    """Render one page of results."""
    index = current_index()
    typed = search_request(flask.request.args, index.info.fingerprint)
    is_open = not flask.request.args.get("scope")
    results = search_in_scope(index, typed, falls_back=is_open)
    note_total(results.total)
    request = results.request
    names = _speaker_names(index, results)
    return render_template(
        "search.html",
        results=results,
        request=request,
        tabs=scope_tabs(results),
        fallback=fallback_sentence(results) if is_open and request.scope != "said" else None,
        narrative=narrative(results),
        others=list(other_contexts(results)),
        filters=narrowing.filters(request, names),
        facets=facet_lists(results, search_url),
        paging=paging(results),
        query_form_fields=_form_fields(request, "q"),
        date_form_fields=_form_fields(request, "from", "to"),
        sorts=[(sort, replace(request, sort=sort, offset=0)) for sort in SORTS],
        timelines=_timelines(index, results),
        explanations=narrowing.labelled_explanations(results, names),
        suggestions=[
            (one, replace(request, query=one.query, offset=0)) for one in results.did_you_mean
        ],
        regrouped=replace(
            request, group="none" if request.group == "article" else "article", offset=0
        ),
    )


def _timelines(index: Index, results: SearchResults) -> list[Timeline]:
    """Draw the results over all time, and those within the dates if that has finer periods."""
    request, within = results.request, results.timeline
    everything = within
    if request.since or request.until:
        everything = index.timeline(replace(request, since=None, until=None))
    is_finer = bool(within and everything) and len(within[0][0]) > len(everything[0][0])
    counts = [everything, within] if is_finer else [everything]
    drawings = [timeline(one, request, search_url) for one in counts]
    return [drawing for drawing in drawings if drawing]


def _form_fields(request: SearchRequest, *without: str) -> list[tuple[str, str]]:
    """Hidden fields that make a form repeat a search, except the arguments it asks for itself."""
    fields = MultiDict(arguments(replace(request, offset=0)))
    return [(name, value) for name, value in fields.items(multi=True) if name not in without]


def _speaker_names(index: Index, results: SearchResults) -> narrowing.Names:
    """Names of the speakers that are facet values, filtered by, or left out, by id."""
    request = results.request
    names = {one.value: one.label for one in results.facets.get("speaker", ())}
    for speaker_id in (*request.speakers, *narrowing.excluded_speakers(request)):
        if speaker_id not in names and (entry := index.speaker(speaker_id)):
            names[speaker_id] = entry.name
    return names
