"""The words of an index: expands wildcards, and finds words close to a mistyped one.

Forms are looked up without accents, and returned as they are in the index.
"""

from __future__ import annotations

import fnmatch
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from indexer.budget import uncounted
from indexer.text.analysis import fold

MAX_EXPANSIONS = 128
"""Words that a pattern or a fuzzy word expands to."""

_MIN_CORRECTED_LENGTH = 4
"""Letters of the shortest word that is corrected."""

_MIN_TWO_EDITS_LENGTH = 8
"""Letters of the shortest word that is corrected in two letters."""

_MIN_FREQUENCY_RATIO = 10
"""A correction is at least this many times as frequent as the typed word."""

_MIN_PREFIX_LENGTH = 2
"""Letters of the shortest prefix that is completed."""

_LAST_CHARACTER = "\U0010ffff"
_LITERAL = re.compile(r"[^*?]*")


class Vocabulary:
    """The unstemmed words of an index with their frequencies."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts

    @cached_property
    def _by_folded(self) -> Mapping[str, list[str]]:
        forms: defaultdict[str, list[str]] = defaultdict(list)
        with uncounted():
            for form in self._counts:
                forms[fold(form) or form].append(form)
        return forms

    @cached_property
    def _folded(self) -> list[str]:
        return sorted(self._by_folded)

    def spellings(self, form: str) -> tuple[str, ...]:
        """Return the accented forms of a word in the index, or the word itself if unknown."""
        return tuple(sorted(self._by_folded.get(fold(form) or form, (form,))))

    def matching(self, pattern: str) -> tuple[str, ...]:
        """Expand a pattern, in which ``*`` is any letters and ``?`` is one letter.

        Returns the forms of the `MAX_EXPANSIONS` most frequent words. The pattern must start with
        letters.
        """
        folded = fold(pattern)
        beginning = _LITERAL.match(folded)
        prefix = beginning.group() if beginning else ""
        # Its expressions never try an asterisk twice, so that many of them cost no more than one.
        whole = re.compile(fnmatch.translate(folded))
        return self._forms(word for word in self._starting_with(prefix) if whole.fullmatch(word))

    def similar(self, form: str, distance: int) -> tuple[str, ...]:
        """Return the forms within an edit distance, of the `MAX_EXPANSIONS` most frequent words.

        The distance is optimal string alignment: a letter added, missing, replaced, or two
        exchanged.
        """
        matches = process.extract_iter(
            fold(form), self._folded, scorer=OSA.distance, score_cutoff=distance
        )
        return self._forms(word for word, *_ in matches)

    def correction(self, form: str) -> str | None:
        """Return the likeliest correction of a rare or unknown word, or ``None``."""
        typed = fold(form)
        if len(typed) < _MIN_CORRECTED_LENGTH or any(map(str.isdigit, typed)):
            return None
        cutoff = 1 if len(typed) < _MIN_TWO_EDITS_LENGTH else 2
        close = process.extract_iter(typed, self._folded, scorer=OSA.distance, score_cutoff=cutoff)
        ranked = [
            (distance, -self._count(word), word)
            for word, distance, _ in close
            if word != typed and word[0] == typed[0]
        ]
        rarest = _MIN_FREQUENCY_RATIO * self.count(form)
        return min((one for one in ranked if -one[1] > rarest), default=(0, 0, None))[2]

    def completions(self, prefix: str, limit: int) -> list[str]:
        """Return the most frequent words that start with ``prefix``; none for a single letter."""
        folded = fold(prefix)
        if len(folded) < _MIN_PREFIX_LENGTH:
            return []
        words = sorted(self._starting_with(folded), key=lambda word: (-self._count(word), word))
        return [max(self._by_folded[word], key=self._counts.__getitem__) for word in words[:limit]]

    @cached_property
    def total(self) -> int:
        """The number of words in the index, repetitions included."""
        return sum(self._counts.values())

    def count(self, form: str) -> int:
        """Return the frequency of a word in the index, with any accents."""
        return self._count(fold(form) or form)

    def _count(self, folded: str) -> int:
        return sum(self._counts[form] for form in self._by_folded.get(folded, ()))

    def _starting_with(self, prefix: str) -> list[str]:
        first = bisect_left(self._folded, prefix)
        return self._folded[first : bisect_left(self._folded, prefix + _LAST_CHARACTER)]

    def _forms(self, words: Iterable[str]) -> tuple[str, ...]:
        common = sorted(words, key=lambda word: (-self._count(word), word))[:MAX_EXPANSIONS]
        return tuple(sorted(form for word in common for form in self._by_folded[word]))
