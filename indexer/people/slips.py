"""Slips of the pen: two words that are one letter apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

MIN_LETTERS = 7
"""Letters of the shortest word in which one may be wrong: Marin and Martin are two people."""


def without_a_letter(word: str) -> frozenset[str]:
    """Return a word, and the word without any one of its letters; a short word alone.

    Two words that differ by a letter that is wrong, missing, added or moved share one of these.
    """
    if len(word) < MIN_LETTERS:
        return frozenset((word,))
    return frozenset((word, *(word[:at] + word[at + 1 :] for at in range(len(word)))))


def index_of_slips(words: Iterable[str]) -> Mapping[str, Set[str]]:
    """Return an index of words for `a_letter_away`."""
    index: defaultdict[str, set[str]] = defaultdict(set)
    for word in words:
        for spelt in without_a_letter(word):
            index[spelt].add(word)
    return index


def a_letter_away(word: str, index: Mapping[str, Set[str]]) -> set[str]:
    """Return the words of an index that may be meant by another one.

    >>> a_letter_away("presiden", index_of_slips(["president", "minister"]))
    {'president'}
    >>> a_letter_away("marin", index_of_slips(["martin"]))
    set()
    """
    found = {other for spelt in without_a_letter(word) for other in index.get(spelt, ())}
    return {other for other in found if other != word and abs(len(other) - len(word)) <= 1}
