"""The library of a generation: its articles and passages word for word, in one SQLite file.

It is the same for every engine: engines give ids, the library gives what they stand for. It also
remembers which files were read, so that the next run reads only what is new, and keeps copies of
articles aside, so that one can take the place of an article that goes.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeAlias

import indexer.storage.speakers as directory
from indexer.people.speakers import Naming, SpeakerEntry
from indexer.records import Article, Copy, Dropped, Passage, Skipped
from indexer.storage.speakers import SpeakerDirectory, write_directory

FILE = "library.sqlite"


Stamp: TypeAlias = tuple[int, ...]
"""Size and time of change (in nanoseconds since 1970) of a file, and then of its sidecar."""


@dataclass(frozen=True, slots=True)
class IndexedFile:
    """A file that was read: how it looked then, and which of its articles could not be read."""

    path: str
    stamp: Stamp
    sha256: str
    unreadable: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """An article that was read, be it indexed or kept aside as a copy of another one.

    ``text_digest`` is the same for texts that differ only in case and punctuation; of a short text
    the title counts too. It is ``None`` for a text without words.
    """

    article_id: str
    path: str
    text_digest: str | None
    words: int
    passages: int
    published: str | None = None
    outlet: str | None = None
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """What a library holds, counted. ``first`` and ``last`` are dates of passages."""

    articles: int
    passages: int
    speakers: int
    first: str | None
    last: str | None


def _columns(
    record: type, *, left_out: Collection[str] = (), last: Sequence[str] = ()
) -> list[str]:
    names = [field.name for field in fields(record) if field.name not in (*left_out, *last)]
    return [*names, *last]


_PASSAGE = _columns(Passage)
_ARTICLE = _columns(Article, left_out=("paragraphs",))
_COPY = _columns(Copy)
_FILE_ROW = _columns(IndexedFile)
_KNOWN = _columns(KnownArticle)

_OF_ARTICLE = ("title", "published", "date_precision", "outlet", "url", "language")
"""What all passages of an article have in common is kept once, with the article."""

# Long texts stand last: SQLite then reads the short columns without walking through them.
_OWN = _columns(
    Passage, left_out=("id", "article_id", "position", *_OF_ARTICLE), last=("question", "text")
)

_SCHEMA = f"""
CREATE TABLE files ({", ".join(_FILE_ROW)}, PRIMARY KEY (path));
CREATE TABLE known_articles ({", ".join(_KNOWN)}, PRIMARY KEY (article_id));
CREATE INDEX copies ON known_articles (copy_of) WHERE copy_of IS NOT NULL;
CREATE TABLE articles (number INTEGER PRIMARY KEY, aside, {", ".join(_ARTICLE)}, UNIQUE (id));
CREATE TABLE passages (
    article INTEGER, position INTEGER, {", ".join(_OWN)}, PRIMARY KEY (article, position)
);
CREATE VIEW shown_articles AS SELECT * FROM articles WHERE NOT aside;
CREATE VIEW shown_passages AS
    SELECT a.id || '#' || position AS id, a.id AS article_id, position, {", ".join(_OWN)},
        {", ".join(f"a.{name} AS {name}" for name in _OF_ARTICLE)}
    FROM passages JOIN articles a ON a.number = article WHERE NOT a.aside;
CREATE TABLE scan (began_ns);
CREATE TABLE aliases_digest (digest);
{directory.SCHEMA}
"""

# What stands behind the # of an id that somebody typed may be no number.
_PLACE = "article_id = ? AND position = CAST(? AS INTEGER) AND id = ?"

_PAGE_BYTES = 16_384
"""Of SQLite's file: most passages fit into a page, and leave little of it empty."""


