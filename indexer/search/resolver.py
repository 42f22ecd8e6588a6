"""Looks up typed names and word patterns in the index."""

from __future__ import annotations

from functools import cached_property
from typing import Protocol

from indexer.engines import Searcher
from indexer.messages import Message
from indexer.records import Facet, Stems
from indexer.search.facet_values import FacetValues
from indexer.search.vocabulary import Vocabulary
from indexer.storage.library import Library
from indexer.text.analysis import fold, stems
from indexer.text.stemming import stemming_of

MAX_HOLDERS = 5
"""People whom a description may mean that are named to choose from."""


class Resolver(Protocol):
    """Resolves names and patterns to the speakers, facet values and words of an index."""

    def speakers(self, name: str) -> frozenset[str]:
        """Return the ids of all speakers that a name may mean."""

    def speaker(self, name_or_id: str) -> frozenset[str]:
        """Return the speaker with this id, or else all speakers that the name may mean."""

    def holders(self, description: str) -> list[tuple[str, int]]:
        """Return the names and passages of all whom a description without a name may mean."""

    def named(self, facet: str, name: str) -> frozenset[str]:
        """Return the values of a facet that a name may mean, by the words of both."""

    def spellings(self, form: str) -> tuple[str, ...]:
        """Return the accented forms of a word in the index, or the word itself if unknown."""

    def matching(self, pattern: str) -> tuple[str, ...]:
        """Return the words that match a pattern with ``*`` and ``?``."""

    def similar(self, form: str, distance: int) -> tuple[str, ...]:
        """Return the words within an edit distance of a word."""

    def stems(self, printed: str) -> Stems:
        """Return the stems of a word in the languages of the index."""


class IndexResolver:
    """The resolver of an open index."""

    def __init__(self, library: Library, searcher: Searcher) -> None:
        self._searcher = searcher
        self.speakers = library.names.find
        self.speaker = library.names.find_by_id
        self.holders = library.names.holders
        self.named = FacetValues(searcher.values).named

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of the index. Reads all of them on first use."""
        return Vocabulary(self._searcher.words())

    def spellings(self, form: str) -> tuple[str, ...]:
        """Return the accented forms of a word in the index, or the word itself if unknown."""
        return self.vocabulary.spellings(form)

    def matching(self, pattern: str) -> tuple[str, ...]:
        """Return the words that match a pattern with ``*`` and ``?``."""
        return self.vocabulary.matching(pattern)

    def similar(self, form: str, distance: int) -> tuple[str, ...]:
        """Return the words within an edit distance of a word."""
        return self.vocabulary.similar(form, distance)

    def stems(self, printed: str) -> Stems:
        """Return the stems of a word in the languages of the index.

        A word without accents has those of the forms with accents too.
        """
        words = {printed}
        if self._languages and fold(printed) == printed.lower():
            words.update(self.vocabulary.spellings(printed.lower()))
        found = (stems(word, (None, *self._languages)) for word in words)
        return tuple(sorted(frozenset().union(*found)))

    @cached_property
    def _languages(self) -> frozenset[str]:
        """The languages of the index whose words have stems of their own."""
        return frozenset(filter(stemming_of, self._searcher.values("language")))


def unknown_value(facet: Facet, name: str, resolver: Resolver) -> Message:
    """Return the notice for a name that means no value of a facet, or none for certain."""
    holders = resolver.holders(name) if facet.kind == "people" else []
    if not holders:
        return Message(facet.unknown, name=name)
    first = ", ".join(f"{one} ({passages})" for one, passages in holders[:MAX_HOLDERS])
    return Message(
        "“%(name)s” names nobody for certain. It may be %(names)s.", name=name, names=first
    )
