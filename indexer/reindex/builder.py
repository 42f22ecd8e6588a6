"""Builds a new generation of the index next to the one that serves, and publishes it."""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import indexer.storage.generations as generations
from indexer.engines import Engine, load_engine
from indexer.errors import IndexDamaged
from indexer.people.aliases import Aliases
from indexer.records import AnalyzedPassage, Dated, Everything, IndexInfo, Page
from indexer.reindex.base import Base
from indexer.reindex.ledger import Ledger
from indexer.reindex.progress import Progress
from indexer.reindex.reading import FileReading
from indexer.storage.generations import ENGINE, Manifest
from indexer.storage.library import FILE, LibraryWriter, Totals
from indexer.storage.near_duplicates import NearDuplicates
from indexer.text.analysis import analyze


@dataclass(frozen=True)
class GenerationBuilder:
    """Builds generations of one index with one engine.

    With ``rebuild`` the engine's files are written again from the library. Otherwise those of the
    base are updated.
    """

    index: Path
    engine_name: str
    base: Base
    rebuild: bool
    aliases: Aliases
    progress: Progress

    @cached_property
    def _engine(self) -> Engine:
        return load_engine(self.engine_name)

    def build(self, readings: Iterable[FileReading], ledger: Ledger, scan_began_ns: int) -> str:
        """Build and publish a generation from the base and from new readings. Returns its name."""
        previous = generations.serving(self.index)
        generations.clear_leftovers(self.index)
        with generations.new_generation(self.index) as folder:
            totals = self._fill(folder, readings, ledger, scan_began_ns)
            self._check_counts(folder, totals, ledger)
            info = IndexInfo(
                engine=self.engine_name,
                generation=folder.name,
                fingerprint=ledger.fingerprint(self.aliases.digest()),
                built=datetime.now(UTC).isoformat(timespec="seconds"),
                **asdict(totals),
            )
            generations.publish(self.index, Manifest(info, generations.sums(folder), previous))
        return folder.name

    def _fill(
        self, folder: Path, readings: Iterable[FileReading], ledger: Ledger, scan_began_ns: int
    ) -> Totals:
        """Write the library and the engine's files. Few articles are in memory at any time."""
        if self.base.manifest:
            self._copy(self.base.manifest, folder)
        with closing(LibraryWriter(folder / FILE)) as writer:
            writer.articles.remove(ledger.lost)
            passages = self._entered(readings, ledger, writer)
            if self.base.manifest is None:
                self._engine.build(folder / ENGINE, passages)
            elif self.rebuild:
                deque(passages, maxlen=0)
            else:
                self._engine.update(folder / ENGINE, ledger.lost, passages)
            self._settle(folder, ledger, writer)
            writer.keep_aliases(self.aliases.names(), self.aliases.digest())
            return writer.finish(ledger.files(), ledger.articles(), scan_began_ns)

    def _copy(self, base: Manifest, folder: Path) -> None:
        """Copy the files of the base, apart from the engine's if they are rebuilt."""
        generations.verify(self.index, base, checksums=True)
        if not self.rebuild:
            generations.copy_engine(self.index / base.info.generation, folder)
        shutil.copyfile(self.index / base.info.generation / FILE, folder / FILE)

    def _entered(
        self, readings: Iterable[FileReading], ledger: Ledger, writer: LibraryWriter
    ) -> Iterator[AnalyzedPassage]:
        """Enter readings into ledger and library, and return the passages that are shown."""
        near_duplicates = NearDuplicates(writer.database)
        for reading in readings:
            ledger.enter_file(reading)
            for one in reading.articles:
                is_shown = ledger.enter(reading.file.path, one, near_duplicates)
                named = [replace(a, passage=self.aliases.passage(a.passage)) for a in one.passages]
                writer.articles.add(
                    one.article,
                    [passage.passage for passage in named],
                    own_names=[passage.passage for passage in one.passages],
                    aside=not is_shown,
                )
                yield from named if is_shown else ()
        self.progress.begin("Writing", None)

    def _settle(self, folder: Path, ledger: Ledger, writer: LibraryWriter) -> None:
        """Correct which articles are shown, now that all are known."""
        copies, originals = ledger.settle(NearDuplicates(writer.database))
        writer.articles.put_aside(copies)
        writer.articles.bring_back(originals)
        if self.base.manifest and self.rebuild:
            self._engine.build(folder / ENGINE, self._all_passages(ledger, writer))
        elif copies or originals:
            passages = (
                analyze(passage)
                for article_id in sorted(originals)
                for passage in writer.articles.passages_of(article_id)
            )
            self._engine.update(folder / ENGINE, copies, passages)

    def _all_passages(self, ledger: Ledger, writer: LibraryWriter) -> Iterator[AnalyzedPassage]:
        self.progress.begin("Indexing", ledger.count_shown())
        for article_id in ledger.shown():
            yield from map(analyze, writer.articles.passages_of(article_id))
            self.progress.advance()

    def _check_counts(self, folder: Path, totals: Totals, ledger: Ledger) -> None:
        with closing(self._engine.open_searcher(folder / ENGINE)) as searcher:
            matches = searcher.match(Everything(), Dated(), Page(limit=1))
        expected = ledger.count_shown(), ledger.count_passages()
        if not expected == (totals.articles, totals.passages) == (matches.articles, matches.total):
            raise IndexDamaged(
                f"The new index does not hold all that was read ({expected[1]} passages), so it was"
                f" discarded. Run {generations.command(self.index, '--full')}."
            )
