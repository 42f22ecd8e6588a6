"""Translates query trees into Tantivy's queries."""

from __future__ import annotations

from itertools import chain

from tantivy import Query as TantivyQuery
from tantivy import Schema, Searcher

from indexer.budget import check_time
from indexer.engines.tantivy.columns import ColumnQueries
from indexer.engines.tantivy.combining import (
    EVERYTHING,
    all_of,
    any_of,
    most_of,
    preferring,
    without,
)
from indexer.engines.tantivy.nearness import NearQueries
from indexer.engines.tantivy.trees import is_union
from indexer.engines.tantivy.words import WordQueries
from indexer.ranking import WEIGHTS
from indexer.records import (
    And,
    Dated,
    Everything,
    Having,
    Leaf,
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


class Translation:
    """Translates the queries of one index."""

    def __init__(self, schema: Schema, searcher: Searcher, columns: ColumnQueries) -> None:
        self._columns = columns
        self._words = WordQueries(schema, searcher)
        self._near = NearQueries(searcher, self._words, columns)

    def of(self, query: Query) -> TantivyQuery:
        """Translate a query with its scores. Filters score 0."""
        check_time()
        if is_union(query):
            return any_of(self._union(query))
        match query:
            case Term() | Words() | Phrase() | Near():
                return any_of(self._by_field(query))
            case Having(facet, values):
                return self._columns.having(facet, values)
            case Dated():
                return self._columns.between(query)
            case And(parts):
                return all_of([self.of(part) for part in parts])
            case Or(parts):
                return any_of([self.of(part) for part in parts])
            case MostOf(parts, least):
                return most_of([self.of(part) for part in parts], least)
            case Not(part):
                return without(EVERYTHING, self.of(part))
            case Preferring():
                return self._preferring(query)
            case Everything():
                return EVERYTHING

    def _union(self, query: Query) -> list[TantivyQuery]:
        """Return the words of a union side by side.

        From one flat union Tantivy skips passages that cannot be among the best.
        """
        match query:
            case Term() | Words():
                return self._by_field(query)
            case Or(parts):
                return [word for part in parts for word in self._union(part)]
            case Preferring(part, better, weight):
                words = (word for one in better for word in self._union(one))
                boosted = (TantivyQuery.boost_query(word, weight) for word in words)
                return [*self._union(part), *boosted]
            case _:
                return [self.of(query)]

    def _preferring(self, query: Preferring) -> TantivyQuery:
        """Put all preferences next to what must match, as Tantivy is slower with nested queries."""
        preferred: list[TantivyQuery] = []
        part: Query = query
        while isinstance(part, Preferring):
            # Nearness costs most, and Tantivy's score of it says least.
            better = [self._parts(one) for one in part.better if not isinstance(one, Near)]
            words = chain.from_iterable(better)
            preferred += [TantivyQuery.boost_query(word, part.weight) for word in words]
            part = part.part
        required = part.parts if isinstance(part, And) and part.parts else (part,)
        return preferring([self.of(one) for one in required], preferred)

    def _parts(self, query: Query) -> list[TantivyQuery]:
        """Return queries that together match what a query does; of a leaf, one for each field."""
        match query:
            case Term() | Words() | Phrase() | Near():
                return self._by_field(query)
            case _:
                return [self.of(query)]

    def _by_field(self, leaf: Leaf) -> list[TantivyQuery]:
        return [
            TantivyQuery.boost_query(self._leaf(leaf, field), WEIGHTS[field])
            for field in leaf.fields
        ]

    def _leaf(self, leaf: Leaf, field: str) -> TantivyQuery:
        match leaf:
            case Term(stems):
                return self._words.term(field, stems)
            case Words(forms):
                return any_of([self._words.form(field, form) for form in dict.fromkeys(forms)])
            case Phrase(words):
                return self._words.phrase(field, words)
            case Near():
                return self._near.query(field, leaf)
