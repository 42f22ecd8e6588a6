"""Sentences: their ends, with a mind to quotations and abbreviations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from indexer.records import Span
from indexer.text.abbreviations import ABBREVIATED_OFFICES
from indexer.text.marks import CLOSING, OPENING_DOUBLE

STOPS = ".?!…։"
"""Marks that end a sentence."""

WIDE_STOPS = "。！？"
"""Marks that end a sentence in Chinese and Japanese."""

ASKING = "?？՞؟"
"""Marks of a question; the Armenian one is inside the word that is asked for."""

AFTER_STOP = rf"[{CLOSING})\]]*"
"""A pattern for the marks that belong to a sentence after its stop."""

BEGINNING = rf"[\"{OPENING_DOUBLE}(\[]?[^\W\d_a-zа-яա-և]"
"""A pattern for the beginning of a sentence: a capital, maybe after an opening mark."""

_CLOSING_WIDE = f"」』）{CLOSING}"
_AFTER_WIDE = f"[{_CLOSING_WIDE}]*"
_END = re.compile(
    rf"(?:(?<![ա-և])\.|[?!…։])+{AFTER_STOP}\s+(?={BEGINNING})"
    # Chinese and Japanese have no spaces and no capitals; Thai has no stops, but spaces.
    rf"|[{WIDE_STOPS}]+{_AFTER_WIDE}\s*(?!$)"
    r"|(?<=[\u0e01-\u0e4e]) +(?=[\u0e01-\u0e4e])"
)
_STOP_AT_END = re.compile(rf"(?:[{STOPS}]{AFTER_STOP}|[{WIDE_STOPS}]{_AFTER_WIDE})\s*$")
_QUESTION_AT_END = re.compile(rf"[{ASKING};⸮][{CLOSING}{_CLOSING_WIDE})\]\s]*$|՞")
_ABBREVIATION = re.compile(
    rf"(?:\b(?:(?:{'|'.join(word.capitalize() for word in ABBREVIATED_OFFICES)})s?"
    r"|St|No|vs|Jr|Sr|[A-Z])|\b[a-z]\.[a-z])\.\s+$"
)

_MAX_ABBREVIATION = 12
"""Characters of an abbreviation with the space after it."""


def sentence_ends(text: str) -> list[int]:
    """Return the ends of the sentences of a text, with the space after them, except the last one.

    >>> sentence_ends("Dr. Arel came. He left.")
    [15]
    """
    ends = (match.end() for match in _END.finditer(text))
    return [
        end for end in ends if not _ABBREVIATION.search(text[max(0, end - _MAX_ABBREVIATION) : end])
    ]


def sentences(text: str, quotations: Sequence[Span] = ()) -> list[Span]:
    """Return the sentences of a paragraph; a stop inside a quotation ends one only at its end."""
    masked = text
    for start, end in quotations:
        last = max(start, end - 1)
        masked = f"{masked[:start]}{'X' * (last - start)}{masked[last:]}"
    edges = [0, *sentence_ends(masked), len(text)]
    return [(start, end) for start, end in pairwise(edges) if text[start:end].strip()]


def space_after(sentence: str) -> str:
    """Return what parts a sentence from the next one of its paragraph.

    >>> space_after("The wall held."), space_after("墙没有倒。")
    (' ', '')
    """
    return "" if sentence.rstrip(_CLOSING_WIDE).endswith(tuple(WIDE_STOPS)) else " "


def ends_with_stop(text: str) -> bool:
    """Return whether a text ends as a sentence does.

    >>> ends_with_stop("“It held.”"), ends_with_stop("The wall")
    (True, False)
    """
    return _STOP_AT_END.search(text) is not None


def ends_with_question(text: str) -> bool:
    """Return whether a text ends with a question.

    >>> all(map(ends_with_question, ("Did it hold?", "Ինչո՞ւ այսօր։", "为什么？", "「なぜ？」")))
    True
    """
    return _QUESTION_AT_END.search(text) is not None
