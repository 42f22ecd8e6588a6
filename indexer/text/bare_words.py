"""Texts without their layout, to find one in another."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"\w+")


@lru_cache(maxsize=1 << 10)
def bare_words(text: str) -> str:
    """Return the words of a text in small letters, joined by spaces.

    >>> bare_words("The wall – “it held”.")
    'the wall it held'
    """
    return " ".join(_WORD.findall(text.lower()))
