"""Which values of a facet are shown, and in which order."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.records import FacetCount, Matches


def most_frequent(counts: Mapping[str, int], most: int) -> dict[str, int]:
    """So many values, the most frequent first, equal ones in their order."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most])


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
