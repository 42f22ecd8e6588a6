"""Access to one SQLite file: read by several threads at once, or written by one."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeAlias

from indexer.storage import disk

Row: TypeAlias = tuple[Any, ...]


class Database:
    """A read-only SQLite file that never changes. Idle connections are kept for reuse."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self._idle: list[sqlite3.Connection] = []

    def close(self) -> None:
        """Close all connections. Closing twice is harmless."""
        while self._idle:
            self._idle.pop().close()

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Return the rows of a query.

        Raises `sqlite3.DatabaseError` if the file is damaged, and `OSError` if the disk fails.
        """
        with self.connection() as db:
            return db.execute(sql, values).fetchall()

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection that no other thread uses at the same time."""
        with disk.naming(self._path):
            try:
                db = self._idle.pop()
            except IndexError:
                db = self._connect()
            try:
                yield db
            finally:
                self._idle.append(db)

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._address, uri=True, check_same_thread=False)
        db.execute("PRAGMA temp_store = MEMORY")  # readers write no files, not even temporary ones
        return db


def insert(db: sqlite3.Connection, table: str, rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows that have a value for every column of a table."""
    (width,) = db.execute("SELECT count(*) FROM pragma_table_info(?)", [table]).fetchone()
    db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", rows)


def replace_rows(db: sqlite3.Connection, table: str, rows: Iterable[Sequence[Any]]) -> None:
    """Replace all rows of a table."""
    db.execute(f"DELETE FROM {table}")
    insert(db, table, rows)


def column_names(
    record: type, *, left_out: Collection[str] = (), last: Sequence[str] = ()
) -> list[str]:
    """Return the fields of a record as column names, some of them left out or moved to the end."""
    names = [field.name for field in fields(record) if field.name not in (*left_out, *last)]
    return [*names, *last]
