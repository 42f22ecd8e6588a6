"""Looks up typed names among the values of facets."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping

from indexer.text.analysis import fold, tokens


class FacetValues:
    """The values of facets by their words, read from the engine when a facet is first needed."""

    def __init__(self, values: Callable[[str], Iterable[str]]) -> None:
        self._values = values
        self._lock = threading.Lock()
        self._words: dict[str, Mapping[str, frozenset[str]]] = {}

    def named(self, facet: str, name: str) -> frozenset[str]:
        """Return the value with this name, or the values with the same words in any order.

        Without one, returns the values that have all words of the name.
        """
        words = self._words_by_value(facet)
        if name in words:
            return frozenset({name})
        typed = _words(name)
        same = frozenset(value for value, own in words.items() if own == typed)
        return same or frozenset(value for value, own in words.items() if typed and typed <= own)

    def _words_by_value(self, facet: str) -> Mapping[str, frozenset[str]]:
        with self._lock:
            if facet not in self._words:
                self._words[facet] = {value: _words(value) for value in self._values(facet)}
            return self._words[facet]


def _words(name: str) -> frozenset[str]:
    return frozenset(fold(token.form) for token in tokens(name))
