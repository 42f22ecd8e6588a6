"""The holders of offices, by outlet and month: whom "The President" means."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

import indexer.people.offices as offices
from indexer.messages import N_
from indexer.people.identity import Identity
from indexer.people.joined_names import UNDATED
from indexer.people.labels import Label, parts_of

HOLDER = N_("the holder of the office at that time")

FEWEST_ARTICLES = 2
"""Articles of three months that name the holder by the office and the surname."""

MOST_SHARE = 0.8
"""The share of such articles that one person must have: in a month of change nobody has."""


class OfficeHolders:
    """The people whom articles call by an office, counted by outlet and month.

    An article that has one president says itself whom it calls "The President".
    """

    def __init__(self, resolved: Iterable[tuple[Label, Identity]]) -> None:
        self._counts: defaultdict[tuple[str | None, str, int], Counter[Identity]] = defaultdict(
            Counter
        )
        for label, identity in resolved:
            parts = parts_of((label.name, label.as_printed))
            if parts.office and identity.id and identity.kind == "person":
                plain = replace(identity, reason=None, role=None)
                self._counts[label.outlet, offices.head(parts.office), label.month][plain] += 1

    def of(self, label: Label) -> Identity | None:
        """Return the one person who holds the office that is all of a label.

        Returns ``None`` for other labels, and if nobody holds it for certain.
        """
        parts = parts_of((label.name, label.as_printed))
        if parts.words or not parts.office or label.month == UNDATED:
            return None
        near: Counter[Identity] = Counter()
        for month in (label.month - 1, label.month, label.month + 1):
            near.update(self._counts.get((label.outlet, parts.office, month), {}))
        if not near:
            return None
        ((holder, articles),) = near.most_common(1)
        if articles < FEWEST_ARTICLES or articles < MOST_SHARE * near.total():
            return None
        return replace(holder, reason=HOLDER)
