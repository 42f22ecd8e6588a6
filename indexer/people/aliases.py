"""``corpus/speakers.toml``: one row a person, with every way in which articles print the name.

    [[speaker]]
    name = "Nara Velidze"
    also = ["N. Velidze", "Нара Велидзе", "President Velidze"]
    roles = [
        { role = "Chair of the Council", from = "2019", to = "2022-05" },
        { role = "President", from = "2022-06", label = "The President", outlet = "Office of …" },
    ]

A name is resolved only if it is listed, whatever its case, accents and punctuation. A bare label
("THE PRESIDENT:") is resolved only where a role says for which outlet, and only within its time.
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
    """A role that somebody had from ``since`` to ``until`` (dates cut at will, inclusive).

    In articles of ``outlets`` from that time the bare ``label`` is this person.
    """

    role: str
    since: str | None = None
    until: str | None = None
    label: str | None = None
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A row: the canonical name, its id, the other spellings, and roles.

    ``has_own_id`` tells that the row states the id, which else is the name as a slug.
    """

    name: str
    id: str
    also: tuple[str, ...] = ()
    roles: tuple[Tenure, ...] = ()
    has_own_id: bool = False


class Aliases:
    """Who is meant by a printed name, over the whole corpus."""

    def __init__(self, people: Iterable[Person] = ()) -> None:
        """Raises `CorpusError` if two people claim one name or one id."""
        self.people = tuple(people)
        self._by_name = _by_name(self.people)
        self._by_label: dict[str, list[tuple[Person, Tenure]]] = {}
        for person in self.people:
            for tenure in person.roles:
                if tenure.label:
                    held = self._by_label.setdefault(_key(tenure.label), [])
                    held.append((person, tenure))

    def digest(self) -> str:
        """The same for tables that resolve every name in the same way."""
        return hashlib.sha256(repr(self.people).encode()).hexdigest()[:16]

    def person(self, name: str) -> Person | None:
        """Whose name or alias this is."""
        return self._by_name.get(_key(name))

    def names(self) -> Iterator[tuple[str, str, str]]:
        """Every name, with the id that it has where it is not resolved, and the person's id."""
        for person in self.people:
            for name in dict.fromkeys((person.name, *person.also)):
                yield name, _key(name), person.id

    def passage(self, passage: Passage) -> Passage:
        """The passage under its speaker's canonical name; what was printed stays beside it."""
        if passage.speaker is None:
            return passage
        known = self._resolve(passage.speaker, passage.outlet, passage.published)
        if known is None:
            return passage
        person, role = known
        return replace(
            passage,
            speaker=person.name,
            speaker_id=person.id,
            speaker_role=passage.speaker_role or role,
        )

    def article(self, found: IngestedArticle) -> IngestedArticle:
        """An article with the canonical names of all its speakers."""
        outlet, published = found.article.outlet, found.article.published

        def named(speaker: Speaker | None) -> Speaker | None:
            known = self._resolve(speaker.name, outlet, published) if speaker else None
            if speaker is None or known is None:
                return speaker
            return replace(speaker, name=known[0].name, role=speaker.role or known[1])

        return replace(
            found,
            turns=tuple(replace(turn, speaker=named(turn.speaker)) for turn in found.turns),
            quotations=tuple(replace(q, speaker=named(q.speaker)) for q in found.quotations),
            passages=tuple(self.passage(passage) for passage in found.passages),
        )

    def _resolve(
        self, name: str, outlet: str | None, published: str | None
    ) -> tuple[Person, str | None] | None:
        """Who is meant, and the role that the label tells. ``name`` is the fullest that the article
        prints: a surname in an article that names another bearer in full is that other's."""
        if person := self.person(name):
            return person, None
        fitting = [
            (person, tenure.role)
            for person, tenure in self._by_label.get(_key(name), ())
            if outlet in tenure.outlets and _is_within(tenure, published)
        ]
        # On a day of change two people fit: then it is not known.
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
                raise CorpusError(f"{name!r} is claimed by {other.name} and by {person.name}")
    return claimed


def _is_within(tenure: Tenure, published: str | None) -> bool:
    """Whether every day on which an article may have been published lies in a tenure."""
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
        raise CorpusError("it may hold tables [[speaker]], one a person, and nothing else")
    for number, row in enumerate(rows, 1):
        name = row.get("name") if isinstance(row, dict) else None
        if not isinstance(name, str) or not _key(name):
            raise CorpusError(f"speaker {number} has no name")
        try:
            yield _person(name, row)
        except CorpusError as problem:
            raise CorpusError(f"{name}: {problem}") from problem


def _person(name: str, row: Mapping[str, object]) -> Person:
    _require_known(row, _ROW_KEYS)
    stated = _text(row, "id")
    chosen = stated or slug(name)
    if chosen != slug(chosen):
        raise CorpusError(f"the id {chosen!r} should be {slug(chosen)!r}")
    also = _texts(row, "also")
    for alias in also:
        if not _key(alias):
            raise CorpusError(f"the alias {alias!r} has no letters")
    roles = row.get("roles", [])
    if not isinstance(roles, list) or not all(isinstance(role, dict) for role in roles):
        raise CorpusError('roles should be a list of { role = "…" }')
    return Person(name, chosen, also, tuple(map(_tenure, roles)), stated is not None)


def _tenure(row: Mapping[str, object]) -> Tenure:
    _require_known(row, _ROLE_KEYS)
    role, label, outlets = _text(row, "role"), _text(row, "label"), _texts(row, "outlet")
    if role is None:
        raise CorpusError("a role has no role")
    if bool(label) != bool(outlets):
        raise CorpusError(f"the role {role!r} needs both label and outlet, or neither")
    return Tenure(role, _date(row, "from"), _date(row, "to"), label, outlets)


def _require_known(row: Mapping[str, object], keys: frozenset[str]) -> None:
    if unknown := sorted(row.keys() - keys):
        raise CorpusError(f"{unknown[0]!r} is not known here ({', '.join(sorted(keys))})")


def _text(row: Mapping[str, object], key: str) -> str | None:
    value = row.get(key)
    if value is not None and not (isinstance(value, str) and value.strip()):
        raise CorpusError(f"{key} should be a text")
    return value


def _texts(row: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = row.get(key, [])
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        raise CorpusError(f"{key} should be a list of texts")
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
        raise CorpusError(f"{key}: {problem}") from problem
    return period
