"""From one search to its neighbours: values to filter by, filters to drop, other pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import search_app.wording as wording
from indexer import Explanation, FacetCount, SearchRequest, SearchResults
from search_app.languages import gettext
from search_app.request_args import LAST_PAGE

Address: TypeAlias = Callable[[SearchRequest], str]
"""How a search becomes a URL: as a page, or in the format that is being answered."""

Names: TypeAlias = Mapping[str, str]
"""The names of speakers, by id."""

FACETS = {
    "speaker": "speakers",
    "source": "sources",
    "role": "roles",
    "language": "languages",
}
"""The facets that take several values, and the field of `SearchRequest` that filters by each."""

_SHOWN, _FOLDED = 6, 60
_EXCLUDED = {
    "speaker": "speaker:=",
    "source": "source:",
    "role": "in:",
    "language": "language:",
    "year": "date:",
}
"""How a query names a value of each facet, and no other that is written alike."""

_EXCLUSION = re.compile(
    r"(?:^|(?<=\s))-(?P<field>speaker:=|source:|in:|language:|date:)"
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


@dataclass(frozen=True, slots=True)
class FacetLink:
    """A value of a facet and where it leads: to the search with it, or without it if it is on; and
    to the search that excludes it. ``span`` is when a speaker said it first and last."""

    label: str
    count: int
    url: str
    chosen: bool
    exclude_url: str
    span: str = ""


@dataclass(frozen=True, slots=True)
class FacetList:
    """One facet as it is shown: some values, more that are folded away, and how many are left."""

    heading: str
    links: tuple[FacetLink, ...]
    folded: tuple[FacetLink, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Paging:
    """Where in the results one is, and the searches beside it; ``None`` where there is none."""

    page: int
    pages: int
    previous: SearchRequest | None
    next: SearchRequest | None
    numbered: tuple[tuple[int, SearchRequest], ...]


def with_value(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """The search with one more value of a facet; a year takes the place of the dates before."""
    if facet == "year":
        return replace(request, since=value, until=value, offset=0)
    return _changed(request, facet, (*getattr(request, FACETS[facet]), value))


def without_value(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """The search without this value of a facet."""
    if facet == "year":
        return replace(request, since=None, until=None, offset=0)
    kept = tuple(one for one in getattr(request, FACETS[facet]) if one != value)
    return _changed(request, facet, kept)


def only_value(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """The search with this value in place of all others of its facet."""
    return _changed(request, facet, (value,))


def excluding(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """The search without the passages that have this value: the query says so from then on.

    The query has to be whole, as a query that was understood is.
    """
    named = value if _PLAIN.fullmatch(value) else f'"{_QUOTES.sub(" ", value)}"'
    query = f"({request.query})" if " OR " in request.query else request.query
    rest = without_value(request, facet, value)
    return replace(rest, query=f"{query} -{_EXCLUDED[facet]}{named}".strip(), offset=0)


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
    return value in getattr(request, FACETS[facet])


def filters(request: SearchRequest, names: Names) -> list[Filter]:
    """The filters that are on, each by itself, in the order of the facets; then
    dates, and what the query leaves out."""
    found = [
        Filter(_label(facet, value, names), without_value(request, facet, value))
        for facet, field in FACETS.items()
        for value in getattr(request, field)
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


def facet_lists(results: SearchResults, address: Address) -> list[FacetList]:
    """The facets that have values, as lists of links."""
    headings = {
        "speaker": gettext("Speakers"),
        "source": gettext("Outlets"),
        "role": gettext("Said in"),
        "year": gettext("Years"),
        "language": gettext("Languages"),
    }
    return [
        _facet_list(heading, facet_links(results, facet, address))
        for facet, heading in headings.items()
        if results.facets.get(facet)
    ]


def facet_links(
    results: SearchResults, facet: str, address: Address, most: int | None = None
) -> list[FacetLink]:
    """The values of a facet with their links, in the order of the results; all, or the first."""
    values = results.facets.get(facet, ())[:most]
    return [_facet_link(results, facet, value, address) for value in values]


def paging(results: SearchResults) -> Paging:
    """The pages around this one; past the end, ``previous`` is the last page that has results."""
    request = results.request
    page = request.offset // request.limit + 1
    items = results.articles if request.group == "article" else results.total
    pages = min(-(-items // request.limit), LAST_PAGE)
    around = sorted({1, pages, *range(page - 2, page + 3)})
    return Paging(
        page,
        pages,
        _at(request, min(page - 1, pages)) if page > 1 and pages else None,
        _at(request, page + 1) if page < pages else None,
        tuple((number, _at(request, number)) for number in around if 1 <= number <= pages),
    )


def _at(request: SearchRequest, page: int) -> SearchRequest:
    return replace(request, offset=(page - 1) * request.limit)


def _changed(request: SearchRequest, facet: str, values: tuple[str, ...]) -> SearchRequest:
    change: dict[str, Any] = {FACETS[facet]: values}
    return replace(request, offset=0, **change)


def _dates(request: SearchRequest) -> list[Filter]:
    if not (request.since or request.until):
        return []
    label = wording.period(request.since, request.until)
    return [Filter(label, replace(request, since=None, until=None, offset=0))]


def _exclusions(request: SearchRequest, names: Names) -> list[Filter]:
    return [
        Filter(
            gettext("not %(value)s", value=_label(facet, value, names)),
            replace(request, query=rest, offset=0),
        )
        for facet, value, rest in _excluded(request.query)
    ]


def _excluded(query: str) -> Iterator[tuple[str, str, str]]:
    """What `excluding` has put into a query: the facet, the value, and the query without it."""
    facets = {named: facet for facet, named in _EXCLUDED.items()}
    for found in _EXCLUSION.finditer(query):
        is_quoted = query[: found.start()].count('"') % 2
        if not is_quoted:
            value = found["quoted"] or found["plain"] or ""
            rest = query[: found.start()].rstrip() + query[found.end() :]
            yield facets[found["field"]], value, rest.strip()


def _explained_label(request: SearchRequest, one: Explanation, names: Names) -> str:
    if one.parameter in FACETS:
        values = getattr(request, FACETS[one.parameter])
        return wording.one_of([_label(one.parameter, value, names) for value in values])
    return wording.period(request.since, request.until) if one.parameter else one.label


def _label(facet: str, value: str, names: Names) -> str:
    match facet:
        case "speaker":
            return names.get(value, value)
        case "role":
            return wording.role(value)
        case "language":
            return wording.language(value)
        case _:
            return value


def _facet_list(heading: str, links: list[FacetLink]) -> FacetList:
    # What is on must stay in sight, so that it can be taken off.
    links = sorted(links, key=lambda link: not link.chosen)
    end = _SHOWN + _FOLDED
    return FacetList(heading, tuple(links[:_SHOWN]), tuple(links[_SHOWN:end]), len(links[end:]))


def _facet_link(
    results: SearchResults, facet: str, value: FacetCount, address: Address
) -> FacetLink:
    request = results.request
    chosen = is_chosen(request, facet, value.value)
    change = without_value if chosen else with_value
    # What was understood is whole; what was typed may end within a quotation.
    understood = replace(request, query=results.understood)
    return FacetLink(
        label=_label(facet, value.value, {value.value: value.label}),
        count=value.count,
        url=address(change(request, facet, value.value)),
        chosen=chosen,
        exclude_url=address(excluding(understood, facet, value.value)),
        span=wording.years(value.first, value.last),
    )
