"""Our own ingest, as the measures call it."""

from __future__ import annotations

from pathlib import PurePosixPath

from bench.extraction.others import Extract
from indexer.errors import CorpusError
from indexer.ingest.pipeline import ingest
from indexer.records import IngestedArticle


def read(data: bytes, name: str) -> IngestedArticle | None:
    """Ingest the first article of a file. Returns ``None`` if there is none."""
    try:
        result = ingest(data, PurePosixPath("outlet", name))
    except CorpusError:
        return None
    return result.articles[0] if result.articles else None


def passages(data: bytes, name: str) -> Extract:
    """Read the passages of a file with their questions, and its date."""
    ingested = read(data, name)
    if ingested is None:
        return Extract()
    text = "\n".join(f"{p.question or ''}\n{p.text}" for p in ingested.passages)
    return Extract(text, ingested.article.published)


def paragraphs(data: bytes, name: str) -> Extract:
    """Read the paragraphs of a file, with their labels, and its date."""
    ingested = read(data, name)
    if ingested is None:
        return Extract()
    text = "\n".join(paragraph.text for paragraph in ingested.article.paragraphs)
    return Extract(text, ingested.article.published)
