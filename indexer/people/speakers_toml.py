"""Reads ``corpus/speakers.toml``: one table a person, with all printed names.

    [[speaker]]
    name = "Nara Velidze"
    aliases = ["N. Velidze", "Нара Велидзе"]
    offices = [{ title = "President", outlet = "Office of the President", from = "2022-06" }]
    same_as = ["https://encyclopedia.example/nara-velidze"]
    not = ["Irakli Velidze", { label = "Chair Velidze", outlet = "Strait Herald", to = 2019 }]

    [[outlet]]
    folder = "blogs"  # or name = "Strait Herald"
    authored = true

A row that cannot be read, or that contradicts an earlier one, is left out and named.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import indexer.text.periods as periods
from indexer.errors import CorpusError
from indexer.people.aliases import Aliases, Office, OwnOutlet, Person, Span, Split, key_of
from indexer.text.slugs import slug
from indexer.text.web_addresses import is_web_address

_KEYS = ("name", "id", "aliases", "offices", "same_as", "not")
_OFFICE_KEYS = ("title", "outlet", "from", "to")
_OUTLET_KEYS = ("name", "folder", "authored")
_SPLIT_KEYS = ("label", "outlet", "from", "to")
_NOW = {"also": "aliases", "roles": "offices", "role": "title", "label": "title and outlet"}
"""Keys of earlier versions, and what to write instead."""


def parse_aliases(data: bytes) -> Aliases:
    """Parse the contents of ``speakers.toml``.

    Raises `CorpusError` that says what is wrong if nothing of it can be read.
    """
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise CorpusError(f"it is not TOML: {problem}") from problem
    rows, outlets = table.get("speaker", []), table.get("outlet", [])
    is_of_tables = isinstance(rows, list) and isinstance(outlets, list)
    if table.keys() - {"speaker", "outlet"} or not is_of_tables:
        raise CorpusError(
            "write one [[speaker]] table for each person, an [[outlet]] table for each outlet, and"
            " nothing else"
        )
    problems: list[str] = []
    people = list(_people(rows, problems))
    return Aliases(people, problems, list(_outlets(outlets, problems)))


def _outlets(rows: Sequence[object], problems: list[str]) -> Iterator[OwnOutlet]:
    """Yield the outlets whose articles are their authors' own words."""
    for number, row in enumerate(rows, 1):
        try:
            outlet, is_own = _outlet(row)
        except CorpusError as problem:
            problems.append(f"outlet {number}: {problem}; this row is left out")
            continue
        if is_own:
            yield outlet


def _outlet(row: object) -> tuple[OwnOutlet, bool]:
    if not isinstance(row, dict):
        raise CorpusError('write name = "…" or folder = "…", and authored = true')
    _require_known(row, _OUTLET_KEYS)
    name, folder = _text(row, "name"), _text(row, "folder")
    if bool(name) == bool(folder):
        raise CorpusError("write either name or folder")
    if not isinstance(authored := row.get("authored"), bool):
        raise CorpusError("write authored as true or false")
    return OwnOutlet(name, folder.strip("/") if folder else None), authored


def _people(rows: Sequence[object], problems: list[str]) -> Iterator[Person]:
    """Yield the people of all rows that hold; the others become ``problems``."""
    claimed: dict[str, Person] = {}
    ids: dict[str, Person] = {}
    for number, row in enumerate(rows, 1):
        name = row.get("name") if isinstance(row, dict) else None
        if not isinstance(name, str) or not isinstance(row, dict) or not key_of(name):
            problems.append(f"speaker {number} needs a name; this row is left out")
            continue
        try:
            person = _person(name, row)
            _require_new(person, claimed, ids)
        except CorpusError as problem:
            problems.append(f"{name}: {problem}; this row is left out")
            continue
        ids[person.id] = person
        claimed.update((key_of(name), person) for name in person.names)
        yield person


def _require_new(person: Person, claimed: Mapping[str, Person], ids: Mapping[str, Person]) -> None:
    """Raise `CorpusError` if a row contradicts an earlier one, or itself."""
    if other := ids.get(person.id):
        raise CorpusError(f"{person.id!r} is the id of {other.name} already")
    for name in person.names:
        if other := claimed.get(key_of(name)):
            raise CorpusError(f"{name!r} is a name of {other.name} already")
    own = set(map(key_of, person.names))
    for split in person.splits:
        if split.span == Span() and key_of(split.label) in own:
            raise CorpusError(f"{split.label!r} is a name and, under not, none")


def _person(name: str, row: Mapping[str, object]) -> Person:
    _require_known(row, _KEYS)
    chosen = _text(row, "id") or slug(name)
    if chosen != slug(chosen):
        raise CorpusError(f"write the id {chosen!r} as {slug(chosen)!r}")
    aliases = _texts(row, "aliases")
    for alias in aliases:
        if not key_of(alias):
            raise CorpusError(f"the alias {alias!r} has no letters")
    same_as = _texts(row, "same_as")
    for address in same_as:
        if not is_web_address(address):
            raise CorpusError(f"same_as: {address!r} is no web address")
    offices = _list(row, "offices", '{ title = "…" }')
    splits = _list(row, "not", '"Name" or { label = "…" }')
    return Person(
        name,
        chosen,
        aliases,
        tuple(map(_office, offices)),
        same_as,
        tuple(map(_split, splits)),
    )


def _office(row: object) -> Office:
    if not isinstance(row, dict):
        raise CorpusError('write offices as a list of { title = "…" }')
    _require_known(row, _OFFICE_KEYS)
    title = _text(row, "title")
    if title is None or not key_of(title):
        raise CorpusError('each of the offices needs title = "…"')
    return Office(title, _span(row))


def _split(row: object) -> Split:
    if isinstance(row, str) and key_of(row):
        return Split(row)
    if not isinstance(row, dict):
        raise CorpusError('write not as a list of "Name" or { label = "…" }')
    _require_known(row, _SPLIT_KEYS)
    label = _text(row, "label")
    if label is None or not key_of(label):
        raise CorpusError('each table under not needs label = "…"')
    return Split(label, _span(row))


def _span(row: Mapping[str, object]) -> Span:
    since, until = _date(row, "from"), _date(row, "to")
    if since and until and periods.first_day(since) > periods.last_day(until):
        raise CorpusError(f"from {since} is after to {until}")
    return Span(_texts(row, "outlet"), since, until)


# --- Values --------------------------------------------------------------------------------------


def _require_known(row: Mapping[str, object], keys: Sequence[str]) -> None:
    for unknown in sorted(row.keys() - set(keys)):
        now = _NOW.get(unknown)
        advice = f"write {now}" if now else f"write one of {', '.join(keys)}"
        raise CorpusError(f"unknown key {unknown!r}: {advice}")


def _list(row: Mapping[str, object], key: str, form: str) -> Sequence[Any]:
    value = row.get(key, [])
    if not isinstance(value, list):
        raise CorpusError(f"write {key} as a list of {form}")
    return value


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
