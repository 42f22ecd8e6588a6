"""Rows of words that tell who speaks, one file for each language (``languages/<code>.toml``).

Words are parted by commas; a star stands for any ending. Each row has an example that it takes and
one that it spares, and so has each guard, which has no words of its own; both stand after the
``opening`` of the file, which introduces two people. All that is quoted in the one is said ``by``
one of them, in the other nobody named says it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Literal, TypeAlias, get_args

Kind: TypeAlias = Literal[
    "says",  # verbs of saying in the singular; the person beside one speaks
    "says_to",  # those of them between which and "that" the hearers stand: "told the council that"
    "thinks",  # those of them that say something only beside quotation marks
    "judges",  # verbs whose sentence may hold the words of its subject: "mocked it as “…”"
    "says_after",  # others that say something right after quoted words: "joked", "laughs"
    "between",  # words between a verb and its subject: adverbs, days, to whom
    "according",  # words before the person whose words or views are told
    "so",  # others that tell it only right after quoted words
    "according_after",  # the same, after the person
    "latter",  # words for the one who was named last, each with a pronoun: "ce dernier > he"
    "his",  # words that tell the words of the man before: "in his view"
    "hers",  # the same of the woman before
    "any_verb",  # endings of a word that is a verb of saying right after a quotation and a comma
    "has",  # verbs that stand beside the subject, while the verb of saying comes at the end
    "said",  # verbs of saying in that form
    "he",
    "she",
    "he_or_she",
    "genders",  # endings of verbs that tell who is their subject: "ла > she"
    "anothers",  # words before a quotation that is not that of the subject: "recalled his motto"
    "he_says",  # verb and pronoun in one, right after a quotation
    "she_says",
    "described",  # nouns for a person who was named before: "the mayor"
    "also",  # other words for an office: "head of state > president"
    "anybody",  # the same for callings that the article need not print: "the expert"
    "the",  # articles of one who is known
    "a",  # articles of one whom nobody names
    "of",  # words before a name that only tells whose something is
    "stops",  # words that end the name or description of somebody
    "left_out",  # no words: verbs need no subject, and mean the person before
    "dash_speech",  # no words: a paragraph that begins with a dash is said
    "between_commas",  # no words: who speaks may stand inside the marks, between commas
    "capitals",  # no words: every noun has a capital, so that it proves no name
    "verb_last",  # no words: the subject comes before the quotation, the verb after it
    "first_names",  # first names that no other list knows
    "and",  # words between two who speak together: neither is named
    "last_in_case",  # no words: only the last word of a name has an ending
    "cases",  # endings of names in other cases, each with that of the name itself: "-a >"
]
"""Kinds of rows."""

KINDS: tuple[Kind, ...] = get_args(Kind)
NOTHING = re.compile(r"(?!)")
ENGLISH = "en"
FOLDER = resources.files(__package__).joinpath("languages")


@dataclass(frozen=True, slots=True)
class Row:
    """Words of one kind, with an example that they take and one that they spare."""

    words: tuple[str, ...]
    takes: str
    spares: str
    by: str


@dataclass(frozen=True, eq=False)
class Language:
    """The rows of a language, and its patterns, made when they are first needed."""

    code: str
    name: str
    opening: str
    rows: Mapping[Kind, Row]
    guards: Mapping[str, Row]

    def has(self, kind: Kind) -> bool:
        """Return whether the language has a row of a kind."""
        return kind in self.rows

    def words(self, *kinds: Kind) -> str:
        """Return a pattern for any words of some kinds, the longest first."""
        rows = (self.rows[kind] for kind in kinds if kind in self.rows)
        every = {word.partition(">")[0].strip() for row in rows for word in row.words}
        patterns = map(_pattern, sorted(every, key=lambda word: (-len(word), word)))
        return f"(?:{'|'.join(patterns) or '(?!)'})"

    @cached_property
    def verb(self) -> re.Pattern[str]:
        """A verb of saying anywhere in a text."""
        return re.compile(rf"(?<![\w’'-]){self.words('says')}(?![\w’'-])", re.I)

    @cached_property
    def verb_after(self) -> re.Pattern[str]:
        """A verb of saying right after quoted words."""
        verbs = self.words("says", "says_after")
        return re.compile(rf"(?<![\w’'-]){verbs}(?![\w’'-])", re.I)

    @cached_property
    def anybody(self) -> re.Pattern[str]:
        """A calling that the article need not print: "the expert"."""
        return re.compile(self.words("anybody"), re.I)

    @cached_property
    def unnamed(self) -> re.Pattern[str]:
        """The beginning of a sentence about somebody whom nobody names: "A man in a coat"."""
        return re.compile(rf"(?:\w+\s)?{self.words('a')}\s", re.I)

    @cached_property
    def _small(self) -> re.Pattern[str]:
        return re.compile(self.words("stops", "of", "between", "the", "a", "and"), re.I)

    def is_small(self, word: str) -> bool:
        """Return whether a word that begins a sentence is an article, a preposition or the like."""
        return self._small.fullmatch(word) is not None

    def gender(self, printed: str) -> str | None:
        """Return "he" or "she" for the subject of a clause, by the form of its verb."""
        if self.has("genders") and (verb := self.verb_after.search(printed)):
            ends = self.pairs("genders")
            return next((who for end, who in ends if verb.group().split()[0].endswith(end)), None)
        return None

    def pairs(self, kind: Kind) -> tuple[tuple[str, str], ...]:
        """Return the words of a kind that stand for others, with these: "szef rządu > premier"."""
        row = self.rows.get(kind)
        pairs = (word.partition(">") for word in (row.words if row else ()))
        return tuple((word.strip(), other.strip()) for word, _, other in pairs)


def codes() -> tuple[str, ...]:
    """Return the codes of all languages with rows."""
    names = (file.name for file in FOLDER.iterdir() if file.name.endswith(".toml"))
    return tuple(sorted(name.removesuffix(".toml") for name in names))


def language(code: str | None) -> Language | None:
    """Return the rows of a language; ``None`` if it has none."""
    if code is None or not FOLDER.joinpath(f"{code}.toml").is_file():
        return None
    return rows_of(code)


@cache
def rows_of(code: str) -> Language:
    """Return the rows of a language that has some."""
    table = tomllib.loads(FOLDER.joinpath(f"{code}.toml").read_text("utf-8"))
    name, opening, person = (table.pop(key) for key in ("name", "opening", "person"))
    guards = {name: _row(row, person) for name, row in table.pop("guards", {}).items()}
    rows = {kind: _row(table.pop(kind), person) for kind in KINDS if kind in table}
    if table:
        raise ValueError(f"{code}.toml has unknown rows: {', '.join(table)}")
    return Language(code, name, opening, rows, guards)


def _row(row: Mapping[str, str], person: str) -> Row:
    words = (" ".join(word.split()) for word in row.get("words", "").split(","))
    return Row(tuple(filter(None, words)), row["takes"], row["spares"], row.get("by", person))


def _pattern(words: str) -> str:
    """Write words as a pattern: a star for any ending, a space for any, one of two apostrophes.

    Words that end in an apostrophe stand right before the next one. "continued !to" are words that
    another one does not follow.
    """
    words, _, other = words.partition(" !")
    pattern = re.escape(words).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
    pattern = re.sub("[’']", "[’']", pattern)
    return rf"{pattern}(?!\s{other}\b)" if other else pattern