class LibraryWriter:
    """Writes a library that nobody reads yet. Use `finish`, or throw the file away."""

    def __init__(self, path: Path) -> None:
        is_new = not path.exists()
        self._db = sqlite3.connect(path, isolation_level=None)
        # A half-written library is thrown away, never repaired: no journal, one fsync at the end.
        self._db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        if is_new:
            self._db.executescript(f"PRAGMA page_size={_PAGE_BYTES}; {_SCHEMA}")
        self._db.execute("BEGIN")

    @property
    def database(self) -> sqlite3.Connection:
        """The library itself, for what others keep in it."""
        return self._db

    def add(self, article: Article, passages: Iterable[Passage], *, aside: bool = False) -> None:
        """Keeps an article and its passages, which must not be there yet; a copy is kept aside.

        Raises `ValueError` for a passage that differs in what all of an article have in common.
        """
        dropped = json.dumps([asdict(line) for line in article.dropped])
        row = [dropped if name == "dropped" else getattr(article, name) for name in _ARTICLE]
        self._insert("articles", [[None, aside, *row]])
        (number,) = self._db.execute("SELECT last_insert_rowid()").fetchone()
        self._insert("passages", (_passage_row(number, article, one) for one in passages))

    def remove(self, article_ids: Iterable[str]) -> None:
        """Takes articles out with their passages; those that are not there are no error."""
        ids = [(article_id,) for article_id in article_ids]
        which = "article = (SELECT number FROM articles WHERE id = ?)"
        self._db.executemany(f"DELETE FROM passages WHERE {which}", ids)
        self._db.executemany("DELETE FROM articles WHERE id = ?", ids)

    def put_aside(self, article_ids: Iterable[str]) -> None:
        """Keeps articles that turned out to be copies, but shows them no more."""
        ids = ((article_id,) for article_id in article_ids)
        self._db.executemany("UPDATE articles SET aside = TRUE WHERE id = ?", ids)

    def bring_back(self, article_ids: Iterable[str]) -> None:
        """Shows articles that were kept aside."""
        ids = ((article_id,) for article_id in article_ids)
        self._db.executemany("UPDATE articles SET aside = FALSE WHERE id = ?", ids)

    def passages_of(self, article_id: str) -> list[Passage]:
        """The passages of an article that is shown, in reading order."""
        return _passages(self._db, "article_id = ? ORDER BY position", [article_id])

    def keep_aliases(self, names: Iterable[tuple[str, str, str]], digest: str) -> None:
        """Keeps names by which speakers are found too: each as it is, as an id, and whose it is;
        and a digest of what they were read from."""
        for table in ("aliases", "aliases_digest"):
            self._db.execute(f"DELETE FROM {table}")
        self._insert("aliases", names)
        self._insert("aliases_digest", [[digest]])

    def finish(
        self, files: Iterable[IndexedFile], known: Iterable[KnownArticle], scan_began_ns: int
    ) -> Totals:
        """Writes down files, articles and speakers, and closes the library."""
        for table in ("files", "known_articles", "scan"):
            self._db.execute(f"DELETE FROM {table}")
        self._insert("files", map(_file_row, files))
        self._insert("known_articles", ([getattr(k, name) for name in _KNOWN] for k in known))
        self._insert("scan", [[scan_began_ns]])
        write_directory(self._db)
        totals = Totals(
            *self._db.execute(
                "SELECT count(*), (SELECT count(*) FROM shown_passages),"
                " (SELECT count(*) FROM speakers), min(published), max(published)"
                " FROM shown_articles"
            ).fetchone()
        )
        self._db.execute("COMMIT")
        self.close()
        return totals

    def close(self) -> None:
        """Lets go of the file, finished or not."""
        self._db.close()

    def _insert(self, table: str, rows: Iterable[Sequence[Any]]) -> None:
        (width,) = self._db.execute("SELECT count(*) FROM pragma_table_info(?)", [table]).fetchone()
        self._db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", rows)


