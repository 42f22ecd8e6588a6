"""Reads files in order, in this process or in worker processes."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from indexer.corpus.files import CorpusFile, digest, read_bytes
from indexer.errors import reason
from indexer.ingest.lines.boilerplate import OUTSIDE
from indexer.ingest.pipeline import ingest, is_light
from indexer.ingest.readers import load_readers
from indexer.ingest.sidecar import SUFFIX as SIDECAR
from indexer.ingest.workers import Failure, Limits, TimeIsUp, Workers, too_slow, within
from indexer.records import (
    Article,
    Dropped,
    IngestedArticle,
    Mention,
    Passage,
    Skipped,
)
from indexer.storage.minhash import signature
from indexer.text.analysis import terms_and_forms

MAX_FILES_HERE = 32
"""Number of files up to which no worker processes are started: they would start too late."""

MAX_LIGHT_BYTES = 64 * 1024
"""Size up to which a file cannot take much memory, and can always be stopped in time."""


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """An article as it goes into the index.

    ``article`` has no paragraphs, and no dropped lines from outside its text. ``signature`` is
    ``None`` for a text that is too short to be a near-duplicate.
    """

    article: Article
    passages: tuple[Passage, ...]
    mentions: tuple[Mention, ...]
    text_digest: str | None
    words: int
    signature: bytes | None


@dataclass(frozen=True, slots=True)
class FileReading:
    """A file that was read: its articles, and the reasons for those that failed."""

    file: CorpusFile
    sha256: str
    articles: tuple[ArticleReading, ...]
    unreadable: tuple[Skipped, ...]


Outcome: TypeAlias = FileReading | Skipped


def read_files(
    corpus: Path, files: Sequence[CorpusFile], jobs: int, limits: Limits
) -> Iterator[Outcome]:
    """Read files in order. A file that cannot be read is returned as `Skipped`, in its place.

    A few light files are read in this process, others in ``jobs`` processes that can be killed.
    Only a few readings are in memory at any time.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if is_main and len(files) <= MAX_FILES_HERE and all(map(_is_light, files)):
        load_readers(file.path for file in files)
        yield from (_read_here(corpus, file, limits) for file in files)
        return
    of_each_suffix = {PurePosixPath(file.path).suffix: file.path for file in files}
    prepare = partial(load_readers, tuple(of_each_suffix.values()))
    outcomes = Workers(jobs, partial(read_file, corpus), limits, prepare).results(files)
    for file, outcome in zip(files, outcomes, strict=True):
        if isinstance(outcome, Failure):
            yield Skipped(file.path, outcome.reason)
        elif isinstance(outcome, FileReading):
            yield replace(outcome, file=file)  # not the copy that the process sent: it saves memory
        else:
            yield outcome


def read_file(corpus: Path, file: CorpusFile) -> Outcome:
    """Read one file."""
    try:
        data, sidecar = read_bytes(corpus / file.path, corpus)
        ingested = ingest(data, PurePosixPath(file.path), sidecar)
        articles = tuple(map(_reading, ingested.articles))
    except MemoryError:
        raise
    except Exception as problem:  # one strange page must not stop the others
        return Skipped(file.path, reason(problem))
    named = [Skipped(f"{file.path}: {item.name}", item.reason) for item in ingested.unreadable]
    named += [Skipped(f"{file.path}{SIDECAR}", problem) for problem in ingested.problems]
    return FileReading(file, digest(data, sidecar), articles, tuple(named))


def _is_light(file: CorpusFile) -> bool:
    return file.stamp[0] <= MAX_LIGHT_BYTES and is_light(PurePosixPath(file.path))


def _read_here(corpus: Path, file: CorpusFile, limits: Limits) -> Outcome:
    try:
        return within(limits.seconds, partial(read_file, corpus, file))
    except TimeIsUp:
        return Skipped(file.path, too_slow(limits).reason)


def _reading(ingested: IngestedArticle) -> ArticleReading:
    article = ingested.article
    text = "\n".join(paragraph.text for paragraph in article.paragraphs)
    words, title = (terms_and_forms(one)[1].split() for one in (text, article.title))
    minhash = signature(words)
    return ArticleReading(
        article=replace(article, paragraphs=(), dropped=_inside(article.dropped)),
        passages=ingested.passages,
        mentions=ingested.mentions,
        text_digest=_text_digest(words if minhash or not words else [*title, *words]),
        words=len(words),
        signature=minhash,
    )


def _inside(dropped: Sequence[Dropped]) -> tuple[Dropped, ...]:
    """Leave out the menus and footers of the page, which would take more space than articles."""
    return tuple(line for line in dropped if line.rule != OUTSIDE)


def _text_digest(words: Sequence[str]) -> str | None:
    """Return a digest of the words alone, whatever their case, punctuation and layout."""
    return hashlib.sha256(" ".join(words).encode("utf-8")).hexdigest() if words else None
