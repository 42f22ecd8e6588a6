"""Builds a new generation of the index next to the one that serves, and publishes it."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import indexer.storage.generations as generations
from indexer.engines import Engine, load_engine
from indexer.errors import IndexDamaged
from indexer.people.aliases import Aliases
from indexer.people.rules_version import rules_version
from indexer.records import AnalyzedPassage, Dated, Everything, IndexInfo, Page
from indexer.reindex.base import Base
from indexer.reindex.ledger import Ledger
from indexer.reindex.progress import Progress
from indexer.reindex.reading import FileReading
from indexer.storage import disk
from indexer.storage.damage import command
from indexer.storage.generations import ENGINE, Manifest
from indexer.storage.integrity import sums
from indexer.storage.library import FILE, LibraryWriter, Totals
from indexer.storage.near_duplicates import NearDuplicates
from indexer.text.analysis import analyze


@dataclass(frozen=True)
class GenerationBuilder:
    """Builds generations of one index with one engine.

    With ``rebuild`` the engine's files are written again from the library. Otherwise those of the
    base are updated. ``keep`` is the number of former generations that stay.
    """

    index: Path
    engine_name: str
    base: Base
    rebuild: bool
    keep: int
    aliases: Aliases
    progress: Progress

    @cached_property
    def _engine(self) -> Engine:
        return load_engine(self.engine_name)

    def build(self, readings: Iterable[FileReading], ledger: Ledger, scan_began_ns: int) -> str:
        """Build and publish a generation from the base and from new readings. Returns its name."""
        previous = generations.serving(self.index)
        generations.clear_leftovers(self.index)
        with generations.new_generation(self.index) as folder, disk.naming(folder / FILE):
            totals = self._fill(folder, readings, ledger, scan_began_ns)
            self._check_counts(folder, totals, ledger)
            info = IndexInfo(
                engine=self.engine_name,
                generation=folder.name,
                fingerprint=ledger.fingerprint(f"{self.aliases.digest()} {rules_version()}"),
                built=datetime.now(UTC).isoformat(timespec="seconds"),
                **asdict(totals),
            )
            manifest = Manifest(info, sums(folder), previous)
            generations.publish(self.index, manifest, self.keep)
        return folder.name

    def _fill(
        self, folder: Path, readings: Iterable[FileReading], ledger: Ledger, scan_began_ns: int
    ) -> Totals:
        """Write the library, then the engine's files. Few articles are in memory at any time."""
        indexed = set(ledger.shown()) | ledger.lost.keys() if self.base.manifest else set()
        if self.base.manifest:
            self._copy(self.base.manifest, folder)
        with closing(LibraryWriter(folder / FILE)) as writer:
            writer.articles.remove(ledger.lost)
            added = self._enter(readings, ledger, writer)
            copies, originals = ledger.settle(NearDuplicates(writer.database))
            writer.articles.put_aside(copies)
            writer.articles.bring_back(originals)
            renamed = writer.resolve(self.aliases)
            if self.base.manifest is None or self.rebuild:
                shown = ledger.shown()
                with disk.naming(folder / ENGINE):
                    self._engine.build(folder / ENGINE, self._passages(shown, writer))
            else:
                anew = sorted((added | originals | renamed) & set(ledger.shown()))
                gone = indexed & {*ledger.lost, *copies, *anew}
                with disk.naming(folder / ENGINE):
                    self._engine.update(folder / ENGINE, gone, self._passages(anew, writer))
            return writer.finish(ledger.files(), ledger.articles(), scan_began_ns)

    def _copy(self, base: Manifest, folder: Path) -> None:
        """Copy the files of the base, apart from the engine's if they are rebuilt."""
        base.files_in(self.index).verify(names={FILE} if self.rebuild else None)
        if not self.rebuild:
            generations.copy_engine(self.index / base.info.generation, folder)
        shutil.copyfile(self.index / base.info.generation / FILE, folder / FILE)

    def _enter(
        self, readings: Iterable[FileReading], ledger: Ledger, writer: LibraryWriter
    ) -> set[str]:
        """Enter readings into ledger and library. Returns the ids of their articles."""
        near_duplicates = NearDuplicates(writer.database)
        added = set()
        for reading in readings:
            ledger.enter_file(reading)
            for one in reading.articles:
                is_shown = ledger.enter(reading.file.path, one, near_duplicates)
                writer.articles.add(one.article, one.passages, one.mentions, aside=not is_shown)
                added.add(one.article.id)
        return added

    def _passages(
        self, article_ids: Collection[str], writer: LibraryWriter
    ) -> Iterator[AnalyzedPassage]:
        self.progress.begin("Indexing", len(article_ids))
        for article_id in article_ids:
            yield from map(analyze, writer.articles.passages_of(article_id))
            self.progress.advance()
        self.progress.begin("Writing", None)

    def _check_counts(self, folder: Path, totals: Totals, ledger: Ledger) -> None:
        with closing(self._engine.open_searcher(folder / ENGINE)) as searcher:
            matches = searcher.match(Everything(), Dated(), Page(limit=1))
        expected = ledger.count_shown(), ledger.count_passages()
        if not expected == (totals.articles, totals.passages) == (matches.articles, matches.total):
            raise IndexDamaged(
                f"The new index does not hold all that was read ({expected[1]} passages), so it was"
                f" discarded. Run {command(self.index, '--full')}."
            )
