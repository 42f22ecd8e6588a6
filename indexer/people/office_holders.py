"""The holders of offices, by outlet and month: whom "The President" means."""

from __future__ import annotations

from collections import Counter, defaultdict

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


Post = tuple[str | None, str, int]
"""An outlet, an office without the land or body that it is of, and a month."""


class OfficeHolders:
    """The people whom articles call by an office, counted by outlet and month.

    An article that has one president says itself whom it calls "The President".
    """

    def __init__(self) -> None:
        self._counts: defaultdict[Post, Counter[tuple[str, str]]] = defaultdict(Counter)

    def add(self, post: Post, person: tuple[str, str], articles: int) -> None:
        """Count articles that call a person, by id and name, by an office."""
        self._counts[post][person] += articles

    def of(self, label: Label) -> Identity | None:
        """Return the one person who holds the office that is all of a label.

        Returns ``None`` for other labels, and if nobody holds it for certain.
        """
        if not is_office_alone(label) or label.month == UNDATED:
            return None
        office = parts_of((label.name, label.as_printed)).office or ""
        near: Counter[tuple[str, str]] = Counter()
        for month in (label.month - 1, label.month, label.month + 1):
            near.update(self._counts.get((label.outlet, office, month), {}))
        if not near:
            return None
        ((person, articles),) = near.most_common(1)
        if articles < FEWEST_ARTICLES or articles < MOST_SHARE * near.total():
            return None
        return Identity(*person, reason=HOLDER)


def office_of(label: Label) -> str | None:
    """Return the office that a label prints, without the land or body that it is of."""
    office = parts_of((label.name, label.as_printed)).office
    return offices.head(office) if office else None


def is_office_alone(label: Label) -> bool:
    """Return True if an office is all that a label prints: "THE PRESIDENT"."""
    parts = parts_of((label.name, label.as_printed))
    return not parts.words and bool(parts.office)
