"""Queries for the matches in each context; see `indexer.scopes`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from tantivy import Query as TantivyQuery

from indexer.engines.tantivy.combining import all_of, any_of, without
from indexer.engines.tantivy.translation import Translation
from indexer.records import Context, Query
from indexer.scopes import CONTEXT_FIELDS, CONTEXTS, has_bare_words, in_field


class Contexts(NamedTuple):
    """The matches of a query, ``every``, and those in each context."""

    every: TantivyQuery
    by_name: Mapping[Context, TantivyQuery]

    def among(self, filtering: TantivyQuery) -> Contexts:
        """Return the matches that match a filter too."""
        among = {name: all_of([query, filtering]) for name, query in self.by_name.items()}
        return Contexts(all_of([self.every, filtering]), among)

    def within(self, names: Collection[Context]) -> TantivyQuery:
        """Return the matches in some contexts."""
        if self.by_name.keys() <= set(names):
            return self.every
        return any_of([query for name, query in self.by_name.items() if name in names])


def contexts(query: Query, translation: Translation) -> Contexts:
    """Divide the matches of a query by context. It should prefer nothing."""
    every = translation.of(query)
    if not has_bare_words(query):
        return Contexts(every, {"said": every})
    fields = [translation.of(in_field(query, field)) for field in CONTEXT_FIELDS.values()]
    by_name: dict[Context, TantivyQuery] = {"said": fields[0]}
    for place, name in enumerate(CONTEXTS[1:], 1):
        candidates = fields[place] if place < len(fields) else every
        by_name[name] = without(candidates, any_of(fields[:place]))
    return Contexts(every, by_name)
