"""Raises the score of passages that have the words as they were typed: same forms, same order.

The weights of adjacent and close words are a sequential dependence model (Metzler and Croft, "A
Markov Random Field Model for Term Dependencies", SIGIR 2005).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from indexer.records import Near, Phrase, Preferring, Query, TypedWord, Words

FORM, ADJACENT, CLOSE = 0.4, 0.2, 0.1
"""Weights of the score of exact forms, adjacent pairs and close pairs; the words' own is 1."""

_CLOSE_DISTANCE = 8
"""The distance in words up to which a pair is close."""

_MAX_FREQUENCY = 30_000
"""The frequency from which a word is left out of pairs: "of the" costs more than it tells."""

_MAX_WORDS = 24
"""Words of a query that are boosted. Later words of a pasted text matter little."""


def boost(
    query: Query,
    words: Sequence[TypedWord],
    frequency: Callable[[str], int],
    *,
    in_order: bool = True,
) -> Query:
    """Return a query that matches the same passages, with better scores for the words as typed.

    ``frequency`` returns the frequency of a form in the index. ``in_order`` is false if the words
    were typed as alternatives.
    """
    words = words[:_MAX_WORDS]
    rare = {word.form for word in words if frequency(word.form) < _MAX_FREQUENCY}
    pairs = list(
        dict.fromkeys(
            (one.stems, other.stems)
            for one, other in pairwise(words if in_order else ())
            if one.form in rare and other.form in rare
        )
    )
    forms = tuple(Words((form,)) for form in dict.fromkeys(word.form for word in words))
    adjacent = tuple(Phrase(pair) for pair in pairs)
    close = tuple(Near(((one,), (other,)), _CLOSE_DISTANCE) for one, other in pairs)
    for better, weight in ((forms, FORM), (adjacent, ADJACENT), (close, CLOSE)):
        if better:
            query = Preferring(query, better, weight)
    return query