class Library:
    """Reads a finished library, from as many threads at once as like to.

    It never changes under its readers: a new generation has a library of its own. Raises
    `sqlite3.DatabaseError` if the file is damaged.
    """

    def __init__(self, path: Path) -> None:
        self._address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self._idle: list[sqlite3.Connection] = []
        self._directory = SpeakerDirectory(self._rows)

    def close(self) -> None:
        """Lets go of the file; closing twice is harmless."""
        while self._idle:
            self._idle.pop().close()

    def passages(self, passage_ids: Sequence[str]) -> list[Passage]:
        """The passages of these ids, in the same order; those that are not there are left out."""
        found: list[Passage] = []
        # One look-up each: SQLite goes through the whole table for a list of pairs.
        with self._connection() as db:
            for passage_id in passage_ids:
                article_id, _, position = passage_id.rpartition("#")
                place = [article_id, position, passage_id]
                found.extend(_passages(db, _PLACE, place))
        return found

    def article(self, article_id: str) -> Article | None:
        """An article without its paragraphs; of a copy, the article that is shown in its place."""
        original = self._rows(
            "SELECT copy_of FROM known_articles WHERE article_id = ?", [article_id]
        )
        shown = original[0][0] or article_id if original else article_id
        articles = self._articles("WHERE id = ?", [shown])
        return articles[0] if articles else None

    def copies(self, article_id: str) -> list[Copy]:
        """Where else the text of an article was published, in order of time."""
        rows = self._rows(
            f"SELECT {', '.join(_COPY)} FROM articles WHERE aside AND id IN"
            " (SELECT article_id FROM known_articles WHERE copy_of = ?)"
            " ORDER BY published IS NULL, published, id",
            [article_id],
        )
        return [Copy(*row) for row in rows]

    def passages_of(self, article_id: str, first: int = 1, limit: int = -1) -> list[Passage]:
        """The passages of an article from a position on, in reading order; by default all."""
        with self._connection() as db:
            return _passages(
                db,
                "article_id = ? AND position >= ? ORDER BY position LIMIT ?",
                [article_id, first, limit],
            )

    def count_passages(self, article_id: str) -> int:
        """How many passages an article has."""
        rows = self._rows("SELECT count(*) FROM shown_passages WHERE article_id = ?", [article_id])
        return int(rows[0][0])

    def texts_of(self, speaker_id: str, articles: int) -> Iterator[str]:
        """What somebody said in so many articles, spread evenly over all in which they speak."""
        rows = self._rows(
            "SELECT DISTINCT article_id FROM namings WHERE speaker_id = ? ORDER BY article_id",
            [speaker_id],
        )
        step = max(1, -(-len(rows) // articles))
        for (article_id,) in rows[::step]:
            for (text,) in self._rows(
                "SELECT text FROM shown_passages WHERE article_id = ? AND speaker_id = ?",
                [article_id, speaker_id],
            ):
                yield text

    def newest(self, limit: int) -> list[Article]:
        """The latest articles, without their paragraphs; undated ones come last."""
        return self._articles("ORDER BY published IS NULL, published DESC, id LIMIT ?", [limit])

    def complete_titles(self, prefix: str, limit: int) -> list[str]:
        """The titles that begin so, in any case, in alphabetical order."""
        beginning = re.sub(r"([%_\\])", r"\\\1", prefix)
        rows = self._rows(
            "SELECT DISTINCT title FROM shown_articles WHERE title LIKE ? ESCAPE '\\'"
            " ORDER BY title LIMIT ?",
            [f"{beginning}%", limit],
        )
        return [title for (title,) in rows]

    def files(self) -> list[IndexedFile]:
        """Every file that was read, in order of path."""
        rows = self._rows(f"SELECT {', '.join(_FILE_ROW)} FROM files ORDER BY path")
        return [
            IndexedFile(
                path,
                tuple(json.loads(stamp)),
                sha256,
                tuple(Skipped(**item) for item in json.loads(unreadable)),
            )
            for path, stamp, sha256, unreadable in rows
        ]

    def known_articles(self) -> list[KnownArticle]:
        """Every article that was read, in order of id."""
        rows = self._rows(f"SELECT {', '.join(_KNOWN)} FROM known_articles ORDER BY article_id")
        return [KnownArticle(*row) for row in rows]

    def scan_began_ns(self) -> int:
        """When the corpus was looked through, in nanoseconds since 1970."""
        began: int = self._rows("SELECT began_ns FROM scan")[0][0]
        return began

    def passage_ids(self) -> set[str]:
        """The ids of all passages."""
        return {row[0] for row in self._rows("SELECT id FROM shown_passages")}

    def complaints(self) -> list[str]:
        """What SQLite itself finds wrong with the file."""
        return [row[0] for row in self._rows("PRAGMA integrity_check") if row[0] != "ok"]

    def aliases_digest(self) -> str | None:
        """What stood for the table of aliases when the library was written."""
        rows = self._rows("SELECT digest FROM aliases_digest")
        return rows[0][0] if rows else None

    def namings(self) -> list[Naming]:
        """Every way in which an article names a speaker."""
        return [Naming(*row) for row in self._rows("SELECT * FROM namings")]

    def texts_around(self, speaker_id: str, articles: int) -> Iterator[str]:
        """The passages of so many articles in which somebody speaks, whoever says them."""
        rows = self._rows(
            "SELECT question, text FROM shown_passages WHERE article_id IN"
            " (SELECT DISTINCT article_id FROM namings WHERE speaker_id = ? LIMIT ?)",
            [speaker_id, articles],
        )
        return (text for row in rows for text in row if text)

    def speaker_names(self) -> Mapping[str, str]:
        """The name of each speaker, by id."""
        return self._directory.names

    def most_quoted(self, limit: int) -> list[str]:
        """The names of those with most passages, most first."""
        rows = self._rows("SELECT name FROM speakers ORDER BY place LIMIT ?", [limit])
        return [name for (name,) in rows]

    def speakers(self, name: str) -> frozenset[str]:
        """The ids of all who may be meant by a typed name; see `indexer.storage.speakers`."""
        return self._directory.meant(name)

    def speaker(self, name_or_id: str) -> frozenset[str]:
        """The speaker of this id, or who had it before it became an alias; or the `speakers` of
        this name."""
        known = self._directory.speaker_id(name_or_id)
        return frozenset({known}) if known else self.speakers(name_or_id)

    def similar_speakers(self, name: str, limit: int = 5) -> list[str]:
        """The names of others who may be meant, the likeliest first."""
        return self._directory.similar(name, limit)

    def complete_speakers(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Names of which a word begins so, and how many passages each has, most first."""
        return self._directory.complete(prefix, limit)

    def speaker_entry(self, speaker_id: str) -> SpeakerEntry | None:
        """All that is known of a speaker, by id or by an id that became an alias."""
        known = self._directory.speaker_id(speaker_id)
        return self._directory.entry(known) if known else None

    def speaker_list(
        self, prefix: str = "", limit: int = 100, offset: int = 0
    ) -> list[SpeakerEntry]:
        """The speakers of whose names a word begins so, most quoted first; by default all."""
        listed = self._directory.listed(prefix, limit, offset)
        return [entry for entry in map(self._directory.entry, listed) if entry]

    def speakers_under(self, letter: str, limit: int, offset: int) -> list[SpeakerEntry]:
        """The speakers whose family names begin with a letter, in order."""
        listed = self._directory.under(letter, limit, offset)
        return [entry for entry in map(self._directory.entry, listed) if entry]

    def letters(self) -> list[tuple[str, int]]:
        """The first letters of family names, in order, and how many speakers each has."""
        return self._directory.letters()

    def company(self, speaker_id: str, limit: int) -> list[tuple[str, str, int]]:
        """Who else speaks in the same articles: id, name, in how many; most first."""
        return self._directory.company(speaker_id, limit)

    def count_speakers(self, prefix: str) -> int:
        """How many speakers a list has."""
        return len(self._directory.listed(prefix))

    def _articles(self, condition: str, values: Sequence[object]) -> list[Article]:
        rows = self._rows(f"SELECT {', '.join(_ARTICLE)} FROM shown_articles {condition}", values)
        found = []
        for row in rows:
            columns = dict(zip(_ARTICLE, row, strict=True))
            dropped = tuple(Dropped(**line) for line in json.loads(columns.pop("dropped")))
            found.append(Article(**columns, paragraphs=(), dropped=dropped))
        return found

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._connection() as db:
            return db.execute(sql, values).fetchall()

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """A connection that no other thread has at this moment."""
        try:
            db = self._idle.pop()
        except IndexError:
            db = sqlite3.connect(self._address, uri=True, check_same_thread=False)
        try:
            yield db
        finally:
            self._idle.append(db)


def _file_row(file: IndexedFile) -> list[str]:
    unreadable = json.dumps([asdict(item) for item in file.unreadable])
    return [file.path, json.dumps(file.stamp), file.sha256, unreadable]


def _passage_row(number: int, article: Article, passage: Passage) -> list[Any]:
    if _in_common(passage) != _in_common(article):
        raise ValueError(f"{passage.id} says otherwise than its article")
    return [number, passage.position, *(getattr(passage, name) for name in _OWN)]


_in_common = attrgetter(*_OF_ARTICLE)


def _passages(db: sqlite3.Connection, condition: str, values: Sequence[object]) -> list[Passage]:
    rows = db.execute(f"SELECT {', '.join(_PASSAGE)} FROM shown_passages WHERE {condition}", values)
    return [_passage(dict(zip(_PASSAGE, row, strict=True))) for row in rows]


def _passage(columns: dict[str, Any]) -> Passage:
    return Passage(**{**columns, "indirect": bool(columns["indirect"])})
