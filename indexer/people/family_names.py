"""Splits a printed name into family name and given names, for lists and references."""

from __future__ import annotations

import re

_PLAIN_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_NOT_OF_A_PLAIN_NAME = re.compile(
    r"""
    al | bin | da | de | del | di | dos | du | el | la | le | van | von | the          # particles
    | chancellor | general | governor | judge | justice | minister | mr | mrs | ms      # titles
    | president | prince | secretary | senator | sir
    | agency | army | bank | commission | committee | council | court | department     # bodies
    | embassy | foundation | government | group | house | institute | kremlin
    | ministry | office | parliament | party | service | union | university
    """,
    re.VERBOSE | re.IGNORECASE,
)


def split_name(name: str) -> tuple[str, str]:
    """Split a name into family name and given names.

    Names of organisations, and names of one or more than three words, are not split: the given
    names are ``""``.

    >>> split_name("Ada Lind"), split_name("Office of the Mayor")
    (('Lind', 'Ada'), ('Office of the Mayor', ''))
    """
    words = name.split()
    if 2 <= len(words) <= 3 and all(map(_is_plain, words)):
        return words[-1], " ".join(words[:-1])
    return name, ""


def _is_plain(word: str) -> bool:
    capitalized = word.istitle() and _PLAIN_WORD.fullmatch(word)
    return bool(capitalized) and not _NOT_OF_A_PLAIN_NAME.fullmatch(word)
