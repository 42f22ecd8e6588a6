"""From one search to its neighbours: values to filter by, filters to drop, other pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from indexer import FacetCount, SearchRequest, SearchResults
from search_app.request_args import LAST_PAGE
from search_app.wording import ROLE_LABELS, period

Address: TypeAlias = Callable[[SearchRequest], str]
"""How a search becomes a URL: as a page, or in the format that is being answered."""

Names: TypeAlias = Mapping[str, str]
"""The names of speakers, by id."""

FACETS = {"speaker": "speakers", "source": "sources", "role": "roles"}
"""The facets that take several values, and the field of `SearchRequest` that filters by each."""

_HEADINGS = {"speaker": "Speakers", "source": "Outlets", "year": "Years", "role": "Said in"}
_SHOWN, _FOLDED = 6, 60


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter that is on: its words, and the search without it."""

    label: str
    without: SearchRequest


@dataclass(frozen=True, slots=True)
class FacetLink:
    """A value of a facet and where it leads: to the search with it, or without it if it is on."""

    label: str
    count: int
    url: str
    chosen: bool


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


def is_chosen(request: SearchRequest, facet: str, value: str) -> bool:
    """Whether the search is filtered by this value."""
    if facet == "year":
        return request.since == request.until == value
    return value in getattr(request, FACETS[facet])


def filters(request: SearchRequest, names: Names) -> list[Filter]:
    """The filters that are on, each by itself, in the order of the facets; dates come last."""
    found = [
        Filter(_label(facet, value, names), without_value(request, facet, value))
        for facet, field in FACETS.items()
        for value in getattr(request, field)
    ]
    return found + _dates(request)


def kinds_of_filter(request: SearchRequest, names: Names) -> Iterator[Filter]:
    """The same filters, the values of one facet taken together: what to drop for more results."""
    for facet, field in FACETS.items():
        values = getattr(request, field)
        if values:
            label = " or ".join(_label(facet, value, names) for value in values)
            yield Filter(label, _changed(request, facet, ()))
    yield from _dates(request)


def facet_lists(results: SearchResults, address: Address) -> list[FacetList]:
    """The facets that have values, as lists of links."""
    return [
        _facet_list(heading, facet_links(results, facet, address))
        for facet, heading in _HEADINGS.items()
        if results.facets.get(facet)
    ]


def facet_links(results: SearchResults, facet: str, address: Address) -> list[FacetLink]:
    """Every value of a facet with its link, in the order of the results."""
    return [_facet_link(results.request, facet, value, address) for value in results.facets[facet]]


def paging(results: SearchResults) -> Paging:
    """The pages around this one; past the end, ``previous`` is the last page that has results."""
    request = results.request
    page = request.offset // request.limit + 1
    pages = min(-(-results.total // request.limit), LAST_PAGE)
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
    label = period(request.since, request.until)
    return [Filter(label, replace(request, since=None, until=None, offset=0))]


def _label(facet: str, value: str, names: Names) -> str:
    return {"speaker": names, "role": ROLE_LABELS}.get(facet, {}).get(value, value)


def _facet_list(heading: str, links: list[FacetLink]) -> FacetList:
    # What is on must stay in sight, so that it can be taken off.
    links = sorted(links, key=lambda link: not link.chosen)
    end = _SHOWN + _FOLDED
    return FacetList(heading, tuple(links[:_SHOWN]), tuple(links[_SHOWN:end]), len(links[end:]))


def _facet_link(
    request: SearchRequest, facet: str, value: FacetCount, address: Address
) -> FacetLink:
    chosen = is_chosen(request, facet, value.value)
    change = without_value if chosen else with_value
    url = address(change(request, facet, value.value))
    label = _label(facet, value.value, {value.value: value.label})
    return FacetLink(label, value.count, url, chosen)
