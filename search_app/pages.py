"""The routes for people: home, search, article; and the page that tells of an error."""

from __future__ import annotations

from dataclasses import replace

import flask
from flask import Blueprint, Response, render_template
from werkzeug.datastructures import MultiDict

import search_app.narrowing as narrowing
from indexer import SORTS, Index, SearchRequest, SearchResults
from search_app.links import search_url
from search_app.live import current_index
from search_app.problems import Problem
from search_app.request_args import arguments, search_request
from search_app.timeline import timeline

pages = Blueprint("pages", __name__)


@pages.get("/")
def home() -> str:
    """What is in the corpus, searches to try, the newest articles."""
    index = current_index()
    return render_template(
        "home.html",
        info=index.info,
        suggested=[SearchRequest(query) for query in index.suggested_searches()],
        newest=index.newest(),
    )


@pages.get("/search")
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
        facets=narrowing.facet_lists(results, search_url),
        paging=narrowing.paging(results),
        kept=_fields(request, "q"),
        kept_with_dates=_fields(request, "from", "to"),
        sorts=[(sort, replace(request, sort=sort, offset=0)) for sort in SORTS],
        timeline=timeline(results, search_url),
        explained=narrowing.explained(results, names),
        suggested=[
            (one, replace(request, query=one.query, offset=0)) for one in results.did_you_mean
        ],
        other_group=replace(
            request, group="none" if request.group == "article" else "article", offset=0
        ),
    )


@pages.get("/articles/<path:article_id>")
def article(article_id: str) -> str:
    """An article with its passages, the words of ``q`` marked in them."""
    query = flask.request.args.get("q", "")
    view = current_index().article(article_id, query)
    if view is None:
        flask.abort(404, "There is no such article in the index. It may have been taken out since.")
    return render_template("article.html", article=view, query=query)


def problem_page(problem: Problem) -> Response:
    """A problem for people."""
    return Response(render_template("problem.html", problem=problem), problem.status)


def _fields(request: SearchRequest, *without: str) -> list[tuple[str, str]]:
    """What a form must send along for its answer to be the same search but for these arguments."""
    asked = MultiDict(arguments(replace(request, offset=0)))
    return [(name, value) for name, value in asked.items(multi=True) if name not in without]


def _names(index: Index, results: SearchResults) -> narrowing.Names:
    """The names of the speakers that the search is filtered by, also of those who said nothing."""
    chosen = results.request.speakers
    names = {one.value: one.label for one in results.facets.get("speaker", ())}
    if not names.keys() >= set(chosen):
        everything = index.search(SearchRequest(speakers=chosen, limit=1))
        names |= {one.value: one.label for one in everything.facets.get("speaker", ())}
    return names
