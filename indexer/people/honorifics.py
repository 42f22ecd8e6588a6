"""Forms of address: they are printed before a name, and are no part of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

Pronoun = Literal["he", "she"]

_OF_MEN = "herr lord mr señor shri sir г-н պրն".split()  # noqa: SIM905
_OF_WOMEN = "dame frau lady madam madame miss mme mrs ms señora shrimati smt г-жа տիկին".split()  # noqa: SIM905
_OF_ANYBODY = "cllr dr drs father hon honorable honourable m mx prof rev reverend пан".split()  # noqa: SIM905

PRONOUN_OF: Mapping[str, Pronoun] = {
    **dict.fromkeys(_OF_MEN, "he"),
    **dict.fromkeys(_OF_WOMEN, "she"),
}
"""The pronoun of a person with a form of address, where that tells it."""

HONORIFICS = frozenset((*PRONOUN_OF, *_OF_ANYBODY))
"""All forms of address, in small letters, without full stops."""


def split_honorifics(words: Sequence[str]) -> tuple[str | None, Sequence[str]]:
    """Split words into the last form of address before a name, and the name.

    A letter after a form of address is an initial: "Mr. M. Arel" is no Monsieur.

    >>> split_honorifics("Prof. Dr. Arel".split()), split_honorifics("MR. M. AREL".split())
    (('dr', ['Arel']), ('mr', ['M.', 'AREL']))
    """
    last, at = None, 0
    while len(words) - at > 1:
        bare = words[at].rstrip(".").lower()
        if bare not in HONORIFICS or (last and len(bare) == 1):
            break
        last, at = bare, at + 1
    return last, words[at:]
