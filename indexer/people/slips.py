"""Slips of the pen: two words that are one letter apart."""

from __future__ import annotations

MIN_LETTERS = 7
"""Letters of the shortest word in which one may be wrong: Marin and Martin are two people."""


def without_a_letter(word: str) -> frozenset[str]:
    """Return a word, and the word without any one of its letters; a short word alone.

    Two words that differ by a letter that is wrong, missing, added or moved share one of these.
    """
    if len(word) < MIN_LETTERS:
        return frozenset((word,))
    return frozenset((word, *(word[:at] + word[at + 1 :] for at in range(len(word)))))


def are_a_letter_apart(word: str, other: str) -> bool:
    """Return whether two words are not the same, but may be meant so.

    >>> are_a_letter_apart("presiden", "president"), are_a_letter_apart("marin", "martin")
    (True, False)
    """
    if word == other or abs(len(word) - len(other)) > 1:
        return False
    return not without_a_letter(word).isdisjoint(without_a_letter(other))
