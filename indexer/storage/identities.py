"""Whose words each label of a library is: resolved over all articles, kept for each of them.

A label is the name of a speaker in an article and the form printed at the words. Its identity
depends on other articles, so all are resolved again after each change, without reading a file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from indexer.people.aliases import Aliases
from indexer.people.identity import Identity
from indexer.people.joined_names import FullName
from indexer.people.labels import Label, month_of
from indexer.people.registry import Registry
from indexer.records import Mention, Passage
from indexer.storage.database import Row, insert

SCHEMA = """
CREATE TABLE mentions (article INTEGER, name, office, times);
CREATE INDEX mentions_of_articles ON mentions (article);
CREATE TABLE identities (
    article INTEGER, own_name, as_printed, id, name, kind, role, reason,
    PRIMARY KEY (article, own_name, as_printed)
) WITHOUT ROWID;
"""
"""``own_name`` is the speaker as the article names them, ``name`` who that is. ``as_printed`` is
empty if nothing is printed."""


def add(
    db: sqlite3.Connection,
    article: int,
    passages: Iterable[Passage],
    mentions: Iterable[Mention],
) -> None:
    """Add the names that an article prints, and its speakers as it names them itself."""
    insert(db, "mentions", ([article, one.name, one.office, one.times] for one in mentions))
    named = {
        (p.speaker, p.as_printed or ""): (p.speaker_id, p.speaker, p.speaker_kind, None, None)
        for p in passages
        if p.speaker
    }
    insert(db, "identities", ([article, *own, *identity] for own, identity in named.items()))


def mentions_of(db: sqlite3.Connection, article_id: str) -> list[Mention]:
    """Return the names that an article prints."""
    rows = db.execute(
        "SELECT name, office, times FROM mentions JOIN articles ON number = article WHERE id = ?",
        [article_id],
    )
    return [Mention(*row) for row in rows]


def resolve(db: sqlite3.Connection, aliases: Aliases) -> set[str]:
    """Resolve all labels. Returns the ids of the articles in which an identity has changed."""
    registry = Registry(list(_labels(db)), _full_names(db), aliases)
    new = {tuple(_row(label, identity)) for label, identity in registry.identities()}
    old = {tuple(row) for row in db.execute("SELECT * FROM identities")}
    keys = ([article, name, printed] for article, name, printed, *_ in old - new)
    db.executemany(
        "DELETE FROM identities WHERE article = ? AND own_name = ? AND as_printed = ?", keys
    )
    insert(db, "identities", list(new - old))
    # A reason alone changes nothing that is searched.
    changed = {row[0] for row in {row[:-1] for row in new} ^ {row[:-1] for row in old}}
    ids = dict(db.execute("SELECT number, id FROM articles"))
    return {ids[number] for number in changed if number in ids}


def _labels(db: sqlite3.Connection) -> Iterator[Label]:
    rows = db.execute(
        "SELECT article, outlet, published, speaker, as_printed, max(evidence = 'label'),"
        " articles.language"
        " FROM passages JOIN articles ON number = article WHERE speaker IS NOT NULL"
        " GROUP BY article, speaker, as_printed"
    )
    for article, outlet, published, name, as_printed, is_label, language in rows:
        yield Label(article, outlet, published, name, as_printed, bool(is_label), language)


def _full_names(db: sqlite3.Connection) -> Iterator[FullName]:
    rows = db.execute(
        "SELECT article, outlet, published, name, office, times FROM mentions"
        " JOIN articles ON number = article"
    )
    for article, outlet, published, name, office, times in rows:
        yield FullName(article, outlet, month_of(published), name, office, times)


def _row(label: Label, identity: Identity) -> Row:
    own = label.article, label.name, label.as_printed or ""
    return (
        *own,
        identity.id,
        identity.name,
        identity.kind,
        identity.role,
        identity.reason,
    )
