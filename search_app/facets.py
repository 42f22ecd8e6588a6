"""The values of facets with their counts, each a way to narrow the search, to widen it again, or to
leave the value out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import search_app.wording as wording
from indexer import FacetCount, SearchResults
from search_app.languages import gettext
from search_app.narrowing import (
    Address,
    excluding,
    is_chosen,
    label,
    with_value,
    without_value,
)

_SHOWN, _FOLDED = 6, 40


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
    headings = {
        "speaker": gettext("Speakers"),
        "source": gettext("Outlets"),
        "role": gettext("Said in"),
        "year": gettext("Years"),
        "language": gettext("Languages"),
    }
    return [
        _facet_list(heading, results, facet, address)
        for facet, heading in headings.items()
        if results.facets.get(facet)
    ]


def facet_links(results: SearchResults, facet: str, address: Address) -> list[FacetLink]:
    """The values of a facet with their links, in the order of the results."""
    values = results.facets.get(facet, ())
    return [_facet_link(results, facet, value, address) for value in values]


def _facet_list(heading: str, results: SearchResults, facet: str, address: Address) -> FacetList:
    # What is on must stay in sight, so that it can be taken off.
    request = results.request
    values = sorted(results.facets[facet], key=lambda one: not is_chosen(request, facet, one.value))
    shown = [_facet_link(results, facet, one, address) for one in values[: _SHOWN + _FOLDED]]
    left_out = results.facet_sizes[facet] - len(shown)
    return FacetList(heading, tuple(shown[:_SHOWN]), tuple(shown[_SHOWN:]), left_out)


def _facet_link(
    results: SearchResults, facet: str, value: FacetCount, address: Address
) -> FacetLink:
    request = results.request
    chosen = is_chosen(request, facet, value.value)
    change = without_value if chosen else with_value
    # What was understood is whole; what was typed may end within a quotation.
    understood = replace(request, query=results.understood)
    return FacetLink(
        label=label(facet, value.value, {value.value: value.label}),
        count=value.count,
        url=address(change(request, facet, value.value)),
        chosen=chosen,
        exclude_url=address(excluding(understood, facet, value.value)),
        span=wording.years(value.first, value.last),
    )
