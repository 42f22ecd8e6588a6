"""Builds an index in a process of its own, and tells what that took."""

from __future__ import annotations

import multiprocessing
import resource
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from indexer.reindex import ReindexOptions, reindex


class Build(NamedTuple):
    """What building took; ``peak_bytes`` are those of the process that writes."""

    seconds: float
    passages: int
    index_bytes: int
    peak_bytes: int


def build(corpus: Path, folder: Path, engine: str) -> Build:
    """Indexes a corpus into a new folder, in a new process, so that the memory is its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_build, corpus, folder, engine).result()


def _build(corpus: Path, folder: Path, engine: str) -> Build:
    report = reindex(ReindexOptions(corpus, folder, engine=engine))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    # Linux counts in kibibytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return Build(report.seconds, report.passages, size, peak)
