"""The people whom an article names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.ingest.cast.full_names import FullNames
from indexer.ingest.cast.name_runs import before_run, name_runs, segments
from indexer.ingest.cast.pronouns import Pronouns
from indexer.ingest.cast.titles import Titles
from indexer.ingest.cast.word_counts import WordCounts
from indexer.people.first_names import is_first_name
from indexer.people.names import (
    NAME_WORD,
    could_be_name,
    in_ordinary_case,
    is_office,
    is_organisation,
    is_outlet,
)
from indexer.people.office_and_name import split_office, without_land
from indexer.people.words import PLACE_WORDS
from indexer.text.marks import with_printed_marks

_BEFORE_A_PLACE = re.compile(r"\b(?:of|in|at|near|from|to|into|around|for|on)\s+(?:the\s+)?$", re.I)

_WORDS_OF_A_NAME = range(2, 5)
_MAX_WORDS_OF_AN_OFFICE = 3
"""An office of more words is not set before a surname that is never printed in full."""


class People:
    """The people of an article, by its own print: its title, and its other texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        texts = [with_printed_marks(text) for text in texts]
        self._texts = texts
        self._before: dict[str, frozenset[str]] = {}
        self.words = WordCounts(texts)
        self._titles = Titles(texts, self.words)
        self.names = FullNames(texts, self.words, self._titles)
        self.pronouns = Pronouns(texts, self.names)

    def mentions(self, text: str) -> list[str]:
        """Return the people whom a text names, in order.

        In full, or by a surname that is printed in full elsewhere. Places ("of Port Arel") and
        outlets are left out.
        """
        people = []
        for run in name_runs(text):
            if _BEFORE_A_PLACE.search(before_run(text, run)):
                continue
            before = text[: run.start()].rpartition(" ")[0].rpartition(" ")[2]
            for segment in segments(run.group()):
                words = without_land(_office_in(run.group()) or before, segment)
                full = self._titles.add_to(self.names.of(" ".join(words)))
                if self.is_person(words, full):
                    people.append(full)
        return people

    def before_name(self, full: str) -> frozenset[str]:
        """Return the capitalised words right before a name or its surname, wherever it is printed.

        In "Norwegian Prime Minister Jon Berg" they are "Norwegian", "Prime", and "Minister".
        """
        if full not in self._before:
            first, _, rest = full.partition(" ")
            name = rf"(?:{re.escape(first)}\s)?{re.escape(rest or first)}"
            run = re.compile(rf"((?:{NAME_WORD}\s)+){name}\b")
            texts = [text for text in self._texts if (rest or first) in text]
            words = {word for text in texts for m in run.finditer(text) for word in m[1].split()}
            self._before[full] = frozenset(words - set(full.split()))
        return self._before[full]

    def is_person(self, words: Sequence[str], full: str) -> bool:
        """Return whether words are a person's name, of which ``full`` is the fullest form."""
        return (
            len(full.split()) in _WORDS_OF_A_NAME
            and len(words) < _WORDS_OF_A_NAME.stop
            and could_be_name(full)
            and not is_outlet(full)
            and not is_organisation(full)
            and full.split()[0].lower() not in PLACE_WORDS
            and not self.words.is_common(full.split()[0])
        )

    def named(self, label: str) -> tuple[str, str | None]:
        """Return the person and the office of a label.

        A surname that the article never prints in full keeps its office or form of address:
        ``("President Arel", "President")``.
        """
        office, name = split_office(label)
        office = in_ordinary_case(office) if office else None
        if office is None and is_organisation(name) and name != name.upper():
            return name, None
        full = self._titles.add_to(in_ordinary_case(self.names.of(name)))
        if office and " " not in full and len(office.split()) <= _MAX_WORDS_OF_AN_OFFICE:
            full = f"{office} {full}"
        return full, office

    def holder_of(self, office: str, texts: Sequence[str]) -> str | None:
        """Return the person who is printed right after an office, if it is one person.

        "President" leads to "President Arel".
        """
        pattern = re.compile(
            rf"(?<!\bVice )(?<!\bDeputy )\b(?i:{re.escape(office)})"
            rf"\s+({NAME_WORD})(?:\s({NAME_WORD}))?"
        )
        holders: set[str] = set()
        for match in (match for text in texts for match in pattern.finditer(text)):
            first, second = match[1], match[2] and f"{match[1]} {match[2]}"
            is_full = second and (self.words.is_proper(match[2], times=2) or is_first_name(first))
            if second and is_full and self.words.prints(second):
                holders.add(self.names.of(second))
            elif could_be_name(first) and not self.words.is_common(first):
                holders.add(first)
        surnames = {name.split()[-1] for name in holders}
        if len(surnames) != 1:
            return None
        name = max(holders, key=len)
        return name if " " in name else f"{in_ordinary_case(office.upper())} {name}"


def _office_in(run: str) -> str:
    """Return the first word of a run if it is an office ("Президент Тавии Олег Жданович")."""
    first = run.split()[0].lower()
    return first if is_office(first) else ""
