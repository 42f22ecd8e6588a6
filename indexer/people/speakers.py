"""Who speaks in an index: under which names, how often, when, and in which printed roles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Naming:
    """Passages of one article whose speaker is named in one way. Dates are of publication."""

    speaker_id: str
    name: str
    as_printed: str | None
    role: str | None
    outlet: str | None
    article_id: str
    passages: int
    published: str | None


@dataclass(frozen=True, slots=True)
class PrintedRole:
    """A role as printed, how many passages print it, and the first and last date of them."""

    role: str
    passages: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class SpeakerEntry:
    """A speaker, with all printed forms of the name, most frequent first, and roles over time."""

    id: str
    name: str
    passages: int
    articles: int
    first: str | None
    last: str | None
    printed: tuple[str, ...]
    roles: tuple[PrintedRole, ...]
    outlets: tuple[str, ...]


def speakers(namings: Iterable[Naming]) -> list[SpeakerEntry]:
    """Every speaker, those with most passages first."""
    by_id: defaultdict[str, list[Naming]] = defaultdict(list)
    for naming in namings:
        by_id[naming.speaker_id].append(naming)
    entries = [_entry(speaker_id, own) for speaker_id, own in by_id.items()]
    return sorted(entries, key=lambda entry: (-entry.passages, entry.id))


def _entry(speaker_id: str, own: Sequence[Naming]) -> SpeakerEntry:
    first, last = _dates(own)
    return SpeakerEntry(
        id=speaker_id,
        name=_most((n.name, n.passages) for n in own)[0],
        passages=sum(n.passages for n in own),
        articles=len({n.article_id for n in own}),
        first=first,
        last=last,
        printed=_most((n.as_printed, n.passages) for n in own),
        roles=_roles(own),
        outlets=_most((n.outlet, n.passages) for n in own),
    )


def _most(counted: Iterable[tuple[str | None, int]]) -> tuple[str, ...]:
    """The values that are there, most frequent first."""
    counts: Counter[str] = Counter()
    for value, count in counted:
        if value:
            counts[value] += count
    return tuple(sorted(counts, key=lambda value: (-counts[value], value)))


def _roles(own: Sequence[Naming]) -> tuple[PrintedRole, ...]:
    """In order of the first date; undated ones come last."""
    by_role: defaultdict[str, list[Naming]] = defaultdict(list)
    for naming in own:
        if naming.role:
            by_role[naming.role].append(naming)
    roles = [
        PrintedRole(role, sum(n.passages for n in printed), *_dates(printed))
        for role, printed in by_role.items()
    ]
    return tuple(sorted(roles, key=lambda role: (role.first is None, role.first or "", role.role)))


def _dates(own: Iterable[Naming]) -> tuple[str | None, str | None]:
    dates = [n.published for n in own if n.published]
    return min(dates, default=None), max(dates, default=None)
