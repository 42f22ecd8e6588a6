"""Articles read and analysed, here or in worker processes, in the order they are asked for."""

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
from indexer.ingest.html.main_text import OUTSIDE
from indexer.ingest.pipeline import ingest, is_light
from indexer.ingest.workers import Failure, Limits, TimeIsUp, Workers, time_limit, too_slow
from indexer.records import (
    AnalyzedPassage,
    Article,
    Dropped,
    IngestedArticle,
    Skipped,
)
from indexer.storage.minhash import signature
from indexer.text.analysis import analyze, terms_and_forms

_FEW = 32
"""So many files are read before worker processes would have started."""

_SMALL = 64 * 1024
"""Bytes of a file that cannot take much memory, nor much time without a chance to stop it."""


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """An article and all that goes into the index from it.

    ``article`` has no paragraphs any more, and of what was dropped only what stood in or around its
    text. ``signature`` is ``None`` for a text too short to be a near-duplicate.
    """

    article: Article
    passages: tuple[AnalyzedPassage, ...]
    text_digest: str | None
    words: int
    signature: bytes | None


@dataclass(frozen=True, slots=True)
class FileReading:
    """What was read from a file: its articles, and those of them that could not be read."""

    file: CorpusFile
    sha256: str
    articles: tuple[ArticleReading, ...]
    unreadable: tuple[Skipped, ...]


Outcome: TypeAlias = FileReading | Skipped


def read_files(
    corpus: Path, files: Sequence[CorpusFile], jobs: int, limits: Limits
) -> Iterator[Outcome]:
    """Reads files, in order; what cannot be read comes as `Skipped`, at its place.

    A few light files are read here, others in so many processes, which can be ended. Only a few
    readings are held at any time.
    """
    here = threading.current_thread() is threading.main_thread()
    if here and len(files) <= _FEW and all(map(_is_light, files)):
        yield from (_read_here(corpus, file, limits) for file in files)
        return
    outcomes = Workers(jobs, partial(read_file, corpus), limits).results(files)
    for file, outcome in zip(files, outcomes, strict=True):
        if isinstance(outcome, Failure):
            yield Skipped(file.path, outcome.reason)
        elif isinstance(outcome, FileReading):
            yield replace(outcome, file=file)  # not its copy from there: all are kept
        else:
            yield outcome


def read_file(corpus: Path, file: CorpusFile) -> Outcome:
    """Reads and analyses one file."""
    try:
        data, sidecar = read_bytes(corpus / file.path, corpus)
        found = ingest(data, PurePosixPath(file.path), sidecar)
        articles = tuple(map(_reading, found.articles))
    except MemoryError:
        raise
    except Exception as problem:  # one strange page must not cost the others their index
        return Skipped(file.path, reason(problem))
    named = (Skipped(f"{file.path}: {item.name}", item.reason) for item in found.unreadable)
    return FileReading(file, digest(data, sidecar), articles, tuple(named))


def _is_light(file: CorpusFile) -> bool:
    return file.stamp[0] <= _SMALL and is_light(PurePosixPath(file.path))


def _read_here(corpus: Path, file: CorpusFile, limits: Limits) -> Outcome:
    try:
        with time_limit(limits.seconds):
            return read_file(corpus, file)
    except TimeIsUp:
        return Skipped(file.path, too_slow(limits).reason)


def _reading(found: IngestedArticle) -> ArticleReading:
    text = "\n".join(paragraph.text for paragraph in found.article.paragraphs)
    words, title = (terms_and_forms(one)[1].split() for one in (text, found.article.title))
    minhash = signature(words)
    return ArticleReading(
        article=replace(found.article, paragraphs=(), dropped=_near(found.article.dropped)),
        passages=tuple(analyze(passage) for passage in found.passages),
        text_digest=_text_digest(words if minhash or not words else [*title, *words]),
        words=len(words),
        signature=minhash,
    )


def _near(dropped: Sequence[Dropped]) -> tuple[Dropped, ...]:
    """Without the menus and footers of the page, which would outweigh the articles."""
    return tuple(line for line in dropped if line.rule != OUTSIDE)


def _text_digest(words: Sequence[str]) -> str | None:
    """The same for texts with the same words, whatever their case, punctuation and layout."""
    return hashlib.sha256(" ".join(words).encode("utf-8")).hexdigest() if words else None
