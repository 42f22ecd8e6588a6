"""The words of an index: what a typed mark like ``*`` stands for, and which words are close to one
that was mistyped. Forms are looked up without accents, and given back as they stand in the index.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from indexer.text.analysis import fold

MOST = 128
"""Words that a pattern or a mistyped word may stand for."""

_LAST = "\U0010ffff"
_LITERAL = re.compile(r"[^*?]*")


class Vocabulary:
    """Forms with how often each stands in the index."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts

    @cached_property
    def _by_folded(self) -> Mapping[str, list[str]]:
        forms: defaultdict[str, list[str]] = defaultdict(list)
        for form in self._counts:
            forms[fold(form) or form].append(form)
        return forms

    @cached_property
    def _folded(self) -> list[str]:
        return sorted(self._by_folded)

    def spellings(self, form: str) -> tuple[str, ...]:
        """A form with whatever accents it has in the index; itself if it is not there."""
        return tuple(sorted(self._by_folded.get(fold(form) or form, (form,))))

    def matching(self, pattern: str) -> tuple[str, ...]:
        """The forms that a pattern stands for, in which ``*`` is any letters and ``?`` is one.

        Those of the `MOST` most frequent words; the pattern has to begin with letters.
        """
        folded = fold(pattern)
        beginning = _LITERAL.match(folded)
        prefix = beginning.group() if beginning else ""
        parts = (re.escape(part) for part in re.split(r"([*?])", folded))
        whole = re.compile("".join({r"\*": ".*", r"\?": "."}.get(part, part) for part in parts))
        return self._forms(word for word in self._beginning(prefix) if whole.fullmatch(word))

    def similar(self, form: str, distance: int) -> tuple[str, ...]:
        """The forms at most so many letters away (optimal string alignment: a letter more, less,
        other, or two exchanged), those of the `MOST` most frequent words."""
        found = process.extract_iter(
            fold(form), self._folded, scorer=OSA.distance, score_cutoff=distance
        )
        return self._forms(word for word, *_ in found)

    def correction(self, form: str) -> str | None:
        """The likeliest word that was meant by a form which stands nowhere, or hardly anywhere."""
        typed = fold(form)
        if len(typed) < 4 or any(map(str.isdigit, typed)):
            return None
        cutoff = 1 if len(typed) < 8 else 2
        found = process.extract_iter(typed, self._folded, scorer=OSA.distance, score_cutoff=cutoff)
        least = 10 * self.count(form)
        close = [(far, -self._count(word), word) for word, far, _ in found if word != typed]
        better = [item for item in close if -item[1] > least and item[2][0] == typed[0]]
        return min(better, default=(0, 0, None))[2]

    def completions(self, prefix: str, limit: int) -> list[str]:
        """The most frequent words that begin so; nothing for fewer than two letters."""
        folded = fold(prefix)
        if len(folded) < 2:
            return []
        words = sorted(self._beginning(folded), key=lambda word: (-self._count(word), word))
        return [max(self._by_folded[word], key=self._counts.__getitem__) for word in words[:limit]]

    @cached_property
    def total(self) -> int:
        """How many words the index holds, each as often as it stands there."""
        return sum(self._counts.values())

    def count(self, form: str) -> int:
        """How often a form stands in the index, with any accents."""
        return self._count(fold(form) or form)

    def _count(self, folded: str) -> int:
        return sum(self._counts[form] for form in self._by_folded.get(folded, ()))

    def _beginning(self, prefix: str) -> list[str]:
        first = bisect_left(self._folded, prefix)
        return self._folded[first : bisect_left(self._folded, prefix + _LAST)]

    def _forms(self, words: Iterable[str]) -> tuple[str, ...]:
        common = sorted(words, key=lambda word: (-self._count(word), word))[:MOST]
        return tuple(sorted(form for word in common for form in self._by_folded[word]))
