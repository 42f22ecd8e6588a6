"""Printed names, split into the office, the form of address, and the words of the name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from indexer.people.honorifics import HONORIFICS, PRONOUN_OF
from indexer.people.names import PARTICLES, is_office, split_office
from indexer.people.spellings import sound

_PARTICLES = frozenset(PARTICLES.split("|"))
_INITIAL = re.compile(r"[^\W\d_]\.?|[^\W\d_]{2}\.")


@dataclass(frozen=True, slots=True)
class ParsedName:
    """A printed name in parts: office, form of address, and its words as they sound.

    ``words`` are without particles, ``office`` and ``honorific`` in small letters. ``is_initial``
    is true if the first name is only its first letter.
    """

    words: tuple[str, ...]
    office: str | None = None
    honorific: str | None = None
    is_initial: bool = False

    @property
    def surname(self) -> str:
        """The last word."""
        return self.words[-1]

    @property
    def first(self) -> str:
        """The first word; of a surname alone, the surname."""
        return self.words[0]

    @property
    def is_full(self) -> bool:
        """True if the name has more than a surname."""
        return len(self.words) > 1

    @property
    def is_woman(self) -> bool | None:
        """True for a woman's form of address; ``None`` if that does not tell it."""
        pronoun = PRONOUN_OF.get(self.honorific or "")
        return None if pronoun is None else pronoun == "she"


@cache
def parsed(name: str) -> ParsedName | None:
    """Parse a printed name. Returns ``None`` for a text that is only an office ("Moderator").

    >>> parsed("Vice President Arel").office, parsed("Ms. Arel").is_woman
    ('vice president', True)
    """
    office, rest = split_office(name)
    printed = rest.split()
    honorific = None
    while len(printed) > 1 and printed[0].rstrip(".").lower() in HONORIFICS:
        honorific = printed.pop(0).rstrip(".").lower()
    named = [word for word in printed if word.lower() not in _PARTICLES]
    words = tuple(filter(None, map(sound, named)))
    if not words or all(map(is_office, printed)):
        return None
    is_initial = len(words) > 1 and _INITIAL.fullmatch(named[0]) is not None
    return ParsedName(words, office.lower() if office else None, honorific, is_initial)
