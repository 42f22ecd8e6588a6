"""Labels in two: the office, and the name of the person who holds it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.people.first_names import has_first_name
from indexer.people.generations import is_generation
from indexer.people.names import (
    PARTICLES,
    could_be_name,
    is_office,
    is_organisation,
    is_surely_organisation,
    words_of,
)
from indexer.people.words import ATTRIBUTES, OFFICES, ORGANISATION_WORDS

SMALL = frozenset(("of", "for", "to", "at", "and", "in", "on", "from", "with", "by", "&"))
"""Small words that go on with an office, and that no name begins with."""

_BEFORE_NO_NAME = SMALL | {"the", "a", "an"}
_BRACKETED = re.compile(r"(.+?)\s*[(\[](.+)[)\]]")
_PARTY = re.compile(r"[A-ZÄÖÜ]{2,6}|[A-Z][-‑–].+")
"""A party or a short name in brackets: "(SPÖ)", "(D-Ohio)"."""

_STATE = re.compile(r"[A-Z]{2}|D\.C\.|[A-Z][a-z]{1,4}\.")
"""A state as addresses abbreviate it: "Parnala, OH Mayor Jon Berg"."""

_PATRONYMIC = re.compile(r"(?:вич|ьич|кич|мич|вна|чна)(?:[аеу]|ем|ой|ы)?$")
STATES = frozenset(
    """
    AK AL AR AZ CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ
    NM NV NY OH OK OR PA PR RI SC SD TN TX UT VA VT WA WI WV WY
    """.split()  # noqa: SIM905
)
"""States whose postal codes tell a place from a person: "San Marlo, CA Mayor Jon Berg"."""

MAX_COMMAS = 5
"""Commas between the places and bodies of one office; more are a list."""

_MAX_NAME = 3
"""Words of a name after an office."""


def split_office(label: str) -> tuple[str | None, str]:
    """Split a label into its office and its name; the office is ``None`` if there is none.

    An office may come before the name, or after it and a comma, or in brackets. A label that is all
    office, or a body's, is a name of its own ("Senior Administration Official").

    >>> split_office("President of Russia Vladimir Putin")
    ('President of Russia', 'Vladimir Putin')
    >>> split_office("Nara Velidze, chair of the Council")
    ('chair of the Council', 'Nara Velidze')
    >>> split_office("President Jon R. Berg, Jr.")
    ('President', 'Jon R. Berg Jr.')
    >>> split_office("Parnala, OH Mayor Jon Berg"), split_office("Council of Free Harbours")
    (('Parnala, OH Mayor', 'Jon Berg'), (None, 'Council of Free Harbours'))
    """
    bracketed = _BRACKETED.fullmatch(label)
    if bracketed is not None:
        office, name = split_office(bracketed[1])
        inside = bracketed[2] if not _PARTY.fullmatch(bracketed[2]) else None
        return (office, name) if office else (inside, bracketed[1])
    name, comma, after = label.partition(", ")
    if is_generation(after):
        return split_office(f"{name} {after}")
    if comma and (found := _after_place(name, after)) is not None:
        return found
    if comma and not is_office(words_of(name)[0] if name.split() else ""):
        if not (any(map(is_post, after.split())) or has_first_name(name)) and _is_no_person(name):
            return None, label  # "Health Awareness Month, the Administration"
        return after.strip() or None, name.strip()
    return _office_first(label)


def _after_place(place: str, after: str) -> tuple[str, str] | None:
    """Return the office and name of a label that begins with the place or the body of the office.

    "Ranking Member, House Rules Committee, Ohio Congressman Jon Berg" is one too.
    """
    first = after.partition(" ")[0]
    is_of_state = first in STATES or (bool(_STATE.fullmatch(first)) and not is_office(first))
    is_person = has_first_name(place) and " " in place and first not in STATES
    if is_person or after.count(", ") > MAX_COMMAS:
        return None
    if has_first_name(after) and could_be_name(after) and " " in after and _is_no_name(place):
        return place, after  # "Florida Congresswoman, Ada Lind"
    office, name = _around_last_name(after) or split_office(after)
    before = office.split() if office else []
    held = after.replace(", Jr", " Jr").rstrip(".")
    if not before or " " not in name or not held.endswith(f"{before[-1]} {name.rstrip('.')}"):
        return None  # the office follows the name: "Lind, Executive Director, Free Harbours"
    is_told = is_of_state or has_first_name(name) or (is_post(before[-1]) and len(before) > 1)
    return (f"{place}, {office}", name) if is_told and not is_organisation(name) else None


def _around_last_name(words: str) -> tuple[str, str] | None:
    """Return words of which the last two are a person's name, and that name."""
    *before, first, last = ["", "", "", *words.split()]
    is_name = has_first_name(f"{first} {last}") and could_be_name(f"{first} {last}")
    is_of = not before[-1] or before[-1].lower() in _BEFORE_NO_NAME or "," in before[-1]
    return (" ".join(before).strip(), f"{first} {last}") if is_name and not is_of else None


