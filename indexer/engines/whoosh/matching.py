"""Answers queries with numpy, from columns and postings.

Passages are numbered in the order of articles and positions, which is also the order of ties. First
each part of a query becomes a mask, then only the passages that match are scored and counted. So a
query costs as much as its words and its matches, and a few bits for each other passage.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

import numpy as np

from indexer.engines.whoosh.columns import Columns, Numbers, smallest
from indexer.engines.whoosh.contexts import context_masks, within
from indexer.engines.whoosh.counting import PassageCounter
from indexer.engines.whoosh.filtering import QueryFilter
from indexer.engines.whoosh.occurrences import Locator, PostingsSource
from indexer.engines.whoosh.paging import Found, Pager
from indexer.engines.whoosh.scoring import Floats, Gains, Scorer
from indexer.records import Dated, Match, Matches, Page, Query
from indexer.scopes import contexts_of, scope_totals


class Matcher:
    """Answers queries from columns and postings; safe to use from several threads at once."""

    def __init__(self, columns: Columns, source: PostingsSource) -> None:
        self._columns = columns
        self._dated = columns.dated()
        self._source = source
        self._gains = Gains(columns)
        self._counter = PassageCounter(columns)
        self._pager = Pager(columns, self._dated)

    def match(
        self, query: Query, dates: Dated, page: Page, articles: Collection[str] | None
    ) -> Matches:
        """Return a page of matches and the counts over all of them, as `Searcher.match`."""
        locator = Locator(self._source, len(self._columns))
        query_filter = QueryFilter(self._columns, locator)
        matching, undated = query_filter.mask(query), 0
        if articles is not None:
            matching = matching & self._columns.having("article", articles)
        masks = context_masks(query, query_filter, matching)
        shown = within(masks, contexts_of(page.scope))
        if dates != Dated():
            undated = int(np.count_nonzero(shown & ~self._dated))
            between = self._columns.between(dates)
            masks = {context: mask & between for context, mask in masks.items()}
            matching, shown = matching & between, shown & between
        passages = np.flatnonzero(shown)
        scored = np.flatnonzero(matching) if page.others else passages
        found = Found(masks, self._scores(query, locator, scored, page))
        facets = self._counter.facets(passages, page.values)
        timeline = self._counter.timeline(passages)
        return Matches(
            total=len(passages),
            articles=len(self._pager.firsts(passages)),
            page=self._pager.page(passages, found, page),
            facets={**facets.values, "year": timeline.years},
            sizes={**facets.sizes, "year": len(timeline.years)},
            spans=self._counter.spans(facets.values["speaker"], passages),
            timeline=timeline.periods,
            scopes=scope_totals({one: int(np.count_nonzero(masks[one])) for one in masks}),
            others=self._pager.others(found, page),
            undated=undated,
        )

    def best(self, query: Query, limit: int) -> list[Match]:
        """Return the first matches by score, as `Searcher.best`."""
        locator = Locator(self._source, len(self._columns))
        passages = np.flatnonzero(QueryFilter(self._columns, locator).mask(query))
        scores = Scorer(self._columns, self._gains, locator).scores(query, passages)
        first = smallest(-scores, limit)
        best = zip(self._columns.passage_ids(passages[first]), scores[first].tolist(), strict=True)
        return [Match(passage_id, score, 1) for passage_id, score in best]

    def _scores(
        self, query: Query, locator: Locator, passages: Numbers, page: Page
    ) -> Callable[[Numbers], Floats]:
        """Return a function that scores passages. By relevance, all of some are scored at once."""
        scorer = Scorer(self._columns, self._gains, locator)
        if page.sort != "relevance" or not page.limit:
            return partial(scorer.scores, query)
        scores = np.zeros(len(self._columns))
        scores[passages] = scorer.scores(query, passages)
        return scores.__getitem__
