"""Length of a text in words, also in scripts that put no spaces between them."""

from __future__ import annotations

import re
from typing import NamedTuple


class Script(NamedTuple):
    """A script without spaces between words.

    ``letters`` is a pattern for one of its characters, ``per_word`` how many make a word, about.
    The row takes ``example`` and spares ``other``.
    """

    name: str
    letters: str
    per_word: int
    example: str
    other: str


SCRIPTS = [
    # Chinese words have one or two characters; Japanese ones two or three, particles one.
    Script("Chinese, Japanese", r"[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]", 2, "港の壁", "항구"),
    Script("Thai, Lao", r"[\u0e01-\u0eff]", 5, "กำแพงท่าเรือ", "कीमत"),
    Script("Burmese, Khmer", r"[\u1000-\u109f\u1780-\u17ff]", 5, "កំពង់ផែ", "ნავსადგური"),
]

_RUNS = [(re.compile(f"{script.letters}+"), script.per_word) for script in SCRIPTS]
_ANY_LETTER = re.compile("|".join(script.letters for script in SCRIPTS).replace("]|[", ""))

LETTERS_PER_WORD = 6
"""Letters of an English word with the space after it."""


def letter_count(text: str) -> int:
    """Return the number of characters; a Chinese one counts as much as it says in letters.

    >>> letter_count("The wall held."), letter_count("港口委员会昨晚作出决定")
    (14, 33)
    """
    if text.isascii() or not _ANY_LETTER.search(text):
        return len(text)
    weights = (
        (LETTERS_PER_WORD // per_word - 1) * sum(map(len, run.findall(text)))
        for run, per_word in _RUNS
    )
    return len(text) + sum(weights)


def word_count(text: str) -> int:
    """Return the number of words of a text, estimated by the letters where no spaces part them.

    >>> word_count("The wall held."), word_count("港口委员会昨晚作出决定")
    (3, 6)
    """
    words = len(text.split())
    if text.isascii() or not _ANY_LETTER.search(text):
        return words
    for run, per_word in _RUNS:
        words += sum(len(found) // per_word for found in run.findall(text))
    return words
