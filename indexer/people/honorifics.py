"""Forms of address: they are printed before a name, and are no part of it."""

from __future__ import annotations

from collections.abc import Mapping
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
