"""Words and names that an article prints, counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain

from indexer.ingest.cast.name_runs import names_in
from indexer.people.names import CAPITAL

_WORD = re.compile(r"[\w’'-]+")
_SMALL = re.compile(r"[^\W\d_A-ZА-ЯԱ-Ֆ]")
_INSIDE_A_SENTENCE = re.compile(rf" (?<=[\w,;)] )([{CAPITAL}][\w’'-]*)")


class WordCounts:
    """Words of an article by case, and names of two words or more.

    ``names`` counts everything that may be a name; ``names_of_body`` are those outside the title.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        words = set(chain.from_iterable(map(_WORD.findall, texts)))
        self._small = {word for word in words if _SMALL.match(word)}
        self._capital = Counter(chain.from_iterable(map(_INSIDE_A_SENTENCE.findall, texts)))
        printed = [list(names_in(text)) for text in texts]
        self.names = Counter(chain.from_iterable(printed))
        self.names_of_body = frozenset(chain.from_iterable(printed[1:]))

    def is_common(self, word: str) -> bool:
        """Return whether the article also prints a word in small letters, as names are not."""
        return word.lower() in self._small

    def is_proper(self, word: str, times: int = 1) -> bool:
        """Return whether a word has a capital inside sentences, at least ``times`` times."""
        return self._capital[word] >= times

    def prints(self, name: str, times: int = 1) -> bool:
        """Return whether a name of two words or more is printed at least ``times`` times."""
        return self.names[name] >= times
