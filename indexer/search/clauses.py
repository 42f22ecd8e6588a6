"""What one clause of a query means: a word, a phrase, or a field with its value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from indexer.analysis import tokens
from indexer.periods import first_day, last_day
from indexer.records import (
    FIELDS,
    ROLES,
    And,
    Dated,
    InRole,
    Notice,
    Or,
    Phrase,
    PublishedIn,
    Query,
    SaidBy,
    Term,
)
from indexer.search.lexemes import Lexeme, quoted

_OPERATOR = re.compile("OR|AND|NOT|NEAR")
_FUZZY = re.compile(r"~\d*$")
_NOT_YET = re.compile(r"~\d*$|\*|(?<=\w)\?(?=\w)")


class Directory(Protocol):
    """Who and what is in the index, by the names that people type."""

    def speakers(self, name: str) -> frozenset[str]:
        """The ids of the speakers who may be meant."""

    def outlets(self, name: str) -> frozenset[str]:
        """The outlets that may be meant."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a query: its tree, and the words that it can be typed in.

    ``binding`` is the operator that holds ``text`` together, ``inverse`` what an exclusion
    excludes.
    """

    tree: Query
    text: str
    binding: type[And] | type[Or] | None = None
    inverse: Clause | None = None


class _NotAValue(ValueError):
    """What a field's value lacks, as the end of a sentence."""


class ClauseReader:
    """Reads words, phrases and fields; adds to the notices what it could not use."""

    def __init__(self, directory: Directory, notices: list[Notice]) -> None:
        self._directory = directory
        self._notices = notices

    def clause(self, lexeme: Lexeme) -> Clause | None:
        """What a word or phrase means; ``None`` if nothing can be searched for."""
        name = (lexeme.field or "").lower()
        if name in _VALUES:
            return self._value(name, lexeme)
        if name in _TEXTS:
            return self._text(name, lexeme)
        if lexeme.kind == "word" and lexeme.text.endswith(":") and not lexeme.field:
            name = lexeme.text[:-1].lower()
            if name in _VALUES or name in _TEXTS:
                self._notice(f"{name}: needs a value straight after it; it is left out.", lexeme)
                return None
        return self._words(_as_text(self._checked_field(lexeme)), FIELDS)

    def _value(self, name: str, lexeme: Lexeme) -> Clause | None:
        value = " ".join(lexeme.text.split())
        if not value:
            self._notice(f"{name}: needs a value straight after it; it is left out.", lexeme)
            return None
        try:
            tree = _VALUES[name](value, self._directory)
        except ValueError as problem:
            self._notice(f"{name}:{value} is left out: {problem}.", lexeme)
            return None
        if tree == SaidBy(frozenset()):
            self._notice(f"Nobody named “{value}” speaks in this corpus.", lexeme)
        if tree == PublishedIn(frozenset()):
            self._notice(f"No outlet of this corpus is named “{value}”.", lexeme)
        return Clause(tree, f"{name}:{quoted(value)}")

    def _text(self, name: str, lexeme: Lexeme) -> Clause | None:
        fields, finished = _TEXTS[name]
        words = self._words(lexeme, fields)
        return words and Clause(finished(words.tree), f"{name}:{words.text}")

    def _words(self, lexeme: Lexeme, fields: tuple[str, ...]) -> Clause | None:
        is_phrase = lexeme.kind == "phrase"
        text = lexeme.text if is_phrase else _FUZZY.sub("", lexeme.text)
        found = list(tokens(text))
        if not found:
            self._notice(f"“{lexeme.text.strip()}” holds no word and is left out.", lexeme)
            return None
        if not is_phrase and _NOT_YET.search(lexeme.text):
            message = "Marks like * ? ~ are not understood yet: read as plain words."
            self._notice(f"{lexeme.text}: {message}", lexeme)
        printed = " ".join(text[token.start : token.end] for token in found)
        if len(found) > 1:
            return Clause(Phrase(tuple(token.term for token in found), fields), f'"{printed}"')
        if is_phrase:
            return Clause(Term(found[0].form, fields, exact=True), f'"{printed}"')
        if _OPERATOR.fullmatch(printed):
            printed = printed.lower()
        return Clause(Term(found[0].term, fields), printed)

    def _checked_field(self, lexeme: Lexeme) -> Lexeme:
        is_address = lexeme.text.startswith("//")
        if lexeme.field and not is_address:
            known = ", ".join(sorted({*_VALUES, *_TEXTS}))
            message = (
                f"There is no field “{lexeme.field}”, so it is read as text (fields: {known})."
            )
            self._notice(message, lexeme)
        return lexeme

    def _notice(self, message: str, lexeme: Lexeme) -> None:
        self._notices.append(Notice(message, lexeme.position))


def _as_text(lexeme: Lexeme) -> Lexeme:
    if lexeme.field is None:
        return lexeme
    return Lexeme(lexeme.kind, f"{lexeme.field}:{lexeme.text}", lexeme.position)


# --- Fields with a value -------------------------------------------------------------------------


def _speaker(value: str, directory: Directory) -> Query:
    return SaidBy(directory.speakers(value))


def _source(value: str, directory: Directory) -> Query:
    return PublishedIn(directory.outlets(value))


def _in(value: str, _: Directory) -> Query:
    if value.lower() not in ROLES:
        raise _NotAValue(f"it is none of {', '.join(ROLES)}")
    return InRole(frozenset({value.lower()}))


def _date(value: str, _: Directory) -> Query:
    since, dots, until = value.partition("..")
    if not dots:
        return Dated(first_day(value), last_day(value))
    dates = Dated(first_day(since) if since else None, last_day(until) if until else None)
    if dates == Dated():
        raise _NotAValue("it names no date")
    if dates.since is not None and dates.until is not None and dates.since > dates.until:
        raise _NotAValue("it ends before it begins")
    return dates


def _after(value: str, _: Directory) -> Query:
    return Dated(since=first_day(value))


def _before(value: str, _: Directory) -> Query:
    return Dated(until=first_day(value) - 1)


_VALUES: Mapping[str, Callable[[str, Directory], Query]] = {
    "speaker": _speaker,
    "by": _speaker,
    "source": _source,
    "in": _in,
    "date": _date,
    "after": _after,
    "before": _before,
}


# --- Fields that say where a word stands ---------------------------------------------------------


def _anywhere(words: Query) -> Query:
    return words


def _said(words: Query) -> Query:
    return And((words, InRole(frozenset({"answer", "statement"}))))


def _asked(words: Term | Phrase) -> Query:
    in_text = replace(words, fields=("text",))
    return Or((words, And((in_text, InRole(frozenset({"question"}))))))


_TEXTS: Mapping[str, tuple[tuple[str, ...], Callable[..., Query]]] = {
    "said": (("text",), _said),
    "asked": (("question",), _asked),
    "about": (("title", "question"), _anywhere),
    "title": (("title",), _anywhere),
}
