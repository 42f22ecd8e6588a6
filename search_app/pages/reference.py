"""The reference page for programmers: addresses, arguments, and commands to copy."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, url_for

from indexer import FACET_VALUES, Index, SearchRequest
from search_app.api.openapi import OPERATIONS, SEARCH
from search_app.api.resources import api_url
from search_app.api.schemas import SCHEMAS
from search_app.served_index import current_index

blueprint = Blueprint("reference", __name__)


@dataclass(frozen=True, slots=True)
class Example:
    """A request to the API about what is in the index, and its address."""

    title: str
    url: str


@blueprint.get("/api")
def page() -> str:
    """Render the reference, with examples that run on this server."""
    index = current_index()
    return render_template(
        "reference.html",
        examples=_examples(index),
        operations=OPERATIONS,
        arguments=SEARCH,
        answer=SCHEMAS["Search"]["properties"],
        max_facet_values=FACET_VALUES,
    )


def _examples(index: Index) -> list[Example]:
    """Examples that find something; fewer if the index is small."""
    words = next(iter(index.suggested_searches()), "peace")
    examples = [
        Example("All passages about a topic, newest first", _search_url(q=words, sort="newest")),
        Example(
            "Answers since 2020, ten to a page",
            _search_url(q=words, role="answer", **{"from": "2020"}, per_page="10"),
        ),
        Example("Single passages, not grouped by article", _search_url(q=words, group="none")),
        Example(
            "Completions of what a user has typed",
            url_for("api.suggest", q=words[:3], _external=True),
        ),
        Example("All speakers", url_for("api.speakers", _external=True)),
    ]
    for speaker in index.speakers(limit=1):
        examples.append(Example("One speaker", api_url("speaker", speaker.id)))
    for hit in index.search(SearchRequest(sort="newest", limit=1)).hits:
        passage = hit.passage
        examples += [
            Example("One passage and similar ones", api_url("passage", passage.id)),
            Example("One article with all its passages", api_url("article", passage.article_id)),
        ]
    return examples


def _search_url(**arguments: str) -> str:
    return url_for("api.search", _external=True, **arguments)
