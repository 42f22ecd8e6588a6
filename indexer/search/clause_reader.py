"""Reads one clause of a query: a word, a phrase, a pattern, or a field with its value."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.budget import check_time
from indexer.messages import Message
from indexer.records import (
    FACETS,
    FIELDS,
    Having,
    Near,
    Notice,
    Phrase,
    Term,
    Token,
    TypedWord,
    Words,
)
from indexer.search.clauses import Clause
from indexer.search.lexemes import Lexeme, quoted
from indexer.search.patterns import PatternReader
from indexer.search.query_fields import TEXT_FIELDS, VALUE_FIELDS, InvalidValue
from indexer.search.resolver import Resolver, unknown_value
from indexer.text.analysis import tokens
from indexer.text.pairs import is_unspaced

_OPERATOR = re.compile("OR|AND|NOT|NEAR")
_TILDE = re.compile(r"~\d*$")


class ClauseReader:
    """Turns lexemes into clauses, and adds a notice for each part that it could not use."""

    def __init__(self, resolver: Resolver, notices: list[Notice]) -> None:
        self._resolver = resolver
        self._notices = notices
        self._patterns = PatternReader(resolver, notices)

    def clause(self, lexeme: Lexeme) -> Clause | None:
        """Return the clause of a word or phrase, or ``None`` if it has nothing to search for."""
        check_time()
        name = (lexeme.field or "").lower()
        if name in VALUE_FIELDS:
            return self._value(name, lexeme)
        if name in TEXT_FIELDS:
            return self._text(name, lexeme)
        if lexeme.kind == "word" and lexeme.text.endswith(":") and not lexeme.field:
            name = lexeme.text[:-1].lower()
            if name in VALUE_FIELDS or name in TEXT_FIELDS:
                self._notice(_needs_value(name), lexeme)
                return None
        self._notice_unknown_field(lexeme)
        return self._words(_as_text(lexeme), FIELDS)

    def near(self, lexemes: Sequence[Lexeme], distance: int) -> Clause | None:
        """Return words and phrases that are close together; ``None`` if one has no word."""
        parts = [list(tokens(lexeme.text)) for lexeme in lexemes]
        if not all(parts):
            return None
        typed = [
            self._typed(lexeme.text, part) for lexeme, part in zip(lexemes, parts, strict=True)
        ]
        stems = tuple(tuple(word.stems for word in part) for part in typed)
        printed = (_printed(lexeme.text, part) for lexeme, part in zip(lexemes, parts, strict=True))
        texts = [
            f'"{text}"' if " " in text or _OPERATOR.fullmatch(text) else text for text in printed
        ]
        words = [word for part in typed for word in part]
        return Clause(Near(stems, distance), f" NEAR/{distance} ".join(texts), words, Near)

    def _value(self, name: str, lexeme: Lexeme) -> Clause | None:
        value = " ".join(lexeme.text.split())
        if not value:
            self._notice(_needs_value(name), lexeme)
            return None
        try:
            tree = VALUE_FIELDS[name](value, self._resolver)
        except InvalidValue as problem:
            message = Message(
                "%(clause)s is ignored: %(reason)s.",
                clause=f"{name}:{value}",
                reason=problem.reason,
            )
            self._notice(message, lexeme)
            return None
        if isinstance(tree, Having) and not tree.values:
            self._notice(unknown_value(FACETS[tree.facet], value, self._resolver), lexeme)
        return Clause(tree, f"{name}:{quoted(value)}")

    def _text(self, name: str, lexeme: Lexeme) -> Clause | None:
        field = TEXT_FIELDS[name]
        clause = self._words(lexeme, field.fields)
        return clause and Clause(field.restrict(clause.tree), f"{name}:{clause.text}", clause.words)

    def _words(self, lexeme: Lexeme, fields: tuple[str, ...]) -> Clause | None:
        if lexeme.kind == "word" and (pattern := self._patterns.clause(lexeme, fields)):
            return pattern
        text = lexeme.text if lexeme.kind == "phrase" else _TILDE.sub("", lexeme.text)
        words = list(tokens(text))
        if not words:
            message = Message(
                "“%(typed)s” has no word, so it is ignored.", typed=lexeme.text.strip()
            )
            self._notice(message, lexeme)
            return None
        printed, typed = _printed(text, words), self._typed(text, words)
        if len(words) > 1:
            return _phrase(typed, printed, lexeme.within, fields)
        if is_unspaced(words[0].form):
            return self._letter(typed[0], printed, fields)
        if lexeme.kind == "phrase":
            forms = self._resolver.spellings(words[0].form)
            return Clause(Words(forms, fields), f'"{printed}"', typed)
        if _OPERATOR.fullmatch(printed):
            printed = printed.lower()
        return Clause(Term(typed[0].stems, fields), printed, typed)

    def _typed(self, text: str, tokens: Sequence[Token]) -> list[TypedWord]:
        return [
            TypedWord(token.form, self._resolver.stems(text[token.start : token.end]))
            for token in tokens
        ]

    def _letter(self, letter: TypedWord, printed: str, fields: tuple[str, ...]) -> Clause:
        """Return all pairs that have a letter, and the letter where it stands alone."""
        sides = (f"{letter.form}*", f"*{letter.form}")
        pairs = {form for side in sides for form in self._resolver.matching(side)}
        forms = sorted(form for form in pairs | {letter.form} if is_unspaced(form))
        return Clause(Words(tuple(forms), fields), printed, [letter])

    def _notice_unknown_field(self, lexeme: Lexeme) -> None:
        is_address = lexeme.text.startswith("//")
        if lexeme.field and not is_address:
            message = Message(
                "There is no field “%(field)s”, so it is read as text (fields: %(known)s).",
                field=lexeme.field,
                known=", ".join(sorted({*VALUE_FIELDS, *TEXT_FIELDS})),
            )
            self._notice(message, lexeme)

    def _notice(self, message: Message, lexeme: Lexeme) -> None:
        self._notices.append(Notice(message, lexeme.position))


def _phrase(
    words: Sequence[TypedWord], printed: str, within: int | None, fields: tuple[str, ...]
) -> Clause:
    """Return a phrase, or words at most ``within`` words apart."""
    stems = tuple(word.stems for word in words)
    if within:
        near = Near(tuple((stem,) for stem in stems), within, fields)
        return Clause(near, f'"{printed}"~{within}', words)
    return Clause(Phrase(stems, fields), f'"{printed}"', words)


def _printed(text: str, words: Sequence[Token]) -> str:
    """Return words as printed, with a space between those that do not overlap."""
    parts: list[str] = []
    end = -1
    for word in words:
        if word.start < end:
            parts[-1] += text[end : word.end]
        else:
            parts.append(text[word.start : word.end])
        end = word.end
    return " ".join(parts)


def _needs_value(name: str) -> Message:
    return Message("%(name)s: needs a value directly after it, so it is ignored.", name=name)


def _as_text(lexeme: Lexeme) -> Lexeme:
    if lexeme.field is None:
        return lexeme
    return Lexeme(lexeme.kind, f"{lexeme.field}:{lexeme.text}", lexeme.position)