def _is_no_person(words: str) -> bool:
    return " " in words and any(
        word.lower() in ATTRIBUTES or word.lower() in ORGANISATION_WORDS for word in words.split()
    )


def _is_no_name(words: str) -> bool:
    return is_office(words.split()[-1]) or is_organisation(words)


def _office_first(label: str) -> tuple[str | None, str]:
    """Split a label that begins with an office."""
    words = label.strip(" ,").replace(",", " ,").split()
    posts = [index for index, word in enumerate(words) if is_office(word)]
    last = max(posts, default=-1)
    has_post = any(is_post(words[index]) for index in posts)
    if last == len(words) - 1:
        return None, label
    if not (has_post if posts else _is_described(words) and not is_surely_organisation(label)):
        found = _around_last_name(label) if len(words) > _MAX_NAME + 1 else None
        return found if found and not is_organisation(found[1]) else (None, label)
    rest = without_land(words[last], words[last + 1 :])
    if rest[0].lower() in SMALL or "," in rest or _is_long(rest) or _begins_small(rest):
        rest = words[-2:]
    cut = len(words) - len(rest)
    if not cut or (not has_first_name(" ".join(rest)) and _is_of_body(words[:cut], rest)):
        return None, label
    return " ".join(words[:cut]).replace(" ,", ",").rstrip(","), " ".join(rest)


def is_post(word: str) -> bool:
    """Return whether a word is an office of one person by itself: no "National", no "Students"."""
    bare = word.lower().rstrip(".,")
    is_plural = bare.endswith("s") and bare not in OFFICES and bare.removesuffix("s") in OFFICES
    return is_office(word) and bare not in ATTRIBUTES and not is_plural


def _is_of_body(before: Sequence[str], rest: Sequence[str]) -> bool:
    """Return whether words after an office are the rest of a body's name: "Council of Harbours"."""
    last = before[-1].lower()
    named = [word.lower().rstrip(".,") for word in rest]
    return last in _BEFORE_NO_NAME or (
        max(len(rest), len(before) - 1) > 1 and any(word in ORGANISATION_WORDS for word in named)
    )


def without_land(before: str, words: Sequence[str]) -> Sequence[str]:
    """Return capitalised words without the country that a Russian office before them is of.

    >>> without_land("президента", ["Тавии", "Олег", "Жданович"])
    ['Олег', 'Жданович']
    """
    is_russian = bool(re.search("[а-яё]$", before))
    has_land = is_russian and len(words) == 3 and words[0][-1] in "аеиыя"
    return words[1:] if has_land and not _PATRONYMIC.search(words[1]) else words


def _is_long(words: Sequence[str]) -> bool:
    return len(words) - is_generation(words[-1]) > _MAX_NAME


def _begins_small(words: Sequence[str]) -> bool:
    return words[0].islower() and words[0] not in PARTICLES.split("|")


def _is_described(words: Sequence[str]) -> bool:
    """Return whether a name of two words follows an unknown calling ("Pilot of the Corps")."""
    return len(words) > 3 and any(word in ("of", "the", "for") for word in words[:-2])
