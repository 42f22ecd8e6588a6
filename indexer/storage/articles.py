"""The articles and passages of a library, word for word.

Copies of other articles are put aside: they are kept, but not shown. If the original goes, one of
them can be brought back in its place.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from operator import attrgetter
from typing import Any

import indexer.storage.identities as identities
from indexer.records import Article, Copy, Dropped, Mention, Passage
from indexer.storage.database import Database, column_names, insert
from indexer.storage.identities import IdentityWriter

_PASSAGE = column_names(Passage)
_ARTICLE = column_names(Article, left_out=("paragraphs", "bylines", "sections"))
_COPY = column_names(Copy)

_SHARED = {
    **{name: name for name in ("title", "published", "date_precision", "outlet", "url", "author")},
    "article_language": "language",
}
"""Fields that all passages of an article share, with the article's own names of them.

They are stored once, with the article.
"""

_OF_WHO = ("speaker_id", "speaker_kind", "asker_id")
"""Fields that only the whole corpus tells: see `indexer.storage.identities`."""

# Long texts are the last columns, so that SQLite reads the short ones without skipping over them.
_OWN = column_names(
    Passage,
    left_out=("id", "article_id", "position", *_OF_WHO, *_SHARED),
    last=("question", "text"),
)

_RESOLVED = {
    "role": "iif(o.article, 'statement', p.role)",
    "as_printed": "coalesce(p.as_printed, o.author)",
    "attribution": "coalesce(p.attribution, iif(o.article, coalesce(a.byline, a.author), NULL))",
    "evidence": "coalesce(p.evidence, iif(o.article, 'authored', NULL))",
    "speaker": "coalesce(i.name, p.speaker, o.author)",
    "speaker_id": "i.id",
    "speaker_kind": "i.kind",
    "speaker_role": "coalesce(p.speaker_role, i.role)",
    "asker": "iif(asking.id IS NULL, NULL, asking.name)",
    "asker_id": "asking.id",
}
"""Columns that say whose words a passage is, once that is resolved.

