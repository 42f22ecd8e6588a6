"""The persons beside whose names an office or a calling is printed, for languages with rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.ingest.quoting.name_forms import RUN
from indexer.ingest.quoting.persons import Persons
from indexer.people.rows import Language

_APPOSITION = re.compile(r",\s[^.;:!?\n]{0,50}")
_BEFORE_NAME = re.compile(r"\w{0,12}[^.,;:!?\n]{0,60},?\s")
_WORD_AT = re.compile(r"\w+")
_ANOTHER_WORD = re.compile(r"\W\S")
_ENDING = re.compile(r"(?:en|in|ը|ն|[aeoyаяиіыу])$")
"""An ending of a noun: of an article, of a gender, of a case."""

_MIN_NOUN = 6
"""Letters of a noun that may have such an ending."""

_NEAR = 120
"""Characters around a noun in which its bearer is named."""


class Callings:
    """Finds the bearers of offices and callings in the texts of an article."""

    def __init__(self, texts: Sequence[str], persons: Persons, language: Language) -> None:
        self._texts = texts
        self._persons = persons
        self._language = language

    def bearers(self, noun: str) -> set[str]:
        """Return the persons beside whose name a noun for their office is printed."""
        also = [other for word, other in self._language.pairs("also") if word == noun.lower()]
        nouns = [_ENDING.sub("", one) if len(one) >= _MIN_NOUN else one for one in (noun, *also)]
        stem = re.compile("|".join(map(re.escape, nouns)), re.I)
        return {
            full
            for text in self._texts
            for place in stem.finditer(text)
            if _is_one_gender(noun, _WORD_AT.match(text, place.start()))
            and (full := self._beside(text, place)) is not None
        }

    def _beside(self, text: str, noun: re.Match[str]) -> str | None:
        """Return the person whose office a noun names: after it, or before it and a comma."""
        beside = text[max(0, noun.start() - _NEAR) : noun.start()]
        runs = list(RUN.finditer(beside))
        following = next(RUN.finditer(text, noun.start(), noun.end() + _NEAR), None)
        is_next = following and not _ANOTHER_WORD.search(text[noun.end() : following.start()])
        if runs and not is_next and _APPOSITION.fullmatch(beside[runs[-1].end() :]):
            return self._persons.named(runs[-1].group(), inflected=True)
        for run in RUN.finditer(text, noun.start(), noun.end() + _NEAR):
            full = self._persons.named(run.group(), inflected=True)
            if full is not None:
                here = text.find(full.split()[0][:3], run.start(), run.end())
                between = text[noun.end() : here if here >= 0 else run.start()]
                is_near = not between.strip() or _BEFORE_NAME.fullmatch(between)
                return full if is_near else None
        return None


def _is_one_gender(noun: str, printed: re.Match[str] | None) -> bool:
    """Return whether two forms of a noun can mean one person: not "alcalde" and "alcaldesa".

    >>> _is_one_gender("diputado", _WORD_AT.match("diputada"))
    False
    """
    other = printed.group().lower() if printed else ""
    noun = noun.lower()
    if noun[-1:] in "ao" and other[-1:] in "ao":
        return noun[-1:] == other[-1:]
    return noun.endswith("in") == other.endswith("in")
