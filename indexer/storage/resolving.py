"""Says whose words the labels of a library are, from what all its articles print.

Whom a label means depends on the labels and full names of its surname, so a change of articles
concerns the surnames that they print, and only these are resolved again, without reading a file.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Set
from dataclasses import astuple, replace

from indexer.people.aliases import Aliases
from indexer.people.identity import Identity
from indexer.people.joined_names import FullName
from indexer.people.labels import Label, month_of
from indexer.people.office_holders import OfficeHolders, is_office_alone
from indexer.people.registry import Registry
from indexer.people.rules_version import rules_version
from indexer.people.slips import a_letter_away, index_of_slips
from indexer.storage.database import Database, Row, replace_rows
from indexer.storage.identities import IdentityWriter

_LABEL = (
    "own.article, outlet, published, own_name, nullif(as_printed, ''), is_label, language,"
    " is_corrected"
)
_FIELDS = 8
"""Columns of a label; those of its identity follow."""

_IDENTITY = "own.id, own.name, own.kind, own.role, own.reason"
_AMONG = "IN (SELECT value FROM json_each(?))"


def write_rules(db: sqlite3.Connection) -> None:
    """Note that a library is resolved by the rules of this program."""
    replace_rows(db, "rules", [[rules_version()]])


def is_of_these_rules(database: Database) -> bool:
    """Return whether a library was resolved by the rules of this program."""
    return database.rows("SELECT version FROM rules") == [(rules_version(),)]


def resolve(
    db: sqlite3.Connection, writer: IdentityWriter, aliases: Aliases, *, anew: bool
) -> set[str]:
    """Resolve the labels that the changes of a writer concern, or all ``anew``.

    Rules of another version of this program resolve all. Returns the ids of the articles in which
    a speaker has changed.
    """
    if db.execute("SELECT version FROM rules").fetchall() != [(rules_version(),)]:
        writer.take_apart()
        write_rules(db)
        anew = True
    spoken = {word for (word,) in db.execute("SELECT DISTINCT surname FROM identities")}
    slips = index_of_slips(spoken)
    surnames = spoken
    if not anew:
        near = (a_letter_away(word, slips) for word in writer.touched)
        surnames = (writer.touched & spoken).union(*near)
    known = surnames.union(*(a_letter_away(word, slips) for word in surnames))
    before = dict(_labels(db, known, None if anew else writer.added))
    registry = Registry(list(before), _names(db, known), aliases)
    changed = {
        label.article
        for surname in sorted({"", *surnames})
        for label, identity in registry.of_surname(surname)
        if _write(db, label, before[label], identity)
    }
    changed |= _write_holders(db, registry)
    ids = dict(db.execute("SELECT number, id FROM articles")) if changed else {}
    return {ids[number] for number in changed}


def _write(db: sqlite3.Connection, label: Label, before: Identity, identity: Identity) -> bool:
    """Write whom a label means. Returns True if that changes what is searched."""
    if not is_office_alone(label):
        return _write_to(db, "identities", label, before, identity)
    _write_to(db, "offices_alone", label, None, identity)
    return False  # as long as nobody knows who holds the office


def _write_to(
    db: sqlite3.Connection, table: str, label: Label, before: Identity | None, identity: Identity
) -> bool:
    if identity == before:
        return False
    db.execute(
        f"UPDATE {table} SET id = ?, name = ?, kind = ?, role = ?, reason = ?"
        " WHERE article = ? AND own_name = ? AND as_printed = ?",
        [*astuple(identity), label.article, label.name, label.as_printed or ""],
    )
    # A reason alone changes nothing that is searched.
    return before is None or replace(identity, reason=before.reason) != before


def _write_holders(db: sqlite3.Connection, registry: Registry) -> set[int]:
    """Write who holds each office that stands alone. Returns the articles that this changes."""
    holders = _holders(db)
    rows = db.execute(
        f"SELECT {_LABEL}, {_IDENTITY}, now.id, now.name, now.kind, now.role, now.reason"
        " FROM offices_alone own JOIN articles ON number = own.article"
        " JOIN identities now USING (article, own_name, as_printed)"
    )
    changed = set()
    for row in rows.fetchall():
        label, alone, before = _label(row), Identity(*row[_FIELDS:-5]), Identity(*row[-5:])
        if _write_to(db, "identities", label, before, registry.holder(label, alone, holders)):
            changed.add(label.article)
    return changed


def _holders(db: sqlite3.Connection) -> OfficeHolders:
    """Count whom articles call by an office, by what each of them says itself."""
    holders = OfficeHolders()
    alone = "alone.article IS NOT NULL"
    rows = db.execute(
        "SELECT outlet, own.office, substr(published, 1, 7),"
        f" iif({alone}, alone.id, own.id) AS person, iif({alone}, alone.name, own.name), count(*)"
        " FROM identities own JOIN articles ON number = own.article"
        " LEFT JOIN offices_alone alone USING (article, own_name, as_printed)"
        f" WHERE own.office IS NOT NULL AND iif({alone}, alone.kind, own.kind) = 'person'"
        " AND person IS NOT NULL GROUP BY 1, 2, 3, 4, 5"
    )
    for outlet, office, month, id_, name, articles in rows:
        holders.add((outlet, office, month_of(month)), (id_, name), articles)
    return holders


def _labels(
    db: sqlite3.Connection, surnames: Set[str], added: Set[int] | None
) -> Iterator[tuple[Label, Identity]]:
    """Yield the labels of surnames, and those that have none of the articles that were added.

    Without ``added``, all labels that have none.
    """
    sql = f"SELECT {_LABEL}, {_IDENTITY} FROM identities own JOIN articles ON number = own.article"
    named = sorted(surnames - {""} if added is not None else surnames | {""})
    rows = db.execute(f"{sql} WHERE surname {_AMONG}", [json.dumps(named)]).fetchall()
    if added is not None:
        of_added = f"{sql} WHERE surname = '' AND own.article {_AMONG}"
        rows += db.execute(of_added, [json.dumps(sorted(added))]).fetchall()
    for row in rows:
        yield _label(row), Identity(*row[_FIELDS:])


def _names(db: sqlite3.Connection, surnames: Set[str]) -> Iterator[FullName]:
    """Yield the full names that begin or end with one of the surnames."""
    words = json.dumps(sorted(surnames))
    rows = db.execute(
        "SELECT article, outlet, published, name, office, times FROM mentions JOIN articles"
        f" ON number = article WHERE last {_AMONG} UNION ALL"
        " SELECT article, outlet, published, name, office, times FROM mentions JOIN articles"
        f" ON number = article WHERE first {_AMONG} AND last NOT {_AMONG}",
        [words, words, words],
    )
    for article, outlet, published, name, office, times in rows:
        yield FullName(article, outlet, month_of(published), name, office, times)


def _label(row: Row) -> Label:
    return Label(*row[:_FIELDS])
