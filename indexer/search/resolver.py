"""Looks up typed names and word patterns in the index."""

from __future__ import annotations

from functools import cached_property
from typing import Protocol

from indexer.engines import Searcher
from indexer.messages import Message
from indexer.search.vocabulary import Vocabulary
from indexer.storage.library import Library


class Resolver(Protocol):
    """Resolves names and patterns to the speakers, outlets and words of an index."""

    def speakers(self, name: str) -> frozenset[str]:
        """Return the ids of all speakers that a name may mean."""

    def speaker(self, name_or_id: str) -> frozenset[str]:
        """Return the speaker with this id, or else all speakers that the name may mean."""

    def outlets(self, name: str) -> frozenset[str]:
        """Return the outlets that a name may mean."""

    def spellings(self, form: str) -> tuple[str, ...]:
        """Return the accented forms of a word in the index, or the word itself if unknown."""

    def matching(self, pattern: str) -> tuple[str, ...]:
        """Return the words that match a pattern with ``*`` and ``?``."""

    def similar(self, form: str, distance: int) -> tuple[str, ...]:
        """Return the words within an edit distance of a word."""


class IndexResolver:
    """The resolver of an open index."""

    def __init__(self, library: Library, searcher: Searcher) -> None:
        self._searcher = searcher
        self.speakers = library.speakers
        self.speaker = library.speaker
        self.outlets = library.outlets

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


def unknown_speaker(name: str) -> Message:
    """Return the notice for a speaker name that is not in the index."""
    return Message("Nobody named “%(name)s” speaks in this corpus.", name=name)


def unknown_outlet(name: str) -> Message:
    """Return the notice for an outlet name that is not in the index."""
    return Message("No outlet of this corpus is named “%(name)s”.", name=name)
