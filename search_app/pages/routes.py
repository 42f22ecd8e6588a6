"""The routes for people: home, search, article, passage; and the page that tells of an error."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import flask
from flask import Blueprint, Response, render_template
from werkzeug.datastructures import MultiDict

import search_app.urls.narrowing as narrowing
from indexer import SORTS, ArticleView, Index, SearchRequest, SearchResults
from search_app.live import current_index
from search_app.pages.quotes import quotes
from search_app.pages.timeline import Timeline, timeline
from search_app.problems import Problem
from search_app.urls.facets import facet_lists
from search_app.urls.links import PASSAGES_A_PAGE, search_url
from search_app.urls.paging import paging
from search_app.urls.request_args import DEFAULTS, arguments, search_request, whole_number
from search_app.wording.languages import gettext

blueprint = Blueprint("pages", __name__)

_MOST_QUOTED = 8
_LAST_PASSAGE = 10**8


@blueprint.get("/")
def home() -> str:
    """What is in the corpus, searches to try, who is quoted most, the newest articles."""
    index = current_index()
    return render_template(
        "home.html",
        info=index.info,
        suggested=[replace(DEFAULTS, query=query) for query in index.suggested_searches()],
        speakers=index.speakers(limit=_MOST_QUOTED),
        newest=index.newest(),
    )


@blueprint.get("/search")
def search() -> str:
    """One page of results, and the ways on from it."""
    index = current_index()
    results = index.search(search_request(flask.request.args, index.info.fingerprint))
    request = results.request
    names = _names(index, results)
    return render_template(
        "search.html",
        results=results,
        request=request,
        filters=narrowing.filters(request, names),
        facets=facet_lists(results, search_url),
        paging=paging(results),
        kept=_fields(request, "q"),
        kept_with_dates=_fields(request, "from", "to"),
        sorts=[(sort, replace(request, sort=sort, offset=0)) for sort in SORTS],
        timelines=_timelines(index, results),
        explained=narrowing.explained(results, names),
        suggested=[
            (one, replace(request, query=one.query, offset=0)) for one in results.did_you_mean
        ],
        other_group=replace(
            request, group="none" if request.group == "article" else "article", offset=0
        ),
    )


@blueprint.get("/articles/<path:article_id>")
def article(article_id: str) -> str:
    """An article with its passages, the words of ``q`` marked in them; long ones page by page."""
    query = flask.request.args.get("q", "")
    first = whole_number(flask.request.args, "at", 1, most=_LAST_PASSAGE)
    view = current_index().article(article_id, query, first, PASSAGES_A_PAGE)
    if view is None:
        flask.abort(
            404, gettext("There is no such article in the index. It may have been taken out since.")
        )
    if not view.passages and first > 1:
        flask.abort(404, gettext("The article ends before this page."))
    return render_template(
        "article.html",
        article=view,
        query=query,
        first=first,
        parts=_parts(view, first),
        voices=_voices(view),
        passages_a_page=PASSAGES_A_PAGE,
    )


@blueprint.get("/passages/<path:name>")
def passage(name: str) -> str:
    """One passage, ready to be quoted, and others like it."""
    index = current_index()
    found = index.passage(name)
    if found is None:
        flask.abort(
            404, gettext("There is no such passage in the index. It may have been taken out since.")
        )
    return render_template(
        "passage.html", passage=found, quotes=quotes(found), similar=index.similar(name)
    )


def problem_page(problem: Problem) -> Response:
    """A problem for people."""
    return Response(render_template("problem.html", problem=problem), problem.status)


def _parts(article: ArticleView, first: int) -> list[tuple[int, int]]:
    """The first and the last passage of the pages of an article: the ends, and those around one."""
    size = PASSAGES_A_PAGE
    last, here = (article.length - 1) // size, (first - 1) // size
    shown = sorted({0, last, *range(max(0, here - 2), min(last, here + 2) + 1)})
    return [(page * size + 1, min((page + 1) * size, article.length)) for page in shown]


def _voices(article: ArticleView) -> list[tuple[str, str, int]]:
    """Who speaks in the passages that are shown: id, name, how often; most first."""
    said = Counter(
        (one.passage.speaker_id, one.passage.speaker)
        for one in article.passages
        if one.passage.speaker_id and one.passage.speaker
    )
    return [(str(id_), str(name), count) for (id_, name), count in said.most_common()]


def _timelines(index: Index, results: SearchResults) -> list[Timeline]:
    """All that fits but for its dates, over time; and what is within them, if that tells more."""
    request, within = results.request, results.timeline
    everything = within
    if request.since or request.until:
        everything = index.timeline(replace(request, since=None, until=None))
    is_finer = bool(within and everything) and len(within[0][0]) > len(everything[0][0])
    drawn = [everything, within] if is_finer else [everything]
    lines = [timeline(counts, request, search_url) for counts in drawn]
    return [line for line in lines if line]


def _fields(request: SearchRequest, *without: str) -> list[tuple[str, str]]:
    """What a form must send along for its answer to be the same search but for these arguments."""
    asked = MultiDict(arguments(replace(request, offset=0)))
    return [(name, value) for name, value in asked.items(multi=True) if name not in without]


def _names(index: Index, results: SearchResults) -> narrowing.Names:
    """The names of the speakers that the search is filtered by or leaves out."""
    request = results.request
    chosen = (*request.speakers, *narrowing.excluded_speakers(request))
    names = {one.value: one.label for one in results.facets.get("speaker", ())}
    for speaker_id in chosen:
        if speaker_id not in names and (known := index.speaker(speaker_id)):
            names[speaker_id] = known.name
    return names
