"""Parses what people type into a query tree. Parsing never fails.

any_of  ::= all_of ("OR" all_of)*
all_of  ::= near ("AND"? near)*
near    ::= clause ("NEAR" clause)*
clause  ::= ("-" | "NOT")* ( "(" any_of ")" | word | "phrase" | field:word | field:"phrase" )
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.messages import Message
from indexer.records import And, Everything, Notice, Or, ParsedQuery
from indexer.search.clause_reader import ClauseReader
from indexer.search.clauses import Clause, excluded, joined
from indexer.search.lexemes import DEFAULT_DISTANCE, Kind, Lexeme, lexemes
from indexer.search.resolver import Resolver


def parse(typed: str, resolver: Resolver) -> ParsedQuery:
    """Parse a query. A query without words matches every passage.

    Parsing ``understood`` again gives the same tree, unless it is over a limit.
    """
    notices: list[Notice] = []
    parser = _Parser(lexemes(typed, notices), ClauseReader(resolver, notices), notices)
    query = parser.any_of()
    notices.sort(key=lambda notice: notice.position or 0)
    if query is None:
        return ParsedQuery(typed, Everything(), "", tuple(notices))
    parts = query.parts if query.binding is And else (query,)
    clauses = tuple((part.text, part.tree) for part in parts)
    return ParsedQuery(typed, query.tree, query.text, tuple(notices), tuple(query.words), clauses)


class _Parser:
    """Recursive descent, one method a rule.

    A rule returns ``None`` if it has nothing to search for.
    """

    def __init__(
        self, lexemes: Sequence[Lexeme], reader: ClauseReader, notices: list[Notice]
    ) -> None:
        self._lexemes = lexemes
        self._next = 0
        self._reader = reader
        self._notices = notices

    def any_of(self) -> Clause | None:
        """Parse alternatives."""
        alternatives = [self._all_of()]
        while self._kind() == "OR":
            operator = self._take()
            alternatives.append(self._all_of())
            if None in alternatives[-2:]:
                self._notice_ignored(operator)
        return joined(Or, [clause for clause in alternatives if clause])

    def _all_of(self) -> Clause | None:
        clauses: list[Clause] = []
        while self._kind() not in (None, ")", "OR"):
            if self._take_infix(has_left=bool(clauses)):
                continue
            if clause := self._near() or self._clause():
                clauses.append(clause)
        return joined(And, clauses)

    def _near(self) -> Clause | None:
        """Take words and phrases with ``NEAR`` between them; take nothing if there are none."""
        near = [self._lexemes[self._next]]
        distance, place = 0, self._next + 1
        while self._are_plain(place - 1, place + 1) and self._lexemes[place].kind == "NEAR":
            distance = max(distance, self._lexemes[place].within or DEFAULT_DISTANCE)
            near.append(self._lexemes[place + 1])
            place += 2
        clause = self._reader.near(near, distance) if len(near) > 1 else None
        if clause:
            self._next = place
        return clause

    def _are_plain(self, one: int, other: int) -> bool:
        """Return True if the lexemes at both places are words or phrases without a field."""
        return other < len(self._lexemes) and all(
            lexeme.kind in ("word", "phrase") and lexeme.field is None
            for lexeme in (self._lexemes[one], self._lexemes[other])
        )

    def _take_infix(self, has_left: bool) -> bool:
        """Take an ``AND`` or ``NEAR`` that joins two clauses, or that joins nothing."""
        if self._kind() not in ("AND", "NEAR"):
            return False
        between = has_left and self._kind(1) not in (None, ")", "OR", "AND")
        if self._kind() == "NEAR":
            if not between:
                return False
            message = Message("NEAR works only between words and phrases; here it is read as AND.")
            self._notices.append(Notice(message, self._take().position))
        elif between:
            self._take()
        else:
            self._notice_ignored(self._take())
        return True

    def _clause(self) -> Clause | None:
        is_excluded = False
        while self._kind() in ("-", "NOT"):
            is_excluded = not is_excluded
            operator = self._take()
            if self._kind() in (None, ")", "OR", "AND"):
                self._notice_ignored(operator)
                return None
        lexeme = self._take()
        if lexeme.kind == "(":
            clause = self.any_of()
            self._take()
        else:
            word = replace(lexeme, kind="word") if lexeme.kind == "NEAR" else lexeme
            clause = self._reader.clause(word)
        return excluded(clause) if clause and is_excluded else clause

    def _kind(self, ahead: int = 0) -> Kind | None:
        place = self._next + ahead
        return self._lexemes[place].kind if place < len(self._lexemes) else None

    def _take(self) -> Lexeme:
        self._next += 1
        return self._lexemes[self._next - 1]

    def _notice_ignored(self, operator: Lexeme) -> None:
        message = Message(
            "“%(operator)s” has nothing to combine, so it is ignored.",
            operator=operator.text,
        )
        self._notices.append(Notice(message, operator.position))
