"""Labels and sorts the values of facets."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.records import FacetCount, Matches


def facet_counts(matches: Matches, names: Mapping[str, str]) -> dict[str, tuple[FacetCount, ...]]:
    """Return the facets with labels: most frequent first, ties by label, years latest first.

    ``names`` maps speaker ids to names.
    """
    facets = {}
    for facet, counts in matches.facets.items():
        labels = names if facet == "speaker" else {}
        spans = matches.spans if facet == "speaker" else {}
        values = [
            FacetCount(value, labels.get(value, value), count, *spans.get(value, (None, None)))
            for value, count in counts.items()
        ]
        if facet == "year":
            values.sort(key=lambda one: one.value, reverse=True)
        else:
            values.sort(key=lambda one: (-one.count, one.label, one.value))
        facets[facet] = tuple(values)
    return facets
