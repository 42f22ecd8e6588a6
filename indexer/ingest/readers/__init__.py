"""Readers, one file an input format.

A module in this folder is a reader: its ``read(data, article_id)`` turns the bytes of a file into
each `Article` in it. Their paragraphs still hold the boilerplate that the format cannot tell by its
marks.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import PurePosixPath
from typing import NamedTuple, Protocol, cast

from indexer.errors import UnreadableArticle
from indexer.records import Article, UnreadableItem


class Format(NamedTuple):
    """A module of this folder, and the suffixes of the files it reads, in small letters.

    ``several`` is true if a file may hold more than one article, as feeds and archives do. A format
    that needs a ``package`` beyond the usual names the ``extra`` of this program that installs it.
    """

    module: str
    suffixes: tuple[str, ...]
    several: bool = False
    package: str | None = None
    extra: str | None = None


FORMATS = [
    Format("web_page", (".html", ".htm", ".xhtml")),
    Format("markdown_page", (".md", ".markdown")),
    Format("plain_text", (".txt",)),
    Format("subtitles", (".vtt", ".srt")),
    Format("saved_page", (".mhtml", ".mht")),
    Format("news_feed", (".xml", ".rss", ".atom"), several=True),
    Format("pdf_document", (".pdf",), package="pypdf", extra="pdf"),
    Format("word_document", (".docx",), package="python-docx", extra="docx"),
    Format("web_archive", (".warc", ".warc.gz"), several=True, package="warcio", extra="warc"),
]


class Reader(Protocol):
    """A module of this folder."""

    def read(self, data: bytes, article_id: str) -> Iterable[Article | UnreadableItem]:
        """Read the articles in a file's bytes; if one of several cannot be read, the others are.

        Each of several has the id ``<article_id>/<name>``, with a name that stays when others come
        or go. Raises `UnreadableArticle` with the reason if the file as a whole cannot be read.
        """


def suffixes() -> tuple[str, ...]:
    """Return the suffixes of the files that can be read, in small letters (``.html``)."""
    return tuple(sorted(suffix for format in FORMATS for suffix in format.suffixes))


def suffix_of(path: PurePosixPath) -> str | None:
    """Return the suffix by which a file is known (``.warc.gz``); ``None`` if it cannot be read."""
    name = path.name.lower()
    known = [suffix for suffix in suffixes() if name.endswith(suffix) and name != suffix]
    return max(known, key=len, default=None)


def format_of(path: PurePosixPath) -> Format | None:
    """Return the format of a file, by its suffix; ``None`` if it cannot be read."""
    suffix = suffix_of(path)
    return next((format for format in FORMATS if suffix in format.suffixes), None)


def load_readers(names: Iterable[str]) -> None:
    """Load the readers of files, as far as they can be, before any limit of a file counts."""
    for format in filter(None, {format_of(PurePosixPath(name)) for name in names}):
        with suppress(UnreadableArticle):
            load_reader(format)


def load_reader(format: Format) -> Reader:
    """Load the reader of a format when it is needed: some are heavy.

    Raises `UnreadableArticle` if the package that it needs is not installed.
    """
    try:
        return cast(Reader, importlib.import_module(f"{__name__}.{format.module}"))
    except ModuleNotFoundError as missing:
        if format.package is None:
            raise
        raise UnreadableArticle(
            f"reading it needs the package {format.package}:"
            f" pip install 'commentary-search[{format.extra}]'"
        ) from missing
