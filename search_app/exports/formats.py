"""The formats that a whole search can be taken away in: one module each, and one row here.

A renderer writes down passages as they come; it searches nothing and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from indexer import Passage, SearchResults
from search_app.exports import atom, bibtex, csv, jsonl, ris


class Renderer(Protocol):
    """A module of this folder."""

    NAME: str
    MEDIA_TYPE: str

    def render(self, results: SearchResults, passages: Iterable[Passage]) -> Iterator[str]:
        """Every passage in this format, piece by piece, each as soon as it is there.

        ``results`` is the search that found them: its counts, its request, its index.
        """


RENDERERS: dict[str, Renderer] = {
    "csv": csv,
    "jsonl": jsonl,
    "bib": bibtex,
    "ris": ris,
    "atom": atom,
}
"""Every format by the suffix that asks for it: ``/search.csv``."""
