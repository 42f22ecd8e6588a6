"""A label of a transcript in its parts: office, titles, name, party, constituency, degrees.

Records of parliaments print labels that are no plain names ("Abgeordneter Mag. Jon Berg (Grüne):").
What they share tells the name: titles end in a full stop and precede it, brackets and degrees
follow it, an office stands first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from indexer.people.honorifics import HONORIFICS
from indexer.people.names import PARTICLES, could_be_name, in_ordinary_case, is_office


class LabelParts(NamedTuple):
    """The parts of a label. ``name`` is ``None`` where only an office is printed.

    ``is_marked`` tells whether an office, a title, a form of address, a degree or a bracket shows
    that the label is about a person.
    """

    name: str | None
    office: str | None
    is_marked: bool


_BRACKETS = re.compile(r"\s*\((?P<inside>[^()]{1,80})\)\s*$")
_SCHOOL = re.compile(r"\s*\((?:FH|TU|FU)\)(?=\s)")
_DEGREE = re.compile(r"(?:[A-Z][A-Za-z]{0,3}\.?){1,3}(?:\s*\([A-Za-z]{2,6}\))?|diplômée?|Jr\.|Sr\.")
_TITLE = re.compile(r"(?:[^\W\d_]{2,6}\.)(?:-[^\W\d_]{2,6}\.)*|Dipl\.-\w+|DDr\.|Dres\.")
_ARTICLES = frozenset("der die das the el la los las le les il lo gli o a den".split())  # noqa: SIM905
_PARTICLES = frozenset(PARTICLES.split("|"))
MAX_NAME_WORDS = 4


def label_parts(label: str) -> LabelParts | None:
    """Parse a label without its colon. Returns ``None`` if it is about nobody.

    >>> label_parts("Abgeordneter Mag. Jon Berg (Grüne)")
    LabelParts(name='Jon Berg', office='Abgeordneter', is_marked=True)
    >>> label_parts("The Minister for Ports (Mr. Jon Berg)")
    LabelParts(name='Jon Berg', office='Minister for Ports', is_marked=True)
    >>> label_parts("Here is the deal") is None
    True
    """
    head, inside = _without_brackets(_SCHOOL.sub("", label.strip()))
    head, after = _without_degree(head)
    words = [word for word in head.split() if word]
    while words and words[0].lower() in _ARTICLES:
        words = words[1:]
    office, name = _split(words)
    if name is None and inside and (holder := _person(_split(inside.split())[1])):
        return LabelParts(holder, " ".join(words) or None, is_marked=True)
    marked = bool(office or inside or after) or len(words) > len((name or "").split())
    person = _person(name) or (_printed_name(name) if marked else None)
    if person is None and not (office and name is None):
        return None
    if after and any(is_office(word.strip(",")) for word in after.split()):
        office = office or after
    return LabelParts(person, office, marked)


def _without_brackets(label: str) -> tuple[str, str | None]:
    inside = None
    while found := _BRACKETS.search(label):
        label, inside = label[: found.start()], inside or found["inside"]
    return label, inside


def _without_degree(head: str) -> tuple[str, str | None]:
    """Cut a degree or an office after the last comma; a comma inside a long office stays."""
    name, comma, after = head.rpartition(", ")
    if comma and all(map(_DEGREE.fullmatch, after.split())):
        return name, after
    name, comma, after = head.partition(", ")
    if not comma or not after:
        return head, None
    words = after.split()
    if not any(is_office(word) for word in name.split()) and any(map(is_office, words)):
        return name, after
    return head, None


def _split(words: Sequence[str]) -> tuple[str | None, str | None]:
    """Split words into an office and a name, each ``None`` if it is not there."""
    titles = [n for n, word in enumerate(words) if _is_title(word)]
    first_office = next((n for n, word in enumerate(words[:3]) if is_office(word)), None)
    if titles and (first_office is not None or titles[0] == 0):
        office = " ".join(words[: titles[0]]) if first_office is not None else None
        return office or None, " ".join(words[titles[-1] + 1 :]) or None
    if first_office is None:
        return None, " ".join(words) or None
    rest = list(words[first_office + 1 :])
    while rest and is_office(rest[0]):
        rest = rest[1:]
    if any(word.islower() and word not in _PARTICLES for word in rest):
        rest = _last_name(rest)
    cut = len(words) - len(rest)
    return " ".join(words[:cut]), " ".join(rest) or None


def _last_name(words: Sequence[str]) -> list[str]:
    """Return the two last words with the particles between them, if they can be a name."""
    start = len(words) - 2
    while start > 0 and words[start] in _PARTICLES:
        start -= 1
    last = list(words[max(0, start) :])
    return last if last and last[0][0].isupper() else []


def _is_title(word: str) -> bool:
    bare = word.lower().rstrip(".,")
    return _TITLE.fullmatch(word) is not None or bare in HONORIFICS


def _person(name: str | None) -> str | None:
    """Return a name in ordinary case; ``None`` if the words cannot be a person's."""
    if not name:
        return None
    words = name.split()
    if len(words) > MAX_NAME_WORDS or any(is_office(word) for word in words):
        return None
    ordinary = in_ordinary_case(name)
    return ordinary if could_be_name(ordinary) else None


def _printed_name(name: str | None) -> str | None:
    """Return words that only an office or a title tells to be a name ("Dr. August Berg")."""
    words = (name or "").split()
    are_names = all(word[0].isupper() or word in _PARTICLES for word in words)
    is_whole = 2 <= len(words) <= MAX_NAME_WORDS and not any(map(is_office, words))
    return in_ordinary_case(" ".join(words)) if are_names and is_whole else None
