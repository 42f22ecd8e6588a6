"""The library of a generation: articles, passages and speakers in one SQLite file.

It is the same for every engine: engines return ids, the library returns what they identify. Each
group of tables has its own module; this one opens the file and answers what needs several groups.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import indexer.storage.articles as articles
import indexer.storage.identities as identities
import indexer.storage.indexed_files as indexed_files
import indexer.storage.name_search as name_search
import indexer.storage.near_duplicates as near_duplicates
import indexer.storage.own_words as own_words
import indexer.storage.resolving as resolving
import indexer.storage.speakers as speakers
from indexer.people.aliases import Aliases
from indexer.records import Article, Copy
from indexer.storage.articles import Articles, ArticleWriter
from indexer.storage.database import Database
from indexer.storage.indexed_files import IndexedFile, IndexedFiles, KnownArticle
from indexer.storage.name_search import NameSearch
from indexer.storage.speakers import Speakers

FILE = "library.sqlite"

_SCHEMA = "".join(
    group.SCHEMA
    for group in (indexed_files, articles, identities, own_words, speakers, name_search)
)

_PAGE_BYTES = 16_384
"""The page size of the file: most passages fit into one page and leave little of it empty."""


@dataclass(frozen=True, slots=True)
class Totals:
    """The size of a library. ``first`` and ``last`` are dates of articles."""

    articles: int
    passages: int
    speakers: int
    first: str | None
    last: str | None


class LibraryWriter:
    """Writes a library that nobody reads yet. Call `finish`, or discard the file."""

    def __init__(self, path: Path) -> None:
        is_new = not path.exists()
        self.database = sqlite3.connect(path, isolation_level=None)
        # An unfinished library is discarded, never repaired: no journal, one fsync at the end.
        self.database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        if is_new:
            self.database.executescript(f"PRAGMA page_size={_PAGE_BYTES}; {_SCHEMA}")
            resolving.write_rules(self.database)
        self.database.execute("BEGIN")
        self.articles = ArticleWriter(self.database)

    def resolve(self, aliases: Aliases) -> set[str]:
        """Say whose words all labels are, now that all articles are there.

        Returns the ids of the articles in which a speaker has changed.
        """
        is_listed_anew = speakers.write_aliases(self.database, aliases)
        identities = self.articles.identities
        owned = own_words.write_own_words(self.database, identities, aliases.outlets)
        return owned | resolving.resolve(self.database, identities, aliases, anew=is_listed_anew)

    def finish(
        self, files: Iterable[IndexedFile], known: Iterable[KnownArticle], scan_began_ns: int
    ) -> Totals:
        """Write files and speakers, close the library, and return its size."""
        indexed_files.write_files(self.database, files, known, scan_began_ns)
        speakers.write_speakers(self.database)
        name_search.write_name_words(self.database)
        shown, passages, first, last = self.articles.totals()
        totals = Totals(shown, passages, speakers.count_speakers(self.database), first, last)
        self.database.execute("COMMIT")
        self.close()
        return totals

    def close(self) -> None:
        """Close the file, finished or not."""
        self.database.close()


class Library:
    """Reads a finished library, from several threads at once.

    It never changes: a new generation has a library of its own. Raises `sqlite3.DatabaseError` if
    the file is damaged.
    """

    def __init__(self, path: Path) -> None:
        self._database = Database(path)
        self.indexed = IndexedFiles(self._database)
        self.articles = Articles(self._database)
        self.speakers = Speakers(self._database)
        self.names = NameSearch(self._database, self.speakers)

    def close(self) -> None:
        """Close the file. Closing twice is harmless."""
        self._database.close()

    def article(self, article_id: str) -> Article | None:
        """Return an article without its paragraphs. The id of a copy returns the original."""
        return self.articles.article(self.indexed.original_of(article_id))

    def copies(self, article_id: str) -> list[Copy]:
        """Return the copies of an article, in order of time."""
        return self.articles.copies(self.indexed.copies_of(article_id))

    def texts_said(self, speaker_id: str, max_articles: int) -> Iterator[str]:
        """Return the texts of a speaker in some articles, spread evenly over all of them."""
        article_ids = sorted(self.speakers.article_ids(speaker_id))
        step = max(1, -(-len(article_ids) // max_articles))
        for article_id in article_ids[::step]:
            yield from self.articles.texts_said(article_id, speaker_id)

    def signature(self, text_digest: str) -> bytes | None:
        """Return the signature of a text, or ``None`` if it is too short to have one."""
        return near_duplicates.signature_of(self._database, text_digest)

    def is_of_these_rules(self) -> bool:
        """Return True if the rules of this program have said whose words its labels are."""
        return resolving.is_of_these_rules(self._database)

    def errors(self) -> list[str]:
        """Return the errors that SQLite finds in the file."""
        return [row[0] for row in self._database.rows("PRAGMA integrity_check") if row[0] != "ok"]
