"""Asks the engine for the matches of a request."""

from __future__ import annotations

from dataclasses import replace

from indexer.engines import Searcher
from indexer.records import (
    And,
    Matches,
    Not,
    Or,
    Page,
    ParsedQuery,
    Phrase,
    Query,
    SearchRequest,
)
from indexer.scopes import has_bare_words
from indexer.search.boosts import boost
from indexer.search.plan import Plan, plan, relax, validate
from indexer.search.query import parse
from indexer.search.resolver import IndexResolver

_MAX_PASSAGES = 1_000_000
"""More passages than an article has."""


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
        self, request: SearchRequest, parsed: ParsedQuery, page: Page
    ) -> tuple[Plan, Matches]:
        """Return the plan of a request and its matches."""
        planned = self._boosted(plan(request, parsed.tree, self._resolver), parsed)
        return planned, self._searcher.match(planned.query, planned.dates, page)

    def nearly(self, request: SearchRequest, parsed: ParsedQuery, limit: int) -> Matches | None:
        """Return the passages with only some of the words, best first.

        Returns ``None`` for a query of one or two words.
        """
        tree = relax(parsed.tree)
        if tree is None:
            return None
        whole = plan(request, parsed.tree, self._resolver)
        part = plan(request, tree, self._resolver)
        query = And((part.query, Not(whole.query)))
        planned = self._boosted(replace(part, query=query), parsed)
        page = Page(limit=limit, group=request.group, scope=request.scope)
        return self._searcher.match(planned.query, planned.dates, page)

    def candidates(self, request: SearchRequest, tree: Query, limit: int) -> Matches:
        """Return the first matches of a query under the filters of a request."""
        planned = plan(request, tree, self._resolver)
        page = Page(limit=limit, scope=request.scope)
        return self._searcher.match(planned.query, planned.dates, page)

    def positions(self, query: str, article_id: str) -> tuple[int, ...]:
        """Return the positions of the passages of an article that match in any context.

        If no passage of any article matches, those with most of the words do.
        """
        if not query.strip():
            return ()
        request, parsed = self.read(SearchRequest(query))
        every = Page(limit=_MAX_PASSAGES)
        planned, matches = self.match(request, parsed, Page(limit=0))
        if not matches.total and (tree := relax(parsed.tree)):
            planned = plan(request, tree, self._resolver)
        found = self._searcher.match(planned.query, planned.dates, every, [article_id])
        return tuple(sorted(int(match.id.rpartition("#")[2]) for match in found.page))

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
