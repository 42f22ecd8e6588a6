"""Resolves printed names by ``corpus/speakers.toml``: one row a person, with all printed names.

    [[speaker]]
    name = "Nara Velidze"
    also = ["N. Velidze", "Нара Велидзе", "President Velidze"]
    roles = [
        { role = "Chair of the Council", from = "2019", to = "2022-05" },
        { role = "President", from = "2022-06", label = "The President", outlet = "Office of …" },
    ]

A name is resolved only if it is listed, whatever its case, accents and punctuation. A bare label
("THE PRESIDENT:") is resolved only in the outlets and within the dates of a role.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

import indexer.text.periods as periods
from indexer.errors import CorpusError
from indexer.records import IngestedArticle, Passage, Speaker
from indexer.text.slugs import slug

FILE = "speakers.toml"

_ROW_KEYS = frozenset({"name", "id", "also", "roles"})
_ROLE_KEYS = frozenset({"role", "from", "to", "label", "outlet"})


@dataclass(frozen=True, slots=True)
class Tenure:
    """A role from ``since`` to ``until``: years, months or days, inclusive.

    In articles of ``outlets`` from these dates the bare ``label`` means this person.
    """

    role: str
    since: str | None = None
    until: str | None = None
    label: str | None = None
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A row: canonical name, id, other printed names, and roles.

    The default id is the name as a slug.
    """

    name: str
    id: str
    also: tuple[str, ...] = ()
    roles: tuple[Tenure, ...] = ()


class Aliases:
    """The people of ``speakers.toml``, by their printed names.

    Raises `CorpusError` if two people have the same name or the same id.
    """

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self.people = tuple(people)
        self._by_name = _by_name(self.people)
        self._by_label: dict[str, list[tuple[Person, Tenure]]] = {}
        for person in self.people:
            for tenure in person.roles:
                if tenure.label:
                    held = self._by_label.setdefault(_key(tenure.label), [])
                    held.append((person, tenure))

    def digest(self) -> str:
        """Return a digest that is equal for tables with the same rows."""
        return hashlib.sha256(repr(self.people).encode()).hexdigest()[:16]

    def person(self, name: str) -> Person | None:
        """Return the person with this name or alias, or ``None``."""
        return self._by_name.get(_key(name))

    def names(self) -> Iterator[tuple[str, str, str]]:
        """Return every name with its slug, and the id of its person."""
        for person in self.people:
            for name in dict.fromkeys((person.name, *person.also)):
                yield name, _key(name), person.id

    def passage(self, passage: Passage) -> Passage:
        """Replace the speaker's name by the canonical one. The printed form is kept."""
        if passage.speaker is None:
            return passage
        known = self.resolve(passage.speaker, passage.outlet, passage.published)
        if known is None:
            return passage
        person, role = known
        return replace(
            passage,
            speaker=person.name,
            speaker_id=person.id,
            speaker_role=passage.speaker_role or role,
        )

    def article(self, ingested: IngestedArticle) -> IngestedArticle:
        """Replace the names of all speakers of an article by the canonical ones."""
        outlet, published = ingested.article.outlet, ingested.article.published

        def named(speaker: Speaker | None) -> Speaker | None:
            known = self.resolve(speaker.name, outlet, published) if speaker else None
            if speaker is None or known is None:
                return speaker
            return replace(speaker, name=known[0].name, role=speaker.role or known[1])

        return replace(
            ingested,
            turns=tuple(replace(turn, speaker=named(turn.speaker)) for turn in ingested.turns),
            quotations=tuple(replace(q, speaker=named(q.speaker)) for q in ingested.quotations),
            passages=tuple(self.passage(passage) for passage in ingested.passages),
        )

    def resolve(
        self, name: str, outlet: str | None, published: str | None
    ) -> tuple[Person, str | None] | None:
        """Return the person with a name, and the role that the label states.

        ``name`` must be the fullest form in the article: a surname may be another person's, whom
        the article names in full.
        """
        if person := self.person(name):
            return person, None
        fitting = [
            (person, tenure.role)
            for person, tenure in self._by_label.get(_key(name), ())
            if outlet in tenure.outlets and _is_within(tenure, published)
        ]
        # On the day when a role changes hands two people fit, so the person is unknown.
        return fitting[0] if len({person.id for person, _ in fitting}) == 1 else None


