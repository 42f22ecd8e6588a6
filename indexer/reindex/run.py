"""Brings an index up to date with its corpus: scan, compare, read, build, publish, report."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import indexer.storage.damage as damage
import indexer.storage.generations as generations
from indexer.corpus.files import compare, scan
from indexer.corpus.keeper_files import read_aliases
from indexer.engines import load_engine
from indexer.errors import CorpusVanished
from indexer.ingest.workers import FILE_MEMORY_MB, FILE_SECONDS, Limits
from indexer.people.aliases import FILE as SPEAKERS
from indexer.records import IngestReport, Skipped
from indexer.reindex.base import read_base, serving_manifest
from indexer.reindex.builder import GenerationBuilder
from indexer.reindex.intake import Intake, Taken
from indexer.reindex.ledger import Ledger
from indexer.reindex.progress import NoProgress, Progress
from indexer.reindex.reading import FileReading
from indexer.storage.indexed_files import IndexedFile
from indexer.storage.near_duplicates import NearDuplicates

DEFAULT_ENGINE = "whoosh"
DEFAULT_CORPUS = Path("corpus")

FEWEST_TO_VANISH = 2
"""The number of indexed articles from which on most of them do not go unasked."""


@dataclass(frozen=True, slots=True)
class ReindexOptions:
    """The options of a run.

    ``engine`` is by default the engine of the present index. ``full`` reads every file again.
    ``optimize`` rewrites the engine's files from the articles already read, as a change of engine
    does. ``dry_run`` reads the changes and writes nothing. ``jobs`` is the number of processes
    that read, by default one for each core. A file that takes more time or memory than its limit
    is skipped. ``accept_removals`` goes on when most of the indexed articles are gone. A file that
    changed in the last ``settle_seconds`` is still being written, and left for the next run.
    ``keep`` is the number of former generations that stay for `rollback`.
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
    accept_removals: bool = False
    settle_seconds: float = 0.0
    keep: int = generations.KEEP


def reindex(options: ReindexOptions, progress: Progress | None = None) -> IngestReport:
    """Bring the index up to date with the corpus, reading only new and changed files.

    An article that cannot be read stays as it was indexed before.

    Raises `CorpusError` if there is no corpus or its ``speakers.toml`` is invalid, `CorpusVanished`
    if most of the indexed articles are gone, `IndexLocked`, `EngineUnavailable`, or the `OSError`
    or `sqlite3.Error` of a disk that cannot be read or written. After any error, and if the process
    is killed, the old index still serves.
    """
    with nullcontext() if options.dry_run else generations.locked(options.index):
        report = _Run(options, progress or NoProgress()).report()
        if not options.dry_run:
            generations.note_skipped(options.index, len(report.skipped))
        return report


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
        self._base = read_base(options.index, serving, full=options.full)
        self._rebuild = options.optimize or not self._base.is_of(self._engine_name)
        self._intake = Intake(self._base, progress)

    def report(self) -> IngestReport:
        """Run, and report the changes."""
        options, base, intake = self._options, self._base, self._intake
        scanned = scan(options.corpus, options.settle_seconds)
        changes = compare(options.corpus, scanned, base.files.values(), base.scan_began_ns)
        intake.note(scanned, changes)
        unseen = [replace(file, stamp=()) for files in changes.unseen.values() for file in files]
        in_place, to_copy = (unseen, []) if base.manifest else ([], unseen)
        ledger = Ledger([*changes.unchanged, *in_place], base.articles)
        limits = Limits(options.file_seconds, options.file_memory_mb)
        taken = intake.take(options.corpus, changes, options.jobs, limits)
        generation = self._carry_out(chain(to_copy, taken), ledger)
        refused = [Skipped(SPEAKERS, problem) for problem in self._aliases.problems]
        return IngestReport(
            engine=self._engine_name,
            read=intake.read,
            unchanged=base.count_in({file.path for file in changes.unchanged}),
            kept=base.count_in(intake.kept),
            unsettled=len(scanned.unsettled),
            removed=base.count_in({file.path for file in changes.removed} - intake.kept),
            articles=ledger.count_shown(),
            passages=ledger.count_passages(),
            skipped=tuple(sorted([*intake.skipped, *refused], key=lambda one: one.path)),
            duplicates=ledger.duplicates(),
            generation=generation,
            repaired=base.damage if generation else None,
            seconds=round(time.monotonic() - self._began, 3),
        )

    def _carry_out(self, taken: Iterator[Taken], ledger: Ledger) -> str | None:
        """Return the name of the new generation, or ``None`` if nothing has to be written."""
        first = list(_up_to_the_first_new(taken))
        has_new = any(isinstance(one, FileReading) for one in first)
        if not has_new:
            self._require_most_articles(ledger)  # before the base is copied only to be discarded
        readings = self._readings(chain(first, taken), ledger)
        if self._options.dry_run:
            self._rehearse(readings, ledger)
            return None
        kept = self._intake.kept
        has_lost = any(article.path not in kept for article in ledger.lost.values())
        renamed = self._base.aliases_digest != self._aliases.digest()
        is_old = renamed or not self._base.is_of_these_rules
        if self._base.manifest and not (has_new or has_lost or is_old or self._rebuild):
            ledger.put_back()
            return None
        builder = GenerationBuilder(
            index=self._options.index,
            engine_name=self._engine_name,
            base=self._base,
            rebuild=self._rebuild,
            keep=self._options.keep,
            aliases=self._aliases,
            progress=self._progress,
        )
        return builder.build(readings, ledger, self._scan_began_ns)

    def _readings(self, taken: Iterable[Taken], ledger: Ledger) -> Iterator[FileReading]:
        """Return what is read or kept. Raises `CorpusVanished` once the ledger has all of it."""
        for one in taken:
            yield self._base.as_read(one) if isinstance(one, IndexedFile) else one
        self._require_most_articles(ledger)

    def _require_most_articles(self, ledger: Ledger) -> None:
        """Raise `CorpusVanished` if most of the indexed articles are gone."""
        options, base = self._options, self._base
        indexed = len(base.articles) if base.library else base.count
        gone = sum(article.path not in self._intake.kept for article in ledger.gone())
        if not base.library:
            gone = indexed - ledger.count_shown()
        if options.accept_removals or indexed < FEWEST_TO_VANISH or 2 * gone <= indexed:
            return
        where = () if options.corpus == DEFAULT_CORPUS else ("--corpus", str(options.corpus))
        command = damage.command(options.index, "--accept-removals", *where)
        raise CorpusVanished(
            f"{gone:,} of {indexed:,} indexed articles are no longer in {options.corpus}, so"
            " nothing was changed. Is it the right folder, and is its disk mounted? If they are"
            f" meant to go, run {command}."
        )

    def _rehearse(self, readings: Iterable[FileReading], ledger: Ledger) -> None:
        """Enter readings into the ledger alone."""
        library = self._base.library if self._base.manifest else None
        with closing(NearDuplicates.rehearsed(library)) as near_duplicates:
            for reading in readings:
                ledger.enter_file(reading)
                for article in reading.articles:
                    ledger.enter(reading.file.path, article, near_duplicates)
            ledger.settle(near_duplicates)


def _up_to_the_first_new(taken: Iterator[Taken]) -> Iterator[Taken]:
    for one in taken:
        yield one
        if isinstance(one, FileReading):
            return
