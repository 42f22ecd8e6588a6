"""Labels of a library and the full names that its articles print, as they were read.

A label is the name of a speaker in an article and the form printed at the words. Whose words they
are depends on other articles: see `indexer.storage.resolving`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from indexer.people.labels import Label
from indexer.people.office_holders import is_office_alone, office_of
from indexer.people.registry import ends_of, surname_of
from indexer.records import Article, Evidence, Mention, Passage
from indexer.storage.database import insert
from indexer.text.slugs import slug

SCHEMA = """
CREATE TABLE mentions (article INTEGER, name, office, times, first, last);
CREATE INDEX mentions_of_articles ON mentions (article);
CREATE INDEX mentions_by_first ON mentions (first);
CREATE INDEX mentions_by_last ON mentions (last);
CREATE TABLE identities (
    article INTEGER, own_name, as_printed, is_label, is_corrected, surname, office,
    id, name, kind, role, reason,
    PRIMARY KEY (article, own_name, as_printed)
) WITHOUT ROWID;
CREATE INDEX identities_by_surname ON identities (surname);
CREATE INDEX identities_by_office ON identities (office) WHERE office IS NOT NULL;
CREATE TABLE offices_alone (
    article INTEGER, own_name, as_printed, id, name, kind, role, reason,
    PRIMARY KEY (article, own_name, as_printed)
) WITHOUT ROWID;
CREATE TABLE rules (version);
"""
"""``own_name`` is the speaker as the article names them, ``name`` who that is. ``as_printed`` is
empty if nothing is printed. ``first``, ``last`` and ``surname`` are words as they sound, ``office``
is what a label prints. ``offices_alone`` are the labels that print nothing but an office, with whom
they mean if nobody is known to hold it. ``rules`` have resolved all of it."""


MentionRow: TypeAlias = tuple[int, str, str | None, int, str | None, str | None]


class IdentityWriter:
    """Writes labels and names of articles, and notes whom they may concern in other articles."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.touched: set[str] = set()
        """Words that are, as they sound, a surname in articles that were added or removed."""
        self.added: set[int] = set()
        """The numbers of the articles that were added."""

    def add(
        self,
        number: int,
        article: Article,
        passages: Iterable[Passage],
        mentions: Iterable[Mention],
    ) -> None:
        """Add the names that an article prints, and its speakers as it names them itself."""
        names = [_mention_row(number, one) for one in mentions]
        insert(self._db, "mentions", names)
        self.touched.update(word for *_, first, last in names for word in (first, last) if word)
        for (name, as_printed), (id_, evidence) in _voices(passages).items():
            known_by = "label" in evidence, "corrected" in evidence
            label, key = _label(name, as_printed), (number, name, as_printed)
            identity = id_, name, None, None, None
            row = [*key, *known_by, surname_of(label), office_of(label), *identity]
            insert(self._db, "identities", [row])
            self.touched.add(surname_of(label))
            if is_office_alone(label):
                insert(self._db, "offices_alone", [[*key, *identity]])
        self.added.add(number)

    def add_author(self, number: int, author: str) -> None:
        """Add the author of an article as its speaker, if that is new."""
        label = _label(author, author)
        identity = slug(author) or None, author, None, None, None
        row = [number, author, author, False, False, surname_of(label), office_of(label), *identity]
        marks = ", ".join("?" * len(row))
        self._db.execute(f"INSERT OR IGNORE INTO identities VALUES ({marks})", row)
        self.touched.add(surname_of(label))
        self.added.add(number)

    def remove_author(self, number: int, author: str) -> None:
        """Remove the author of an article as its speaker, if the article names them as none."""
        self._db.execute(
            "DELETE FROM identities WHERE article = ?1 AND own_name = ?2 AND as_printed = ?2"
            " AND NOT EXISTS (SELECT 1 FROM passages WHERE article = ?1 AND (speaker = ?2"
            " AND as_printed = ?2 OR asker = ?2 AND asker_as_printed = ?2))",
            [number, author],
        )
        self.touched.add(surname_of(_label(author, author)))

    def remove(self, article_ids: Iterable[str]) -> None:
        """Remove the names and speakers of articles that are still there."""
        found = self._db.execute(
            "SELECT number FROM articles WHERE id IN (SELECT value FROM json_each(?))",
            [json.dumps(list(article_ids))],
        )
        numbers = [number for (number,) in found]
        for number in numbers:
            self.touched.update(self._words_of(number))
        for table in ("mentions", "identities", "offices_alone", "own_words"):
            of_each = ([number] for number in numbers)
            self._db.executemany(f"DELETE FROM {table} WHERE article = ?", of_each)

    def _words_of(self, number: int) -> Iterator[str]:
        rows = self._db.execute(
            "SELECT first, last FROM mentions WHERE article = ?1"
            " UNION SELECT surname, NULL FROM identities WHERE article = ?1",
            [number],
        )
        return (word for row in rows for word in row if word)

    def take_apart(self) -> None:
        """Take all names and labels apart again, by the rules of this program."""
        for name, function in _FUNCTIONS.items():
            self._db.create_function(name, -1, function)
        self._db.execute("UPDATE mentions SET first = first_of(name), last = last_of(name)")
        self._db.execute(
            "UPDATE identities SET surname = surname_of(own_name, as_printed),"
            " office = office_of(own_name, as_printed)"
        )
        self._db.execute("DELETE FROM offices_alone")
        self._db.execute(
            "INSERT INTO offices_alone SELECT article, own_name, as_printed, id, name, kind, role,"
            " reason FROM identities WHERE is_office_alone(own_name, as_printed)"
        )


def _voices(
    passages: Iterable[Passage],
) -> Mapping[tuple[str, str], tuple[str | None, set[Evidence | None]]]:
    """Return those who speak or ask: by name and as printed, the id and how they are known."""
    voices: dict[tuple[str, str], tuple[str | None, set[Evidence | None]]] = {}
    for one in passages:
        for name, as_printed, id_, evidence in (
            (one.speaker, one.as_printed, one.speaker_id, one.evidence),
            (one.asker, one.asker_as_printed, one.asker_id, one.asker_evidence),
        ):
            if name:
                voices.setdefault((name, as_printed or ""), (id_, set()))[1].add(evidence)
    return voices


def mentions_of(db: sqlite3.Connection, article_id: str) -> list[Mention]:
    """Return the names that an article prints."""
    rows = db.execute(
        "SELECT name, office, times FROM mentions JOIN articles ON number = article WHERE id = ?",
        [article_id],
    )
    return [Mention(*row) for row in rows]


def _mention_row(number: int, one: Mention) -> MentionRow:
    first, last = ends_of(one.name) or (None, None)
    return number, one.name, one.office, one.times, first, last


def _label(name: str, as_printed: str) -> Label:
    """Return a label as far as it is printed."""
    return Label(0, None, None, name, as_printed or None)


_FUNCTIONS: Mapping[str, Callable[..., str | int | None]] = {
    "first_of": lambda name: (ends_of(name) or (None,))[0],
    "last_of": lambda name: (ends_of(name) or (None,))[-1],
    "surname_of": lambda *printed: surname_of(_label(*printed)),
    "office_of": lambda *printed: office_of(_label(*printed)),
    "is_office_alone": lambda *printed: is_office_alone(_label(*printed)),
}
"""Functions of names and of labels, for SQL."""
