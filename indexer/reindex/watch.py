"""Brings an index up to date whenever files of its corpus have changed."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from indexer.errors import EngineUnavailable, IndexerError, IndexLocked
from indexer.records import IngestReport
from indexer.reindex.run import ReindexOptions, reindex

RESCAN_SECONDS = 600.0
"""The corpus is scanned so often even if the system reports no change, as over a network."""

LOCKED_SECONDS = 5.0
"""The pause after another process was found writing the index."""

Outcome: TypeAlias = IngestReport | IndexerError | OSError | sqlite3.Error


def outcomes(options: ReindexOptions, ticks: Iterable[bool]) -> Iterator[Outcome]:
    """Return the report of each run, or the error that ended it.

    A run is due at once, when a tick says that files have changed, when some were still being
    written during the last run, and every `RESCAN_SECONDS`. Raises `EngineUnavailable`.
    """
    due = time.monotonic()
    for has_changed in ticks:
        if has_changed or time.monotonic() >= due:
            outcome = _outcome(options)
            due = time.monotonic() + _pause_after(outcome, options.settle_seconds)
            yield outcome


def _outcome(options: ReindexOptions) -> Outcome:
    try:
        return reindex(options)
    except EngineUnavailable:
        raise
    except (IndexerError, OSError, sqlite3.Error) as problem:
        return problem


def _pause_after(outcome: Outcome, settle_seconds: float) -> float:
    if isinstance(outcome, IndexLocked):
        return LOCKED_SECONDS
    is_unsettled = isinstance(outcome, IngestReport) and outcome.unsettled
    return settle_seconds if is_unsettled else RESCAN_SECONDS
