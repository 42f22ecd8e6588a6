"""Answers to searches as JSON. Highlights are offsets in characters (Unicode code points)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from indexer import (
    FACETS,
    Completion,
    Explanation,
    Hit,
    Nearly,
    SearchRequest,
    SearchResults,
    Snippet,
    Suggestion,
    chosen_values,
)
from search_app.api.resources import (
    Resource,
    context_resource,
    notice_resource,
    passage_links,
    passage_resource,
)
from search_app.api.schemas import FACET_NAMES
from search_app.urls.facets import facet_links
from search_app.urls.links import search_url
from search_app.urls.narrowing import Address, without_explained
from search_app.urls.request_args import DEFAULTS


def search_answer(results: SearchResults, address: Address) -> Resource:
    """Write results as one object, without its ``links`` and ``index``."""
    request = results.request
    return {
        "query": query_resource(results),
        "total": results.total,
        "articles": results.articles,
        "scopes": results.scopes,
        "page": request.offset // request.limit + 1,
        "per_page": request.limit,
        "took_ms": round(results.took_ms, 2),
        "results": [hit_resource(hit) for hit in results.hits],
        "nearly": results.nearly and _nearly(results.nearly),
        "facets": {facet: _facet(results, facet, address) for facet in FACET_NAMES},
        "facet_sizes": {facet: results.facet_sizes.get(facet, 0) for facet in FACET_NAMES},
        "timeline": [{"period": period, "count": count} for period, count in results.timeline],
        "undated": results.undated,
        "did_you_mean": [_suggestion(one, request, address) for one in results.did_you_mean],
        "explanations": [_explanation(one, request, address) for one in results.explanations],
        "notices": [notice_resource(notice) for notice in results.notices],
    }


def hit_resource(hit: Hit) -> Resource:
    """Write a hit. ``more`` are the next best of its article, if grouped by article."""
    return {
        **passage_resource(hit.passage),
        "links": passage_links(hit.passage),
        "score": hit.score,
        **context_resource(hit.context),
        "snippet": _snippet(hit.snippet),
        "in_article": hit.in_article,
        "more": [hit_resource(other) for other in hit.more],
    }


def _nearly(nearly: Nearly) -> Resource:
    """Write the passages with only some of the words, and what each does not have."""
    rows = [{**hit_resource(hit), "missing": hit.missing} for hit in nearly.hits]
    return {"total": nearly.total, "results": rows}


def suggestions(typed: str, completions: Iterable[Completion]) -> list[object]:
    """Write completions as the array of OpenSearch suggestions (extension 1.1).

    Its members are the text as typed, then queries, descriptions and addresses.
    """
    rows = list(completions)
    return [
        typed,
        [one.query for one in rows],
        [one.text if one.kind == "word" else f"{one.kind}: {one.text}" for one in rows],
        [search_url(replace(DEFAULTS, query=one.query), external=True) for one in rows],
    ]


def query_resource(results: SearchResults) -> Resource:
    """Write the query as typed and as understood, and the active filters."""
    request = results.request
    return {
        "q": request.query,
        "understood": results.understood,
        "filters": {
            **{name: chosen_values(request, facet) for name, facet in FACETS.items()},
            "from": request.since,
            "to": request.until,
            "scope": request.scope,
        },
        "sort": request.sort,
        "group": request.group,
    }


def _snippet(snippet: Snippet) -> Resource:
    return {"text": snippet.text, "highlights": snippet.highlights}


def _facet(results: SearchResults, facet: str, address: Address) -> list[Resource]:
    """Values of a facet. ``url`` adds a value, or removes it if it is chosen."""
    links = facet_links(results, facet, address)
    values = results.facets.get(facet, ())
    return [
        {
            "value": value.value,
            "label": link.label,
            "count": link.count,
            "first": value.first,
            "last": value.last,
            "chosen": link.chosen,
            "url": link.url,
            "exclude_url": link.exclude_url,
        }
        for value, link in zip(values, links, strict=False)
    ]


def _suggestion(suggestion: Suggestion, request: SearchRequest, address: Address) -> Resource:
    corrected = replace(request, query=suggestion.query, offset=0)
    return {
        "q": suggestion.query,
        "total": suggestion.total,
        "nearly": suggestion.is_nearly,
        "url": address(corrected),
    }


def _explanation(explanation: Explanation, request: SearchRequest, address: Address) -> Resource:
    return {
        "label": explanation.label,
        "parameter": explanation.parameter or "q",
        "alone": explanation.alone,
        "without": explanation.without,
        "url": address(without_explained(request, explanation)),
    }
