"""Which articles the next index holds: decided one by one, the same whatever was there before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from indexer.reading import Reading
from indexer.records import Skipped
from indexer.store import IndexedFile


class Ledger:
    """Keeps the files of an index apart from those whose text another one already has.

    Of several articles with one text, the one with the lowest id is indexed.
    """

    def __init__(self, unchanged: Iterable[IndexedFile]) -> None:
        self._files = {file.article_id: file for file in unchanged}
        self._holders = {
            file.text_digest: file.article_id
            for file in self._files.values()
            if file.text_digest and not file.duplicate_of
        }
        self.displaced: set[str] = set()
        """Indexed articles that turned out to be duplicates of new ones."""

    def enter(self, reading: Reading) -> str | None:
        """Enters what was read; gives the id of the article that it displaces, if any."""
        new = reading.file.article_id
        self._files[new] = IndexedFile(
            path=reading.file.path,
            article_id=new,
            size=reading.file.size,
            mtime_ns=reading.file.mtime_ns,
            sha256=reading.sha256,
            text_digest=reading.text_digest,
            passages=len(reading.passages),
        )
        if reading.text_digest is None:
            return None
        holder = self._holders.setdefault(reading.text_digest, new)
        if holder <= new:
            return None
        self._holders[reading.text_digest] = new
        self.displaced.add(holder)
        return holder

    def is_indexed(self, article_id: str) -> bool:
        """Whether an article that was entered goes into the index."""
        return self._original(self._files[article_id]) is None

    def files(self) -> Iterator[IndexedFile]:
        """All files in order of id, each with the article whose text it repeats."""
        for _, file in sorted(self._files.items()):
            original = self._original(file)
            yield file if file.duplicate_of == original else replace(file, duplicate_of=original)

    def duplicates(self) -> tuple[Skipped, ...]:
        """The files that are not indexed, each with the article whose text it repeats."""
        return tuple(
            Skipped(file.path, f"its text is that of {file.duplicate_of}")
            for file in self.files()
            if file.duplicate_of
        )

    def articles(self) -> int:
        """How many articles are indexed."""
        return sum(file.duplicate_of is None for file in self.files())

    def passages(self) -> int:
        """How many passages are indexed."""
        return sum(file.passages for file in self.files() if file.duplicate_of is None)

    def fingerprint(self) -> str:
        """The same for every index of the same articles, however it came to be."""
        lines = (f"{file.article_id}\0{file.sha256}\n" for file in self.files())
        return hashlib.sha256("".join(lines).encode()).hexdigest()[:16]

    def _original(self, file: IndexedFile) -> str | None:
        if file.text_digest is None:
            return None
        holder = self._holders.get(file.text_digest)
        return None if holder == file.article_id else holder
