"""Checks that an index is intact and agrees with its corpus."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import indexer.storage.generations as generations
from indexer.corpus.files import compare, read_bytes, scan
from indexer.corpus.keeper_files import read_aliases
from indexer.engines import load_engine
from indexer.errors import CorpusError, IndexDamaged, reason
from indexer.people.aliases import FILE as SPEAKERS
from indexer.records import Dated, Everything, Page
from indexer.storage.generations import CURRENT, ENGINE, Manifest
from indexer.storage.library import FILE, Library

_ALWAYS = 0
"""A time before all changes: files are compared by content if their times are later."""


def check(corpus: Path, index: Path, *, deep: bool = False) -> list[str]:
    """Return every difference as a sentence; an empty list if there is none.

    Reads the whole index, and the files of the corpus that look changed, or all of them if it is
    to be ``deep``. Raises `CorpusError` if there is no corpus, `IndexMissing`, `IndexOutdated` or
    `IndexUnreadable`.
    """
    try:
        manifest = generations.read_manifest(index)
        manifest.files_in(index).verify(thoroughly=True)
    except IndexDamaged as damage:
        return [str(damage)]
    path = index / manifest.info.generation / FILE
    with generations.held(index, manifest), closing(Library(path)) as library:
        inside = list(_inside_index(index, manifest, library))
        return inside + list(_with_corpus(corpus, library, deep))


def _inside_index(index: Path, manifest: Manifest, library: Library) -> Iterator[str]:
    """Compare manifest, library and engine."""
    for error in library.errors():
        yield f"{FILE}: {error}"
    stored = library.articles.passage_ids()
    if manifest.info.passages != len(stored):
        yield f"{CURRENT} counts {manifest.info.passages} passages, {FILE} has {len(stored)}."
    engine = load_engine(manifest.info.engine)
    with closing(engine.open_searcher(index / manifest.info.generation / ENGINE)) as searcher:
        everything = searcher.match(Everything(), Dated(), Page(limit=len(stored) + 1))
    matched = {match.id for match in everything.page}
    for passage_id in sorted(stored - matched):
        yield f"{passage_id} is in {FILE}, but the engine does not find it."
    for passage_id in sorted(matched - stored):
        yield f"The engine finds {passage_id}, but it is not in {FILE}."


def _with_corpus(corpus: Path, library: Library, deep: bool) -> Iterator[str]:
    """Compare the index with the corpus. A file that cannot be indexed is no difference."""
    scanned, known = scan(corpus), library.indexed.files()
    changes = compare(corpus, scanned, known, _ALWAYS if deep else library.indexed.scan_began_ns())
    paths = {file.path for file in known}
    for file in changes.read:
        if file.path in paths:
            yield _difference(corpus, file.path)
        else:
            yield f"{file.path} is not in the index."
    for skipped in scanned.skipped:
        if skipped.path in changes.unseen:
            yield f"{skipped.path} is in the index, but cannot be compared: {skipped.reason}."
    for gone in changes.removed:
        yield f"{gone.path} is in the index, but no longer in the corpus."
    if read_aliases(corpus).digest() != library.speakers.aliases_digest():
        yield f"{SPEAKERS} has changed since the index was built."
    if not library.is_of_these_rules():
        yield "Names were resolved by another version of this program."


def _difference(corpus: Path, path: str) -> str:
    try:
        read_bytes(corpus / path, corpus)
    except (CorpusError, OSError) as problem:
        return f"{path} is in the index, but cannot be compared: {reason(problem)}."
    return f"{path} has changed since the index was built."
