"""Splits a typed query into lexemes: words, phrases, operators and balanced parentheses.

Any text can be split. Each repair adds a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast

from indexer.messages import Message
from indexer.records import Notice

MAX_CHARACTERS = 512
MAX_CLAUSES = 64
MAX_DEPTH = 16
MAX_DISTANCE = 100
"""Limits of a query. What is over a limit is left out, with a notice."""

DEFAULT_DISTANCE = 10
"""The distance in words of ``NEAR`` and ``~`` without a number."""

Kind = Literal["word", "phrase", "(", ")", "-", "OR", "AND", "NOT", "NEAR"]

QUOTES = '"“”„‟«»‹›＂〝〞'
_LEXEME = re.compile(
    rf"""
      (?P<parenthesis>[()])
    | (?P<minus>(?<![^\s(])-(?=[^\s)-]))  # only before a clause: Russian-made, a - b are text
    | (?P<operator>OR|AND|NOT|NEAR)(?:/(?P<within>\d+))?(?=[\s(){QUOTES}]|$)
    | (?:(?P<field>[^\W\d_]+):(?P<precisely>=(?=\S))?)?
      (?: [{QUOTES}](?P<phrase>[^{QUOTES}]*)(?P<closed>[{QUOTES}]?)(?:~(?P<slop>\d*))?
        | (?P<word>[^\s(){QUOTES}]+) )
    """,
    re.VERBOSE,
)
_UNTYPEABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_NEEDS_QUOTES = re.compile(rf"[\s(){QUOTES}]")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A word, phrase, operator or parenthesis of a query.

    ``text`` of a word or phrase follows ``field`` and its colon. ``within`` is the typed distance
    in words of a phrase or operator.
    """

    kind: Kind
    text: str
    position: int
    field: str | None = None
    within: int | None = None


def lexemes(typed: str, notices: list[Notice]) -> list[Lexeme]:
    """Split a query into lexemes, within the limits. Adds to the notices."""
    return list(_balanced(_limited(_split(_shortened(typed, notices), notices), notices), notices))


def quoted(value: str) -> str:
    """Return the value of a field as it can be typed: in quotes if it needs them."""
    if not _NEEDS_QUOTES.search(value):
        return value
    precisely, name = ("=", value[1:]) if value.startswith("=") else ("", value)
    return f'{precisely}"{name}"'


def _shortened(typed: str, notices: list[Notice]) -> str:
    text = _UNTYPEABLE.sub(" ", typed)
    if len(text) <= MAX_CHARACTERS:
        return text
    notices.append(
        Notice(
            Message("Only the first %(most)s characters of a query are read.", most=MAX_CHARACTERS),
            MAX_CHARACTERS,
        )
    )
    whole_words, space, _ = text[: MAX_CHARACTERS + 1].rpartition(" ")
    return whole_words if space else text[:MAX_CHARACTERS]


def _split(text: str, notices: list[Notice]) -> Iterator[Lexeme]:
    for match in _LEXEME.finditer(text):
        at = match.start()
        if (phrase := match["phrase"]) is not None:
            if not match["closed"]:
                unclosed = Message("A quotation mark is not closed; the phrase is read to the end.")
                notices.append(Notice(unclosed, at))
            text = (match["precisely"] or "") + phrase
            yield Lexeme("phrase", text, at, match["field"], _number(match["slop"]))
        elif (word := match["word"]) is not None:
            yield Lexeme("word", (match["precisely"] or "") + word, at, match["field"])
        else:
            kind = match["parenthesis"] or match["operator"] or "-"
            yield Lexeme(cast(Kind, kind), match[0], at, None, _number(match["within"]))


def _number(typed: str | None) -> int | None:
    """Return a typed distance, at most `MAX_DISTANCE`; the default if only its mark is typed."""
    if typed is None:
        return None
    return min(int(typed[:4]), MAX_DISTANCE) if typed else DEFAULT_DISTANCE


def _limited(lexemes: Iterator[Lexeme], notices: list[Notice]) -> Iterator[Lexeme]:
    clauses = depth = 0
    for lexeme in lexemes:
        clauses += lexeme.kind in ("word", "phrase")
        if clauses > MAX_CLAUSES:
            message = Message(
                "Only the first %(most)s words and phrases of a query are read.", most=MAX_CLAUSES
            )
            notices.append(Notice(message, lexeme.position))
            yield from [Lexeme(")", ")", lexeme.position)] * depth
            return
        depth = max(0, depth + (lexeme.kind == "(") - (lexeme.kind == ")"))
        yield lexeme


def _balanced(lexemes: Iterator[Lexeme], notices: list[Notice]) -> Iterator[Lexeme]:
    opened: list[Lexeme] = []
    too_deep = 0
    for lexeme in lexemes:
        if lexeme.kind == "(":
            if len(opened) == MAX_DEPTH:
                if not too_deep:
                    message = Message(
                        "Parentheses nested more than %(most)s deep are ignored.", most=MAX_DEPTH
                    )
                    notices.append(Notice(message, lexeme.position))
                too_deep += 1
                continue
            opened.append(lexeme)
        elif lexeme.kind == ")":
            if too_deep:
                too_deep -= 1
                continue
            if not opened:
                message = Message("A closing parenthesis without an opening one is ignored.")
                notices.append(Notice(message, lexeme.position))
                continue
            opened.pop()
        yield lexeme
    for unclosed in reversed(opened):
        message = Message("A parenthesis is not closed; it is read as closed at the end.")
        notices.append(Notice(message, unclosed.position))
        yield Lexeme(")", ")", unclosed.position)
