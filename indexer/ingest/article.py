"""A file on disk to its passages: every step of the ingest wing, in order."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath

from indexer.errors import UnknownFormat, UnreadableArticle
from indexer.ingest.boilerplate import without_boilerplate
from indexer.ingest.introduction import introduction
from indexer.ingest.narrative import attribute
from indexer.ingest.passages import passages
from indexer.ingest.people import People
from indexer.ingest.readers import readers
from indexer.ingest.turns import turns
from indexer.ingest.web_address import host
from indexer.records import Article, IngestedArticle

_YEAR = re.compile(r"(?:19|20)\d\d")


def suffixes() -> frozenset[str]:
    """The suffixes of the formats that can be read, in small letters (``.html``)."""
    return frozenset(readers())


def article_id(path: PurePosixPath) -> str:
    """The id of an article: its path below the corpus without the suffix."""
    return path.with_suffix("").as_posix()


def ingest(data: bytes, path: PurePosixPath) -> IngestedArticle:
    """The article in a file's bytes, with its turns, quotations and passages.

    ``path`` is the file's path below the corpus. Raises `UnknownFormat` for a suffix that no reader
    takes, and `UnreadableArticle` with the reason if no article can be read.
    """
    reader = readers().get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(readers()))
        raise UnknownFormat(
            f"no reader takes {path.suffix or 'files without a suffix'}; known: {known}"
        )
    article = without_boilerplate(reader.read(data, article_id(path)))
    if not article.paragraphs:
        raise UnreadableArticle("nothing but boilerplate was found")
    article = replace(article, outlet=_outlet(article, path))
    people = People([article.title, *(p.text for p in article.paragraphs)])
    introduced = introduction(article, people)
    found, quotations = attribute(article, turns(article, people, introduced), people, introduced)
    return IngestedArticle(article, found, quotations, passages(article, found))


def _outlet(article: Article, path: PurePosixPath) -> str | None:
    """What the article states; else its folder in ``<outlet>/<year>/``; else its page's host."""
    folders = path.parts[:-1]
    if article.outlet:
        return article.outlet
    if len(folders) >= 2 and _YEAR.fullmatch(folders[-1]):
        name = folders[-2].replace("-", " ").replace("_", " ")
        return name.title() if name == name.lower() else name
    return host(article.url) if article.url else None
