"""Keeps the list of articles of the next index, and decides which are shown.

The result depends on the articles alone, not on the order in which they were indexed.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from indexer.records import Skipped
from indexer.reindex.reading import ArticleReading, FileReading
from indexer.storage.indexed_files import IndexedFile, KnownArticle
from indexer.storage.near_duplicates import NearDuplicates, originals


class Ledger:
    """All articles, with the original of each copy.

    While articles are entered, the one that will be shown among several with one text is a guess:
    the earliest may come last. `settle` returns the corrections.
    """

    def __init__(self, files: Iterable[IndexedFile], articles: Iterable[KnownArticle]) -> None:
        self._files = {file.path: file for file in files}
        self._articles: dict[str, KnownArticle] = {}
        self.lost: dict[str, KnownArticle] = {}
        """The articles that are gone, or that have to be read again, by id."""
        for article in articles:
            if article.path in self._files:
                self._articles[article.article_id] = article
            else:
                self.lost[article.article_id] = article
        self._shown = {a.article_id for a in self._articles.values() if not a.copy_of}
        self._shown_texts = {self._articles[one].text_digest for one in self._shown} - {None}

    def enter_file(self, reading: FileReading) -> None:
        """Enter a file that was read. Enter its articles one by one."""
        self._files[reading.file.path] = IndexedFile(
            reading.file.path, reading.file.stamp, reading.sha256, reading.unreadable
        )

    def enter(self, path: str, reading: ArticleReading, near_duplicates: NearDuplicates) -> bool:
        """Enter an article of a file. Returns True if it is shown, as far as is known yet."""
        article, text = reading.article, reading.text_digest
        self._articles[article.id] = KnownArticle(
            article_id=article.id,
            path=path,
            text_digest=text,
            words=reading.words,
            passages=len(reading.passages),
            published=article.published,
            outlet=article.outlet and sys.intern(article.outlet),  # one string for each outlet
        )
        same = {text} if text else set()
        if text and reading.signature:
            same |= near_duplicates.add(text, reading.signature)
        if same & self._shown_texts:
            return False
        self._shown.add(article.id)
        self._shown_texts.add(text)
        return True

    def settle(self, near_duplicates: NearDuplicates) -> tuple[set[str], set[str]]:
        """Find the original of each copy, once all articles are entered.

        Returns the ids of articles to put aside, and of articles to bring back.
        """
        texts = _texts(self._articles.values())
        for article in self.lost.values():
            if article.text_digest and article.text_digest not in texts:
                near_duplicates.remove(article.text_digest)
        original_of = originals(self._articles.values(), near_duplicates.pairs())
        self._articles = {
            name: (
                article
                if article.copy_of == original_of.get(name)
                else replace(article, copy_of=original_of.get(name))
            )
            for name, article in sorted(self._articles.items())
        }
        shown, before = self._articles.keys() - original_of.keys(), self._shown
        self._shown = shown
        return before - shown, shown - before

    def put_back(self) -> None:
        """Take back all lost articles, for a run that leaves the index as it is."""
        self._articles = dict(sorted({**self._articles, **self.lost}.items()))
        self._shown.update(name for name, article in self.lost.items() if not article.copy_of)

    def gone(self) -> list[KnownArticle]:
        """Return the articles that are lost with their text: no other article has it."""
        gone = [article for name, article in self.lost.items() if name not in self._articles]
        texts = _texts(self._articles.values()) if gone else ()
        return [article for article in gone if article.text_digest not in texts]

    def files(self) -> Iterator[IndexedFile]:
        """Return all files in order of path."""
        yield from (file for _, file in sorted(self._files.items()))

    def articles(self) -> Iterator[KnownArticle]:
        """Return all articles in order of id. Call `settle` first."""
        yield from self._articles.values()

    def duplicates(self) -> tuple[Skipped, ...]:
        """Return the copies, each with its original as the reason."""
        in_file = Counter(article.path for article in self._articles.values())
        return tuple(
            Skipped(
                copy.path if in_file[copy.path] == 1 else f"{copy.path}: {copy.article_id}",
                _likeness(copy, self._articles[copy.copy_of]),
            )
            for copy in self._articles.values()
            if copy.copy_of
        )

    def shown(self) -> list[str]:
        """Return the ids of the articles that are shown, in order."""
        return sorted(self._shown)

    def count_shown(self) -> int:
        """Return the number of articles that are shown."""
        return len(self._shown)

    def count_passages(self) -> int:
        """Return the number of passages of the articles that are shown."""
        return sum(self._articles[article_id].passages for article_id in self._shown)

    def fingerprint(self, names: str) -> str:
        """Return a digest that is equal for all indexes of the same articles.

        ``names`` stands for what resolved their names: the keeper's list, and the rules.
        """
        sums = {file.path: file.sha256 for file in self._files.values()}
        lines = (f"{a.article_id}\0{sums[a.path]}\n" for a in self._articles.values())
        return hashlib.sha256("".join([names, "\n", *lines]).encode()).hexdigest()[:16]


def _texts(articles: Iterable[KnownArticle]) -> set[str]:
    return {article.text_digest for article in articles if article.text_digest}


def _likeness(copy: KnownArticle, original: KnownArticle) -> str:
    if copy.text_digest == original.text_digest:
        return f"its text is that of {original.article_id}"
    return f"it has nearly the same text as {original.article_id}"
