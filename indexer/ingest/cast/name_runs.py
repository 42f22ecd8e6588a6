"""Runs of capitalised words, cut into parts that may be names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from indexer.people.first_names import is_first_name
from indexer.people.generations import is_generation
from indexer.people.honorifics import HONORIFICS
from indexer.people.names import NAME, NEVER_A_NAME, is_office
from indexer.people.telling import SINGLE_VERBS_OF_SAYING
from indexer.people.words import NOT_NAMES, SURNAMES_TOO
from indexer.text.analysis import fold

_NAME_RUN = re.compile(NAME)
POSSESSIVE = re.compile(r"[’'ʼ]s?$")

_NO_PART_OF_A_NAME = NOT_NAMES | HONORIFICS | SINGLE_VERBS_OF_SAYING
_ACRONYM = re.compile(r"(?!I{2,3}$|IV$)[A-Z]{2,5}")
_OF = re.compile(r"\b(?:of|for|to)(?:\s+the)?\s+$", re.I)

_CONTEXT = 12
"""Characters before a run that are looked at."""

_SIZES = (2, 3, 4)
"""Words of a name with a first name."""


def name_key(name: str) -> str:
    """Return the form in which names are compared: without case, accents, kinds of apostrophes."""
    return fold(name).replace("’", "'").replace("ʼ", "'")


def names_in(text: str) -> Iterator[str]:
    """Yield all neighbours among the capitalised words of a text: some of them are names."""
    for run in name_runs(text):
        for words in segments(run.group()):
            # "of France Nicolas Arel": a place follows "of", and the name follows the place.
            is_longer = len(words) > 2
            after_of = is_longer and _OF.search(before_run(text, run))
            yield from neighbours(words[-2:] if after_of else words)


@lru_cache(maxsize=1 << 10)
def name_runs(text: str) -> tuple[re.Match[str], ...]:
    """Return the runs of capitalised words in a text, with the small words that names have."""
    return tuple(_NAME_RUN.finditer(text))


def before_run(text: str, run: re.Match[str]) -> str:
    """Return the characters right before a run."""
    return text[max(0, run.start() - _CONTEXT) : run.start()]


@lru_cache(maxsize=1 << 15)
def segments(run: str) -> tuple[tuple[str, ...], ...]:
    """Cut a run at offices, forms of address and words that are no part of a name."""
    return tuple(map(tuple, _cut(run)))


def _cut(run: str) -> Iterator[list[str]]:
    words: list[str] = []
    for printed in [*run.split(), "the"]:
        word = POSSESSIVE.sub("", printed)
        if words and is_generation(word):
            words[-1] += f" {word.rstrip('.')}"
            continue
        if _ends_name(printed, word, words):
            if words:
                yield words
            words = []
        else:
            words.append(word)
            if printed.endswith(("’s", "'s")):
                yield words
                words = []


def _ends_name(printed: str, word: str, words: Sequence[str]) -> bool:
    """Return whether a word ends the name before it: it is an office, a form of address or such."""
    bare = word.rstrip(".").lower()
    is_initial = bool(words) and len(bare) == 1
    is_surname = bare in SURNAMES_TOO and len(words) == 1 and is_first_name(words[0])
    return bool(
        (is_office(printed) and not is_surname)
        or (bare in _NO_PART_OF_A_NAME and not is_initial)
        or NEVER_A_NAME.search(word)
        or _ACRONYM.fullmatch(word)
    )


def neighbours(words: Sequence[str]) -> Iterator[str]:
    """Yield two to four words in a row that begin and end as a name does."""
    for size in _SIZES:
        for start in range(len(words) - size + 1):
            part = words[start : start + size]
            has_names = part[0][0].isupper() and part[-1][0].isupper() and part[-1][-1] != "."
            if has_names and not (size == 2 and part[0][-1] == "." and start):
                yield " ".join(part)


def surname_key(words: Sequence[str]) -> str:
    """Return the key of the word that a person is called by, with the generation: "arel jr"."""
    is_younger = len(words) > 1 and is_generation(words[-1])
    return name_key(" ".join(words[-2:] if is_younger else words[-1:]).replace(".", ""))
