"""Printed labels in parts: the office, the form of address, and the words of the name."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache, lru_cache

import indexer.people.offices as offices
from indexer.people.first_names import is_first_name
from indexer.people.honorifics import HONORIFICS, PRONOUN_OF, split_honorifics
from indexer.people.joined_names import UNDATED, Words, words_of_name
from indexer.people.names import is_office
from indexer.people.office_and_name import split_office
from indexer.people.slips import MIN_LETTERS, a_letter_away, index_of_slips
from indexer.people.words import ATTRIBUTES, HIGH_OFFICES, OFFICES


@dataclass(frozen=True, slots=True)
class Label:
    """A name that speaks in an article: its fullest form there, and the form at the words.

    ``month`` counts months from the year 0; `UNDATED` if the article has no date. A name that
    ``is_corrected`` is the keeper's, and means nobody else.
    """

    article: int
    outlet: str | None
    published: str | None
    name: str
    as_printed: str | None
    is_label: bool = True
    language: str | None = "en"
    is_corrected: bool = False

    @property
    def month(self) -> int:
        """The month of the article."""
        return month_of(self.published)


def month_of(published: str | None) -> int:
    """Return the month of a date, counted from the year 0; `UNDATED` if it is not known."""
    if published is None or len(published) < 4:
        return UNDATED
    return int(published[:4]) * 12 + (int(published[5:7]) - 1 if len(published) >= 7 else 6)


@dataclass(frozen=True, slots=True)
class Parts:
    """A label in parts: the words of the name as they sound, office and form of address.

    ``name`` is the rest as printed.
    """

    words: Words
    office: str | None
    honorific: str | None
    name: str

    @property
    def pronoun(self) -> str | None:
        """The pronoun that the form of address tells."""
        return PRONOUN_OF.get(self.honorific or "")


@lru_cache(maxsize=1 << 16)
def parts_of(label: tuple[str, str | None]) -> Parts:
    """Return the parts of a speaker's name and the form at the words.

    The printed form counts, or the name if that is no form of it ("he", "the expert").
    """
    name, as_printed = label
    before, found, after = (as_printed or "").partition(name)
    if found and " " in name and (before or after):
        return _around(name, before)
    printed = split(as_printed) if as_printed else None
    if printed is None:
        return split(name)
    own = split(name)
    if printed.words and own.words and printed.words[-1] not in own.words:
        return own
    if not printed.words and not printed.office:
        return own
    return printed


def _around(name: str, before: str) -> Parts:
    """Return the parts of a full name that a label has words around."""
    words = before.split()
    honorific = words[-1].rstrip(".").lower() if words else None
    return Parts(
        split(name).words,
        offices.office_at_end(before.rpartition(",")[2]),
        honorific if honorific in HONORIFICS else None,
        name,
    )


@lru_cache(maxsize=1 << 16)
def split(text: str) -> Parts:
    """Return the parts of a printed name. A label that is all office has no ``words``."""
    office, rest = split_office(_with_office_spelt(text))
    honorific, words = split_honorifics(rest.split())
    bare = [word for word in words if word.lower() != "the"]
    if (bare and all(map(is_office, bare))) or " ".join(bare).lower() in offices.LADIES:
        return Parts((), offices.normal(" ".join(bare)), honorific, text)
    found = words_of_name(" ".join(words))
    return Parts(
        words=found[0] if found else (),
        office=offices.normal(office) if office else None,
        honorific=honorific,
        name=" ".join(words),
    )


def _with_office_spelt(text: str) -> str:
    """Return a label with its first word as the office that it is a letter away from."""
    first, space, rest = text.partition(" ")
    if first.lower() == "the" and " " not in rest:
        return f"{first} {_with_office_spelt(rest)}"
    if len(first) < MIN_LETTERS or is_office(first) or is_first_name(first):
        return text
    spelt = a_letter_away(first.lower(), _offices())
    spelt = spelt & HIGH_OFFICES or spelt
    return f"{spelt.pop().capitalize()}{space}{rest}" if len(spelt) == 1 else text


@cache
def _offices() -> Mapping[str, Set[str]]:
    return index_of_slips(OFFICES - ATTRIBUTES)
