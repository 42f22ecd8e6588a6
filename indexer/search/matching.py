"""Asks the engine for the matches of a request."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from indexer.engines import Searcher
from indexer.records import Matches, Or, Page, ParsedQuery, Phrase, SearchRequest
from indexer.scopes import has_bare_words
from indexer.search.boosts import boost
from indexer.search.plan import Plan, plan, relax, validate
from indexer.search.query import parse
from indexer.search.resolver import IndexResolver


class RequestMatcher:
    """Finds the matches of requests with an engine."""

    def __init__(self, searcher: Searcher, resolver: IndexResolver) -> None:
        self._searcher = searcher
        self._resolver = resolver

    def read(self, request: SearchRequest) -> tuple[SearchRequest, ParsedQuery]:
        """Parse the query of a request. The scope of one without bare words is ``said``.

        Raises `InvalidSearchRequest`.
        """
        validate(request)
        parsed = parse(request.query, self._resolver)
        return request if has_bare_words(parsed.tree) else replace(request, scope="said"), parsed

    def plan(self, request: SearchRequest) -> Plan:
        """Return the arguments for the engine. Raises `InvalidSearchRequest`."""
        request, parsed = self.read(request)
        return self._boosted(plan(request, parsed.tree, self._resolver), parsed)

    def match(
        self,
        request: SearchRequest,
        parsed: ParsedQuery,
        page: Page,
        articles: Collection[str] | None = None,
    ) -> tuple[Plan, Matches, bool]:
        """Return the plan, its matches, and True if the query had to be relaxed to match.

        With ``articles``, only their passages match. A query that matches in others is not relaxed,
        nor is one that matches in another scope.
        """
        planned = self._boosted(plan(request, parsed.tree, self._resolver), parsed)
        matches = self._searcher.match(planned.query, planned.dates, page, articles)
        if matches.scopes["all"] or not (tree := relax(parsed.tree)):
            return planned, matches, False
        if articles is not None:
            counts = self._searcher.match(planned.query, planned.dates, Page(limit=0))
            if counts.total:
                return planned, matches, False
        relaxed = self._boosted(plan(request, tree, self._resolver), parsed)
        matches = self._searcher.match(relaxed.query, relaxed.dates, page, articles)
        return planned, matches, matches.total > 0

    def total(self, request: SearchRequest) -> int:
        """Return the number of passages that match, without relaxing the query."""
        request, parsed = self.read(request)
        planned = plan(request, parsed.tree, self._resolver)
        page = Page(limit=0, scope=request.scope)
        return self._searcher.match(planned.query, planned.dates, page).total

    def _boosted(self, planned: Plan, parsed: ParsedQuery) -> Plan:
        # The words of a phrase are adjacent wherever it matches.
        in_order = not isinstance(parsed.tree, Or | Phrase)
        frequency = self._resolver.vocabulary.count
        query = boost(planned.query, parsed.words, frequency, in_order=in_order)
        return replace(planned, query=query)
