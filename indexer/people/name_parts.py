"""Printed names taken apart: the office, the form of address, and the words of the name."""

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
    """What stands before a name, and the name's words as they sound, without particles.

    ``office`` and ``honorific`` are in small letters. ``is_initial`` tells that the first name is
    no more than its first letter.
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
        """The first word: of a surname alone, the surname."""
        return self.words[0]

    @property
    def is_full(self) -> bool:
        """Whether there is more than a surname."""
        return len(self.words) > 1

    @property
    def is_woman(self) -> bool | None:
        """Whether the form of address is a woman's; ``None`` if it does not tell."""
        pronoun = PRONOUN_OF.get(self.honorific or "")
        return None if pronoun is None else pronoun == "she"


@cache
def parsed(name: str) -> ParsedName | None:
    """A name in parts; ``None`` if it is none, but an office ("Moderator").

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
