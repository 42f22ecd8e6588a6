"""The formats in which all results of a search can be downloaded: one module and one row each.

A renderer only writes the passages that it is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from indexer import FoundPassage, SearchResults
from search_app.exports import atom, bibtex, csl, csv, jsonl, ris


class Renderer(Protocol):
    """Module of this folder that writes passages in one format."""

    NAME: str
    MEDIA_TYPE: str

    def render(self, results: SearchResults, found: Iterable[FoundPassage]) -> Iterator[str]:
        """Write all passages of a search, piece by piece, each as soon as it is read.

        ``results`` has the request, the counts and the index.
        """


RENDERERS: dict[str, Renderer] = {
    "csv": csv,
    "jsonl": jsonl,
    "bib": bibtex,
    "ris": ris,
    "csl.json": csl,
    "atom": atom,
}
"""All formats by the suffix of their address: ``/search.csv``."""
