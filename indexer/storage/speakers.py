"""The speakers of a library: their names, roles, articles, and their places in lists."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from indexer.people.aliases import Aliases
from indexer.people.family_names import split_name
from indexer.people.speakers import Naming, SpeakerEntry, speakers
from indexer.storage.database import Database, Row, insert, replace_rows
from indexer.text.analysis import fold
from indexer.text.marks import OPENING
from indexer.text.slugs import slug

SCHEMA = """
CREATE TABLE namings
    (speaker_id, name, as_printed, role, outlet, article_id, kind, reason, passages,
    published);
CREATE INDEX namings_of_speakers ON namings (speaker_id);
CREATE TABLE aliases (name, slug, speaker_id);
CREATE TABLE aliases_digest (digest);
CREATE TABLE same_as (speaker_id, address);
CREATE TABLE speakers (place INTEGER PRIMARY KEY, id, name, passages, letter, in_order, kind);
CREATE INDEX speakers_in_order ON speakers (letter, in_order);
"""
"""``place`` is the rank by passages: 1 is the most quoted speaker. ``in_order`` is the key for
sorting by family name, and ``letter`` its first letter. ``slug`` is the id that an alias would
have if it were no alias. ``same_as`` are pages about a speaker, as the keeper lists them."""

_PEOPLE = "coalesce(kind, 'person') = 'person'"
"""The condition for speakers who are listed; bodies have a page, but are in no list of people."""

_ALL = -1
"""The value of LIMIT that means no limit."""


def write_aliases(db: sqlite3.Connection, aliases: Aliases) -> bool:
    """Replace the people that the keeper lists. Returns True if the list has changed."""
    before = db.execute("SELECT digest FROM aliases_digest").fetchall()
    replace_rows(db, "aliases", aliases.names())
    replace_rows(db, "aliases_digest", [[aliases.digest()]])
    listed = ([one.id, address] for one in aliases.people for address in one.same_as)
    replace_rows(db, "same_as", listed)
    return before != [(aliases.digest(),)]


def write_speakers(db: sqlite3.Connection) -> None:
    """Collect the speakers from the passages that are shown."""
    columns = (
        "speaker_id, speaker, as_printed, speaker_role, outlet, article_id, speaker_kind, reason"
    )
    db.execute("DELETE FROM namings")
    db.execute(
        f"INSERT INTO namings SELECT {columns}, count(*), min(published) FROM shown_passages"
        f" WHERE speaker_id IS NOT NULL GROUP BY {columns} ORDER BY {columns}"
    )
    db.execute("DELETE FROM speakers")
    insert(
        db,
        "speakers",
        (
            [place, speaker_id, name, passages, *_list_key(name), kind]
            for place, (speaker_id, name, passages, kind) in enumerate(_by_passages(db), 1)
        ),
    )


def count_speakers(db: sqlite3.Connection) -> int:
    """Return the number of people who speak."""
    (count,) = db.execute(f"SELECT count(*) FROM speakers WHERE {_PEOPLE}").fetchone()
    return int(count)


def names_by_place(db: sqlite3.Connection) -> set[tuple[int, str]]:
    """Return every name and alias with the place of its speaker."""
    places = _places(db)
    return {
        (places[speaker_id], name)
        for table in ("namings", "aliases")
        for speaker_id, name in db.execute(f"SELECT DISTINCT speaker_id, name FROM {table}")
        if speaker_id in places and name
    }


def printed_by_place(db: sqlite3.Connection, column: str) -> list[tuple[int, str]]:
    """Return every printed name (``as_printed``) or ``role`` with the place of its speaker."""
    places = _places(db)
    sql = f"SELECT DISTINCT speaker_id, {column} FROM namings WHERE {column} IS NOT NULL"
    return [(places[speaker_id], printed) for speaker_id, printed in db.execute(sql)]


def _places(db: sqlite3.Connection) -> dict[str, int]:
    return dict(db.execute("SELECT id, place FROM speakers"))


def _by_passages(db: sqlite3.Connection) -> list[tuple[str, str, int, str]]:
    """Return id, most frequent name, passages and kind of each speaker, most passages first."""
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    kinds: dict[str, str] = {}
    for speaker_id, name, kind, passages in db.execute(
        "SELECT speaker_id, name, min(kind), sum(passages) FROM namings GROUP BY speaker_id, name"
        " ORDER BY name"
    ):
        names[speaker_id][name or speaker_id] += passages
        kinds[speaker_id] = kind
    counted = [
        (id_, most.most_common(1)[0][0], most.total(), kinds[id_]) for id_, most in names.items()
    ]
    return sorted(counted, key=lambda row: (-row[2], row[0]))


def _list_key(name: str) -> tuple[str, str]:
    """Return the letter under which a name is listed, and its sort key."""
    key = fold(" ".join(split_name(name))).lstrip(f" .,-’{OPENING}")
    return (key[:1].upper() if key[:1].isalpha() else "#"), key


class Speakers:
    """Reads the speakers of a library by id, by place and in lists."""

    def __init__(self, database: Database) -> None:
        self._rows = database.rows
        self.names: Mapping[str, str] = dict(self._rows("SELECT id, name FROM speakers"))
        """The name of each speaker, by id."""
        self.bodies = frozenset(
            id_ for (id_,) in self._rows(f"SELECT id FROM speakers WHERE NOT ({_PEOPLE})")
        )
        """The ids of speakers who are no people."""
        aliases: dict[str, str] = dict(self._rows("SELECT slug, speaker_id FROM aliases"))
        self._ids = {slug: own for slug, own in aliases.items() if slug not in self.names}

    def id_of(self, speaker_id: str) -> str | None:
        """Return a known speaker's id. The id of an alias returns that of its person."""
        known = self._ids.get(speaker_id, speaker_id)
        return known if known in self.names else None

    def entry(self, speaker_id: str) -> SpeakerEntry | None:
        """Return a speaker with printed names and roles, or ``None`` if the id is unknown."""
        known = self.id_of(speaker_id)
        rows = self._rows("SELECT * FROM namings WHERE speaker_id = ?", [known])
        for entry in speakers(Naming(*row) for row in rows):
            pages = self._rows("SELECT address FROM same_as WHERE speaker_id = ?", [known])
            aliases = self._rows("SELECT name FROM aliases WHERE speaker_id = ?", [known])
            names = {slug(name) for name in (entry.name, *(name for (name,) in aliases))}
            return replace(
                entry,
                same_as=tuple(address for (address,) in pages),
                forms=tuple(replace(one, is_listed=slug(one.form) in names) for one in entry.forms),
            )
        return None

    def passage_with(self, speaker_id: str, form: str) -> str | None:
        """Return the id of the first passage of a form in the newest article that prints it."""
        rows = self._rows(
            "SELECT id FROM shown_passages WHERE article_id ="
            " (SELECT article_id FROM namings WHERE speaker_id = ?"
            " AND coalesce(as_printed, name) = ? ORDER BY published DESC, article_id LIMIT 1)"
            " AND speaker_id = ? AND coalesce(as_printed, speaker) = ?"
            " ORDER BY position LIMIT 1",
            [speaker_id, form] * 2,
        )
        return rows[0][0] if rows else None

    def entries(self, speaker_ids: Iterable[str]) -> list[SpeakerEntry]:
        """Return the speakers with these ids, in the same order."""
        return [entry for entry in map(self.entry, speaker_ids) if entry]

    def most_quoted(self, limit: int = _ALL, offset: int = 0) -> list[str]:
        """Return the ids of all people, those with most passages first."""
        sql = f"SELECT id FROM speakers WHERE {_PEOPLE} ORDER BY place LIMIT ? OFFSET ?"
        return [id_ for (id_,) in self._rows(sql, [limit, offset])]

    def letters(self) -> list[tuple[str, int]]:
        """Return the initials of family names in order, with the number of people."""
        return self._rows(
            f"SELECT letter, count(*) FROM speakers WHERE {_PEOPLE} GROUP BY letter ORDER BY letter"
        )

    def under(self, letter: str, limit: int, offset: int) -> list[str]:
        """Return the ids of the people under a letter, in alphabetical order."""
        rows = self._rows(
            f"SELECT id FROM speakers WHERE {_PEOPLE} AND letter = ?"
            " ORDER BY in_order, id LIMIT ? OFFSET ?",
            [letter, limit, offset],
        )
        return [id_ for (id_,) in rows]

    def company(self, speaker_id: str, limit: int) -> list[tuple[str, str, int]]:
        """Return the other speakers of a speaker's articles: id, name, number of articles.

        Most frequent first.
        """
        return self._rows(
            "SELECT id, speakers.name, count(DISTINCT article_id) AS shared FROM namings"
            " JOIN speakers ON id = speaker_id WHERE speaker_id != ? AND article_id IN"
            " (SELECT article_id FROM namings WHERE speaker_id = ?)"
            " GROUP BY id ORDER BY shared DESC, place LIMIT ?",
            [speaker_id, speaker_id, limit],
        )

    def article_ids(self, speaker_id: str) -> list[str]:
        """Return the ids of the articles in which a speaker is named, each once."""
        rows = self._rows(
            "SELECT DISTINCT article_id FROM namings WHERE speaker_id = ?", [speaker_id]
        )
        return [id_ for (id_,) in rows]

    def namings(self) -> list[Naming]:
        """Return every form in which an article names a speaker."""
        return [Naming(*row) for row in self._rows("SELECT * FROM namings")]

    def aliases_digest(self) -> str | None:
        """Return the digest of the aliases with which the library was written."""
        rows = self._rows("SELECT digest FROM aliases_digest")
        return rows[0][0] if rows else None

    def at(self, places: Iterable[int], columns: str) -> list[Row]:
        """Return columns of the speakers at these places, in the same order."""
        return self._rows(
            f"SELECT {columns} FROM (SELECT key, value FROM json_each(?))"
            " JOIN speakers ON place = value ORDER BY key",
            [json.dumps(list(places))],
        )
