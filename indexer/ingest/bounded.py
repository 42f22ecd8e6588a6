"""Read files one at a time in a process of its own, which is ended if it takes too much."""

from __future__ import annotations

from functools import partial
from pathlib import PurePosixPath
from types import TracebackType
from typing import NamedTuple

from indexer.errors import UnreadableArticle, reason
from indexer.ingest.pipeline import ingest, require_format
from indexer.ingest.readers import load_readers
from indexer.ingest.workers import Failure, Limits, Worker
from indexer.records import IngestedFile


class Content(NamedTuple):
    """A file's bytes, its path below the corpus, and the bytes of its sidecar."""

    data: bytes
    path: PurePosixPath
    sidecar: bytes | None = None


class BoundedReader:
    """Reads files as `ingest` does, within limits; used in a ``with`` statement.

    The process starts with the first file and reads all of them.
    """

    def __init__(self, limits: Limits) -> None:
        self._worker: Worker[Content, IngestedFile | Failure] = Worker(
            _ingested, limits, partial(load_readers, ("page.html",))
        )

    def __enter__(self) -> BoundedReader:
        """Return the reader."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the process."""
        self._worker.close()

    def read(self, content: Content) -> IngestedFile:
        """Read the articles in a file.

        Raises `UnknownFormat`, and `UnreadableArticle` with the reason, also for a file that
        exceeds a limit.
        """
        require_format(content.path)
        outcome = self._worker.result(content)
        if isinstance(outcome, Failure):
            raise UnreadableArticle(outcome.reason)
        return outcome


def _ingested(content: Content) -> IngestedFile | Failure:
    try:
        return ingest(*content)
    except MemoryError:
        raise
    except Exception as problem:  # one strange page must not stop the others
        return Failure(reason(problem))
