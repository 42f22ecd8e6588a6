"""The clauses of a query, and how they are joined and excluded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.records import And, Near, Not, Or, Query, TypedWord


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a query: its tree, and its text as it can be typed again.

    ``words`` are the wanted words in the order typed. ``binding`` is the operator that holds
    ``text`` together, ``inverse`` the clause that an exclusion excludes, ``parts`` the clauses
    that were joined.
    """

    tree: Query
    text: str
    words: Sequence[TypedWord] = ()
    binding: type[And] | type[Or] | type[Near] | None = None
    inverse: Clause | None = None
    parts: tuple[Clause, ...] = ()


def joined(operator: type[And] | type[Or], clauses: Sequence[Clause]) -> Clause | None:
    """Join clauses with an operator. Returns ``None`` if there are none."""
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


def excluded(clause: Clause) -> Clause:
    """Exclude a clause. Excluding an exclusion returns the original clause."""
    if clause.inverse:
        return clause.inverse
    text = f"({clause.text})" if clause.binding else clause.text
    return Clause(Not(clause.tree), f"-{text}", inverse=clause)
