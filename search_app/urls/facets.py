"""The values of facets with their counts, each a way to narrow the search, to widen it again, or to
leave the value out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import search_app.wording.phrases as wording
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
from search_app.wording.languages import gettext

_SHOWN, _FOLDED = 6, 40

_ANY = "\uffff"
"""Stands for a value in an address: no character, and so in no text (Unicode 23.7)."""


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


def facet_lists(results: SearchResults, address: Address) -> list[FacetList]:
    """The facets that have values, as lists of links."""
    headings = {name: gettext(facet.heading) for name, facet in FACETS.items()}
    headings["year"] = gettext("Years")
    return [
        _facet_list(heading, results, facet, address)
        for facet, heading in headings.items()
        if results.facets.get(facet)
    ]


def facet_links(results: SearchResults, facet: str, address: Address) -> list[FacetLink]:
    """The values of a facet with their links, in the order of the results."""
    return _links(results, facet, results.facets.get(facet, ()), address)


def _facet_list(heading: str, results: SearchResults, facet: str, address: Address) -> FacetList:
    # What is on must stay in sight, so that it can be taken off.
    request = results.request
    values = sorted(results.facets[facet], key=lambda one: not is_chosen(request, facet, one.value))
    shown = _links(results, facet, values[: _SHOWN + _FOLDED], address)
    left_out = results.facet_sizes[facet] - len(shown)
    return FacetList(heading, tuple(shown[:_SHOWN]), tuple(shown[_SHOWN:]), left_out)


def _links(
    results: SearchResults, facet: str, values: Sequence[FacetCount], address: Address
) -> list[FacetLink]:
    request = results.request
    # What was understood is whole; what was typed may end within a quotation.
    understood = replace(request, query=results.understood)
    narrowed = _filled(address(with_value(request, facet, _ANY)), str)
    excluded = _filled(address(excluding(understood, facet, _ANY)), in_query)
    return [
        FacetLink(
            label=label(facet, one.value, {one.value: one.label}),
            count=one.count,
            url=address(without_value(request, facet, one.value)) if is_on else narrowed(one.value),
            chosen=is_on,
            exclude_url=(
                address(excluding(understood, facet, one.value)) if is_on else excluded(one.value)
            ),
            span=wording.years(one.first, one.last),
        )
        for one in values
        for is_on in [is_chosen(request, facet, one.value)]
    ]


def _filled(address: str, named: Callable[[str], str]) -> Callable[[str], str]:
    """Puts values into an address: many times faster than making one for each."""
    anything = quoted_argument(named(_ANY))
    return lambda value: address.replace(anything, quoted_argument(named(value)))
