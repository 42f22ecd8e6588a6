"""Which articles the next index holds, the same whatever was there before."""

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
    """Knows every article, and which of them are copies of another one.

    While articles are entered it can only guess which of several with one text will be shown: the
    earliest may come last. `settle` tells what has to be put right then.
    """

    def __init__(self, files: Iterable[IndexedFile], articles: Iterable[KnownArticle]) -> None:
        self._files = {file.path: file for file in files}
        self._articles: dict[str, KnownArticle] = {}
        self._lost_texts: set[str] = set()
        self.lost: set[str] = set()
        """The articles that are gone, or have to be read again."""
        for article in articles:
            if article.path in self._files:
                self._articles[article.article_id] = article
            else:
                self.lost.add(article.article_id)
                self._lost_texts.add(article.text_digest or "")
        self._shown = {a.article_id for a in self._articles.values() if not a.copy_of}
        self._shown_texts = {self._articles[one].text_digest for one in self._shown} - {None}

    def enter_file(self, reading: FileReading) -> None:
        """Enters a file that was read; its articles come one by one."""
        self._files[reading.file.path] = IndexedFile(
            reading.file.path, reading.file.stamp, reading.sha256, reading.unreadable
        )

    def enter(self, path: str, reading: ArticleReading, near_duplicates: NearDuplicates) -> bool:
        """Enters an article of a file; tells whether it is to be shown, as far as is known yet."""
        article, text = reading.article, reading.text_digest
        self._articles[article.id] = KnownArticle(
            article_id=article.id,
            path=path,
            text_digest=text,
            words=reading.words,
            passages=len(reading.passages),
            published=article.published,
            outlet=article.outlet and sys.intern(article.outlet),  # one text for all of an outlet
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
        """Decides whose copy each article is, once all are entered.

        Gives the articles that are shown but should not be, and those that are not but should.
        """
        held = {article.text_digest for article in self._articles.values()}
        for text in self._lost_texts - held:
            near_duplicates.remove(text)
        found = originals(self._articles.values(), near_duplicates.pairs())
        self._articles = {
            name: (
                article
                if article.copy_of == found.get(name)
                else replace(article, copy_of=found.get(name))
            )
            for name, article in sorted(self._articles.items())
        }
        shown, before = self._articles.keys() - found.keys(), self._shown
        self._shown = shown
        return before - shown, shown - before

    def files(self) -> Iterator[IndexedFile]:
        """All files in order of path."""
        yield from (file for _, file in sorted(self._files.items()))

    def articles(self) -> Iterator[KnownArticle]:
        """All articles in order of id, once they are settled."""
        yield from self._articles.values()

    def duplicates(self) -> tuple[Skipped, ...]:
        """The articles that are not shown, each with the one that is shown in its place."""
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
        """The articles that are shown, in order of id."""
        return sorted(self._shown)

    def count_shown(self) -> int:
        """How many articles are shown."""
        return len(self._shown)

    def count_passages(self) -> int:
        """How many passages the articles have that are shown."""
        return sum(self._articles[article_id].passages for article_id in self._shown)

    def fingerprint(self, aliases: str) -> str:
        """The same for every index of the same articles and aliases, however it came to be."""
        sums = {file.path: file.sha256 for file in self._files.values()}
        lines = (f"{a.article_id}\0{sums[a.path]}\n" for a in self._articles.values())
        return hashlib.sha256("".join([aliases, "\n", *lines]).encode()).hexdigest()[:16]


def _likeness(copy: KnownArticle, original: KnownArticle) -> str:
    if copy.text_digest == original.text_digest:
        return f"its text is that of {original.article_id}"
    return f"it has nearly the same text as {original.article_id}"
