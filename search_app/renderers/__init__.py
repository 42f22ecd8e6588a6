"""The formats of a result besides the page: one module each, and one row here.

A renderer writes down `SearchResults`; it searches nothing and decides nothing.
"""

from __future__ import annotations

from typing import Protocol

from indexer import SearchResults
from search_app.narrowing import Address
from search_app.renderers import json


class Renderer(Protocol):
    """A module of this folder."""

    MEDIA_TYPE: str

    def render(self, results: SearchResults, address: Address) -> str:
        """The results in this format; ``address`` gives the URL of another search in it."""


RENDERERS: dict[str, Renderer] = {"json": json}
"""Every format by the suffix that asks for it: ``/search.json``."""
