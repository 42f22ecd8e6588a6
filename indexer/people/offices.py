"""Offices as they are printed before names: "Vice President", "Secretary of Education"."""

from __future__ import annotations

import re

from indexer.people.honorifics import HONORIFICS
from indexer.people.names import is_office, written_out

QUALIFIERS = frozenset(
    """
    acting assistant associate deputy designate elect ex first former incoming interim late
    lieutenant lt outgoing principal retired senior second shadow then under vice
    """.split()  # noqa: SIM905
)
"""Words that make another office of the one that they are printed with."""

LADIES = ("first lady", "second lady", "first gentleman", "second gentleman")
"""Offices that a first look takes for a form of address."""

SEATS = frozenset(
    """
    abgeordnete abgeordneter assemblyman assemblywoman congressman congresswoman councillor
    delegate deputy депутат député députée diputada diputado lawmaker member mp rep representative
    sen senator
    """.split()  # noqa: SIM905
)
"""Offices that many people hold at a time."""

_SMALL = frozenset(("of", "for", "the", "to", "and", "&", "at"))
_OF = re.compile(r"\s(?:of|for|to|at)\s")
_WORD = re.compile(r"[\w’'&.-]+")


def office_at_end(before: str) -> str | None:
    """Return the office at the end of the words before a name, in small letters and written out.

    Returns ``None`` if they end in no office.

    >>> office_at_end("He thanked former Vice President"), office_at_end("He met")
    ('former vice president', None)
    """
    words = _WORD.findall(before)
    taken: list[str] = []
    while words and _may_be_of_an_office(words[-1]):
        taken.insert(0, words.pop())
    if taken and taken[-1].lower() in _SMALL:  # "Senators Arel and", "a letter of"
        return None
    while taken and (taken[0].lower() in _SMALL or not _begins(taken)):
        taken.pop(0)
    if not any(map(_is_office, taken)) and " ".join(taken[-2:]).lower() not in LADIES:
        return None
    return normal(" ".join(_last(taken)))


def _last(words: list[str]) -> list[str]:
    """Return the last of several offices: "President Arel and Minister" is a minister."""
    for at in range(len(words) - 1, 0, -1):
        if words[at - 1].lower() in ("and", "&") and any(map(_is_office, words[at:])):
            return words[at:]
    return words


def normal(office: str) -> str:
    """Return an office in the form in which two are compared.

    >>> normal("the Lt. Gov."), normal("National Security Advisor")
    ('lieutenant governor', 'national security adviser')
    """
    words = written_out(office).replace("advisor", "adviser").split()
    while words and (words[0] == "the" or words[0] in HONORIFICS - {"lady"}):
        words = words[1:]
    return " ".join(words)


def head(office: str) -> str:
    """Return an office without the land or body that it is of.

    >>> head("secretary of education"), head("vice president")
    ('secretary', 'vice president')
    """
    return _OF.split(office)[0]


def is_seat(office: str) -> bool:
    """Return whether an office is one that many hold at a time, or only a form of address.

    >>> is_seat("california senator"), is_seat("president of the senate"), is_seat("mr")
    (True, False, True)
    """
    last = head(office).split()[-1:]
    return not last or last[0] in SEATS | HONORIFICS


def has_place(office: str) -> bool:
    """Return whether an office begins with the place or the house that it is of.

    >>> has_place("ohio congresswoman"), has_place("deputy mayor"), has_place("president")
    (True, False, False)
    """
    first, *rest = office.split() or [""]
    return bool(rest) and not is_office(first) and first not in QUALIFIERS | _SMALL | HONORIFICS


def are_one(label: str, printed: str) -> bool:
    """Return whether a short and a longer form of an office may be one.

    A word before it may say which ("education secretary"); a qualifier makes it another.

    >>> are_one("secretary", "secretary of education"), are_one("president", "vice president")
    (True, False)
    """
    short, long = head(label).split(), head(printed).split()
    if len(short) > len(long):
        short, long = long, short
    more = set(long[: len(long) - len(short)])
    return long[len(long) - len(short) :] == short and not more & QUALIFIERS


def _may_be_of_an_office(word: str) -> bool:
    lower = word.lower()
    return word[0].isupper() or lower in _SMALL or lower in QUALIFIERS or _is_office(word)


def _begins(words: list[str]) -> bool:
    """Return whether an office may begin here: an office follows before any small word."""
    for word in words:
        if _is_office(word) or word.lower() == "lady":
            return True
        if word.lower() in _SMALL:
            return False
    return False


def _is_office(word: str) -> bool:
    return is_office(word) and word.lower() not in _SMALL
