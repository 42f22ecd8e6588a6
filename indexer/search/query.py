"""What people type -> the tree that engines answer. Nothing that can be typed makes it fail.

any_of  ::= all_of ("OR" all_of)*
all_of  ::= near ("AND"? near)*
near    ::= clause ("NEAR" clause)*
clause  ::= ("-" | "NOT")* ( "(" any_of ")" | word | "phrase" | field:word | field:"phrase" )
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.messages import Message
from indexer.records import And, Everything, Not, Notice, Or, ParsedQuery, Query
from indexer.search.clauses import Clause, ClauseReader, Directory
from indexer.search.lexemes import NEAR, Kind, Lexeme, lexemes

__all__ = ["Directory", "parse"]


def parse(typed: str, directory: Directory) -> ParsedQuery:
    """The query as understood; of nothing to search for, every passage.

    ``understood`` gives the same tree when it is parsed, unless it is over a limit.
    """
    notices: list[Notice] = []
    parser = _Parser(lexemes(typed, notices), ClauseReader(directory, notices), notices)
    query = parser.any_of()
    notices.sort(key=lambda notice: notice.position or 0)
    if query is None:
        return ParsedQuery(typed, Everything(), "", tuple(notices))
    parts = query.parts if query.binding is And else (query,)
    clauses = tuple((part.text, part.tree) for part in parts)
    return ParsedQuery(typed, query.tree, query.text, tuple(notices), tuple(query.words), clauses)


class _Parser:
    """Recursive descent, one method a rule; ``None`` is a rule that found nothing to search for."""

    def __init__(
        self, lexemes: Sequence[Lexeme], reader: ClauseReader, notices: list[Notice]
    ) -> None:
        self._lexemes = lexemes
        self._next = 0
        self._reader = reader
        self._notices = notices

    def any_of(self) -> Clause | None:
        alternatives = [self._all_of()]
        while self._kind() == "OR":
            operator = self._take()
            alternatives.append(self._all_of())
            if None in alternatives[-2:]:
                self._left_out(operator)
        return _joined(Or, [clause for clause in alternatives if clause])

    def _all_of(self) -> Clause | None:
        clauses: list[Clause] = []
        while self._kind() not in (None, ")", "OR"):
            if self._is_infix(bool(clauses)):
                continue
            if clause := self._near() or self._clause():
                clauses.append(clause)
        return _joined(And, clauses)

    def _near(self) -> Clause | None:
        """Takes words and phrases with ``NEAR`` between them; nothing if there are none."""
        near = [self._lexemes[self._next]]
        distance, place = 0, self._next + 1
        while self._is_near(place - 1, place + 1) and self._lexemes[place].kind == "NEAR":
            distance = max(distance, self._lexemes[place].within or NEAR)
            near.append(self._lexemes[place + 1])
            place += 2
        clause = self._reader.near(near, distance) if len(near) > 1 else None
        if clause:
            self._next = place
        return clause

    def _is_near(self, one: int, other: int) -> bool:
        """Whether what stands at two places can be near: words and phrases of all fields."""
        return other < len(self._lexemes) and all(
            lexeme.kind in ("word", "phrase") and lexeme.field is None
            for lexeme in (self._lexemes[one], self._lexemes[other])
        )

    def _is_infix(self, has_left: bool) -> bool:
        """Takes an ``AND`` or ``NEAR`` that stands between two clauses, or is of no use."""
        if self._kind() not in ("AND", "NEAR"):
            return False
        between = has_left and self._kind(1) not in (None, ")", "OR", "AND")
        if self._kind() == "NEAR":
            if not between:
                return False
            message = Message("NEAR stands between words and phrases: these may stand anywhere.")
            self._notices.append(Notice(message, self._take().position))
        elif between:
            self._take()
        else:
            self._left_out(self._take())
        return True

    def _clause(self) -> Clause | None:
        excluded = False
        while self._kind() in ("-", "NOT"):
            excluded = not excluded
            operator = self._take()
            if self._kind() in (None, ")", "OR", "AND"):
                self._left_out(operator)
                return None
        lexeme = self._take()
        if lexeme.kind == "(":
            clause = self.any_of()
            self._take()
        else:
            word = replace(lexeme, kind="word") if lexeme.kind == "NEAR" else lexeme
            clause = self._reader.clause(word)
        return _excluded(clause) if clause and excluded else clause

    def _kind(self, ahead: int = 0) -> Kind | None:
        place = self._next + ahead
        return self._lexemes[place].kind if place < len(self._lexemes) else None

    def _take(self) -> Lexeme:
        self._next += 1
        return self._lexemes[self._next - 1]

    def _left_out(self, operator: Lexeme) -> None:
        message = Message(
            "“%(operator)s” has nothing to stand before or between, and is left out.",
            operator=operator.text,
        )
        self._notices.append(Notice(message, operator.position))


def _joined(operator: type[And] | type[Or], clauses: Sequence[Clause]) -> Clause | None:
    if len(clauses) < 2:
        return clauses[0] if clauses else None
    parts: list[Query] = []
    for clause in clauses:
        parts.extend(clause.tree.parts if isinstance(clause.tree, operator) else [clause.tree])
    texts = [
        clause.text if clause.binding in (None, operator) else f"({clause.text})"
        for clause in clauses
    ]
    text = (" OR " if operator is Or else " ").join(texts)
    words = [word for clause in clauses for word in clause.words]
    return Clause(operator(tuple(parts)), text, words, operator, parts=tuple(clauses))


def _excluded(clause: Clause) -> Clause:
    if clause.inverse:
        return clause.inverse
    text = f"({clause.text})" if clause.binding else clause.text
    return Clause(Not(clause.tree), f"-{text}", inverse=clause)
