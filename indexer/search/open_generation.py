"""The open files of a generation, out of which nothing comes that was not written to them."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Self

import indexer.storage.generations as generations
from indexer.engines import load_engine
from indexer.errors import EngineUnavailable, IndexDamaged, IndexerError, IndexUnavailable
from indexer.records import IndexInfo
from indexer.search.executor import SearchExecutor
from indexer.storage import disk
from indexer.storage.damage import unreadable
from indexer.storage.generations import ENGINE, Manifest
from indexer.storage.integrity import Guard
from indexer.storage.library import FILE, Library


class OpenGeneration:
    """The open files of one generation of an index."""

    def __init__(self, path: Path, manifest: Manifest, *, verify: bool) -> None:
        self._path = path
        self._manifest = manifest
        folder = path / manifest.info.generation
        try:
            engine = load_engine(manifest.info.engine)
        except EngineUnavailable as missing:
            raise IndexUnavailable(str(missing)) from missing
        with ExitStack() as files:
            files.enter_context(generations.held(path, manifest))
            self._guard = Guard(manifest.files_in(path), thoroughly=verify)
            self.is_spoilt = False
            with self._checked():
                self._library = files.enter_context(closing(Library(folder / FILE)))
                self._searcher = files.enter_context(closing(engine.open_searcher(folder / ENGINE)))
            self._executor = SearchExecutor(self._library, self._searcher, manifest.info)
            # An index that was replaced stays open until the last request that uses it is answered.
            self._close = weakref.finalize(self, files.pop_all().close)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all files. Closing twice is harmless."""
        self._close()

    @property
    def info(self) -> IndexInfo:
        """The size of the index, its engine, and the time it was built."""
        return self._manifest.info

    @contextmanager
    def _checked(self) -> Iterator[None]:
        """Let nothing out that was read from files which are not as they were written.

        Raises `IndexDamaged` then, also instead of any other error, and sets `is_spoilt`.
        """
        try:
            with self._disk_errors():
                yield
            self._guard.require_intact()
        except IndexDamaged:
            self.is_spoilt = True
            raise

    @contextmanager
    def _disk_errors(self) -> Iterator[None]:
        """Raise `IndexUnavailable` instead of an error of the disk, or one that damage causes."""
        try:
            yield
        except IndexDamaged:
            self._guard.require_intact()  # names the file
            raise
        except IndexerError:
            raise
        except Exception as problem:
            self._guard.require_intact()
            self._guard.verify()
            if failed := disk.as_os_error(problem, self._path):
                raise unreadable(self._path, str(failed.filename), failed) from problem
            raise
