"""Reads the changes of a corpus, and falls back on the index where they cannot be read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from indexer.corpus.files import Changes, Scan
from indexer.ingest.workers import Limits
from indexer.records import Skipped
from indexer.reindex.base import Base
from indexer.reindex.progress import Progress
from indexer.reindex.reading import FileReading, read_files
from indexer.storage.indexed_files import IndexedFile

Taken: TypeAlias = FileReading | IndexedFile
"""Articles read from a file, or a file that stays as it was indexed before."""


class Intake:
    """Reads files, and keeps a record of what was read, skipped and kept."""

    def __init__(self, base: Base, progress: Progress) -> None:
        self._base = base
        self._progress = progress
        self.read = 0
        """The number of articles that were read."""
        self.skipped: list[Skipped] = []
        self.kept: set[str] = set()
        """The paths of files that stay as they were indexed, because they cannot be read."""

    def note(self, scanned: Scan, changes: Changes) -> None:
        """Record what is skipped and kept before anything is read."""
        for skipped in scanned.skipped:
            files = changes.unseen.get(skipped.path, ())
            self.kept.update(file.path for file in files)
            if skipped.path not in scanned.unsettled:
                self.skipped.append(_as_kept(skipped) if files else skipped)
        self.skipped.extend(changes.skipped)
        self.skipped.extend(item for file in changes.unchanged for item in file.unreadable)

    def take(
        self, corpus: Path, changes: Changes, jobs: int | None, limits: Limits
    ) -> Iterator[Taken]:
        """Read new and changed files. One that cannot be read is returned as it was indexed."""
        self._progress.begin("Reading", len(changes.read))
        outcomes = read_files(corpus, changes.read, jobs or os.cpu_count() or 1, limits)
        for file, outcome in zip(changes.read, outcomes, strict=True):
            before = self._base.files.get(file.path) or changes.shadowed.get(file.article_id)
            if isinstance(outcome, FileReading):
                self.skipped.extend(outcome.unreadable)
                self.read += len(outcome.articles)
                if outcome.articles:
                    yield outcome
                elif before:
                    yield self._keep(before, Skipped(file.path, "none of its articles is readable"))
            elif before:
                yield self._keep(before, outcome)
            else:
                self.skipped.append(outcome)
            self._progress.advance()

    def _keep(self, before: IndexedFile, skipped: Skipped) -> IndexedFile:
        self.skipped.append(_as_kept(skipped))
        self.kept.add(before.path)
        return before


def _as_kept(skipped: Skipped) -> Skipped:
    return replace(skipped, reason=f"{skipped.reason} (what was indexed of it is kept)")
