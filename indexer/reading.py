"""Articles read and analysed, here or in worker processes, in the order they are asked for."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from indexer.analysis import analyze, tokens
from indexer.corpus import CorpusFile, reason
from indexer.errors import CorpusError, IndexerError, UnreadableArticle
from indexer.ingest.article import ingest
from indexer.ingest.main_text import OUTSIDE
from indexer.records import AnalyzedPassage, Article, Dropped, Skipped

_FEW = 32
"""So many files are read before worker processes would have started."""

_BATCH = 8
_BATCHES_AHEAD = 4
"""How many batches a worker may be ahead of the writer: this bounds the memory."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file and all that goes into the index from it. ``article`` has no paragraphs any more, and
    of what was dropped only what stood in or around its text."""

    file: CorpusFile
    sha256: str
    text_digest: str | None
    article: Article
    passages: tuple[AnalyzedPassage, ...]


Outcome: TypeAlias = Reading | Skipped


def read_articles(corpus: Path, files: Sequence[CorpusFile], jobs: int) -> Iterator[Outcome]:
    """Reads files, in order; what cannot be read comes as `Skipped`, at its place.

    Several ``jobs`` are worker processes; only a few readings are held at any time.
    """
    if jobs <= 1 or len(files) <= _FEW:
        return (read_article(corpus, file) for file in files)
    return _in_processes(corpus, files, jobs)


def read_article(corpus: Path, file: CorpusFile) -> Outcome:
    """Reads and analyses one file."""
    try:
        data = (corpus / file.path).read_bytes()
        found = ingest(data, PurePosixPath(file.path))
        if not found.passages:
            raise UnreadableArticle("there is no text in it")
        text = "\n".join(paragraph.text for paragraph in found.article.paragraphs)
        _require_text(*(value for p in found.passages for value in (p.title, p.question, p.text)))
        analyzed = tuple(analyze(passage) for passage in found.passages)
    except (CorpusError, OSError) as problem:
        return Skipped(file.path, reason(problem))
    except Exception as problem:  # one strange page must not cost the others their index
        return Skipped(file.path, f"reading it failed: {type(problem).__name__}: {problem}")
    article = replace(found.article, paragraphs=(), dropped=_near(found.article.dropped))
    digest = hashlib.sha256(data).hexdigest()
    return Reading(file, digest, _text_digest(text), article, analyzed)


def _near(dropped: Sequence[Dropped]) -> tuple[Dropped, ...]:
    """Without the menus and footers of the page, which would outweigh the articles."""
    return tuple(line for line in dropped if line.rule != OUTSIDE)


def _require_text(*values: str | None) -> None:
    for value in values:
        if value is not None:
            value.encode("utf-8")  # half a surrogate pair cannot be stored


def _text_digest(text: str) -> str | None:
    """The same for texts with the same words, whatever their case, punctuation and layout."""
    words = " ".join(token.form for token in tokens(text))
    return hashlib.sha256(words.encode("utf-8")).hexdigest() if words else None


# --- Worker processes ----------------------------------------------------------------------------


def _in_processes(corpus: Path, files: Sequence[CorpusFile], jobs: int) -> Iterator[Outcome]:
    waiting = deque(files[start : start + _BATCH] for start in range(0, len(files), _BATCH))
    while waiting:
        yield from _until_a_worker_dies(corpus, waiting, jobs)
        for _ in range(min(jobs * _BATCHES_AHEAD, len(waiting))):
            yield from _one_by_one(corpus, waiting.popleft())


def _until_a_worker_dies(
    corpus: Path, waiting: deque[Sequence[CorpusFile]], jobs: int
) -> Iterator[Outcome]:
    """Reads batches and takes them off the queue; those that a death left unread stay on it."""
    running: deque[tuple[Sequence[CorpusFile], Future[list[Outcome]]]] = deque()
    with _workers(jobs) as workers:
        try:
            while waiting or running:
                while waiting and len(running) < jobs * _BATCHES_AHEAD:
                    running.append((waiting[0], workers.submit(_read_batch, corpus, waiting[0])))
                    waiting.popleft()
                outcomes = running[0][1].result()
                running.popleft()
                yield from outcomes
        except BrokenProcessPool:
            waiting.extendleft(batch for batch, _ in reversed(running))
        finally:
            workers.shutdown(wait=False, cancel_futures=True)


def _one_by_one(corpus: Path, files: Sequence[CorpusFile]) -> Iterator[Outcome]:
    """Reads each file by itself, so that the one that kills its reader is known by name."""
    left = deque(files)
    while left:
        with _workers(1) as worker:
            _require_running(worker)
            try:
                while left:
                    yield worker.submit(read_article, corpus, left[0]).result()
                    left.popleft()
            except BrokenProcessPool:
                killer = left.popleft()
                yield Skipped(killer.path, "reading it killed the process that read it")


def _require_running(workers: ProcessPoolExecutor) -> None:
    """Raises `IndexerError` if it is no file's fault that processes die here."""
    try:
        workers.submit(os.getpid).result()
    except BrokenProcessPool as problem:
        raise IndexerError("Worker processes cannot run here: use --jobs 1.") from problem


def _workers(jobs: int) -> ProcessPoolExecutor:
    # Spawned, not forked: the same on every system, and safe beside threads.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, context, initializer=_stand_by_parent)


def _read_batch(corpus: Path, files: Sequence[CorpusFile]) -> list[Outcome]:
    return [read_article(corpus, file) for file in files]


def _stand_by_parent() -> None:
    """Leaves Ctrl-C to the parent, and ends when the parent is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if parent := multiprocessing.parent_process():
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)
