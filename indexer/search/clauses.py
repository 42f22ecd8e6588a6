"""What one clause of a query means: a word, a phrase, or a field with its value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from indexer.messages import Message
from indexer.records import (
    FIELDS,
    ROLES,
    And,
    Dated,
    Having,
    Leaf,
    Near,
    Notice,
    Or,
    Phrase,
    Query,
    Term,
    Token,
    Words,
)
from indexer.search.lexemes import Lexeme, quoted
from indexer.search.vocabulary import MOST
from indexer.text.analysis import tokens
from indexer.text.periods import first_day, last_day

_OPERATOR = re.compile("OR|AND|NOT|NEAR")
_AROUND = ".,;:!()"
_FUZZY = re.compile(r"(?P<word>[^~]*)~(?P<distance>\d?)$")
_TILDE = re.compile(r"~\d*$")
_WILD = re.compile(r"\*|(?<=\w)\?(?=\w)")
_WILDCARD = re.compile(r"[^\W_]{3}[\w*?'’-]*")


class Directory(Protocol):
    """Who and what is in the index, by the names that people type."""

    def speakers(self, name: str) -> frozenset[str]:
        """The ids of the speakers who may be meant."""

    def outlets(self, name: str) -> frozenset[str]:
        """The outlets that may be meant."""

    def spellings(self, form: str) -> tuple[str, ...]:
        """A word with whatever accents it has in the index; itself if it is not there."""

    def matching(self, pattern: str) -> tuple[str, ...]:
        """The words that a pattern with ``*`` and ``?`` stands for."""

    def similar(self, form: str, distance: int) -> tuple[str, ...]:
        """The words at most so many letters away."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a query: its tree, and the words that it can be typed in.

    ``words`` are those that one would like to see in order, if any. ``binding`` is the operator
    that holds ``text`` together, ``inverse`` what an exclusion excludes, ``parts`` what is joined.
    """

    tree: Query
    text: str
    words: Sequence[Token] = ()
    binding: type[And] | type[Or] | type[Near] | None = None
    inverse: Clause | None = None
    parts: tuple[Clause, ...] = ()


_NO_DATE = Message("it is no date: write 2020, 2020-10 or 2020-10-05")


class _NotAValue(ValueError):
    """What a field's value lacks, as the end of a sentence."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason


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
                self._notice(_needs_value(name), lexeme)
                return None
        return self._words(_as_text(self._checked_field(lexeme)), FIELDS)

    def near(self, lexemes: Sequence[Lexeme], distance: int) -> Clause | None:
        """Words and phrases close together; ``None`` if one of them has no word."""
        parts = [list(tokens(lexeme.text)) for lexeme in lexemes]
        if not all(parts):
            return None
        stems = tuple(tuple(token.term for token in part) for part in parts)
        printed = (
            " ".join(lexeme.text[token.start : token.end] for token in part)
            for lexeme, part in zip(lexemes, parts, strict=True)
        )
        texts = [
            f'"{text}"' if " " in text or _OPERATOR.fullmatch(text) else text for text in printed
        ]
        found = [token for part in parts for token in part]
        return Clause(Near(stems, distance), f" NEAR/{distance} ".join(texts), found, Near)

    def _value(self, name: str, lexeme: Lexeme) -> Clause | None:
        value = " ".join(lexeme.text.split())
        if not value:
            self._notice(_needs_value(name), lexeme)
            return None
        try:
            tree = _VALUES[name](value, self._directory)
        except _NotAValue as problem:
            self._left_out(f"{name}:{value}", problem.reason, lexeme)
            return None
        except ValueError:
            self._left_out(f"{name}:{value}", _NO_DATE, lexeme)
            return None
        if tree == Having("speaker", frozenset()):
            self._notice(nobody_named(value), lexeme)
        if tree == Having("source", frozenset()):
            self._notice(no_outlet_named(value), lexeme)
        return Clause(tree, f"{name}:{quoted(value)}")

    def _text(self, name: str, lexeme: Lexeme) -> Clause | None:
        fields, finished = _TEXTS[name]
        words = self._words(lexeme, fields)
        return words and Clause(finished(words.tree), f"{name}:{words.text}", words.words)

    def _words(self, lexeme: Lexeme, fields: tuple[str, ...]) -> Clause | None:
        if lexeme.kind == "word" and (special := self._pattern(lexeme, fields)):
            return special
        text = lexeme.text if lexeme.kind == "phrase" else _TILDE.sub("", lexeme.text)
        found = list(tokens(text))
        if not found:
            typed = lexeme.text.strip()
            wordless = Message("“%(typed)s” holds no word and is left out.", typed=typed)
            self._notice(wordless, lexeme)
            return None
        printed = " ".join(text[token.start : token.end] for token in found)
        if len(found) > 1:
            stems = tuple(token.term for token in found)
            if lexeme.within:
                near = Near(tuple((stem,) for stem in stems), lexeme.within, fields)
                return Clause(near, f'"{printed}"~{lexeme.within}', found)
            return Clause(Phrase(stems, fields), f'"{printed}"', found)
        if lexeme.kind == "phrase":
            forms = self._directory.spellings(found[0].form)
            return Clause(Words(forms, fields), f'"{printed}"', found)
        if _OPERATOR.fullmatch(printed):
            printed = printed.lower()
        return Clause(Term(found[0].term, fields), printed, found)

    def _pattern(self, lexeme: Lexeme, fields: tuple[str, ...]) -> Clause | None:
        """A word with ``*``, ``?`` or ``~`` in it; ``None`` if it is to be read as plain."""
        typed = lexeme.text.strip(_AROUND)
        if fuzzy := _FUZZY.fullmatch(typed):
            return self._fuzzy(fuzzy["word"], int(fuzzy["distance"] or 1), lexeme, fields)
        if not _WILD.search(typed):
            return None
        if not _WILDCARD.fullmatch(typed):
            plain = Message(
                "%(typed)s: * and ? stand for letters after the first three: read as plain words.",
                typed=lexeme.text,
            )
            self._notice(plain, lexeme)
            return None
        forms = self._directory.matching(typed)
        self._notice_expansions(typed, forms, lexeme)
        return Clause(Words(forms, fields), typed.lower())

    def _fuzzy(
        self, word: str, distance: int, lexeme: Lexeme, fields: tuple[str, ...]
    ) -> Clause | None:
        found = list(tokens(word))
        # What stands around the word would make a field of it, typed again.
        word = word[found[0].start : found[0].end] if found else ""
        if len(found) != 1 or len(word) < 3 or not distance:
            left_out = Message(
                "%(typed)s: ~ stands after one word of three letters or more: it is left out.",
                typed=lexeme.text,
            )
            self._notice(left_out, lexeme)
            return None
        most = 2 if len(word) >= 8 else 1
        if distance > most:
            allowed = Message(
                "%(typed)s: letters that may differ here: %(most)s.", typed=lexeme.text, most=most
            )
            self._notice(allowed, lexeme)
        distance = min(distance, most)
        forms = self._directory.similar(found[0].form, distance)
        self._notice_expansions(word, forms, lexeme)
        return Clause(Words(forms, fields), f"{word}~{distance}", found)

    def _notice_expansions(self, typed: str, forms: Sequence[str], lexeme: Lexeme) -> None:
        if not forms:
            self._notice(Message("No word of this corpus fits %(typed)s.", typed=typed), lexeme)
        elif len(forms) >= MOST:
            most = Message(
                "%(typed)s stands for its %(most)s most frequent words only.",
                typed=typed,
                most=MOST,
            )
            self._notice(most, lexeme)

    def _checked_field(self, lexeme: Lexeme) -> Lexeme:
        is_address = lexeme.text.startswith("//")
        if lexeme.field and not is_address:
            known = ", ".join(sorted({*_VALUES, *_TEXTS}))
            unknown = Message(
                "There is no field “%(field)s”, so it is read as text (fields: %(known)s).",
                field=lexeme.field,
                known=known,
            )
            self._notice(unknown, lexeme)
        return lexeme

    def _left_out(self, clause: str, reason: Message, lexeme: Lexeme) -> None:
        self._notice(
            Message("%(clause)s is left out: %(reason)s.", clause=clause, reason=reason), lexeme
        )

    def _notice(self, message: Message, lexeme: Lexeme) -> None:
        self._notices.append(Notice(message, lexeme.position))


