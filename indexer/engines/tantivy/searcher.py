"""The searcher of an open index."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from tantivy import Index

from indexer.engines.tantivy.columns import ColumnQueries
from indexer.engines.tantivy.combining import all_of, count_of, unscored, without
from indexer.engines.tantivy.contexts import Contexts, contexts
from indexer.engines.tantivy.counting import PassageCounter
from indexer.engines.tantivy.failures import failures_as_errors
from indexer.engines.tantivy.paging import CountedQuery, Pager, Part
from indexer.engines.tantivy.translation import Translation
from indexer.engines.tantivy.trees import is_scored, without_preferences
from indexer.records import Context, Dated, Match, Matches, Page, Query
from indexer.scopes import CONTEXTS, contexts_of, scope_totals


class TantivySearcher:
    """A `Searcher` of the index in a folder.

    ``numbers`` maps the values of each column to their numbers, ``words`` the forms to their
    numbers of occurrences.
    """

    def __init__(
        self,
        index: Index,
        numbers: Mapping[str, Mapping[str, int]],
        words: Mapping[str, int],
    ) -> None:
        self._words = words
        self._values = {name: list(values) for name, values in numbers.items()}
        self._searcher = index.searcher()
        self._columns = ColumnQueries(index.schema, numbers)
        self._translation = Translation(index.schema, self._searcher, self._columns)
        self._counter = PassageCounter(self._searcher, self._columns, numbers, self._values)
        self._pager = Pager(self._searcher, self._columns, self._values["article"])

    @failures_as_errors()
    def match(
        self, query: Query, dates: Dated, page: Page, articles: Collection[str] | None = None
    ) -> Matches:
        """Return a page of matches and the counts over all of them."""
        # Preferences change the order alone, and cost more than everything else.
        matching = contexts(without_preferences(query), self._translation)
        if articles is not None:
            matching = matching.among(self._columns.having("article", articles))
        shown, undated = contexts_of(page.scope), 0
        if dates != Dated():
            undated_ones = without(matching.within(shown), self._columns.dated())
            undated = count_of(self._searcher, undated_ones)
            matching = matching.among(self._columns.between(dates))
        counts = self._counter.count(matching.within(shown), page.values)
        parts = self._parts(query, matching, page, sum(counts.articles.values()))
        counted = CountedQuery(
            [part for part in parts if part.context in shown], is_scored(query), counts.articles
        )
        return Matches(
            total=counted.total,
            articles=len(counts.articles),
            page=tuple(self._pager.page(counted, page)),
            facets=counts.facets,
            sizes=counts.sizes,
            spans=counts.spans,
            timeline=counts.timeline,
            scopes=scope_totals({part.context: part.total for part in parts}),
            others=self._pager.others([part for part in parts if part.context not in shown], page),
            undated=undated,
        )

    def _parts(self, query: Query, matching: Contexts, page: Page, shown: int) -> list[Part]:
        """Return the matches in each context with their number, scored if that is the order.

        ``shown`` is the number of matches in the scope of the page.
        """
        totals = self._totals(matching, page, shown)
        counted = [Part(name, one, totals[name]) for name, one in matching.by_name.items()]
        if page.sort != "relevance":
            return counted
        scored = self._translation.of(query)
        return [part._replace(query=all_of([scored, unscored(part.query)])) for part in counted]

    def _totals(self, matching: Contexts, page: Page, shown: int) -> dict[Context, int]:
        """Count the matches in each context, with as few queries as possible."""
        names = contexts_of(page.scope)
        is_all = matching.by_name.keys() <= set(names)
        every = shown if is_all else count_of(self._searcher, matching.every)
        known = {names[0]: shown} if len(names) == 1 else {}
        totals: dict[Context, int] = {}
        for name, query in matching.by_name.items():
            rest = every - sum(totals.values())
            if name in known:
                totals[name] = known[name]
            elif not rest or name == CONTEXTS[-1]:
                totals[name] = rest
            else:
                totals[name] = count_of(self._searcher, query)
        return totals

    @failures_as_errors()
    def best(self, query: Query, limit: int) -> list[Match]:
        """Return the first matches by score."""
        if is_scored(query):
            return self._pager.best(self._translation.of(query), limit)
        matches = self.match(query, Dated(), Page(limit=limit))
        return [replace(match, in_article=1) for match in matches.page]

    def words(self) -> Mapping[str, int]:
        """Return the number of occurrences of each form."""
        return self._words

    def values(self, facet: str) -> Collection[str]:
        """Return all values of a facet."""
        return self._values[facet]

    def close(self) -> None:
        """Do nothing: Tantivy closes its files when the last query that reads them has ended."""
