"""Roles that people speak in: an office or a calling, and no clause, party or cutting."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.people.first_names import is_first_name
from indexer.people.honorifics import HONORIFICS
from indexer.people.names import is_office
from indexer.people.office_and_name import is_post
from indexer.people.words import ATTRIBUTES, ORGANISATION_WORDS, TEXT_WORDS


@dataclass(frozen=True, slots=True)
class RoleRow:
    """Words that are no part of a role. ``takes`` loses them, and becomes what is after them."""

    pattern: str
    takes: str
    becomes: str
    spares: str


AROUND = (
    RoleRow(
        r"(?i)^(?:statements?|remarks|readout|op-ed|testimony|announcement)\s(?:by|from|of)\s",
        "Statement from President",
        "President",
        "Letter carrier",
    ),
    RoleRow(r"^(?:our|my|your|To)\s+", "our first Mayor", "first Mayor", "Our Shore organizer"),
    RoleRow(r"\n.*$", "Mayor\nJon Berg", "Mayor", "Mayor of Port Ilven"),
    RoleRow(r"[\s,;:–—-]+$|\sDr\.$", "Mayor, ", "Mayor", "Mayor"),
)
"""Words before and after roles that are cut off."""

CLAUSES = (
    RoleRow(
        r"\b(?:am|announce[sd]?|answered|are|asked|be|been|being|builds|can|convened|could|did|does?"
        r"|had|ha[sv]e|he|her|his|is|may|met|might|must|participated|said|shall|she|should|stepped"
        r"|talked|thanked?|that|their|they|together|was|were|which|wh[oy]|whom|whose|will|would"
        r"|you)\b",
        "the President answered a number of questions",
        "",
        "Will County Clerk",
    ),
    RoleRow(
        r"[a-z]{3}[.!?]\s[A-Z]",
        "a thing of note. And the Mayor",
        "",
        "Under Secretary to the Lt. Gov. of Ohio",
    ),
    RoleRow(r"(?:^|\s)(?:of|for|the|and|to|in|on|by|from|with|a|an|&)$", "Mayor of", "", "Mayor"),
    RoleRow(r"^[A-Z]{1,3}[-‑–]\s?[A-Z]\w*$", "D-Ohio", "", "Co-Chair"),
    RoleRow(r"(?i)^(?:passing|launch|anniversary|one year)\b", "Passing of Leader", "", "Leader"),
)
"""What is a clause, the name of a party, or cut off: no role."""

CALLINGS = frozenset(
    """
    advocate anthropologist astronaut attorney biologist chef chemist clerk coordinator cosmonaut
    counsel designer developer environmentalist evp executive influencer instructor lead manager
    musician neighbour neighbor nominee nurse organizer organiser owner parent pastor patient
    physician player poet ranger singer specialist spokesman svp trainer vp whip worker
    """.split()  # noqa: SIM905
)
"""Callings that are no offices in labels."""

_AROUND = [(re.compile(row.pattern, re.S), row) for row in AROUND]
_CLAUSES = [re.compile(row.pattern) for row in CLAUSES]
_AND_ANOTHER = re.compile(r",?\sand\s(?:Dr\.\s)?(?P<first>[A-Z]\w+)\s[A-Z]\w+(?:\sJr\.)?,")
_WORD = re.compile(r"[\w’'&.-]+")
_PLACE = re.compile(r"(?:[A-Z][\w.]+\s){0,3}[A-Z]\w*,\s(?:[A-Z]\w+\s?){1,2}")
"""A town and its state: "Odessa, Texas"."""

_ACRONYM = re.compile(r"[A-ZÄÖÜ]{2,6}|[A-Z][a-z]{1,4}")
_NO_CALLING = ATTRIBUTES | ORGANISATION_WORDS | TEXT_WORDS


def role_of(printed: str | None) -> str | None:
    """Return a role as it is kept; ``None`` for words that are none.

    >>> role_of("Statement from President"), role_of("Secretary of Labor"), role_of("Council of")
    ('President', 'Secretary of Labor', None)
    """
    if printed is None:
        return None
    role = printed.strip()
    for pattern, _ in _AROUND:
        role = pattern.sub("", role)
    if not role or any(pattern.search(role) for pattern in _CLAUSES):
        return None
    role = _without_first_name(_of_the_first(role))
    return role if role and _is_role(role) and not _is_address(role) else None


def _is_address(role: str) -> bool:
    """Return whether words are forms of address alone: "Prof. Dr."."""
    return all(word.rstrip(".").lower() in HONORIFICS for word in role.split())


def _of_the_first(role: str) -> str:
    """Return a role without the next person and theirs: "President, and Ada Lind, Chair"."""
    other = _AND_ANOTHER.search(role)
    return role[: other.start()] if other and is_first_name(other["first"]) else role


def _without_first_name(role: str) -> str:
    """Return a role without the first name of its holder: "Agriculture Secretary Ada"."""
    words = role.split()
    is_name = is_first_name(words[-1]) and not is_office(words[-1])
    if len(words) > 1 and is_name and is_post(words[-2]) and words[-2][-1] != ",":
        return " ".join(words[:-1])
    return role


def _is_role(role: str) -> bool:
    """Return whether words have an office or a calling, or at least nothing of a body."""
    words = _WORD.findall(role)
    named = [word.lower().rstrip(".,") for word in words]
    posts = (word for word in words if is_post(word))
    if any(word in CALLINGS for word in named) or any(
        word.lower() not in ORGANISATION_WORDS for word in posts
    ):
        return True
    if is_first_name(words[0]) if words else True:
        return False  # a name, and no role
    if _PLACE.fullmatch(role):
        return False
    is_short = len(words) == 1 and _ACRONYM.fullmatch(role)
    is_of_body = any(word in _NO_CALLING or is_office(word) for word in named)
    return bool(words) and not is_short and not is_of_body
