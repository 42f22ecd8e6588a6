"""First names, and the pronouns of people who bear them: rows in first_names.txt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import get_args

from indexer.people.honorifics import Pronoun
from indexer.text.analysis import fold

_RUSSIAN: tuple[tuple[re.Pattern[str], Pronoun], ...] = (
    (re.compile(r"(?:[оеё]в|[иы]н|ский|цкий)$"), "he"),
    (re.compile(r"(?:[оеё]ва|[иы]на|ская|цкая)$"), "she"),
)
"""Endings of surnames that tell the pronoun."""


def is_first_name(word: str) -> bool:
    """Return whether a word is a common first name; always ``False`` in other scripts."""
    return fold(word) in _first_names()


def has_first_name(name: str) -> bool:
    """Return whether a name begins with a common first name, two with a hyphen, or an initial.

    >>> has_first_name("Ada Lind"), has_first_name("Frank-Walter Lind"), has_first_name("Grain Act")
    (True, True, False)
    """
    first, _, rest = name.strip().partition(" ")
    if rest and len(first) == 2 and first[0].isupper() and first[1] == ".":
        return True
    return any(map(is_first_name, (first, *first.split("-")[:1])))


def pronoun_of(name: str) -> Pronoun | None:
    """Return the pronoun of a person by the full name; ``None`` if the name does not tell it.

    >>> pronoun_of("Loretta E. Hale"), pronoun_of("Kim Hale"), pronoun_of("Нина Кольцова")
    ('she', None, 'she')
    """
    words = name.split()
    if len(words) < 2:
        return None
    surname = fold(words[-1])
    if not surname.isascii():
        for ending, pronoun in _RUSSIAN:
            if ending.search(surname):
                return pronoun
        return None
    return _first_names().get(fold(words[0]))


@cache
def _first_names() -> Mapping[str, Pronoun | None]:
    text = resources.files(__package__).joinpath("first_names.txt").read_text("utf-8")
    pronoun: Pronoun | None = None
    names: dict[str, Pronoun | None] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            pronouns = get_args(Pronoun)
            pronoun = next((one for one in pronouns if line.startswith(f"# {one}:")), None)
        else:
            names |= dict.fromkeys(line.split(), pronoun)
    return names