def parse_aliases(data: bytes) -> Aliases:
    """Parse the contents of ``speakers.toml``.

    Raises `CorpusError` that says what is wrong.
    """
    try:
        return Aliases(_people(tomllib.loads(data.decode("utf-8-sig"))))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise CorpusError(f"it is not TOML: {problem}") from problem


def _key(name: str) -> str:
    return slug(name)


def _by_name(people: Iterable[Person]) -> dict[str, Person]:
    claimed: dict[str, Person] = {}
    ids: dict[str, Person] = {}
    for person in people:
        other = ids.setdefault(person.id, person)
        if other is not person:
            raise CorpusError(f"two rows have the id {person.id!r}: {other.name}, {person.name}")
        for name in (person.name, *person.also):
            other = claimed.setdefault(_key(name), person)
            if other is not person:
                raise CorpusError(f"{name!r} is a name of both {other.name} and {person.name}")
    return claimed


def _is_within(tenure: Tenure, published: str | None) -> bool:
    """Return True if an article was published in a tenure, on whatever day of its period."""
    if tenure.since is None and tenure.until is None:
        return True
    if published is None:
        return False
    begun = tenure.since is None or periods.first_day(tenure.since) <= periods.first_day(published)
    return begun and (
        tenure.until is None or periods.last_day(published) <= periods.last_day(tenure.until)
    )


# --- From TOML to rows ---------------------------------------------------------------------------


def _people(table: Mapping[str, object]) -> Iterator[Person]:
    rows = table.get("speaker", [])
    if table.keys() - {"speaker"} or not isinstance(rows, list):
        raise CorpusError("write one [[speaker]] table for each person, and nothing else")
    for number, row in enumerate(rows, 1):
        name = row.get("name") if isinstance(row, dict) else None
        if not isinstance(name, str) or not _key(name):
            raise CorpusError(f"speaker {number} needs a name")
        try:
            yield _person(name, row)
        except CorpusError as problem:
            raise CorpusError(f"{name}: {problem}") from problem


def _person(name: str, row: Mapping[str, object]) -> Person:
    _require_known(row, _ROW_KEYS)
    chosen = _text(row, "id") or slug(name)
    if chosen != slug(chosen):
        raise CorpusError(f"write the id {chosen!r} as {slug(chosen)!r}")
    also = _texts(row, "also")
    for alias in also:
        if not _key(alias):
            raise CorpusError(f"the alias {alias!r} has no letters")
    roles = row.get("roles", [])
    if not isinstance(roles, list) or not all(isinstance(role, dict) for role in roles):
        raise CorpusError('write roles as a list of { role = "…" }')
    return Person(name, chosen, also, tuple(map(_tenure, roles)))


def _tenure(row: Mapping[str, object]) -> Tenure:
    _require_known(row, _ROLE_KEYS)
    role, label, outlets = _text(row, "role"), _text(row, "label"), _texts(row, "outlet")
    if role is None:
        raise CorpusError('each of the roles needs role = "…"')
    if bool(label) != bool(outlets):
        raise CorpusError(f"the role {role!r} needs both label and outlet, or neither")
    return Tenure(role, _date(row, "from"), _date(row, "to"), label, outlets)


def _require_known(row: Mapping[str, object], keys: frozenset[str]) -> None:
    if unknown := sorted(row.keys() - keys):
        raise CorpusError(f"unknown key {unknown[0]!r}: write one of {', '.join(sorted(keys))}")


def _text(row: Mapping[str, object], key: str) -> str | None:
    value = row.get(key)
    if value is not None and not (isinstance(value, str) and value.strip()):
        raise CorpusError(f"write {key} as a text in quotes")
    return value


def _texts(row: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = row.get(key, [])
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        raise CorpusError(f"write {key} as a list of texts in quotes")
    return tuple(values)


def _date(row: Mapping[str, object], key: str) -> str | None:
    value = row.get(key)
    if value is None:
        return None
    period = value.isoformat() if isinstance(value, date) else str(value)
    try:
        periods.first_day(period)
        periods.last_day(period)
    except ValueError as problem:
        raise CorpusError(
            f"{key}: there is no date {period!r}: write 2020, 2020-10 or 2020-10-05"
        ) from problem
    return period
