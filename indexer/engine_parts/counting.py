"""Counts of many values, and the few that are told."""

from __future__ import annotations

from collections.abc import Mapping


def most_frequent(counts: Mapping[str, int], most: int) -> dict[str, int]:
    """So many values, the most frequent first, equal ones in their order."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most])
