"""The page that tells programmers how to ask: addresses, arguments, and examples to copy."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, url_for

from indexer import FACET_VALUES, Index, SearchRequest
from search_app.api.openapi import OPERATIONS, SEARCH
from search_app.api.resources import address
from search_app.api.schemas import SCHEMAS
from search_app.live import current_index

blueprint = Blueprint("reference", __name__)


@dataclass(frozen=True, slots=True)
class Example:
    """Something one may ask of this very index, and its address."""

    asks: str
    url: str


@blueprint.get("/api")
def api_page() -> str:
    """The API, with examples that run against this server."""
    index = current_index()
    return render_template(
        "api.html",
        examples=_examples(index),
        operations=OPERATIONS,
        arguments=SEARCH,
        answer=SCHEMAS["Search"]["properties"],
        most_values=FACET_VALUES,
    )


def _examples(index: Index) -> list[Example]:
    """Examples about what is in the index; fewer if it holds little."""
    words = next(iter(index.suggested_searches()), "peace")
    found = [
        Example("Who said something about it, the newest first", _search(q=words, sort="newest")),
        Example(
            "In answers of 2020 and later, ten at a time",
            _search(q=words, role="answer", **{"from": "2020"}, per_page="10"),
        ),
        Example("Passage by passage, not by article", _search(q=words, group="none")),
        Example("What a beginning may become", url_for("api.suggest", q=words[:3], _external=True)),
        Example("Everyone who speaks", url_for("api.speakers", _external=True)),
    ]
    for speaker in index.speakers(limit=1):
        found.append(Example("One of them", address("speaker", speaker.id)))
    for hit in index.search(SearchRequest(sort="newest", limit=1)).hits:
        passage = hit.passage
        found += [
            Example("One passage, and others like it", address("passage", passage.id)),
            Example("An article with all its passages", address("article", passage.article_id)),
        ]
    return found


def _search(**asked: str) -> str:
    return url_for("api.search", _external=True, **asked)
