"""From the corpus to an index: scan, compare, read, write aside, verify, publish, report."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import closing, nullcontext
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Protocol

import indexer.storage.generations as generations
from indexer.corpus.files import Changes, compare, scan
from indexer.corpus.keeper_files import read_aliases
from indexer.engines import load_engine
from indexer.errors import IndexDamaged, IndexUnavailable
from indexer.ingest.workers import FILE_MEMORY_MB, FILE_SECONDS, Limits
from indexer.records import (
    AnalyzedPassage,
    Dated,
    Everything,
    IndexInfo,
    IngestReport,
    Page,
    Skipped,
)
from indexer.reindex.ledger import Ledger
from indexer.reindex.reading import FileReading, read_files
from indexer.storage.generations import ENGINE, Manifest
from indexer.storage.indexed_files import IndexedFile, KnownArticle
from indexer.storage.library import FILE, Library, LibraryWriter, Totals
from indexer.storage.near_duplicates import NearDuplicates
from indexer.text.analysis import analyze

DEFAULT_ENGINE = "whoosh"


@dataclass(frozen=True, slots=True)
class ReindexOptions:
    """What to index, and how. ``engine`` is by default that of the index which is there.

    ``full`` reads every file again; ``optimize`` has the engine write its files anew, from what was
    read, as another engine does too; ``dry_run`` reads what changed and writes nothing; ``jobs`` is
    the number of processes that read, by default one a core. A file that takes longer or more
    memory than it may is skipped.
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


class Progress(Protocol):
    """Is told how far a reindex is."""

    def begin(self, step: str, total: int | None) -> None:
        """A step begins that has so many parts, or nobody knows how many."""

    def advance(self) -> None:
        """One part of the step is done."""


def reindex(options: ReindexOptions, progress: Progress | None = None) -> IngestReport:
    """Makes the index agree with the corpus, reading only what is new or changed.

    Raises `CorpusError` if there is no corpus or its ``speakers.toml`` is wrong, `IndexLocked`,
    `EngineUnavailable`, or the `OSError` or `sqlite3.Error` of a disk that does not take more.
    Whatever is raised, and if the process is killed, the old index serves on.
    """
    with nullcontext() if options.dry_run else generations.locked(options.index):
        return _Run(options, progress).report()


@dataclass(frozen=True, slots=True)
class _Base:
    """What a run builds upon: the generation that serves, or nothing."""

    manifest: Manifest | None = None
    library: Path | None = None
    files: tuple[IndexedFile, ...] = ()
    articles: tuple[KnownArticle, ...] = ()
    scan_began_ns: int = 0

    def is_of(self, engine: str) -> bool:
        """Whether an engine of this name can go on with it."""
        return self.manifest is not None and self.manifest.info.engine == engine


