"""Build indexes in separate processes, and measure time and memory."""

from __future__ import annotations

import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from indexer import Passage
from indexer.engines import load_engine
from indexer.records import AnalyzedPassage
from indexer.reindex.run import ReindexOptions, reindex
from indexer.text.analysis import analyze

_BATCH_SIZE = 500
"""Passages that are sent to a process together."""


class Build(NamedTuple):
    """Cost of a build. ``peak_bytes`` is the memory of the process that writes."""

    seconds: float
    passages: int
    index_bytes: int
    peak_bytes: int


def build(corpus: Path, folder: Path, engine: str) -> Build:
    """Index a corpus into a new folder, in a new process, so that its memory can be measured."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_build, corpus, folder, engine).result()


def index_passages(passages: Sequence[Passage], folder: Path, engine: str) -> float:
    """Index passages that are already read, and return the seconds that it takes.

    Includes analysis on all cores, and writing to disk.
    """
    folder.mkdir()
    start = time.perf_counter()
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:
        load_engine(engine).build(folder, _analyzed(pool, passages))
    for file in folder.iterdir():
        with file.open("rb") as written:
            os.fsync(written.fileno())
    return time.perf_counter() - start


def _analyzed(pool: Executor, passages: Sequence[Passage]) -> Iterator[AnalyzedPassage]:
    return chain.from_iterable(pool.map(_analyze_all, _batched(passages), chunksize=1))


def _analyze_all(passages: Sequence[Passage]) -> list[AnalyzedPassage]:
    return list(map(analyze, passages))


def _batched(passages: Sequence[Passage]) -> list[Sequence[Passage]]:
    return [passages[at : at + _BATCH_SIZE] for at in range(0, len(passages), _BATCH_SIZE)]


def _build(corpus: Path, folder: Path, engine: str) -> Build:
    report = reindex(ReindexOptions(corpus, folder, engine=engine))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Build(report.seconds, report.passages, size, peak_bytes())


def peak_bytes() -> int:
    """Return the peak memory of this process."""
    # Linux counts in kibibytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
