"""Collects the speakers of an index: their names, printed forms, roles, outlets and dates."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.people.labels import split


@dataclass(frozen=True, slots=True)
class Naming:
    """The passages of one article whose speaker is named in one form, with their number.

    ``published`` is the date of the article.
    """

    speaker_id: str
    name: str
    as_printed: str | None
    role: str | None
    outlet: str | None
    article_id: str
    kind: str | None
    reason: str | None
    passages: int
    published: str | None


@dataclass(frozen=True, slots=True)
class PrintedRole:
    """A role as printed, with the number, first and last date of the passages that print it."""

    role: str
    passages: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """A form in which a speaker is printed, its passages, and the reason why it means them.

    ``outlets`` print it from the ``first`` date to the ``last``; ``is_placed`` is true if each
    article that prints it has an outlet and a date. ``is_listed`` is true if it is the speaker's
    name, or an alias in ``speakers.toml``, whatever its case and accents.
    """

    form: str
    passages: int
    reason: str | None
    outlets: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    is_placed: bool = False
    is_listed: bool = False


@dataclass(frozen=True, slots=True)
class SpeakerEntry:
    """A speaker with printed forms and outlets, most frequent first, and roles over time.

    ``kind`` is "person" or "body". ``same_as`` are pages about a person, as the keeper lists them.
    """

    id: str
    name: str
    passages: int
    articles: int
    first: str | None
    last: str | None
    printed: tuple[str, ...]
    forms: tuple[PrintedForm, ...]
    roles: tuple[PrintedRole, ...]
    outlets: tuple[str, ...]
    kind: str | None = None
    same_as: tuple[str, ...] = ()

    @property
    def pronoun(self) -> str | None:
        """The pronoun that the printed forms of address tell ("he", "she")."""
        told = {pronoun for one in self.forms if (pronoun := split(one.form).pronoun)}
        return told.pop() if len(told) == 1 else None


def speakers(namings: Iterable[Naming]) -> list[SpeakerEntry]:
    """Group namings by speaker. Returns the speakers with most passages first."""
    by_id: defaultdict[str, list[Naming]] = defaultdict(list)
    for naming in namings:
        by_id[naming.speaker_id].append(naming)
    entries = [_entry(speaker_id, own) for speaker_id, own in by_id.items()]
    return sorted(entries, key=lambda entry: (-entry.passages, entry.id))


def _entry(speaker_id: str, own: Sequence[Naming]) -> SpeakerEntry:
    first, last = _dates(own)
    return SpeakerEntry(
        id=speaker_id,
        name=_most_frequent((n.name, n.passages) for n in own)[0],
        passages=sum(n.passages for n in own),
        articles=len({n.article_id for n in own}),
        first=first,
        last=last,
        printed=_most_frequent((n.as_printed, n.passages) for n in own),
        forms=_forms(own),
        roles=_roles(own),
        outlets=_most_frequent((n.outlet, n.passages) for n in own),
        kind=own[0].kind,
    )


def _most_frequent(counted: Iterable[tuple[str | None, int]]) -> tuple[str, ...]:
    """Return the values that are not ``None``, most frequent first."""
    counts: Counter[str] = Counter()
    for value, count in counted:
        if value:
            counts[value] += count
    return tuple(sorted(counts, key=lambda value: (-counts[value], value)))


def _forms(own: Sequence[Naming]) -> tuple[PrintedForm, ...]:
    """Return each printed form with each reason, the most frequent first."""
    printed: defaultdict[tuple[str, str | None], list[Naming]] = defaultdict(list)
    for naming in own:
        printed[naming.as_printed or naming.name, naming.reason].append(naming)
    forms = [
        PrintedForm(
            form,
            sum(n.passages for n in namings),
            reason,
            _most_frequent((n.outlet, n.passages) for n in namings),
            *_dates(namings),
            is_placed=all(n.outlet and n.published for n in namings),
        )
        for (form, reason), namings in printed.items()
    ]
    return tuple(sorted(forms, key=lambda one: (-one.passages, one.form, one.reason or "")))


def _roles(own: Sequence[Naming]) -> tuple[PrintedRole, ...]:
    """Return the roles in order of their first date, undated ones last."""
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
