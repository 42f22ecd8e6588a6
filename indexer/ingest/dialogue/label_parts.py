"""A label of a transcript in its parts: office, titles, name, party, constituency, degrees.

Records of parliaments print labels that are no plain names ("Abgeordneter Mag. Jon Berg (Grüne):").
What they share tells the name: titles and forms of address precede it, brackets, degrees and what
is after a comma follow it, an office stands first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from indexer.ingest.dialogue.label_words import (
    CHAIRS,
    COUNTING,
    PREPOSITIONS,
    SMALL,
    bare,
    is_label_office,
    is_title,
)
from indexer.people.first_names import is_first_name
from indexer.people.generations import is_generation
from indexer.people.names import (
    NOT_A_SPEAKER,
    PARTICLES,
    could_be_name,
    in_ordinary_case,
    is_office,
    is_organisation,
    is_surely_organisation,
)
from indexer.people.words import ATTRIBUTES


class LabelParts(NamedTuple):
    """The parts of a label. ``name`` is ``None`` where only an office is printed.

    ``is_marked`` tells whether an office, a title, a form of address, a degree or a bracket shows
    that the label is about a person. ``place`` is what tells namesakes apart: brackets, "of Iowa".
    ``is_plain`` is true if neither a bracket nor a comma follows the name.
    """

    name: str | None
    office: str | None
    is_marked: bool
    place: str | None = None
    is_plain: bool = False


MAX_NAME_WORDS = 5
MAX_OFFICE_WORDS = 25
MAX_INNER_WORDS = 3
MAX_PARTY = 6
"""Letters of a party in capitals: "(SPÖ)" is nobody."""

_BRACKETS = re.compile(r"\s*[(\[](?P<inside>[^()\[\]]{1,120})[)\]]")
_DEGREE = re.compile(r"(?:[A-Z][A-Za-z]{0,3}\.?){1,3}(?:\s*\([A-Za-z]{2,6}\))?|diplômée?|Jr\.|Sr\.")
ARTICLES = frozenset("the der die das el la los las le les il lo gli o a den de".split())  # noqa: SIM905
_PARTICLES = frozenset(PARTICLES.split("|"))
_PARTY_AFTER = re.compile(r",|(?<=[^\W\d_]{5})\.\s")
"""What parts a name in brackets from a party: "(Jon Berg. PSD - GO)"."""

_REPLY = re.compile(r"(?<=[)\]])(?:\s[^\W\d_A-Z]{3,12}){1,2}$")
"""Words in small letters after the brackets of a label: "JON BERG (KD) replik"."""

_INITIALS = re.compile(r"(?:[^\W\d_]\.(?:-[^\W\d_]\.)?){1,3}")
_OF = ("of", "from", "for")
_TURKISH = str.maketrans({"İ": "i", "I": "ı"})


@lru_cache(maxsize=1 << 12)
def label_parts(label: str) -> LabelParts | None:
    """Parse a label without its colon. Returns ``None`` if it is about nobody.

    >>> label_parts("Abgeordneter Mag. Jon Berg (Grüne)").name
    'Jon Berg'
    >>> label_parts("The Minister for Ports (Mr. Jon Berg)")[:3]
    ('Jon Berg', 'Minister for Ports', True)
    >>> label_parts("Here is the deal") is None
    True
    """
    label = _REPLY.sub("", label)
    insides = [one for one in _BRACKETS.findall(label) if not one[0].isdigit()]
    head = _BRACKETS.sub("", label).strip(" ,")
    words = head.split()
    if not words or NOT_A_SPEAKER.fullmatch(head) or COUNTING.issuperset(map(bare, words)):
        return None
    if (holder := _holder_of_capitals(words, insides)) is not None:
        return LabelParts(holder, head, is_marked=True)
    first, _, after = head.partition(", ")
    office, name, titled = _split(first.split())
    person = person_name(name, is_told=titled or bool(office or insides or after))
    if after and person is not None:
        return _with_what_follows(first, after, LabelParts(person, office, is_marked=True))
    if after:
        office, name, titled = _split(_without_degree(words))
        person = person_name(name, is_told=True)
    place = " ".join(insides) or _place_of(name) or None
    if person is None and office and name is None:
        holder = next(filter(None, (_holder(inside) for inside in insides)), None)
        return LabelParts(holder, office, is_marked=True, place=None if holder else place)
    if person is None:
        return None
    is_marked = bool(office or insides or after or titled) or _has_initials(words)
    is_plain = not (place or after)
    return LabelParts(person, office, is_marked, place, is_plain)


def is_chair(label: str) -> bool:
    """Return whether a label is an office that names nobody: "The Speaker", "M. le président"."""
    words = [bare(word) for word in label.split()]
    return bool(CHAIRS.intersection(words)) and all(
        word in CHAIRS or word in SMALL or is_title(word) or is_label_office(word) for word in words
    )


def has_label_words(label: str) -> bool:
    """Return whether a label begins with an office, a title or a form of address."""
    words = [word for word in label.split()[:3] if bare(word) not in ARTICLES]
    return any(is_title(word) or is_label_office(word) for word in words[:1])


def _with_what_follows(first: str, after: str, parts: LabelParts) -> LabelParts | None:
    """Add the office, degree or place after a comma; "Berg, Jon" is one name."""
    words = after.split()
    is_degree = all(map(_DEGREE.fullmatch, words))
    if " " not in first and len(words) <= 2 and is_first_name(words[0]):
        return parts._replace(name=f"{after} {parts.name}")
    strong = (
        is_degree
        or first.isupper()
        or is_title(first.split()[0])
        or is_first_name(first.split()[0])
        or parts.office
    )
    is_post = any(is_office(word) or is_label_office(word) for word in words[:6])
    if not (strong or (is_post and " " in first)) or len(words) > MAX_OFFICE_WORDS:
        return None
    return parts._replace(office=parts.office or (after if is_post else None))


def _without_degree(words: Sequence[str]) -> list[str]:
    head, comma, after = " ".join(words).rpartition(", ")
    is_degree = comma and all(map(_DEGREE.fullmatch, after.split()))
    return (head if is_degree else " ".join(words)).split()


def _split(words: Sequence[str]) -> tuple[str | None, str | None, bool]:
    """Split words into an office and a name, each ``None`` if it is not there.

    The third value tells whether a title or a form of address stands before the name.
    """
    start = 0
    while start < len(words) and (
        bare(words[start]) in ARTICLES or is_title(words[start])
    ) and not _is_post(words[start]):  # fmt: skip
        start += 1
    titled = any(is_title(word) for word in words[:start])
    rest = words[start:]
    reach = 3 if rest and rest[0].endswith("-") else 2  # "Børne- og undervisningsministeren"
    if not rest or not any(_is_post(word) for word in rest[:reach]):
        return None, " ".join(rest) or None, titled
    inner = enumerate(rest[:-1])  # a surname may be like a title: "Ada Herr"
    titles = [n for n, word in inner if n and is_title(word) and not _is_post(word)]
    if titles:
        return " ".join(rest[: titles[0]]), " ".join(rest[titles[-1] + 1 :]) or None, True
    cut = max(n for n, word in enumerate(rest[:reach]) if _is_post(word)) + 1
    while cut < len(rest) and _is_post(rest[cut]):
        cut += 1
    name = rest[cut:]
    is_of_office = bool(name) and (bare(name[0]) in SMALL or not name[0][0].isupper())
    if name and (is_of_office or _has_small_words(name)) and not _is_surname(name):
        name = _last_name(name)
    if not name and not _is_explained(rest):
        return None, " ".join(rest), titled
    before = [bare(word) for word in rest[: len(rest) - len(name)]]
    if ATTRIBUTES.issuperset(before) and is_organisation(" ".join(name)):
        return None, " ".join(rest), titled  # "National Harbour Coalition"
    return " ".join(rest[: len(rest) - len(name)]).rstrip(","), " ".join(name) or None, titled


def _is_post(word: str) -> bool:
    return is_label_office(word) or (is_office(word) and bare(word) not in COUNTING)


def _is_surname(words: Sequence[str]) -> bool:
    """Return whether words are a surname with a particle: "de Vries", "van der Berg"."""
    return len(words) <= 3 and words[0] in ("van", "von", "zu", "ter", "ten", "bin", "al")


def _has_initials(words: Sequence[str]) -> bool:
    """Return whether a surname is followed by two initials: "Берг О. В.", "БЕРГ О.В."."""
    initials = "".join(word for word in words[1:] if _INITIALS.fullmatch(word))
    return initials.count(".") > 1 and _INITIALS.fullmatch(words[-1]) is not None


def _has_small_words(words: Sequence[str]) -> bool:
    """Return whether words go on with an office: "Stanu w Ministerstwie Zdrowia Paweł Berg"."""
    inner = [word for word in words[:-1] if word[0].islower() and word not in _PARTICLES]
    return len(words) > MAX_INNER_WORDS and bool(inner) and not _OF.count(inner[0])


def _is_explained(words: Sequence[str]) -> bool:
    """Return whether words can be an office: no small word is a stranger."""
    return len(words) <= MAX_OFFICE_WORDS and all(
        word[0].isupper() or bare(word) in SMALL or _is_post(word) for word in words
    )


def _last_name(words: Sequence[str]) -> list[str]:
    """Return the last words of an office, with particles between them, if they can be a name."""
    start = len(words) - 2
    while start > 0 and words[start] in _PARTICLES:
        start -= 1
    last = list(words[max(0, start) :])
    before = bare(words[start - 1]) if start > 0 else ""
    can_be = len(last) > 1 and last[0][0].isupper() and start > 0
    is_body = before in SMALL or is_organisation(" ".join(last))
    return last if can_be and (not is_body or is_first_name(last[0])) else []


def _place_of(name: str | None) -> str | None:
    _, _, place = (name or "").partition(" of ")
    return place or None


def _holder_of_capitals(words: Sequence[str], insides: Sequence[str]) -> str | None:
    """Return the name in the brackets after an office in capitals.

    >>> _holder_of_capitals("El señor MINISTRO DE PESCA, PUERTOS Y AGUAS".split(), ["Berg Ferrer"])
    'Berg Ferrer'
    """
    capitals = [word for word in words if word.isupper()]
    own = words[-len(capitals) :] if capitals else []
    is_office = len(own) > 2 and own == capitals and _is_post(own[0]) and bare(own[1]) in SMALL
    if not is_office or len(insides) != 1 or insides[0].isupper():
        return None
    return _holder(insides[0])


def _holder(inside: str) -> str | None:
    """Return the person in the brackets after an office."""
    _, name, titled = _split(_PARTY_AFTER.split(inside)[0].split())
    is_party = not titled and inside.isupper() and len(inside) <= MAX_PARTY
    return None if is_party else person_name(name, is_told=True)


def person_name(name: str | None, *, is_told: bool) -> str | None:
    """Return a name in ordinary case; ``None`` if the words cannot be a person's.

    ``is_told`` is true if an office or a title tells that they are one ("Dr. August Berg").
    """
    words = (name or "").rstrip(",").split()
    cut = next((n for n, word in enumerate(words) if n and word in _OF), len(words))
    if not is_told and cut < len(words) and is_surely_organisation(" ".join(words)):
        return " ".join(words)  # "Society of Port Engineers" is not called "Society"
    words, generation = _without_generation(_first_names_first(words[:cut]))
    if not 1 <= len(words) <= MAX_NAME_WORDS or bare(words[0]) in COUNTING | PREPOSITIONS:
        return None
    if any(_is_post(word) for word in words[:-1] or words) or not words[-1][:1].isupper():
        return None
    if any(map(str.isdigit, "".join(words))):
        return None
    if all(_INITIALS.fullmatch(f"{word.rstrip('.')}.") for word in words):
        return None
    ordinary = _in_ordinary_case(" ".join(words))
    are_names = all(word[0].isupper() or word in _PARTICLES for word in words)
    if could_be_name(ordinary) or (is_told and are_names and len(words) > 1):
        return f"{ordinary} {generation}".rstrip()
    return None


def _without_generation(words: Sequence[str]) -> tuple[list[str], str]:
    """Split the words of a name and the one that tells father and son apart ("jun.")."""
    is_told = len(words) > 1 and is_generation(words[-1])
    return (list(words[:-1]), words[-1]) if is_told else (list(words), "")


def _first_names_first(words: Sequence[str]) -> list[str]:
    """Return the words of a name with initials after the surname put before it ("БЕРГ О.В.")."""
    cut = len(words)
    while cut > 1 and _INITIALS.fullmatch(words[cut - 1]):
        cut -= 1
    return [*words[cut:], *words[:cut]] if cut else list(words)


def _in_ordinary_case(name: str) -> str:
    if any(letter in name for letter in "İĞŞ") and name.isupper():
        words = (word.translate(_TURKISH).lower() for word in name.split())
        return " ".join(("İ" if w[0] == "i" else w[0].upper()) + w[1:] for w in words)
    return " ".join(
        in_ordinary_case(word) if len(word) > 3 or "." not in word else word
        for word in name.split()
    ) if not name.isupper() else in_ordinary_case(name)  # fmt: skip
