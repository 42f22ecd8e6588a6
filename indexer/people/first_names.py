"""First names, and whether "he" or "she" is said of who bears them: rows in first_names.txt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

from indexer.people.honorifics import Pronoun
from indexer.text.analysis import fold

_RUSSIAN: tuple[tuple[re.Pattern[str], Pronoun], ...] = (
    (re.compile(r"(?:[оеё]в|[иы]н|ский|цкий)$"), "he"),
    (re.compile(r"(?:[оеё]ва|[иы]на|ская|цкая)$"), "she"),
)
"""Surnames whose endings tell."""


def is_first_name(word: str) -> bool:
    """Whether a word is among the common first names; always ``False`` in other scripts."""
    return fold(word) in _first_names()


def pronoun_of(name: str) -> Pronoun | None:
    """What is said of who bears a full name; ``None`` if the name does not tell.

    >>> pronoun_of("Loretta E. Hale"), pronoun_of("Kim Hale"), pronoun_of("Нина Кольцова")
    ('she', None, 'she')
    """
    words = name.split()
    if len(words) < 2:
        return None
    surname = fold(words[-1])
    if not surname.isascii():
        for ending, said in _RUSSIAN:
            if ending.search(surname):
                return said
        return None
    return _first_names().get(fold(words[0]))


@cache
def _first_names() -> Mapping[str, Pronoun | None]:
    text = resources.files(__package__).joinpath("first_names.txt").read_text("utf-8")
    said: Pronoun | None = None
    found: dict[str, Pronoun | None] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            said = "she" if line.startswith("# she") else "he" if line.startswith("# he") else None
        else:
            found |= dict.fromkeys(line.split(), said)
    return found
