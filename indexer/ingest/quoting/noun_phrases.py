"""Noun phrases beside a verb of saying: whom they name, mean, or describe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.people.names import CAPITAL, NAME, NAME_WORD, PARTICLES
from indexer.people.rows import Language
from indexer.text.marks import DOUBLE

_BREAK = re.compile(
    rf"(?<!\b[{CAPITAL}])(?<!\b[Dd]r)(?<!\bSt)(?<!\b[Pp]rof)\.|[,:;!?…(){DOUBLE}–—\n։՝]"
)
"""Where a noun phrase ends at the latest."""

_APPOSITION = re.compile(rf"(?:\s\([^()]{{1,40}}\))?,\s[^;:{DOUBLE}–—\n]{{2,160}},\s*$")
"""What is told of somebody between their name and the verb: ", mayor of Port Ilven,"."""

_BRACKETS = re.compile(r"\s\([^()]{1,60}\)\s*$")
_FULL_NAME = rf"{NAME_WORD}\s(?:(?:{PARTICLES})\s){{0,2}}{NAME}"
_NAME_BESIDE = re.compile(rf"\s?,\s(?P<name>{_FULL_NAME})(?=\s?(?:[,.;:–—(]|$))")
_BESIDE_AT_END = re.compile(rf",\s(?P<name>{_FULL_NAME})(?:\s\([^()]{{1,60}}\))?,$")
_NAME = re.compile(NAME)
WORD_END = r"(?![\w’'-])"
"""A pattern for the end of a whole word."""

_MAX_PHRASE = 14
"""Words of a noun phrase."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a clause as printed.

    A name, a name ``beside`` an office, a pronoun ("he", "she", "" for either), a description,
    nothing (``left_out``), or somebody without a name. ``printed`` are the words of the clause.
    """

    printed: str
    phrase: str = ""
    name: str | None = None
    pronoun: str | None = None
    described: str | None = None
    beside: str | None = None
    left_out: bool = False
    is_latter: bool = False

    @property
    def is_unnamed(self) -> bool:
        """True if somebody speaks whom the clause neither names nor means."""
        return not (
            self.name or self.beside or self.pronoun is not None or self.described or self.left_out
        )


class NounPhrases:
    """Reads the noun phrases of one language."""

    def __init__(self, language: Language) -> None:
        self._language = language
        words = language.words
        self._he = re.compile(words("he"), re.I)
        self._latter = re.compile(rf"{words('latter')}{WORD_END}", re.I)
        self._anyone = re.compile(words("he_or_she"), re.I)
        self._pronoun = re.compile(rf"{words('he', 'she', 'he_or_she')}{WORD_END}", re.I)
        stops = words("stops", "and")
        self._stop = re.compile(rf"(?<![\w’'-])(?:(?!\w\b)(?i:{stops})|{stops}){WORD_END}")
        self._and = re.compile(rf"(?<![\w’'-]){words('and')}\s*$")
        self._name_at_end = re.compile(rf"{NAME}\s*$")
        self._of = re.compile(rf"(?<![\w-]){words('of')}(?:\s+|(?<=[’']))$", re.I)
        self._of_after = re.compile(rf"\s{words('of')}\s", re.I)
        nouns = words("described", "anybody", "also")
        self._described = re.compile(rf"(?<![\w-]){nouns}{WORD_END}", re.I)
        the = rf"{words('the')}(?:\s+|(?<=[’']))" if language.has("the") else ""
        self._the = re.compile(the, re.I)

    def beginning(self, text: str, begin: int, start: int) -> Subject:
        """Read the noun phrase that begins at a place, in a clause that begins at ``start``."""
        begin += len(text[begin:]) - len(text[begin:].lstrip())
        if pronoun := self._pronoun.match(text, begin):
            printed = text[start : pronoun.end()].strip(" ,–—-")
            return Subject(printed, pronoun.group(), pronoun=self._who(pronoun.group()))
        if latter := self._latter.match(text, begin):
            printed = text[start : latter.end()].strip(" ,–—-")
            who = dict(self._language.pairs("latter")).get(latter.group().lower(), "")
            return Subject(printed, latter.group(), pronoun=who, is_latter=True)
        end = self._end(text, begin)
        phrase = text[begin:end].rstrip()
        printed = text[start:end].strip(" ,–—-")
        described = self.description(phrase)
        name = self._name_in(phrase)
        beside = _NAME_BESIDE.match(text, begin + len(phrase))
        if phrase and beside and self._the.match(phrase):
            longer = text[start : beside.end()].strip(" ,–—-")
            return Subject(longer, phrase, name=name, described=described, beside=beside["name"])
        return Subject(printed, phrase, name=name, described=described)

    def ending(self, text: str, floor: int, begin: int, end: int) -> Subject | None:
        """Read the noun phrase that ends at a place, in a clause that ends at ``end``."""
        left = text[floor:begin].rstrip()
        if beside := _BESIDE_AT_END.search(left):
            printed = text[floor + beside.start("name") : end].strip(" ,–—-")
            return Subject(printed, beside["name"], name=beside["name"])
        for extra in (_APPOSITION, _BRACKETS):
            if trailing := _trailing(extra, left):
                left = left[: len(left) - len(trailing)]
        breaks = [*_BREAK.finditer(left), *self._stop.finditer(left)]
        start = max((match.end() for match in breaks), default=0)
        phrase = left[start:].strip()
        if not phrase:
            return None
        printed = text[floor + start : end].strip(" ,–—-")
        if self._pronoun.fullmatch(phrase):
            return Subject(printed, phrase, pronoun=self._who(phrase))
        name = self._name_in(phrase)
        rest = phrase[phrase.rfind(name) + len(name) :] if name else ""
        ahead = left[:start]
        is_subject = not self._of.search(f"{ahead} ") and not self._is_joint(ahead)
        is_subject = is_subject and (not rest or self._of_after.match(rest) is not None)
        name = name if name and is_subject else None
        return Subject(printed, phrase, name=name, described=self.description(phrase))

    def description(self, phrase: str) -> str | None:
        """Return the noun that means somebody who was named before: "the mayor"."""
        if not self._the.match(phrase):
            return None
        noun = self._described.search(phrase)
        return noun.group() if noun and len(phrase[: noun.start()].split()) <= 3 else None

    def gender(self, subject: Subject) -> str | None:
        """Return "he" or "she" for a subject, by its article or by the form of its verb."""
        articles = dict(self._language.pairs("the"))
        article = articles.get(subject.phrase.split()[0].lower()) if subject.described else None
        return article or self._language.gender(subject.printed)

    def pronoun(self, text: str) -> str | None:
        """Return "he", "she", or "" for either, if a text is a pronoun."""
        return self._who(text) if self._pronoun.fullmatch(text) else None

    def names(self, text: str) -> Iterator[str]:
        """Yield the names in a text that are not possessors."""
        for run in _NAME.finditer(text):
            if not self._of.search(text[: run.start()]):
                yield run.group()

    def _end(self, text: str, begin: int) -> int:
        """Return the end of the noun phrase that begins at a place."""
        ends = [match.start() for match in (_BREAK.search(text, begin),) if match]
        ends += [match.start() for match in (self._stop.search(text, begin),) if match]
        ends += [match.start() for match in (self._language.verb.search(text, begin),) if match]
        end = min(ends, default=len(text))
        words = list(re.finditer(r"\S+", text[begin:end]))[:_MAX_PHRASE]
        return begin + words[-1].end() if words else begin

    def _name_in(self, phrase: str) -> str | None:
        """Return the name in a phrase that is not only that of a body or a possessor."""
        names = [
            run.group()
            for run in _NAME.finditer(phrase)
            if not self._of.search(phrase[: run.start()])
        ]
        return names[-1] if names else None

    def _is_joint(self, ahead: str) -> bool:
        """Return whether a name stands before "and", so that two speak together."""
        joint = self._and.search(ahead)
        return joint is not None and self._name_at_end.search(ahead[: joint.start()]) is not None

    def _who(self, pronoun: str) -> str:
        if self._anyone.fullmatch(pronoun):
            return ""
        return "he" if self._he.fullmatch(pronoun) else "she"


def _trailing(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match.group() if match else ""
