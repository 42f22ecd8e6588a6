"""The scopes of a search: which one to show, tabs for all of them, and first hits of the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer import SCOPES, Context, Hit, Index, Scope, SearchRequest, SearchResults
from search_app.urls.narrowing import is_chosen, with_value
from search_app.wording.counts import counted, number
from search_app.wording.languages import gettext

_OTHERS = 3
"""Hits of each other context at the end of the first page."""


@dataclass(frozen=True, slots=True)
class ScopeTab:
    """A scope with its total, and the search that shows it."""

    label: str
    count: int
    request: SearchRequest
    is_shown: bool


@dataclass(frozen=True, slots=True)
class OtherContext:
    """The first hits of a context that is not shown.

    ``request`` is the search for the scope that shows them all, of ``total`` passages.
    """

    context: Context
    heading: str
    total: int
    request: SearchRequest
    hits: Sequence[Hit]


def search_in_scope(index: Index, request: SearchRequest, falls_back: bool) -> SearchResults:
    """Search in the scope of a request, or if it may fall back, in the first that has hits."""
    results = index.search(request, others=_OTHERS)
    if falls_back and not results.total:
        for scope in SCOPES:
            if results.scopes[scope]:
                return index.search(replace(request, scope=scope), others=_OTHERS)
    return results


def scope_tabs(results: SearchResults) -> list[ScopeTab]:
    """Return a tab for each scope, if the query has words that a scope binds and they match."""
    if not results.is_scoped or not results.scopes["all"]:
        return []
    return [
        ScopeTab(
            _label(scope),
            results.scopes[scope],
            replace(results.request, scope=scope, offset=0),
            scope == results.request.scope,
        )
        for scope in SCOPES
    ]


def other_contexts(results: SearchResults) -> Iterator[OtherContext]:
    """Return the contexts outside the scope that have hits, in order."""
    for context, hits in results.others.items():
        scope: Scope = "all" if context == "mixed" else context
        total = results.scopes[scope]
        request = replace(results.request, scope=scope, offset=0)
        yield OtherContext(context, _heading(results, context), total, request, hits)


def fallback_sentence(results: SearchResults) -> str:
    """Say that nothing was said, and what is shown instead."""
    total = results.total
    match results.request.scope:
        case "asked":
            return counted(
                "Said by nobody. Asked about once.",
                "Said by nobody. Asked about %(count)s times.",
                total,
            )
        case "headline":
            return counted(
                "Said by nobody. In the headline of %(count)s passage.",
                "Said by nobody. In the headline of %(count)s passages.",
                total,
            )
        case _:
            return gettext("Nobody said all of it. Question and headline have the other words.")


def narrative(results: SearchResults) -> tuple[int, SearchRequest | None]:
    """Return the number of passages in the articles' own words, and the search for them alone."""
    counts = {one.value: one.count for one in results.facets["role"]}
    request = results.request
    is_alone = is_chosen(request, "role", "narrative")
    alone = None if is_alone else with_value(request, "role", "narrative")
    return counts.get("narrative", 0), alone


def _label(scope: Scope) -> str:
    labels = {
        "said": gettext("Said"),
        "asked": gettext("Asked about"),
        "headline": gettext("In the headline"),
        "all": gettext("All"),
    }
    return labels[scope]


def _heading(results: SearchResults, context: Context) -> str:
    totals = results.scopes
    mixed = totals["all"] - totals["said"] - totals["asked"] - totals["headline"]
    match context:
        case "said":
            return gettext("Said: %(count)s", count=number(totals["said"]))
        case "asked":
            return gettext("Asked about, not said: %(count)s", count=number(totals["asked"]))
        case "headline":
            return gettext("In the headline, not said: %(count)s", count=number(totals["headline"]))
        case "mixed":
            return gettext(
                "All words only with question and headline: %(count)s", count=number(mixed)
            )
