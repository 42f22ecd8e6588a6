"""The files and articles that were read, so that the next run reads only what has changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TypeAlias

from indexer.records import Skipped
from indexer.storage.database import Database, column_names, replace_rows

Stamp: TypeAlias = tuple[int, ...]
"""Size and time of change (in nanoseconds since 1970) of a file, and then of its sidecar."""


@dataclass(frozen=True, slots=True)
class IndexedFile:
    """A file that was read: its stamp and checksum, and those of its articles that failed."""

    path: str
    stamp: Stamp
    sha256: str
    unreadable: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """An article that was read, whether it is shown or put aside as a copy of another one.

    ``text_digest`` is the same for texts that differ only in case and punctuation. For a short
    text it covers the title too. It is ``None`` for a text without words.
    """

    article_id: str
    path: str
    text_digest: str | None
    words: int
    passages: int
    published: str | None = None
    outlet: str | None = None
    copy_of: str | None = None


_FILE = column_names(IndexedFile)
_KNOWN = column_names(KnownArticle)

SCHEMA = f"""
CREATE TABLE files ({", ".join(_FILE)}, PRIMARY KEY (path));
CREATE TABLE known_articles ({", ".join(_KNOWN)}, PRIMARY KEY (article_id));
CREATE INDEX copies ON known_articles (copy_of) WHERE copy_of IS NOT NULL;
CREATE TABLE scan (began_ns);
"""


def write_files(
    db: sqlite3.Connection,
    files: Iterable[IndexedFile],
    known: Iterable[KnownArticle],
    scan_began_ns: int,
) -> None:
    """Replace the list of files and articles, and the time when the corpus was scanned."""
    replace_rows(db, "files", map(_file_row, files))
    replace_rows(db, "known_articles", ([getattr(k, name) for name in _KNOWN] for k in known))
    replace_rows(db, "scan", [[scan_began_ns]])


class IndexedFiles:
    """Reads the files and known articles of a library."""

    def __init__(self, database: Database) -> None:
        self._rows = database.rows

    def files(self) -> list[IndexedFile]:
        """Return every file that was read, in order of path."""
        rows = self._rows(f"SELECT {', '.join(_FILE)} FROM files ORDER BY path")
        return [
            IndexedFile(
                path,
                tuple(json.loads(stamp)),
                sha256,
                tuple(Skipped(**item) for item in json.loads(unreadable)),
            )
            for path, stamp, sha256, unreadable in rows
        ]

    def articles(self) -> list[KnownArticle]:
        """Return every article that was read, in order of id."""
        rows = self._rows(f"SELECT {', '.join(_KNOWN)} FROM known_articles ORDER BY article_id")
        return [KnownArticle(*row) for row in rows]

    def scan_began_ns(self) -> int:
        """Return the start of the scan of the corpus, in nanoseconds since 1970."""
        began: int = self._rows("SELECT began_ns FROM scan")[0][0]
        return began

    def original_of(self, article_id: str) -> str:
        """Return the article that a copy is a copy of, or the id itself."""
        rows = self._rows("SELECT copy_of FROM known_articles WHERE article_id = ?", [article_id])
        return (rows[0][0] if rows else None) or article_id

    def path_of(self, article_id: str) -> str | None:
        """Return the path of the file that an article is in."""
        rows = self._rows("SELECT path FROM known_articles WHERE article_id = ?", [article_id])
        return rows[0][0] if rows else None

    def copies_of(self, article_id: str) -> list[str]:
        """Return the ids of the copies of an article."""
        rows = self._rows("SELECT article_id FROM known_articles WHERE copy_of = ?", [article_id])
        return [id_ for (id_,) in rows]


def _file_row(file: IndexedFile) -> list[str]:
    unreadable = json.dumps([asdict(item) for item in file.unreadable])
    return [file.path, json.dumps(file.stamp), file.sha256, unreadable]
