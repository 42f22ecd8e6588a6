"""Patterns that are compiled when they are first used: a large one takes tens of milliseconds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property


class LazyPattern:
    """A pattern that costs nothing until it is used.

    >>> LazyPattern(r"w.ll").search("The wall held.").group()
    'wall'
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def match(self, text: str) -> re.Match[str] | None:
        """Return the match at the beginning of a text; ``None`` if it does not match."""
        return self._compiled.match(text)

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match in a text; ``None`` if there is none."""
        return self._compiled.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the matches in a text that do not overlap."""
        return self._compiled.finditer(text)
