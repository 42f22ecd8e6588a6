"""Words typed as a pattern: ``econom*``, ``wom?n``, ``word~1``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.messages import Message
from indexer.records import Notice, TypedWord, Words
from indexer.search.clauses import Clause
from indexer.search.lexemes import Lexeme
from indexer.search.resolver import Resolver
from indexer.search.vocabulary import MAX_EXPANSIONS
from indexer.text.analysis import tokens

_PUNCTUATION = ".,;:!()"
"""Characters around a typed word that are no part of its pattern."""

_FUZZY = re.compile(r"(?P<word>[^~]*)~(?P<distance>\d?)$")
_WILD = re.compile(r"\*|(?<=\w)\?(?=\w)")
_WILDCARD = re.compile(r"[^\W_]{3}[\w*?'’-]*")

MIN_FUZZY_LENGTH = 3
"""Letters of the shortest word that ``~`` may follow."""

MIN_TWO_EDITS_LENGTH = 8
"""Letters of the shortest word in which two letters may differ."""


class PatternReader:
    """Expands patterns to the words of the index, and adds a notice where it cannot."""

    def __init__(self, resolver: Resolver, notices: list[Notice]) -> None:
        self._resolver = resolver
        self._notices = notices

    def clause(self, lexeme: Lexeme, fields: tuple[str, ...]) -> Clause | None:
        """Return the clause of a pattern, or ``None`` if the lexeme is to be read as plain text."""
        typed = lexeme.text.strip(_PUNCTUATION)
        if fuzzy := _FUZZY.fullmatch(typed):
            return self._fuzzy(fuzzy["word"], int(fuzzy["distance"] or 1), lexeme, fields)
        if not _WILD.search(typed):
            return None
        if not _WILDCARD.fullmatch(typed):
            self._notice(
                Message(
                    "%(typed)s is read as plain words: * and ? need three letters before them.",
                    typed=lexeme.text,
                ),
                lexeme,
            )
            return None
        forms = self._resolver.matching(typed)
        self._notice_expansions(typed, forms, lexeme)
        return Clause(Words(forms, fields), typed.lower())

    def _fuzzy(
        self, word: str, distance: int, lexeme: Lexeme, fields: tuple[str, ...]
    ) -> Clause | None:
        words = list(tokens(word))
        # Punctuation around the word would make it a field when the echoed query is typed again.
        word = word[words[0].start : words[0].end] if words else ""
        if len(words) != 1 or len(word) < MIN_FUZZY_LENGTH or not distance:
            self._notice(
                Message(
                    "%(typed)s is read without ~,"
                    " which needs a single word of three letters or more.",
                    typed=lexeme.text,
                ),
                lexeme,
            )
            return None
        most = 2 if len(word) >= MIN_TWO_EDITS_LENGTH else 1
        if distance > most:
            self._notice(
                Message(
                    "%(typed)s is read as ~%(most)s, the limit for a word of this length.",
                    typed=lexeme.text,
                    most=most,
                ),
                lexeme,
            )
        distance = min(distance, most)
        forms = self._resolver.similar(words[0].form, distance)
        self._notice_expansions(word, forms, lexeme)
        typed = TypedWord(words[0].form, self._resolver.stems(word))
        return Clause(Words(forms, fields), f"{word}~{distance}", [typed])

    def _notice_expansions(self, typed: str, forms: Sequence[str], lexeme: Lexeme) -> None:
        if not forms:
            self._notice(Message("No word in this corpus matches %(typed)s.", typed=typed), lexeme)
        elif len(forms) >= MAX_EXPANSIONS:
            self._notice(
                Message(
                    "%(typed)s matches too many words:"
                    " only the %(most)s most frequent are searched.",
                    typed=typed,
                    most=MAX_EXPANSIONS,
                ),
                lexeme,
            )

    def _notice(self, message: Message, lexeme: Lexeme) -> None:
        self._notices.append(Notice(message, lexeme.position))
