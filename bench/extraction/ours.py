"""The program itself, as the measures ask it."""

from __future__ import annotations

from pathlib import PurePosixPath

from bench.extraction.others import Extract
from indexer.errors import CorpusError
from indexer.ingest.pipeline import ingest
from indexer.records import IngestedArticle


def read(data: bytes, name: str) -> IngestedArticle | None:
    """The article in a file; ``None`` where none can be read."""
    try:
        found = ingest(data, PurePosixPath("outlet", name))
    except CorpusError:
        return None
    return found.articles[0] if found.articles else None


def said(data: bytes, name: str) -> Extract:
    """The passages of a file with their questions, and the date it is given."""
    found = read(data, name)
    if found is None:
        return Extract()
    text = "\n".join(f"{p.question or ''}\n{p.text}" for p in found.passages)
    return Extract(text, found.article.published)


def kept(data: bytes, name: str) -> Extract:
    """The paragraphs of a file that were kept, labels and all, and the date it is given."""
    found = read(data, name)
    if found is None:
        return Extract()
    text = "\n".join(paragraph.text for paragraph in found.article.paragraphs)
    return Extract(text, found.article.published)
