"""The values of facets as they are shown."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.records import FacetCount, Matches


def facet_counts(found: Matches, names: Mapping[str, str]) -> dict[str, tuple[FacetCount, ...]]:
    """Facets as they are shown: the most frequent first, equal ones by what they are called (as
    ``names`` says of speakers); years from the latest on."""
    facets = {}
    for facet, counts in found.facets.items():
        labels = names if facet == "speaker" else {}
        spans = found.spans if facet == "speaker" else {}
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
