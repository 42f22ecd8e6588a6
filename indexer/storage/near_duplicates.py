"""Which texts are nearly the same, and which article of several with one text is shown.

A new text is compared only with those that share a band of its signature with it (locality-
sensitive hashing: Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", 3.4): two texts that
are alike in 85 % of their word runs do so in 99 of 100 cases.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from indexer.storage.indexed_files import KnownArticle
from indexer.storage.minhash import FEWEST_WORDS, bands, likeness
from indexer.text.periods import first_day, last_day, minute

LIKENESS = 0.85
"""The share of word runs that two texts have in common if one is a copy of the other."""

DAYS = 31
"""How long after the first a copy may appear elsewhere; later it is another article."""

LIKENESS_AT_HOME = 0.95
DAYS_AT_HOME = 2
"""The same for two articles of one outlet, which fills in its own forms again and again; short ones
are copies only within a day. Articles of unknown outlets count as of one."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS signatures (number INTEGER PRIMARY KEY, digest UNIQUE, signature);
CREATE TABLE IF NOT EXISTS bands (band, number, PRIMARY KEY (band, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS near (one, other, likeness, PRIMARY KEY (one, other)) WITHOUT ROWID;
"""


class NearDuplicates:
    """The signatures of texts, and the pairs of them that are nearly the same, in a library."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        for statement in filter(str.strip, _SCHEMA.split(";")):
            db.execute(statement)

    @classmethod
    def rehearsed(cls, library: Path | None) -> NearDuplicates:
        """Those of a library, if there is one yet, to be changed in memory only."""
        copied = cls(sqlite3.connect(":memory:", isolation_level=None, uri=True))
        if library is not None:
            copied._db.execute("ATTACH ? AS library", [f"{library.absolute().as_uri()}?mode=ro"])
            for table in ("signatures", "bands", "near"):
                copied._db.execute(f"INSERT INTO {table} SELECT * FROM library.{table}")
            copied._db.execute("DETACH library")
        return copied

    def close(self) -> None:
        """Lets go of the library."""
        self._db.close()

    def add(self, digest: str, signature: bytes) -> set[str]:
        """Adds a text; gives the digests of those that it is nearly the same as."""
        if self._number(digest) is not None:
            return self.alike(digest)
        number = self._db.execute(
            "INSERT INTO signatures (digest, signature) VALUES (?, ?)", [digest, signature]
        ).lastrowid
        for other, alike in self._near(signature):
            pairs = [(number, other, alike), (other, number, alike)]
            self._db.executemany("INSERT INTO near VALUES (?, ?, ?)", pairs)
        rows = ((band, number) for band in bands(signature))
        self._db.executemany("INSERT INTO bands VALUES (?, ?)", rows)
        return self.alike(digest)

    def remove(self, digest: str) -> None:
        """Takes a text out; one that is not there is no error."""
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
        """The digests of the texts that are nearly the same as one."""
        rows = self._db.execute(
            "SELECT b.digest FROM signatures a JOIN near ON one = a.number"
            " JOIN signatures b ON other = b.number WHERE a.digest = ?",
            [digest],
        )
        return {other for (other,) in rows}

    def pairs(self) -> Iterator[tuple[str, str, float]]:
        """All pairs of digests of texts that are nearly the same, and how much; both ways round."""
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
            alike = likeness(signature, other)
            if alike >= LIKENESS:
                yield number, alike


def originals(
    articles: Iterable[KnownArticle], pairs: Iterable[tuple[str, str, float]]
) -> Mapping[str, str]:
    """Whose copy each article is that is one, by id.

    The earliest of several is shown; of one time, that with the lowest id. Every copy is like the
    one that is shown in its place: likeness is not handed on from copy to copy.
    """
    near: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for one, other, alike in pairs:
        near[one][other] = alike
    shown: defaultdict[str, list[KnownArticle]] = defaultdict(list)
    found: dict[str, str] = {}
    for article in sorted(_with_company(articles, near), key=_order):
        digest = article.text_digest or ""
        before = [
            other
            for text, alike in {**near[digest], digest: 1.0}.items()
            for other in shown[text]
            if _is_copy(article, other, alike)
        ]
        if before:
            found[article.article_id] = min(before, key=_order).article_id
        else:
            shown[digest].append(article)
    return found


def _is_copy(one: KnownArticle, other: KnownArticle, alike: float) -> bool:
    """Whether two articles that are so much alike are one; ``alike`` is 1 for the same text."""
    if one.outlet != other.outlet:
        return _days_between(one, other) <= DAYS
    days = DAYS_AT_HOME if one.words >= FEWEST_WORDS else 0
    return alike >= LIKENESS_AT_HOME and _days_between(one, other) <= days


def _days_between(one: KnownArticle, other: KnownArticle) -> int:
    """The least number of days that may lie between them; 0 if that is not known."""
    dates = [article.published for article in (one, other) if article.published]
    if len(dates) < 2:
        return 0
    return max(map(first_day, dates)) - min(map(last_day, dates))


def _with_company(
    articles: Iterable[KnownArticle], near: Collection[str]
) -> Iterator[KnownArticle]:
    """The articles whose text another one has, or nearly."""
    by_digest: defaultdict[str | None, list[KnownArticle]] = defaultdict(list)
    for article in articles:
        by_digest[article.text_digest].append(article)
    by_digest.pop(None, None)
    for digest, same in by_digest.items():
        if len(same) > 1 or digest in near:
            yield from same


def _order(article: KnownArticle) -> tuple[int, int, str]:
    """The earliest first. What is known to the month only may have come on its last day."""
    if article.published is None:
        return (10**9, 0, article.article_id)
    return (last_day(article.published), minute(article.published), article.article_id)