What nobody says is the author's in `indexer.storage.own_words`. An asker who is only described
is nobody.
"""

_UNRESOLVED = {
    **{"speaker": "p.speaker", "speaker_id": "NULL", "speaker_kind": "NULL"},
    **{"asker": "p.asker", "asker_id": "NULL"},
}
"""The same as the article says it."""


def _view(who: Mapping[str, str], condition: str = "TRUE") -> str:
    """Return the SQL of whole passages."""
    columns = {name: f"p.{name}" for name in _OWN} | dict(who)
    columns |= {name: f"a.{own}" for name, own in _SHARED.items()}
    return f"""
        SELECT a.id || '#' || p.position AS id, a.id AS article_id, p.position AS position,
            {", ".join(f"{column} AS {name}" for name, column in columns.items())},
            i.reason AS reason
        FROM passages p JOIN articles a ON a.number = p.article LEFT JOIN own_words o
            ON o.article = p.article AND p.role = 'narrative'
            AND p.speaker IS NULL AND p.evidence IS NULL
        LEFT JOIN identities i
            ON i.article = p.article AND i.own_name = coalesce(p.speaker, o.author)
            AND i.as_printed = coalesce(p.as_printed, o.author, '')
        LEFT JOIN identities asking
            ON asking.article = p.article AND asking.own_name = p.asker
            AND asking.as_printed = coalesce(p.asker_as_printed, '')
        WHERE {condition}"""


SCHEMA = f"""
CREATE TABLE articles (number INTEGER PRIMARY KEY, aside, {", ".join(_ARTICLE)}, UNIQUE (id));
CREATE TABLE passages (
    article INTEGER, position INTEGER, {", ".join(_OWN)}, PRIMARY KEY (article, position)
);
CREATE VIEW shown_articles AS SELECT * FROM articles WHERE NOT aside;
CREATE VIEW own_passages AS {_view(_UNRESOLVED)};
CREATE VIEW shown_passages AS {_view(_RESOLVED, "NOT a.aside")};
"""

# A typed id may have anything after its #, so the position alone does not identify the passage.
_WITH_ID = "article_id = ? AND position = CAST(? AS INTEGER) AND id = ?"


_LEAST_FOR_A_CONTRADICTION = 60
"""Characters of a text that only one person says."""


class ArticleWriter:
    """Writes articles and passages."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.identities = IdentityWriter(db)

    def add(
        self,
        article: Article,
        passages: Collection[Passage],
        mentions: Iterable[Mention] = (),
        *,
        aside: bool = False,
    ) -> None:
        """Add an article, its passages and the names that it prints, or put it aside.

        The id must be new. Raises `ValueError` if a passage differs from its article in a shared
        field.
        """
        dropped = json.dumps([asdict(line) for line in article.dropped])
        row = [dropped if name == "dropped" else getattr(article, name) for name in _ARTICLE]
        insert(self._db, "articles", [[None, aside, *row]])
        (number,) = self._db.execute("SELECT last_insert_rowid()").fetchone()
        insert(self._db, "passages", (_passage_row(number, article, one) for one in passages))
        self.identities.add(number, article, passages, mentions)

    def remove(self, article_ids: Iterable[str]) -> None:
        """Remove articles and their passages. Unknown ids are ignored."""
        ids = [(article_id,) for article_id in article_ids]
        self.identities.remove(article_id for (article_id,) in ids)
        of_article = "article = (SELECT number FROM articles WHERE id = ?)"
        self._db.executemany(f"DELETE FROM passages WHERE {of_article}", ids)
        self._db.executemany("DELETE FROM articles WHERE id = ?", ids)

    def put_aside(self, article_ids: Iterable[str]) -> None:
        """Keep articles, but show them no more."""
        ids = ((article_id,) for article_id in article_ids)
        self._db.executemany("UPDATE articles SET aside = TRUE WHERE id = ?", ids)

    def bring_back(self, article_ids: Iterable[str]) -> None:
        """Show articles that were put aside."""
        ids = ((article_id,) for article_id in article_ids)
        self._db.executemany("UPDATE articles SET aside = FALSE WHERE id = ?", ids)

    def passages_of(self, article_id: str) -> list[Passage]:
        """Return the passages of an article that is shown, in reading order."""
        return _passages(self._db, "article_id = ? ORDER BY position", [article_id])

    def totals(self) -> tuple[int, int, str | None, str | None]:
        """Return the number of articles and passages that are shown, first and last date."""
        row: tuple[int, int, str | None, str | None] = self._db.execute(
            "SELECT count(*), (SELECT count(*) FROM shown_passages), min(published), max(published)"
            " FROM shown_articles"
        ).fetchone()
        return row


