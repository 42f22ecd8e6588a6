"""Rows of patterns that tell whose a whole text is, one file a language (``languages/*.toml``).

Each row has an example that it takes and one that it spares. In a pattern, ``{who}`` stands for
the people; the example that it takes names them in ``who``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Literal, TypeAlias, get_args

Kind: TypeAlias = Literal[
    "statement",  # headlines that tell whose text it is
    "speech",  # headlines that tell it if the text is in the first person
    "speech_of",  # the same in a language whose names have cases: a byline has the name itself
    "given",  # notes over a speech that say who gave it
    "standfirst",  # lines over a text in the first person that say who writes it
    "opinion_by",  # lines that say at once that it is opinion, and whose
    "biography",  # lines after the text that present who wrote it, who is no reporter
    "signed",  # sentences in which whoever signs names themselves
    "byline",  # lines that name who wrote it
    "section",  # names of sections and words over a headline for opinion
    "ideas",  # sections of opinion in which interviews and reports stand too
    "letters",  # sections and beginnings of headlines of readers' letters
    "address",  # parts of addresses of opinion
    "blog",  # sections and parts of addresses of blogs, whose texts in the first person are opinion
    "valediction",  # lines before a signature
    "salutation",  # lines that begin a letter
    "first_person",  # words of somebody who speaks for themselves
    "nobodys",  # lines of a text that is no person's: leaders, press releases
    "note",  # lines of editors before or after a text
    "told_to",  # lines that name who wrote down what another tells
    "title",  # words for offices that are printed in small letters before a name
    "no_person",  # words of bylines that are no names
    "stop",  # words that end a name in a headline in capitals
]
"""Kinds of rows."""

KINDS: tuple[Kind, ...] = get_args(Kind)

_DEFAULT = "en"
"""The language of the rows that are tried if the language of an article has none."""

_WHO = "{who}"
_FOLDER = resources.files(__package__).joinpath("languages")


@dataclass(frozen=True, slots=True)
class Row:
    """A pattern, and examples: one that it takes, and the people in it, and one that it spares."""

    pattern: re.Pattern[str]
    takes: str
    spares: str
    who: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Language:
    """The rows of a language."""

    code: str
    rows: Mapping[Kind, Sequence[Row]]

    def matches(self, kind: Kind, line: str) -> Iterator[re.Match[str]]:
        """Yield the match of each row of a kind that fits a line from its beginning to its end."""
        for row in self.rows.get(kind, ()):
            if match := row.pattern.fullmatch(line):
                yield match

    def fits(self, kind: Kind, line: str) -> bool:
        """Return whether a line fits a row of a kind."""
        return any(True for _ in self.matches(kind, line))

    @cached_property
    def first_person(self) -> re.Pattern[str]:
        """A word of somebody who speaks for themselves, anywhere in a text."""
        return _any_of(self.rows.get("first_person", ()))

    @cached_property
    def stop(self) -> re.Pattern[str]:
        """A word that ends a name in a headline."""
        return _any_of(self.rows.get("stop", ()))

    @cached_property
    def title(self) -> re.Pattern[str]:
        """A word for an office that is printed in small letters."""
        return _any_of(self.rows.get("title", ()))

    @cached_property
    def no_person(self) -> re.Pattern[str]:
        """A word that stands in no name."""
        return _any_of(self.rows.get("no_person", ()))


def codes() -> tuple[str, ...]:
    """Return the codes of all languages with rows."""
    names = (file.name for file in _FOLDER.iterdir() if file.name.endswith(".toml"))
    return tuple(sorted(name.removesuffix(".toml") for name in names))


@cache
def language(code: str | None) -> Language:
    """Return the rows of a language; those of English if it is unknown or has none."""
    return _read(code if code in codes() else _DEFAULT)


@cache
def every_language() -> tuple[Language, ...]:
    """Return the rows of all languages: names of sections and addresses need no other words."""
    return tuple(map(language, codes()))


@cache
def _read(code: str) -> Language:
    table = tomllib.loads(_FOLDER.joinpath(f"{code}.toml").read_text("utf-8"))
    rows = {kind: tuple(map(_row, table.pop(kind, ()))) for kind in KINDS}
    if table:
        raise ValueError(f"{code}.toml has unknown rows: {', '.join(table)}")
    return Language(code, rows)


def _row(row: Mapping[str, str]) -> Row:
    head, who, tail = row["pattern"].partition(_WHO)
    # A name at the end may be followed by anything: the reader of names ends it.
    group = f"(?P<who>{'.{3,160}?' if tail else '.{3,}'})" if who else ""
    people = tuple(name.strip() for name in row.get("who", "").split(",") if name.strip())
    return Row(re.compile(f"{head}{group}{tail}", re.I), row["takes"], row["spares"], people)


def _any_of(rows: Iterable[Row]) -> re.Pattern[str]:
    return re.compile("|".join(row.pattern.pattern for row in rows) or "(?!)", re.I)
