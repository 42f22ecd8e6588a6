"""Words after a name that tell father and son apart: "Jr.", "jun.", "мл."."""

from __future__ import annotations

from typing import Literal

Mark = Literal["younger", "elder", ""]

IN_ANY_CASE: dict[str, Mark] = {
    **dict.fromkeys(("jr", "ii", "iii", "iv"), "younger"),
    **dict.fromkeys(("sr", "i"), "elder"),
}
IN_SMALL_LETTERS: dict[str, Mark] = {
    **dict.fromkeys(("fils", "jun", "junior", "ml", "mladší", "мл", "младший"), "younger"),
    **dict.fromkeys(("père", "sen", "starší", "ст", "старший"), "elder"),
}
"""Without full stops. With a capital some are names: Amartya Sen."""

GENERATION = (
    r"(?:,?\s(?:[JjSs]r\.|Jr\b|jun\b\.?|sen\.|ml\.|мл\.|I{2,3}\b|IV\b)"
    r"|\s(?:junior|младший)\b|\sfils\b(?!\sd[eu’']))?"
)
"""A pattern for such words after a name. "Ada Lind, junior minister" has none."""


def mark_of(word: str) -> Mark:
    """Return which one a word after a surname tells: the younger, or the elder; else "".

    >>> mark_of("Jr."), mark_of("sen."), mark_of("мл."), mark_of("Sen")
    ('younger', 'elder', 'younger', '')
    """
    bare = word.rstrip(".")
    return IN_SMALL_LETTERS.get(bare) or IN_ANY_CASE.get(bare.lower(), "")


def is_generation(word: str) -> bool:
    """Return whether a word after a surname tells father and son apart; "I" alone does not."""
    return bool(mark_of(word)) and word.lower() != "i"
