"""One file an input format. A module in this folder is a reader: it names the `SUFFIXES` it takes,
and its ``read(data, article_id)`` turns the bytes of a file into an `Article` whose paragraphs
still hold whatever boilerplate the format cannot tell by its marks."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Protocol, cast

from indexer.records import Article


class Reader(Protocol):
    """A module of this folder."""

    SUFFIXES: tuple[str, ...]

    def read(self, data: bytes, article_id: str) -> Article:
        """The article in a file's bytes. Raises `UnreadableArticle` with the reason if none is."""


@cache
def readers() -> dict[str, Reader]:
    """The readers in this folder, by suffix (``.html``)."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = [cast(Reader, importlib.import_module(f"{__name__}.{name}")) for name in names]
    return {suffix: module for module in modules for suffix in module.SUFFIXES}
