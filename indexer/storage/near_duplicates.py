"""Finds texts that are nearly the same, and the original among several articles with one text.

A new text is compared only with texts that share a band of its signature (locality-sensitive
hashing: Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", 3.4). Two texts that have 85 %
of their word runs in common share a band in 99 of 100 cases.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from indexer.storage.database import Database
from indexer.storage.indexed_files import KnownArticle
from indexer.storage.minhash import FEWEST_WORDS, bands, likeness
from indexer.text.periods import first_day, last_day, minute

LIKENESS = 0.85
"""The share of word runs that a copy has in common with its original at least."""

DAYS = 31
"""Days after the original within which an outlet may publish a copy. Later it is an article."""

LIKENESS_AT_HOME = 0.95
DAYS_AT_HOME = 2
"""The same for two articles of one outlet, which often reuses its own phrases. Short texts are
copies only on the same day. Articles of unknown outlets count as those of one outlet."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS signatures (number INTEGER PRIMARY KEY, digest UNIQUE, signature);
CREATE TABLE IF NOT EXISTS bands (band, number, PRIMARY KEY (band, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS near (one, other, likeness, PRIMARY KEY (one, other)) WITHOUT ROWID;
"""


class NearDuplicates:
    """The signatures of texts, and the pairs that are nearly the same, kept in a library."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        for statement in filter(str.strip, _SCHEMA.split(";")):
            db.execute(statement)

    @classmethod
    def rehearsed(cls, library: Path | None) -> NearDuplicates:
        """Copy those of a library, if there is one, into memory."""
        copied = cls(sqlite3.connect(":memory:", isolation_level=None, uri=True))
        if library is not None:
            copied._db.execute("ATTACH ? AS library", [f"{library.absolute().as_uri()}?mode=ro"])
            for table in ("signatures", "bands", "near"):
                copied._db.execute(f"INSERT INTO {table} SELECT * FROM library.{table}")
            copied._db.execute("DETACH library")
        return copied

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    def add(self, digest: str, signature: bytes) -> set[str]:
        """Add a text. Returns the digests of the texts that are nearly the same."""
        if self._number(digest) is not None:
            return self.alike(digest)
        number = self._db.execute(
            "INSERT INTO signatures (digest, signature) VALUES (?, ?)", [digest, signature]
        ).lastrowid
        for other, share in self._near(signature):
            pairs = [(number, other, share), (other, number, share)]
            self._db.executemany("INSERT INTO near VALUES (?, ?, ?)", pairs)
        rows = ((band, number) for band in bands(signature))
        self._db.executemany("INSERT INTO bands VALUES (?, ?)", rows)
        return self.alike(digest)

    def remove(self, digest: str) -> None:
        """Remove a text. An unknown digest is ignored."""
        number = self._number(digest)
        if number is None:
            return
        (signature,) = self._db.execute(
            "DELETE FROM signatures WHERE number = ? RETURNING signature", [number]
        ).fetchone()
        rows = ((band, number) for band in bands(signature))
        self._db.executemany("DELETE FROM bands WHERE band = ? AND number = ?", rows)
        others = self._db.execute("DELETE FROM near WHERE one = ? RETURNING other", [number])
        pairs = [(other, number) for (other,) in others.fetchall()]
        self._db.executemany("DELETE FROM near WHERE one = ? AND other = ?", pairs)

    def alike(self, digest: str) -> set[str]:
        """Return the digests of the texts that are nearly the same as a known one."""
        rows = self._db.execute(
            "SELECT b.digest FROM signatures a JOIN near ON one = a.number"
            " JOIN signatures b ON other = b.number WHERE a.digest = ?",
            [digest],
        )
        return {other for (other,) in rows}

    def pairs(self) -> Iterator[tuple[str, str, float]]:
        """Return all pairs of digests with their likeness, each pair in both orders."""
        yield from self._db.execute(
            "SELECT a.digest, b.digest, likeness FROM near"
            " JOIN signatures a ON one = a.number JOIN signatures b ON other = b.number"
        )

    def _number(self, digest: str) -> int | None:
        row = self._db.execute(
            "SELECT number FROM signatures WHERE digest = ?", [digest]
        ).fetchone()
        return row[0] if row else None

    def _near(self, signature: bytes) -> Iterator[tuple[int, float]]:
        candidates: dict[int, bytes] = {}
        for band in bands(signature):
            candidates.update(
                self._db.execute(
                    "SELECT number, signature FROM bands JOIN signatures USING (number)"
                    " WHERE band = ?",
                    [band],
                )
            )
        for number, other in candidates.items():
            share = likeness(signature, other)
            if share >= LIKENESS:
                yield number, share


def signature_of(database: Database, digest: str) -> bytes | None:
    """Return the signature of a text, or ``None`` if it is too short to have one."""
    rows = database.rows("SELECT signature FROM signatures WHERE digest = ?", [digest])
    return rows[0][0] if rows else None


def originals(
    articles: Iterable[KnownArticle], pairs: Iterable[tuple[str, str, float]]
) -> Mapping[str, str]:
    """Return the original of each copy, by id.

    The earliest of several articles is the original; of articles from one time, the one with the
    lowest id. Every copy is compared with its original, never with another copy.
    """
    near: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for one, other, share in pairs:
        near[one][other] = share
    shown: defaultdict[str, list[KnownArticle]] = defaultdict(list)
    original_of: dict[str, str] = {}
    for article in sorted(_with_similar_text(articles, near), key=_order):
        digest = article.text_digest or ""
        before = [
            other
            for text, share in {**near[digest], digest: 1.0}.items()
            for other in shown[text]
            if _is_copy(article, other, share)
        ]
        if before:
            original_of[article.article_id] = min(before, key=_order).article_id
        else:
            shown[digest].append(article)
    return original_of


def _is_copy(one: KnownArticle, other: KnownArticle, share: float) -> bool:
    """Return True if one article is a copy of the other; ``share`` is 1 for the same text."""
    if one.outlet != other.outlet:
        return _days_between(one, other) <= DAYS
    days = DAYS_AT_HOME if one.words >= FEWEST_WORDS else 0
    return share >= LIKENESS_AT_HOME and _days_between(one, other) <= days


def _days_between(one: KnownArticle, other: KnownArticle) -> int:
    """Return the smallest number of days between two articles; 0 if a date is unknown."""
    dates = [article.published for article in (one, other) if article.published]
    if len(dates) < 2:
        return 0
    return max(map(first_day, dates)) - min(map(last_day, dates))


def _with_similar_text(
    articles: Iterable[KnownArticle], near: Collection[str]
) -> Iterator[KnownArticle]:
    """Return the articles whose text, or nearly the same text, another article has."""
    by_digest: defaultdict[str | None, list[KnownArticle]] = defaultdict(list)
    for article in articles:
        by_digest[article.text_digest].append(article)
    by_digest.pop(None, None)
    for digest, same in by_digest.items():
        if len(same) > 1 or digest in near:
            yield from same


def _order(article: KnownArticle) -> tuple[int, int, str]:
    """Return a key that sorts by time. A date known to the month counts as its last day."""
    if article.published is None:
        return (10**9, 0, article.article_id)
    return (last_day(article.published), minute(article.published), article.article_id)