def nobody_named(name: str) -> Message:
    """What is said of a speaker whom nobody knows."""
    return Message("Nobody named “%(name)s” speaks in this corpus.", name=name)


def no_outlet_named(name: str) -> Message:
    """What is said of an outlet that nobody knows."""
    return Message("No outlet of this corpus is named “%(name)s”.", name=name)


def _needs_value(name: str) -> Message:
    return Message("%(name)s: needs a value straight after it; it is left out.", name=name)


def _as_text(lexeme: Lexeme) -> Lexeme:
    if lexeme.field is None:
        return lexeme
    return Lexeme(lexeme.kind, f"{lexeme.field}:{lexeme.text}", lexeme.position)


# --- Fields with a value -------------------------------------------------------------------------


def _speaker(value: str, directory: Directory) -> Query:
    return Having("speaker", directory.speakers(value))


def _source(value: str, directory: Directory) -> Query:
    return Having("source", directory.outlets(value))


def _in(value: str, _: Directory) -> Query:
    if value.lower() not in ROLES:
        raise _NotAValue(Message("it is none of %(choices)s", choices=", ".join(ROLES)))
    return Having("role", frozenset({value.lower()}))


def _language(value: str, _: Directory) -> Query:
    return Having("language", frozenset({value.lower()}))


def _date(value: str, _: Directory) -> Query:
    since, dots, until = value.partition("..")
    if not dots:
        return Dated(first_day(value), last_day(value))
    dates = Dated(first_day(since) if since else None, last_day(until) if until else None)
    if dates == Dated():
        raise _NotAValue(Message("it names no date"))
    if dates.since is not None and dates.until is not None and dates.since > dates.until:
        raise _NotAValue(Message("it ends before it begins"))
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
    "language": _language,
    "date": _date,
    "after": _after,
    "before": _before,
}


# --- Fields that say where a word stands ---------------------------------------------------------


def _anywhere(words: Query) -> Query:
    return words


def _said(words: Query) -> Query:
    return And((words, Having("role", frozenset({"answer", "statement"}))))


def _asked(words: Leaf) -> Query:
    in_text = replace(words, fields=("text",))
    return Or((words, And((in_text, Having("role", frozenset({"question"}))))))


_TEXTS: Mapping[str, tuple[tuple[str, ...], Callable[..., Query]]] = {
    "said": (("text",), _said),
    "asked": (("question",), _asked),
    "about": (("title", "question"), _anywhere),
    "title": (("title",), _anywhere),
}