class Articles:
    """Reads the articles and passages that are shown."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._rows = database.rows

    def passages(self, passage_ids: Sequence[str]) -> list[Passage]:
        """Return the passages with these ids, in the same order. Unknown ids are left out."""
        passages: list[Passage] = []
        # One query each: SQLite scans the whole table for a list of pairs.
        with self._database.connection() as db:
            for passage_id in passage_ids:
                article_id, _, position = passage_id.rpartition("#")
                passages.extend(_passages(db, _WITH_ID, [article_id, position, passage_id]))
        return passages

    def article(self, article_id: str) -> Article | None:
        """Return an article without its paragraphs, or ``None`` if it is not shown."""
        return next(iter(self._articles("NOT aside AND id = ?", [article_id])), None)

    def as_read(self, article_id: str) -> tuple[Article, list[Passage], list[Mention]]:
        """Return an article, shown or not, with its passages as it says itself whose they are.

        The last value are the names that it prints. Raises `ValueError` if there is no such
        article.
        """
        (article,) = self._articles("id = ?", [article_id])
        with self._database.connection() as db:
            passages = _passages(
                db, "article_id = ? ORDER BY position", [article_id], "own_passages"
            )
            return article, passages, identities.mentions_of(db, article_id)

    def newest(self, limit: int) -> list[Article]:
        """Return the latest articles without their paragraphs, undated ones last."""
        return self._articles(
            "NOT aside ORDER BY published IS NULL, published DESC, id LIMIT ?", [limit]
        )

    def copies(self, article_ids: Sequence[str]) -> list[Copy]:
        """Return articles that were put aside, in order of time."""
        rows = self._rows(
            f"SELECT {', '.join(_COPY)} FROM articles WHERE aside"
            " AND id IN (SELECT value FROM json_each(?))"
            " ORDER BY published IS NULL, published, id",
            [json.dumps(article_ids)],
        )
        return [Copy(*row) for row in rows]

    def passages_of(self, article_id: str, first: int = 1, limit: int = -1) -> list[Passage]:
        """Return the passages of an article from a position on, in reading order."""
        with self._database.connection() as db:
            return _passages(
                db,
                "article_id = ? AND position >= ? ORDER BY position LIMIT ?",
                [article_id, first, limit],
            )

    def count_passages(self, article_id: str) -> int:
        """Return the number of passages of an article."""
        rows = self._rows("SELECT count(*) FROM shown_passages WHERE article_id = ?", [article_id])
        return int(rows[0][0])

    def texts_said(self, article_id: str, speaker_id: str) -> list[str]:
        """Return the texts of a speaker in an article, in reading order."""
        rows = self._rows(
            "SELECT text FROM shown_passages WHERE article_id = ? AND speaker_id = ?",
            [article_id, speaker_id],
        )
        return [text for (text,) in rows]

    def contradictions(self) -> list[list[Passage]]:
        """Return passages of one text that are given to different speakers, in order of text.

        Short texts are left out: two people may say them.
        """
        with self._database.connection() as db:
            texts = db.execute(
                "SELECT text FROM shown_passages WHERE speaker_id IS NOT NULL AND length(text) >= ?"
                " GROUP BY text HAVING count(DISTINCT speaker_id) > 1 ORDER BY text",
                [_LEAST_FOR_A_CONTRADICTION],
            ).fetchall()
            condition = "text = ? AND speaker_id IS NOT NULL ORDER BY published, id"
            return [_passages(db, condition, [text]) for (text,) in texts]

    def texts(self, article_id: str) -> Iterator[str]:
        """Return the questions and texts of an article, in reading order."""
        rows = self._rows(
            "SELECT question, text FROM shown_passages WHERE article_id = ?", [article_id]
        )
        return (text for row in rows for text in row if text)

    def complete_titles(self, prefix: str, limit: int) -> list[str]:
        """Return the titles that start with ``prefix``, in any case, in alphabetical order."""
        escaped = re.sub(r"([%_\\])", r"\\\1", prefix)
        rows = self._rows(
            "SELECT DISTINCT title FROM shown_articles WHERE title LIKE ? ESCAPE '\\'"
            " ORDER BY title LIMIT ?",
            [f"{escaped}%", limit],
        )
        return [title for (title,) in rows]

    def passage_ids(self) -> set[str]:
        """Return the ids of all passages."""
        return {id_ for (id_,) in self._rows("SELECT id FROM shown_passages")}

    def _articles(self, condition: str, values: Sequence[object]) -> list[Article]:
        rows = self._rows(f"SELECT {', '.join(_ARTICLE)} FROM articles WHERE {condition}", values)
        articles = []
        for row in rows:
            columns = dict(zip(_ARTICLE, row, strict=True))
            dropped = tuple(Dropped(**line) for line in json.loads(columns.pop("dropped")))
            articles.append(Article(**columns, paragraphs=(), dropped=dropped))
        return articles


_shared_fields = attrgetter(*_SHARED)
_same_fields = attrgetter(*_SHARED.values())


def _passage_row(number: int, article: Article, passage: Passage) -> list[Any]:
    if _shared_fields(passage) != _same_fields(article):
        raise ValueError(f"{passage.id} differs from its article in one of {[*_SHARED]}")
    return [number, passage.position, *(getattr(passage, name) for name in _OWN)]


def _passages(
    db: sqlite3.Connection, condition: str, values: Sequence[object], view: str = "shown_passages"
) -> list[Passage]:
    rows = db.execute(f"SELECT {', '.join(_PASSAGE)} FROM {view} WHERE {condition}", values)
    return [_passage(dict(zip(_PASSAGE, row, strict=True))) for row in rows]


def _passage(columns: dict[str, Any]) -> Passage:
    return Passage(**{**columns, "indirect": bool(columns["indirect"])})
