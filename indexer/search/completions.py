"""Completes what a reader has begun to type."""

from __future__ import annotations

from indexer.records import Completion
from indexer.search.lexemes import quoted
from indexer.search.vocabulary import Vocabulary
from indexer.storage.library import Library

_MIN_LETTERS = 2
_MAX_SPEAKERS = 3
_MAX_TITLES = 3


def completions(
    prefix: str, limit: int, library: Library, vocabulary: Vocabulary
) -> tuple[Completion, ...]:
    """Return speakers first, then words, then titles; none for a single letter."""
    typed = " ".join(prefix.split())
    if len(typed) < _MIN_LETTERS:
        return ()
    before, _, last = typed.rpartition(" ")
    lead = f"{before} " if before else ""
    speakers = [
        Completion(name, "speaker", f"speaker:{quoted(name)}")
        for name, _ in library.names.complete(typed, _MAX_SPEAKERS)
    ]
    words = [
        Completion(f"{lead}{word}", "word", f"{lead}{word}")
        for word in vocabulary.completions(last, limit)
    ]
    titles = [
        Completion(title, "title", f"title:{quoted(title)}")
        for title in library.articles.complete_titles(typed, _MAX_TITLES)
    ]
    room = max(0, limit - len(speakers) - len(titles))
    return (*speakers, *words[:room], *titles)[:limit]
