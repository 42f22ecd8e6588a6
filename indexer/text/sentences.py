"""Where sentences begin and end; quotations and abbreviations are minded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from indexer.records import Span
from indexer.text.abbreviations import ABBREVIATED_OFFICES

_END = re.compile(r"(?:(?<![ա-և])\.|[?!…։])+[\"”’»)\]]*\s+(?=[\"“«„(\[]?[^\W\d_a-zа-яա-և])")
_ABBREVIATION = re.compile(
    rf"(?:\b(?:(?:{'|'.join(word.capitalize() for word in ABBREVIATED_OFFICES)})s?"
    r"|St|No|vs|Jr|Sr|[A-Z])|\b[a-z]\.[a-z])\.\s+$"
)


def sentence_ends(text: str) -> list[int]:
    """Where the sentences of a text end, with the space after them, but for the last one.

    >>> sentence_ends("Dr. Arel came. He left.")
    [15]
    """
    ends = (found.end() for found in _END.finditer(text))
    return [end for end in ends if not _ABBREVIATION.search(text[max(0, end - 12) : end])]


def sentences(text: str, quotations: Sequence[Span] = ()) -> list[Span]:
    """The sentences of a paragraph; a full stop inside a quotation ends none but at its end."""
    masked = list(text)
    for start, end in quotations:
        masked[start : end - 1] = "X" * max(0, end - 1 - start)
    edges = [0, *sentence_ends("".join(masked)), len(text)]
    return [(start, end) for start, end in pairwise(edges) if text[start:end].strip()]
