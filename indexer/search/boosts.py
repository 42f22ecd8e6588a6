"""What ranks a passage higher than its words alone do: the forms as typed, and words that stand
together as they were typed.

The weights of words in a row and words close together are a sequential dependence model (Metzler
and Croft, "A Markov Random Field Model for Term Dependencies", SIGIR 2005).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from indexer.records import Near, Phrase, Preferring, Query, Token, Words

FORM, IN_A_ROW, CLOSE = 0.4, 0.2, 0.1
"""How much of its own score each adds, beside 1 for the words themselves."""

_CLOSE = 8
_COMMON = 30_000
"""Times from which a word in a pair costs more to look for than it tells ("of the")."""

_MOST_WORDS = 24
"""Words of a query that are looked at: what comes later in a pasted text decides little."""


def preferring(
    query: Query, words: Sequence[Token], count: Callable[[str], int], *, are_one: bool = True
) -> Query:
    """The same passages, those first that have the words as they were typed: in order too, unless
    they were typed as alternatives and not as one.

    ``count`` tells how often a form stands in the index.
    """
    words = words[:_MOST_WORDS]
    telling = {word.form for word in words if count(word.form) < _COMMON}
    pairs = list(
        dict.fromkeys(
            (one.term, other.term)
            for one, other in pairwise(words if are_one else ())
            if one.form in telling and other.form in telling
        )
    )
    forms = tuple(Words((form,)) for form in dict.fromkeys(word.form for word in words))
    in_a_row = tuple(Phrase(pair) for pair in pairs)
    close = tuple(Near(((one,), (other,)), _CLOSE) for one, other in pairs)
    for better, weight in ((forms, FORM), (in_a_row, IN_A_ROW), (close, CLOSE)):
        if better:
            query = Preferring(query, better, weight)
    return query
