"""Plain text: the first line is the title; each line is a paragraph, unless lines are wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.errors import UnreadableArticle
from indexer.ingest.encoding import clean, decode
from indexer.ingest.lines.datelines import dateline
from indexer.records import Article, Paragraph

MAX_TITLE = 300
"""Characters of a first line that is the title."""

WRAPPED = range(40, 100)
"""Columns at which text editors and mail programs wrap lines."""

MIN_WRAPPED_LINES = 3
MIN_FULL_SHARE = 0.8
"""Lines, and the share of full ones among them, from which on a text is wrapped."""


def read(data: bytes, article_id: str) -> tuple[Article]:
    """Read the article of a plain text. Raises `UnreadableArticle` if it has no line of text."""
    paragraphs = list(_paragraphs(decode(data)))
    if not paragraphs:
        raise UnreadableArticle("the file has no text")
    title = article_id.rpartition("/")[2]
    if len(paragraphs) > 1 and len(paragraphs[0]) <= MAX_TITLE:
        title, *paragraphs = paragraphs
    dating = dateline(paragraphs)
    if dating is not None:
        paragraphs = [text for text in paragraphs if dating.evidence != f"dateline: {text}"]
    article = Article(
        id=article_id,
        title=title,
        paragraphs=tuple(Paragraph(text) for text in paragraphs),
        published=dating.published if dating else None,
        date_precision=dating.precision if dating else None,
        date_evidence=dating.evidence if dating else None,
    )
    return (article,)


def _paragraphs(text: str) -> Iterator[str]:
    parts = [part.split("\n") for part in re.split(r"\n\s*\n", clean(text))]
    wrapped = _is_wrapped(parts)
    for lines in parts:
        yield from [" ".join(lines)] if wrapped else filter(None, lines)


def _is_wrapped(parts: Sequence[Sequence[str]]) -> bool:
    """Return whether lines were broken at a column.

    All but the last of each block are then about as long.
    """
    inner = [line for lines in parts for line in lines[:-1]]
    longest = max((len(line) for lines in parts for line in lines), default=0)
    full = sum(len(line) in WRAPPED for line in inner)
    is_long = len(inner) >= MIN_WRAPPED_LINES and longest <= WRAPPED.stop
    return is_long and full >= MIN_FULL_SHARE * len(inner)
