"""Scopes: do the words of a query match what was said, the question before it, or the headline?

A scope binds the words that were typed without a field. Each matching passage has one context, the
first that applies:

- ``said``: all bare words, phrases and alternatives match in the text of the passage,
- ``asked``: they match in the question,
- ``headline``: they match in the title,
- ``mixed``: they match only if text, question and title are taken together.

Words that are excluded, and words with a field, match in every context as they are. So a query
without other words has all its matches in ``said``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from indexer.records import (
    FIELDS,
    SCOPES,
    And,
    Context,
    MostOf,
    Near,
    Or,
    Phrase,
    Preferring,
    Query,
    Scope,
    Term,
    Words,
)

CONTEXT_FIELDS: Mapping[Context, str] = {"said": "text", "asked": "question", "headline": "title"}
"""The fields that decide on the context of a passage, in order. Without one it is ``mixed``."""

CONTEXTS: tuple[Context, ...] = (*CONTEXT_FIELDS, "mixed")
"""The contexts in order."""


def contexts_of(scope: Scope) -> tuple[Context, ...]:
    """Return the contexts that a scope shows, in order."""
    return CONTEXTS if scope == "all" else (scope,)


def in_field(query: Query, field: str) -> Query:
    """Require that bare words match in one field. Every match is a match of the whole query too."""
    match query:
        case Term() | Words() | Phrase() | Near():
            return replace(query, fields=(field,)) if query.fields == FIELDS else query
        case And(parts):
            return And(tuple(in_field(part, field) for part in parts))
        case Or(parts):
            return Or(tuple(in_field(part, field) for part in parts))
        case MostOf(parts, least):
            return MostOf(tuple(in_field(part, field) for part in parts), least)
        case Preferring(part):
            return in_field(part, field)  # what is preferred decides on the order alone
        case _:
            return query


def has_bare_words(query: Query) -> bool:
    """Return True if a query has words that a scope binds."""
    match query:
        case Term() | Words() | Phrase() | Near():
            return query.fields == FIELDS
        case And(parts) | Or(parts) | MostOf(parts):
            return any(map(has_bare_words, parts))
        case Preferring(part):
            return has_bare_words(part)
        case _:
            return False


def scope_totals(by_context: Mapping[Context, int]) -> dict[Scope, int]:
    """Return the total of each scope. The scope ``all`` is the sum of all contexts."""
    totals: dict[Scope, int] = {}
    for scope in SCOPES:
        totals[scope] = sum(by_context.get(context, 0) for context in contexts_of(scope))
    return totals
