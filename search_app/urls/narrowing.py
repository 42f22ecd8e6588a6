"""Searches next to a search: with one facet value more or less, or without one clause."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from indexer import FACETS, Explanation, SearchRequest, SearchResults, chosen_values
from search_app.wording import dates, labels
from search_app.wording.languages import gettext

Address: TypeAlias = Callable[[SearchRequest], str]
"""Writes the address of a search: of its page, or of the format that is being answered."""

Names: TypeAlias = Mapping[str, str]
"""Names of speakers by id."""

_QUERY_PREFIXES = {
    name: f"{facet.query_fields[0]}:{'=' if facet.kind == 'people' else ''}"
    for name, facet in FACETS.items()
} | {"year": "date:"}
"""Beginning of a query for exactly one value of a facet."""

_EXCLUSION = re.compile(
    rf"(?:^|(?<=\s))-(?P<prefix>{'|'.join(map(re.escape, _QUERY_PREFIXES.values()))})"
    r"""(?:"(?P<quoted>[^"]*)"|(?P<plain>[\w-]+))(?=\s|$)"""
)
_PLAIN = re.compile(r"[\w-]+")
_QUOTES = re.compile(r"""["“”„«»]""")


@dataclass(frozen=True, slots=True)
class Filter:
    """An active filter, and the search without it."""

    label: str
    without: SearchRequest


@dataclass(frozen=True, slots=True)
class LabelledExplanation:
    """A part of a search without results, and the search without that part.

    ``alone`` and ``total`` are the passages that each finds.
    """

    label: str
    alone: int
    total: int
    without: SearchRequest


def with_value(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """Add a value of a facet to a search. A year replaces its dates."""
    if facet == "year":
        return replace(request, since=value, until=value, offset=0)
    return _with_values(request, facet, (*chosen_values(request, FACETS[facet]), value))


def without_value(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """Remove a value of a facet from a search."""
    if facet == "year":
        return replace(request, since=None, until=None, offset=0)
    kept = [one for one in chosen_values(request, FACETS[facet]) if one != value]
    return _with_values(request, facet, tuple(kept))


def excluding(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """Leave the passages with a value of a facet out, by a clause of the query.

    The query must be complete, as queries that were understood are.
    """
    query = f"({request.query})" if " OR " in request.query else request.query
    clause = f"-{_QUERY_PREFIXES[facet]}{in_query(value)}"
    rest = without_value(request, facet, value)
    return replace(rest, query=f"{query} {clause}".strip(), offset=0)


def in_query(value: str) -> str:
    """Write a facet value for a query, in quotation marks if it needs them."""
    return value if _PLAIN.fullmatch(value) else f'"{_QUOTES.sub(" ", value)}"'


def without_explained(request: SearchRequest, explanation: Explanation) -> SearchRequest:
    """Remove the clause or the filter that an explanation is about."""
    parameter = explanation.parameter
    if parameter is None:
        return replace(request, query=explanation.rest, offset=0)
    if parameter in FACETS:
        return _with_values(request, parameter, ())
    return replace(request, since=None, until=None, offset=0)


def is_chosen(request: SearchRequest, facet: str, value: str) -> bool:
    """Return true if the search is filtered by this value."""
    if facet == "year":
        return request.since == request.until == value
    return value in chosen_values(request, FACETS[facet])


def filters(request: SearchRequest, names: Names) -> list[Filter]:
    """Active filters, one by one: facets in their order, then dates, then excluded values."""
    of_facets = [
        Filter(label(name, value, names), without_value(request, name, value))
        for name, facet in FACETS.items()
        for value in chosen_values(request, facet)
    ]
    return [*of_facets, *_date_filters(request), *_exclusion_filters(request, names)]


def excluded_speakers(request: SearchRequest) -> list[str]:
    """Ids of the speakers that the query excludes, in its order."""
    return [value for facet, value, _ in _exclusions(request.query) if facet == "speaker"]


def labelled_explanations(results: SearchResults, names: Names) -> list[LabelledExplanation]:
    """Explanations of an empty result, one for each clause and filter."""
    return [
        LabelledExplanation(
            _explanation_label(results.request, one, names),
            one.alone,
            one.without,
            without_explained(results.request, one),
        )
        for one in results.explanations
    ]


def label(facet: str, value: str, names: Names) -> str:
    """Name of a facet value for readers."""
    match facet in FACETS and FACETS[facet].kind:
        case "people":
            return names.get(value, value)
        case "choices":
            return labels.choice(FACETS[facet], value)
        case "codes":
            return labels.language(value)
        case _:
            return value


def _with_values(request: SearchRequest, facet: str, values: tuple[str, ...]) -> SearchRequest:
    change: dict[str, Any] = {FACETS[facet].request_field: values}
    return replace(request, offset=0, **change)


def _date_filters(request: SearchRequest) -> list[Filter]:
    if not (request.since or request.until):
        return []
    period = dates.period(request.since, request.until)
    return [Filter(period, replace(request, since=None, until=None, offset=0))]


def _exclusion_filters(request: SearchRequest, names: Names) -> list[Filter]:
    return [
        Filter(
            gettext("not %(value)s", value=label(facet, value, names)),
            replace(request, query=rest, offset=0),
        )
        for facet, value, rest in _exclusions(request.query)
    ]


def _exclusions(query: str) -> Iterator[tuple[str, str, str]]:
    """Clauses that `excluding` has added: facet, value, and the query without the clause."""
    facets = {prefix: facet for facet, prefix in _QUERY_PREFIXES.items()}
    for clause in _EXCLUSION.finditer(query):
        is_in_quotation = query[: clause.start()].count('"') % 2
        if not is_in_quotation:
            value = clause["quoted"] or clause["plain"] or ""
            rest = query[: clause.start()].rstrip() + query[clause.end() :]
            yield facets[clause["prefix"]], value, rest.strip()


def _explanation_label(request: SearchRequest, explanation: Explanation, names: Names) -> str:
    facet = explanation.parameter
    if facet and facet in FACETS:
        values = chosen_values(request, FACETS[facet])
        return labels.one_of([label(facet, value, names) for value in values])
    return dates.period(request.since, request.until) if facet else explanation.label
