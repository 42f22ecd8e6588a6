"""The generation that a run starts from: the one that serves, if it can be used."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import indexer.storage.generations as generations
from indexer.errors import IndexDamaged, IndexUnavailable
from indexer.storage.generations import Manifest
from indexer.storage.indexed_files import IndexedFile, KnownArticle
from indexer.storage.library import FILE, Library


@dataclass(frozen=True, slots=True)
class Base:
    """The files and articles of the generation that a run starts from.

    All fields are empty if every file has to be read.
    """

    manifest: Manifest | None = None
    library: Path | None = None
    files: tuple[IndexedFile, ...] = ()
    articles: tuple[KnownArticle, ...] = ()
    scan_began_ns: int = 0

    def is_of(self, engine: str) -> bool:
        """Return True if the files of the engine with this name can be updated."""
        return self.manifest is not None and self.manifest.info.engine == engine


def serving_manifest(index: Path) -> Manifest | None:
    """Return the manifest of the generation that serves, or ``None`` if it cannot be read."""
    try:
        return generations.read_manifest(index)
    except IndexUnavailable:
        return None


def read_base(index: Path, serving: Manifest | None, aliases_digest: str) -> Base:
    """Read the base of a run. It is empty if the index is damaged or the aliases have changed."""
    if serving is None:
        return Base()
    try:
        generations.verify(index, serving, checksums=False)
        path = index / serving.info.generation / FILE
        with closing(Library(path)) as library:
            if library.speakers.aliases_digest() != aliases_digest:
                return Base()
            files, articles = tuple(library.indexed.files()), tuple(library.indexed.articles())
            return Base(serving, path, files, articles, library.indexed.scan_began_ns())
    except (IndexDamaged, sqlite3.Error):
        return Base()
