"""Tells labels of one surname in one article apart by what is printed before it.

A record calls each of its speakers in one way. Where both "MAYOR TOFT" and "PROF. TOFT" speak, they
are two people, and the full name that the article prints is that of the one whose office it prints.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

import indexer.people.offices as offices
from indexer.people.honorifics import PRONOUN_OF
from indexer.people.labels import Label, Parts, parts_of

BESIDE_AN_OFFICE = frozenset((*PRONOUN_OF, "dr", "drs"))
"""Forms of address beside an office: "MAYOR TOFT" may become "MR. TOFT" or "DR. TOFT"."""


def title_of(parts: Parts) -> str | None:
    """Return the office before a surname that is printed alone, or a title like "Prof."."""
    title = (parts.office or parts.honorific) if len(parts.words) == 1 else None
    return None if title in BESIDE_AN_OFFICE else title


def contested(labels: Iterable[Label]) -> Set[int]:
    """Return the articles in which labels of a surname have different titles."""
    titles: defaultdict[int, set[str]] = defaultdict(set)
    for label in labels:
        title = title_of(_parts(label))
        if label.is_label and title:
            titles[label.article].add(title)
    return {article for article, own in titles.items() if not _are_one(own)}


def as_printed_alone(labels: Sequence[Label]) -> list[Label]:
    """Return labels of a surname, the contested ones without the full name of their article."""
    articles = contested(labels)
    return [
        replace(label, name=label.as_printed or label.name)
        if label.article in articles and title_of(_parts(label))
        else label
        for label in labels
    ]


def _are_one(titles: Set[str]) -> bool:
    shortest = min(titles, key=len)
    return all(offices.are_one(shortest, other) for other in titles)


def _parts(label: Label) -> Parts:
    return parts_of((label.name, label.as_printed))
