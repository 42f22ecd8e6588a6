"""Labels and sorts the values of facets."""

from __future__ import annotations

from indexer.records import FACET_VALUES, FacetCount, Matches
from indexer.storage.speakers import Speakers


def facet_counts(matches: Matches, speakers: Speakers) -> dict[str, tuple[FacetCount, ...]]:
    """Return the facets with labels: most frequent first, ties by label, years latest first.

    Speakers who are no people are not among the values.
    """
    facets = {}
    for facet, counts in matches.facets.items():
        labels = speakers.names if facet == "speaker" else {}
        spans = matches.spans if facet == "speaker" else {}
        values = [
            FacetCount(value, labels.get(value, value), count, *spans.get(value, (None, None)))
            for value, count in counts.items()
            if facet != "speaker" or value not in speakers.bodies
        ]
        if facet == "year":
            values.sort(key=lambda one: one.value, reverse=True)
        else:
            values.sort(key=lambda one: (-one.count, one.label, one.value))
        facets[facet] = tuple(values if facet == "year" else values[:FACET_VALUES])
    return facets
