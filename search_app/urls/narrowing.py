"""From one search to its neighbours: a value more or less to filter by, a clause dropped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import search_app.wording.phrases as wording
from indexer import FACETS, Explanation, SearchRequest, SearchResults, chosen_values
from search_app.wording.languages import gettext

Address: TypeAlias = Callable[[SearchRequest], str]
"""How a search becomes a URL: as a page, or in the format that is being answered."""

Names: TypeAlias = Mapping[str, str]
"""The names of speakers, by id."""

_EXACT = {
    name: f"{facet.query_fields[0]}:{'=' if facet.kind == 'people' else ''}"
    for name, facet in FACETS.items()
} | {"year": "date:"}
"""How a query asks for one value of each facet, and for no other that is written alike."""

_EXCLUSION = re.compile(
    rf"(?:^|(?<=\s))-(?P<field>{'|'.join(map(re.escape, _EXACT.values()))})"
    r"""(?:"(?P<quoted>[^"]*)"|(?P<plain>[\w-]+))(?=\s|$)"""
)
_PLAIN = re.compile(r"[\w-]+")
_QUOTES = re.compile(r"""["“”„«»]""")


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter that is on: its words, and the search without it."""

    label: str
    without: SearchRequest


@dataclass(frozen=True, slots=True)
class Explained:
    """A part of a search that found nothing: what it finds alone, and the search without it."""

    label: str
    alone: int
    found: int
    without: SearchRequest


def with_value(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """The search with one more value of a facet; a year takes the place of the dates before."""
    if facet == "year":
        return replace(request, since=value, until=value, offset=0)
    return _changed(request, facet, (*chosen_values(request, FACETS[facet]), value))


def without_value(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """The search without this value of a facet."""
    if facet == "year":
        return replace(request, since=None, until=None, offset=0)
    kept = [one for one in chosen_values(request, FACETS[facet]) if one != value]
    return _changed(request, facet, tuple(kept))


def excluding(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """The search without the passages that have this value: the query says so from then on.

    The query has to be whole, as a query that was understood is.
    """
    query = f"({request.query})" if " OR " in request.query else request.query
    rest = without_value(request, facet, value)
    return replace(rest, query=f"{query} -{_EXACT[facet]}{in_query(value)}".strip(), offset=0)


def in_query(value: str) -> str:
    """A value of a facet as a query names it: in quotation marks where it has to be."""
    return value if _PLAIN.fullmatch(value) else f'"{_QUOTES.sub(" ", value)}"'


def without_explained(request: SearchRequest, explanation: Explanation) -> SearchRequest:
    """The search without the clause or the filter that an explanation is about."""
    parameter = explanation.parameter
    if parameter is None:
        return replace(request, query=explanation.rest, offset=0)
    if parameter in FACETS:
        return _changed(request, parameter, ())
    return replace(request, since=None, until=None, offset=0)


def is_chosen(request: SearchRequest, facet: str, value: str) -> bool:
    """Whether the search is filtered by this value."""
    if facet == "year":
        return request.since == request.until == value
    return value in chosen_values(request, FACETS[facet])


def filters(request: SearchRequest, names: Names) -> list[Filter]:
    """The filters that are on, each by itself, in the order of the facets; then
    dates, and what the query leaves out."""
    found = [
        Filter(label(name, value, names), without_value(request, name, value))
        for name, facet in FACETS.items()
        for value in chosen_values(request, facet)
    ]
    return [*found, *_dates(request), *_exclusions(request, names)]


def excluded_speakers(request: SearchRequest) -> list[str]:
    """The ids of the speakers that the query leaves out, one by one."""
    return [value for facet, value, _ in _excluded(request.query) if facet == "speaker"]


def explained(results: SearchResults, names: Names) -> list[Explained]:
    """Why nothing was found, clause by clause and filter by filter."""
    return [
        Explained(
            _explained_label(results.request, one, names),
            one.alone,
            one.without,
            without_explained(results.request, one),
        )
        for one in results.explanations
    ]


def _changed(request: SearchRequest, facet: str, values: tuple[str, ...]) -> SearchRequest:
    change: dict[str, Any] = {FACETS[facet].request_field: values}
    return replace(request, offset=0, **change)


def _dates(request: SearchRequest) -> list[Filter]:
    if not (request.since or request.until):
        return []
    period = wording.period(request.since, request.until)
    return [Filter(period, replace(request, since=None, until=None, offset=0))]


def _exclusions(request: SearchRequest, names: Names) -> list[Filter]:
    return [
        Filter(
            gettext("not %(value)s", value=label(facet, value, names)),
            replace(request, query=rest, offset=0),
        )
        for facet, value, rest in _excluded(request.query)
    ]


def _excluded(query: str) -> Iterator[tuple[str, str, str]]:
    """What `excluding` has put into a query: the facet, the value, and the query without it."""
    facets = {named: facet for facet, named in _EXACT.items()}
    for found in _EXCLUSION.finditer(query):
        is_quoted = query[: found.start()].count('"') % 2
        if not is_quoted:
            value = found["quoted"] or found["plain"] or ""
            rest = query[: found.start()].rstrip() + query[found.end() :]
            yield facets[found["field"]], value, rest.strip()


def _explained_label(request: SearchRequest, one: Explanation, names: Names) -> str:
    if one.parameter and one.parameter in FACETS:
        values = chosen_values(request, FACETS[one.parameter])
        return wording.one_of([label(one.parameter, value, names) for value in values])
    return wording.period(request.since, request.until) if one.parameter else one.label


def label(facet: str, value: str, names: Names) -> str:
    """What a value of a facet is called."""
    match facet in FACETS and FACETS[facet].kind:
        case "people":
            return names.get(value, value)
        case "choices":
            return wording.choice(FACETS[facet], value)
        case "codes":
            return wording.language(value)
        case _:
            return value
