"""Brings an index up to date with its corpus: scan, compare, read, build, publish, report."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import indexer.storage.generations as generations
from indexer.corpus.files import Changes, compare, scan
from indexer.corpus.keeper_files import read_aliases
from indexer.engines import load_engine
from indexer.ingest.workers import FILE_MEMORY_MB, FILE_SECONDS, Limits
from indexer.records import IngestReport, Skipped
from indexer.reindex.base import read_base, serving_manifest
from indexer.reindex.builder import GenerationBuilder
from indexer.reindex.ledger import Ledger
from indexer.reindex.progress import NoProgress, Progress
from indexer.reindex.reading import FileReading, read_files
from indexer.storage.near_duplicates import NearDuplicates

DEFAULT_ENGINE = "whoosh"


@dataclass(frozen=True, slots=True)
class ReindexOptions:
    """The options of a run.

    ``engine`` is by default the engine of the present index. ``full`` reads every file again.
    ``optimize`` rewrites the engine's files from the articles already read, as a change of engine
    does. ``dry_run`` reads the changes and writes nothing. ``jobs`` is the number of processes
    that read, by default one for each core. A file that takes more time or memory than its limit
    is skipped.
    """

    corpus: Path
    index: Path
    engine: str | None = None
    full: bool = False
    optimize: bool = False
    dry_run: bool = False
    jobs: int | None = None
    file_seconds: float = FILE_SECONDS
    file_memory_mb: int = FILE_MEMORY_MB


def reindex(options: ReindexOptions, progress: Progress | None = None) -> IngestReport:
    """Bring the index up to date with the corpus, reading only new and changed files.

    Raises `CorpusError` if there is no corpus or its ``speakers.toml`` is invalid, `IndexLocked`,
    `EngineUnavailable`, or the `OSError` or `sqlite3.Error` of a disk that cannot be written.
    After any error, and if the process is killed, the old index still serves.
    """
    with nullcontext() if options.dry_run else generations.locked(options.index):
        return _Run(options, progress or NoProgress()).report()


class _Run:
    """One run, from scan to report."""

    def __init__(self, options: ReindexOptions, progress: Progress) -> None:
        self._options = options
        self._progress = progress
        self._began = time.monotonic()
        self._scan_began_ns = time.time_ns()
        serving = serving_manifest(options.index)
        self._engine_name = options.engine or (serving.info.engine if serving else DEFAULT_ENGINE)
        load_engine(self._engine_name)  # fails here, before anything is read
        self._aliases = read_aliases(options.corpus)
        self._base = read_base(
            options.index, None if options.full else serving, self._aliases.digest()
        )
        self._rebuild = options.optimize or not self._base.is_of(self._engine_name)
        self._skipped: list[Skipped] = []
        self._read = 0

    def report(self) -> IngestReport:
        """Run, and report the changes."""
        files, skipped = scan(self._options.corpus)
        self._skipped.extend(skipped)
        base = self._base
        changes = compare(self._options.corpus, files, base.files, base.scan_began_ns)
        self._skipped.extend(item for file in changes.unchanged for item in file.unreadable)
        unchanged = {file.path for file in changes.unchanged}
        removed = set(changes.removed)
        ledger = Ledger(changes.unchanged, base.articles)
        generation = self._carry_out(changes, ledger)
        return IngestReport(
            engine=self._engine_name,
            read=self._read,
            unchanged=sum(article.path in unchanged for article in base.articles),
            removed=sum(article.path in removed for article in base.articles),
            articles=ledger.count_shown(),
            passages=ledger.count_passages(),
            skipped=tuple(sorted(self._skipped, key=lambda skipped: skipped.path)),
            duplicates=ledger.duplicates(),
            generation=generation,
            seconds=round(time.monotonic() - self._began, 3),
        )

    def _carry_out(self, changes: Changes, ledger: Ledger) -> str | None:
        """Return the name of the new generation, or ``None`` if nothing has to be written."""
        readings = self._readings(changes)
        if self._options.dry_run:
            self._rehearse(readings, ledger)
            return None
        first = next(readings, None)
        if first is None and not ledger.lost and self._base.manifest and not self._rebuild:
            return None
        builder = GenerationBuilder(
            index=self._options.index,
            engine_name=self._engine_name,
            base=self._base,
            rebuild=self._rebuild,
            aliases=self._aliases,
            progress=self._progress,
        )
        return builder.build(chain([first] if first else [], readings), ledger, self._scan_began_ns)

    def _rehearse(self, readings: Iterable[FileReading], ledger: Ledger) -> None:
        """Enter readings into the ledger alone."""
        with closing(NearDuplicates.rehearsed(self._base.library)) as near_duplicates:
            for reading in readings:
                ledger.enter_file(reading)
                for article in reading.articles:
                    ledger.enter(reading.file.path, article, near_duplicates)
            ledger.settle(near_duplicates)

    def _readings(self, changes: Changes) -> Iterator[FileReading]:
        """Read new and changed files, and count what was read and skipped."""
        self._progress.begin("Reading", len(changes.read))
        options = self._options
        jobs = options.jobs or os.cpu_count() or 1
        limits = Limits(options.file_seconds, options.file_memory_mb)
        for outcome in read_files(options.corpus, changes.read, jobs, limits):
            if isinstance(outcome, Skipped):
                self._skipped.append(outcome)
            else:
                self._skipped.extend(outcome.unreadable)
                self._read += len(outcome.articles)
                if outcome.articles:
                    yield outcome
            self._progress.advance()
