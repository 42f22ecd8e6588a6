"""Is an index whole, and does it agree with its corpus."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import indexer.storage.generations as generations
from indexer.corpus.files import compare, scan
from indexer.corpus.keeper_files import read_aliases
from indexer.engines import load_engine
from indexer.errors import IndexDamaged
from indexer.people.aliases import FILE as SPEAKERS
from indexer.records import Dated, Everything, Page
from indexer.storage.generations import CURRENT, ENGINE, Manifest
from indexer.storage.library import FILE, Library


def check(corpus: Path, index: Path) -> list[str]:
    """Every difference in a sentence; an empty list means that all is well.

    Reads the whole index, and of the corpus what looks changed. Raises `CorpusError` if there is no
    corpus, `IndexMissing` or `IndexOutdated`.
    """
    manifest = generations.read_manifest(index)
    try:
        generations.verify(index, manifest, checksums=True)
    except IndexDamaged as damage:
        return [str(damage)]
    with closing(Library(index / manifest.info.generation / FILE)) as library:
        inside = list(_inside(index, manifest, library))
        return inside + list(_beside(corpus, library))


def _inside(index: Path, manifest: Manifest, library: Library) -> Iterator[str]:
    """Where manifest, library and engine do not agree."""
    for complaint in library.errors():
        yield f"{FILE}: {complaint}"
    stored = library.articles.passage_ids()
    if manifest.info.passages != len(stored):
        yield f"{CURRENT} counts {manifest.info.passages} passages, {FILE} has {len(stored)}."
    engine = load_engine(manifest.info.engine)
    with closing(engine.open_searcher(index / manifest.info.generation / ENGINE)) as searcher:
        everything = searcher.match(Everything(), Dated(), Page(limit=len(stored) + 1))
    found = {match.id for match in everything.page}
    for passage_id in sorted(stored - found):
        yield f"{passage_id} is in {FILE}, but the engine does not find it."
    for passage_id in sorted(found - stored):
        yield f"{passage_id} is found by the engine, but is not in {FILE}."


def _beside(corpus: Path, library: Library) -> Iterator[str]:
    """Where the corpus is no longer what was indexed; what cannot be indexed is no difference."""
    files, _ = scan(corpus)
    known = {file.path for file in library.indexed.files()}
    changes = compare(corpus, files, library.indexed.files(), library.indexed.scan_began_ns())
    for file in changes.read:
        how = "was changed since" if file.path in known else "is not in the index"
        yield f"{file.path} {how}."
    for path in changes.removed:
        yield f"{path} is in the index, but no longer in the corpus."
    if read_aliases(corpus).digest() != library.speakers.aliases_digest():
        yield f"{SPEAKERS} was changed since."
