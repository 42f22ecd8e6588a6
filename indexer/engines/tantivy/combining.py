"""Combinations of Tantivy's queries."""

from __future__ import annotations

from collections.abc import Sequence

from tantivy import Occur, Searcher
from tantivy import Query as TantivyQuery

from indexer.budget import check_time

NOTHING = TantivyQuery.empty_query()
EVERYTHING = TantivyQuery.const_score_query(TantivyQuery.all_query(), 0.0)


def unscored(query: TantivyQuery) -> TantivyQuery:
    """Return a query for the same passages in which all score 0."""
    return TantivyQuery.const_score_query(query, 0.0)


def all_of(parts: Sequence[TantivyQuery]) -> TantivyQuery:
    """Combine queries so that all must match."""
    if not parts:
        return EVERYTHING
    return TantivyQuery.boolean_query([(Occur.Must, part) for part in parts])


def any_of(parts: Sequence[TantivyQuery]) -> TantivyQuery:
    """Combine queries so that any may match."""
    if len(parts) < 2:
        return parts[0] if parts else NOTHING
    return TantivyQuery.boolean_query([(Occur.Should, part) for part in parts])


def most_of(parts: Sequence[TantivyQuery], least: int) -> TantivyQuery:
    """Combine queries so that at least ``least`` of them must match."""
    if least > len(parts):
        return NOTHING
    optional = [(Occur.Should, part) for part in parts]
    if least <= 0:
        return TantivyQuery.boolean_query([(Occur.Must, EVERYTHING), *optional])
    return TantivyQuery.boolean_query(optional, minimum_number_should_match=least)


def preferring(required: Sequence[TantivyQuery], preferred: Sequence[TantivyQuery]) -> TantivyQuery:
    """Combine required queries with others that only raise the score."""
    return TantivyQuery.boolean_query(
        [
            *((Occur.Must, one) for one in required),
            *((Occur.Should, one) for one in preferred),
        ]
    )


def without(query: TantivyQuery, excluded: TantivyQuery) -> TantivyQuery:
    """Exclude the matches of a query from those of another."""
    return TantivyQuery.boolean_query([(Occur.Must, query), (Occur.MustNot, excluded)])


def count_of(searcher: Searcher, query: TantivyQuery) -> int:
    """Count the passages that match."""
    check_time()
    # The stubs of tantivy lack this attribute.
    count: int = searcher.search(query, 1).count  # type: ignore[attr-defined]
    return count