class _Run:
    """One reindex, from scan to report."""

    def __init__(self, options: ReindexOptions, progress: Progress | None) -> None:
        self._options = options
        self._progress = progress
        self._began = time.monotonic()
        self._scan_began_ns = time.time_ns()
        self._serving = _serving(options.index)
        self._engine_name = options.engine or _engine_name(self._serving)
        self._engine = load_engine(self._engine_name)
        self._aliases = read_aliases(options.corpus)
        self._base = self._usable()
        self._skipped: list[Skipped] = []
        self._read = 0
        # What was read is kept, whoever indexed it.
        self._anew = self._options.optimize or not self._base.is_of(self._engine_name)

    def report(self) -> IngestReport:
        """Does what there is to do, and tells what was done."""
        files, unfit = scan(self._options.corpus)
        self._skipped.extend(unfit)
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

    def _usable(self) -> _Base:
        serving, index = self._serving, self._options.index
        if serving is None or self._options.full:
            return _Base()
        try:
            generations.verify(index, serving, checksums=False)
            path = index / serving.info.generation / FILE
            with closing(Library(path)) as library:
                if library.speakers.aliases_digest() != self._aliases.digest():
                    return _Base()  # any name may mean somebody else now
                files, articles = tuple(library.indexed.files()), tuple(library.indexed.articles())
                return _Base(serving, path, files, articles, library.indexed.scan_began_ns())
        except (IndexDamaged, sqlite3.Error):
            return _Base()

    def _carry_out(self, changes: Changes, ledger: Ledger) -> str | None:
        """Gives the name of the new generation, if one was needed."""
        readings = self._readings(changes)
        if self._options.dry_run:
            self._rehearse(readings, ledger)
            return None
        first = next(readings, None)
        if first is None and not ledger.lost and self._base.manifest and not self._anew:
            return None
        return self._write(chain([first] if first else [], readings), ledger)

    def _rehearse(self, readings: Iterable[FileReading], ledger: Ledger) -> None:
        with closing(NearDuplicates.rehearsed(self._base.library)) as near_duplicates:
            for reading in readings:
                ledger.enter_file(reading)
                for article in reading.articles:
                    ledger.enter(reading.file.path, article, near_duplicates)
            ledger.settle(near_duplicates)

    def _readings(self, changes: Changes) -> Iterator[FileReading]:
        """Reads what has to be read; keeps count of it and of what cannot be."""
        self._begin("Reading", len(changes.read))
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
            if self._progress:
                self._progress.advance()

    def _write(self, readings: Iterable[FileReading], ledger: Ledger) -> str:
        index = self._options.index
        previous = generations.serving(index)
        generations.clear(index, keep={previous})
        with generations.new_generation(index) as folder:
            totals = self._fill(folder, readings, ledger)
            self._check_counts(folder, totals, ledger)
            info = IndexInfo(
                engine=self._engine_name,
                generation=folder.name,
                fingerprint=ledger.fingerprint(self._aliases.digest()),
                built=datetime.now(UTC).isoformat(timespec="seconds"),
                **asdict(totals),
            )
            generations.publish(index, Manifest(info, generations.sums(folder), previous))
        return folder.name

    def _fill(self, folder: Path, readings: Iterable[FileReading], ledger: Ledger) -> Totals:
        """Writes library and engine; only what is at hand is held in memory."""
        if self._base.manifest:
            self._copy(self._base.manifest, folder)
        with closing(LibraryWriter(folder / FILE)) as writer:
            writer.articles.remove(ledger.lost)
            passages = self._entered(readings, ledger, writer)
            if self._base.manifest is None:
                self._engine.build(folder / ENGINE, passages)
            elif self._anew:
                deque(passages, maxlen=0)
            else:
                self._engine.update(folder / ENGINE, ledger.lost, passages)
            self._settle(folder, ledger, writer)
            writer.keep_aliases(self._aliases.names(), self._aliases.digest())
            return writer.finish(ledger.files(), ledger.articles(), self._scan_began_ns)

    def _settle(self, folder: Path, ledger: Ledger, writer: LibraryWriter) -> None:
        """Puts right which articles are shown, now that all are known."""
        copies, originals = ledger.settle(NearDuplicates(writer.database))
        writer.articles.put_aside(copies)
        writer.articles.bring_back(originals)
        if self._base.manifest and self._anew:
            self._engine.build(folder / ENGINE, self._kept(ledger, writer))
        elif copies or originals:
            shown = (
                analyze(p) for one in sorted(originals) for p in writer.articles.passages_of(one)
            )
            self._engine.update(folder / ENGINE, copies, shown)

    def _kept(self, ledger: Ledger, writer: LibraryWriter) -> Iterator[AnalyzedPassage]:
        """All that is shown, as it was read, whenever that was."""
        self._begin("Indexing", ledger.count_shown())
        for article in ledger.shown():
            yield from map(analyze, writer.articles.passages_of(article))
            if self._progress:
                self._progress.advance()

    def _copy(self, base: Manifest, folder: Path) -> None:
        index = self._options.index
        generations.verify(index, base, checksums=True)
        if not self._anew:
            generations.copy_engine(index / base.info.generation, folder)
        shutil.copyfile(index / base.info.generation / FILE, folder / FILE)

    def _entered(
        self, readings: Iterable[FileReading], ledger: Ledger, writer: LibraryWriter
    ) -> Iterator[AnalyzedPassage]:
        """Writes what is read into ledger and library; gives what is shown on to the engine."""
        near_duplicates = NearDuplicates(writer.database)
        for reading in readings:
            ledger.enter_file(reading)
            for one in reading.articles:
                shown = ledger.enter(reading.file.path, one, near_duplicates)
                named = [replace(a, passage=self._aliases.passage(a.passage)) for a in one.passages]
                writer.articles.add(one.article, (a.passage for a in named), aside=not shown)
                yield from named if shown else ()
        self._begin("Writing", None)

    def _check_counts(self, folder: Path, totals: Totals, ledger: Ledger) -> None:
        with closing(self._engine.open_searcher(folder / ENGINE)) as searcher:
            found = searcher.match(Everything(), Dated(), Page(limit=1))
        expected = ledger.count_shown(), ledger.count_passages()
        if not expected == (totals.articles, totals.passages) == (found.articles, found.total):
            raise IndexDamaged(
                f"The new index does not hold what was read ({expected[1]} passages): it is thrown"
                f" away. Run {generations.command(self._options.index, '--full')}."
            )

    def _begin(self, step: str, total: int | None) -> None:
        if self._progress:
            self._progress.begin(step, total)


def _serving(index: Path) -> Manifest | None:
    try:
        return generations.read_manifest(index)
    except IndexUnavailable:
        return None


def _engine_name(serving: Manifest | None) -> str:
    return serving.info.engine if serving else DEFAULT_ENGINE
