"""Facet values as links: each narrows the search, widens it again, or leaves the value out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from indexer import FACETS, FacetCount, SearchResults
from search_app.urls.links import quoted_argument
from search_app.urls.narrowing import (
    Address,
    excluding,
    in_query,
    is_chosen,
    label,
    with_value,
    without_value,
)
from search_app.wording.dates import years
from search_app.wording.languages import gettext

_MAX_OPEN, _MAX_FOLDED = 6, 40
"""Values in sight and, after them, values under "more"."""

_FIRST_FACETS = ("speaker", "source", "year")
"""Facets at the top of the page; the others follow in their order."""

_PLACEHOLDER = "\uffff"
"""Any value, in an address to fill in. A noncharacter occurs in no text (Unicode 23.7)."""


@dataclass(frozen=True, slots=True)
class FacetLink:
    """A facet value with its links.

    ``url`` adds the value, or removes it if it is chosen. ``exclude_url`` leaves its passages out,
    ``exclusion`` says so. ``span`` are the years of a speaker.
    """

    label: str
    count: int
    url: str
    chosen: bool
    exclude_url: str
    exclusion: str
    span: str = ""


@dataclass(frozen=True, slots=True)
class FacetList:
    """A facet on a page. ``more`` is the number of values that are not listed."""

    name: str
    heading: str
    links: tuple[FacetLink, ...]
    folded: tuple[FacetLink, ...]
    more: int


def facet_lists(results: SearchResults, address: Address) -> list[FacetList]:
    """List the facets that have values, each with its links."""
    others = [name for name in FACETS if name not in _FIRST_FACETS]
    return [
        _facet_list(name, results, address)
        for name in (*_FIRST_FACETS, *others)
        if results.facets.get(name)
    ]


def facet_links(results: SearchResults, facet: str, address: Address) -> list[FacetLink]:
    """List the values of a facet with their links, in the order of the results."""
    return _links(results, facet, results.facets.get(facet, ()), address)


def _facet_list(facet: str, results: SearchResults, address: Address) -> FacetList:
    heading = gettext(FACETS[facet].heading) if facet in FACETS else gettext("Years")
    # Chosen values come first, so that they can always be removed.
    request = results.request
    values = sorted(results.facets[facet], key=lambda one: not is_chosen(request, facet, one.value))
    links = _links(results, facet, values[: _MAX_OPEN + _MAX_FOLDED], address)
    more = results.facet_sizes[facet] - len(links)
    return FacetList(facet, heading, tuple(links[:_MAX_OPEN]), tuple(links[_MAX_OPEN:]), more)


def _links(
    results: SearchResults, facet: str, values: Sequence[FacetCount], address: Address
) -> list[FacetLink]:
    request = results.request
    # The query as understood is complete; as typed it may end inside a quotation.
    understood = replace(request, query=results.understood)
    narrowed = _template(address(with_value(request, facet, _PLACEHOLDER)), str)
    excluded = _template(address(excluding(understood, facet, _PLACEHOLDER)), in_query)
    exclusion = gettext("not %(value)s")
    return [
        FacetLink(
            label=name,
            count=one.count,
            url=(
                address(without_value(request, facet, one.value)) if is_on else narrowed(one.value)
            ),
            chosen=is_on,
            exclude_url=(
                address(excluding(understood, facet, one.value)) if is_on else excluded(one.value)
            ),
            exclusion=exclusion % {"value": name},
            span=years(one.first, one.last),
        )
        for one in values
        for is_on in [is_chosen(request, facet, one.value)]
        for name in [label(facet, one.value, {one.value: one.label})]
    ]


def _template(address: str, written: Callable[[str], str]) -> Callable[[str], str]:
    """Return a function that puts a value into an address. Building each address is far slower."""
    placeholder = quoted_argument(written(_PLACEHOLDER))
    return lambda value: address.replace(placeholder, quoted_argument(written(value)))
