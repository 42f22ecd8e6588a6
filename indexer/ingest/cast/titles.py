"""High offices that are printed before a surname alone: "President Arel"."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from indexer.ingest.cast.name_runs import name_key
from indexer.ingest.cast.word_counts import WordCounts
from indexer.people.names import NAME_WORD, printed_office, written_out
from indexer.people.words import HIGH_OFFICES

_ALONE = re.compile(rf"\s({NAME_WORD})(?!\.?\s(?:{NAME_WORD}))(?![\w’-])")
"""One capitalised word: a surname, maybe, after an office."""

_OFFICES = tuple(HIGH_OFFICES)
_LAST_WORD = re.compile(
    r"\b(?:(?:attorney|deputy|prime|solicitor|surgeon|vice)\s)?(?P<office>[\w’-]+)$"
)
_LOOK_BACK = 2 * max(map(len, _OFFICES))
"""Characters before a surname that show whether an office is all of a word."""

_OUTNUMBERS = 4
"""Times as often that a full name is printed than a surname with an office, if both are one's."""


class Titles:
    """The offices that an article prints before each surname alone."""

    def __init__(self, texts: Sequence[str], words: WordCounts) -> None:
        self._texts = texts
        self._words = words
        self._offices: dict[str, Counter[str]] = defaultdict(Counter)
        for text in texts:
            for alone in _ALONE.finditer(text):
                if office := _office_before(text, alone.start()):
                    self._offices[name_key(alone[1])][office] += 1

    def add_to(self, name: str) -> str:
        """Return a surname that is never printed in full with its office: "President Arel"."""
        # A Russian office may stand before a place too ("губернатор Верхнеозёрской области").
        titles = self._offices[name_key(name)] if name.isascii() and " " not in name else None
        return f"{titles.most_common(1)[0][0].title()} {name}" if titles else name

    def fit(self, full: str, surname: str) -> bool:
        """Return whether a person may hold all offices that are printed before a surname alone.

        Where "President Biden" is printed next to "First Lady Jill Biden", "Biden" is not she.
        """
        return all(
            self._holds(full, office) or self._outnumbers(full, times)
            for office, times in self._offices[name_key(surname)].items()
        )

    def _holds(self, full: str, office: str) -> bool:
        printed = printed_office(full, self._texts) or ""
        beside = re.compile(rf"\b{re.escape(office)}\s+{re.escape(full)}\b", re.I)
        return written_out(office) in written_out(printed) or any(map(beside.search, self._texts))

    def _outnumbers(self, full: str, times: int) -> bool:
        """Return whether a person is printed in full often enough to bear a surname.

        The article prints that surname ``times`` times with another office.
        """
        has_office = printed_office(full, self._texts) is not None
        return self._words.prints(full, times * (_OUTNUMBERS if has_office else 1))


def _office_before(text: str, end: int) -> str | None:
    """Return the high office at the end of a text up to a place, in small letters.

    It has the word before it that makes it another one: "vice president".
    """
    before = text[max(0, end - _LOOK_BACK) : end].rstrip().lower()
    word = _LAST_WORD.search(before) if before.endswith(_OFFICES) else None
    return word.group() if word and word["office"] in HIGH_OFFICES else None
