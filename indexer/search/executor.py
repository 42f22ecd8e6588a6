"""Runs a search: parses the query, asks the engine, and collects the results."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import replace

from indexer.engines import Searcher
from indexer.messages import Message
from indexer.records import (
    Dated,
    IndexInfo,
    Matches,
    Notice,
    Or,
    Page,
    ParsedQuery,
    Phrase,
    Query,
    SearchRequest,
    SearchResults,
)
from indexer.search.advice import Advice
from indexer.search.boosts import boost
from indexer.search.facets import facet_counts
from indexer.search.hits import hits
from indexer.search.plan import Plan, plan, relax, validate
from indexer.search.query import parse
from indexer.search.resolver import IndexResolver
from indexer.search.timeline import timeline
from indexer.storage.library import Library


class SearchExecutor:
    """Runs searches over a library and an engine. Safe to use from several threads at once."""

    def __init__(self, library: Library, searcher: Searcher, info: IndexInfo) -> None:
        self.resolver = IndexResolver(library, searcher)
        self._library = library
        self._searcher = searcher
        self._info = info
        self._advice = Advice(library, self.resolver, self._total)

    def parse(self, typed: str) -> ParsedQuery:
        """Parse a query with the names and words of this index."""
        return parse(typed, self.resolver)

    def plan(self, request: SearchRequest) -> Plan:
        """Return the arguments for the engine. Raises `InvalidSearchRequest`."""
        validate(request)
        parsed = self.parse(request.query)
        return self._boosted(plan(request, parsed.tree, self.resolver), parsed)

    def search(self, request: SearchRequest, snippets: Collection[str]) -> SearchResults:
        """Return one page of results, with counts over all matches.

        ``snippets`` are the fields to cut snippets from, apart from the text. Raises
        `InvalidSearchRequest`.
        """
        start = time.perf_counter()
        validate(request)
        parsed = self.parse(request.query)
        page = Page(request.sort, request.offset, request.limit, request.group)
        planned, matches, relaxed = self._match(request, parsed, page)
        notices = [*parsed.notices, *planned.notices, *self._advice.namesakes(parsed)]
        if relaxed:
            notices.append(
                Notice(
                    Message(
                        "No passage has all of these words: these have some of them, best first."
                    )
                )
            )
        return SearchResults(
            request=request,
            understood=parsed.understood,
            notices=tuple(notices),
            total=matches.total,
            articles=matches.articles,
            hits=hits(self._library, matches.page, parsed.tree, snippets),
            facets=facet_counts(matches, self._library.speakers.names),
            facet_sizes=matches.sizes,
            timeline=timeline(matches.timeline),
            undated=matches.undated,
            index=self._info,
            relaxed=relaxed,
            did_you_mean=tuple(self._advice.corrections(request, parsed, matches.total, relaxed)),
            explanations=() if matches.total else tuple(self._advice.explanations(request, parsed)),
            took_ms=round((time.perf_counter() - start) * 1000, 2),
        )

    def timeline(self, request: SearchRequest) -> tuple[tuple[str, int], ...]:
        """Return the timeline of a search alone. Raises `InvalidSearchRequest`."""
        validate(request)
        _, matches, _ = self._match(request, self.parse(request.query), Page(limit=0))
        return timeline(matches.timeline)

    def passage_ids(self, request: SearchRequest) -> list[str]:
        """Return the ids of all matching passages, in order. Raises `InvalidSearchRequest`."""
        validate(request)
        parsed = self.parse(request.query)
        page = Page(request.sort, 0, max(1, self._info.passages))
        _, matches, _ = self._match(request, parsed, page)
        return [match.id for match in matches.page]

    def positions(self, query: str, article_id: str) -> tuple[int, ...]:
        """Return the positions of the passages of an article that match a query."""
        if not query.strip():
            return ()
        page = Page(limit=max(1, self._info.passages))
        parsed = self.parse(query)
        _, matches, _ = self._match(SearchRequest(query), parsed, page, [article_id])
        return tuple(sorted(int(match.id.rpartition("#")[2]) for match in matches.page))

    def total(self, query: str) -> int:
        """Return the number of passages that match all of a query."""
        return self._count(self.parse(query).tree, Dated())

    def _total(self, request: SearchRequest) -> int:
        planned = plan(request, self.parse(request.query).tree, self.resolver)
        return self._count(planned.query, planned.dates)

    def _count(self, query: Query, dates: Dated) -> int:
        return self._searcher.match(query, dates, Page(limit=0)).total

    def _match(
        self,
        request: SearchRequest,
        parsed: ParsedQuery,
        page: Page,
        articles: Collection[str] | None = None,
    ) -> tuple[Plan, Matches, bool]:
        """Return the plan, its matches, and True if the query had to be relaxed to match.

        With ``articles``, only their passages match. A query that matches in others is not relaxed.
        """
        planned = self._boosted(plan(request, parsed.tree, self.resolver), parsed)
        matches = self._searcher.match(planned.query, planned.dates, page, articles)
        if matches.total or not (tree := relax(parsed.tree)):
            return planned, matches, False
        if articles is not None and self._count(planned.query, planned.dates):
            return planned, matches, False
        relaxed = self._boosted(plan(request, tree, self.resolver), parsed)
        matches = self._searcher.match(relaxed.query, relaxed.dates, page, articles)
        return planned, matches, matches.total > 0

    def _boosted(self, planned: Plan, parsed: ParsedQuery) -> Plan:
        # The words of a phrase are adjacent wherever it matches.
        in_order = not isinstance(parsed.tree, Or | Phrase)
        frequency = self.resolver.vocabulary.count
        query = boost(planned.query, parsed.words, frequency, in_order=in_order)
        return replace(planned, query=query)
