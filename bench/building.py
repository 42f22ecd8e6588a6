"""Builds an index in a process of its own, and tells what that took."""

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

_BATCH = 500


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


def index_ready(passages: Sequence[Passage], folder: Path, engine: str) -> float:
    """The seconds that an engine takes for passages that were read already: analysed on all cores,
    indexed, and safe on the disk."""
    folder.mkdir()
    began = time.perf_counter()
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:
        load_engine(engine).build(folder, _analyzed(pool, passages))
    for file in folder.iterdir():
        with file.open("rb") as written:
            os.fsync(written.fileno())
    return time.perf_counter() - began


def _analyzed(pool: Executor, passages: Sequence[Passage]) -> Iterator[AnalyzedPassage]:
    return chain.from_iterable(pool.map(_analyze_all, _batched(passages), chunksize=1))


def _analyze_all(passages: Sequence[Passage]) -> list[AnalyzedPassage]:
    return list(map(analyze, passages))


def _batched(passages: Sequence[Passage]) -> list[Sequence[Passage]]:
    """So many passages at once that sending them costs little."""
    return [passages[at : at + _BATCH] for at in range(0, len(passages), _BATCH)]


def _build(corpus: Path, folder: Path, engine: str) -> Build:
    report = reindex(ReindexOptions(corpus, folder, engine=engine))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Build(report.seconds, report.passages, size, peak_bytes())


def peak_bytes() -> int:
    """The most memory that this process has held."""
    # Linux counts in kibibytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
