"""Properties of query trees that decide how they are translated."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from indexer.records import (
    And,
    MostOf,
    Near,
    Not,
    Or,
    Phrase,
    Preferring,
    Query,
    Term,
    Words,
)
from indexer.text.analysis import stems


def is_union(query: Query) -> bool:
    """Return true if a query is a union of words that prefers forms of these words alone."""
    return bool(_united(query))


def is_scored(query: Query) -> bool:
    """Return true if passages that match may have scores other than 0."""
    match query:
        case Term() | Words() | Phrase() | Near():
            return True
        case And(parts) | Or(parts) | MostOf(parts):
            return any(map(is_scored, parts))
        case Preferring(part, better):
            return any(map(is_scored, (part, *better)))
        case _:
            return False


def without_preferences(query: Query) -> Query:
    """Return a query for the same passages that prefers none of them."""
    match query:
        case Preferring(part):
            return without_preferences(part)
        case And(parts):
            return And(tuple(map(without_preferences, parts)))
        case Or(parts):
            return Or(tuple(map(without_preferences, parts)))
        case MostOf(parts, least):
            return MostOf(tuple(map(without_preferences, parts)), least)
        case Not(part):
            return Not(without_preferences(part))
        case _:
            return query


def _united(query: Query) -> set[tuple[str, str]]:
    """Return the stems and fields of a union; the empty set for anything else."""
    match query:
        case Term():
            return set(product(query.stems, query.fields))
        case Or(parts):
            united = [_united(part) for part in parts]
            return set().union(*united) if all(united) else set()
        case Preferring(part, better):
            united_part = _united(part)
            languages = {stem.partition(":")[0] for stem, _ in united_part if ":" in stem}
            forms = (_form(one, languages) for one in better)
            return united_part if all(form <= united_part for form in forms) else set()
        case _:
            return set()


def _form(query: Query, languages: Iterable[str]) -> set[tuple[str, str]]:
    """Return the stems and fields of a single form; what is in no union for anything else."""
    match query:
        case Words((form,)):
            return set(product(stems(form, (None, *languages)), query.fields))
        case _:
            return {("", "")}
