"""Runs a search: parses the query, asks the engine, and collects the results."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from indexer.engines import Searcher
from indexer.records import (
    FACET_VALUES,
    IndexInfo,
    Match,
    Matches,
    Nearly,
    Page,
    ParsedQuery,
    SearchRequest,
    SearchResults,
    Suggestion,
)
from indexer.scopes import has_bare_words
from indexer.search.advice import Advice
from indexer.search.almost import AlmostQuoted
from indexer.search.facets import facet_counts
from indexer.search.hits import hits
from indexer.search.matching import RequestMatcher
from indexer.search.nearly import missing_named
from indexer.search.query import parse
from indexer.search.resolver import IndexResolver
from indexer.search.timeline import timeline
from indexer.storage.library import Library

_PORTION = 1000
"""The matches that are found first for whoever asks for all of them."""

_GROWTH = 4
"""How many times as many are found next, as each portion costs a search."""

_MOST_BODIES = 400
"""Bodies that may be among the most frequent speakers before fewer people are listed."""


class SearchExecutor:
    """Runs searches over a library and an engine. Safe to use from several threads at once."""

    def __init__(self, library: Library, searcher: Searcher, info: IndexInfo) -> None:
        self.resolver = IndexResolver(library, searcher)
        self._library = library
        self._info = info
        self.matcher = RequestMatcher(searcher, self.resolver)
        self._almost = AlmostQuoted(library, self.matcher)
        self._advice = Advice(library, self.resolver, self.matcher.total)

    def parse(self, typed: str) -> ParsedQuery:
        """Parse a query with the names and words of this index."""
        return parse(typed, self.resolver)

    def search(
        self, request: SearchRequest, snippets: Collection[str], others: int = 0
    ) -> SearchResults:
        """Return one page of results, with counts over all matches in the scope.

        ``snippets`` are the fields to cut snippets from, apart from the text. The first page has
        the best hits of ``others`` articles in each other context. Raises `InvalidSearchRequest`.
        """
        start = time.perf_counter()
        request, parsed = self.matcher.read(request)
        page = _page(request, others, len(self._library.speakers.bodies))
        planned, matches = self.matcher.match(request, parsed, page)
        nearly = self._nearly(request, parsed, matches)
        notices = [*parsed.notices, *planned.notices, *self._advice.namesakes(parsed)]
        return SearchResults(
            request=request,
            understood=parsed.understood,
            notices=tuple(notices),
            total=matches.total,
            articles=matches.articles,
            hits=hits(self._library, matches.page, parsed.tree, snippets),
            facets=facet_counts(matches, self._library.speakers),
            facet_sizes={**matches.sizes, "speaker": self._count_people(request, parsed, matches)},
            timeline=timeline(matches.timeline),
            undated=matches.undated,
            scopes=matches.scopes,
            is_scoped=has_bare_words(parsed.tree),
            others={
                context: hits(self._library, best, parsed.tree, snippets)
                for context, best in matches.others.items()
            },
            index=self._info,
            nearly=nearly,
            did_you_mean=tuple(self._suggestions(request, parsed, matches.total)),
            explanations=()
            if matches.total or (nearly and nearly.total)
            else tuple(self._advice.explanations(request, parsed)),
            took_ms=round((time.perf_counter() - start) * 1000, 2),
        )

    def _suggestions(
        self, request: SearchRequest, parsed: ParsedQuery, total: int
    ) -> Iterator[Suggestion]:
        """Yield each query to try instead once, quotations that are almost there first."""
        printed = () if total else tuple(self._almost.suggestions(request, parsed))
        yield from printed
        queries = {one.query for one in printed}
        for one in self._advice.corrections(request, parsed, total):
            if one.query not in queries:
                yield one

    def timeline(self, request: SearchRequest) -> tuple[tuple[str, int], ...]:
        """Return the timeline of a search alone. Raises `InvalidSearchRequest`."""
        request, parsed = self.matcher.read(request)
        _, matches = self.matcher.match(request, parsed, Page(limit=0, scope=request.scope))
        return timeline(matches.timeline)

    def every(self, request: SearchRequest) -> Iterator[Match]:
        """Return all matching passages, in order. Raises `InvalidSearchRequest`.

        They are found in portions, so that whoever reads only the first ones pays for few.
        """
        request, parsed = self.matcher.read(request)

        def portion(start: int, size: int) -> Sequence[Match]:
            page = Page(request.sort, start, size, scope=request.scope)
            return self.matcher.match(request, parsed, page)[1].page

        def later() -> Iterator[Match]:
            start, size = _PORTION, _PORTION * _GROWTH
            while start < self._info.passages and (matches := portion(start, size)):
                yield from matches
                start, size = start + size, size * _GROWTH

        first = portion(0, _PORTION)
        return chain(first, later() if len(first) == _PORTION else ())

    def total(self, query: str) -> int:
        """Return the number of passages that a search for a query shows."""
        return self.matcher.total(SearchRequest(query))

    def _count_people(self, request: SearchRequest, parsed: ParsedQuery, matches: Matches) -> int:
        """Return the number of people among the speakers of all matches."""
        bodies, listed = self._library.speakers.bodies, matches.facets.get("speaker", {})
        size = matches.sizes.get("speaker", 0)
        if size <= len(listed) or not bodies or (request.kinds and "body" not in request.kinds):
            return size - sum(value in bodies for value in listed)
        said_by_bodies = replace(request, kinds=("body",))
        _, matches = self.matcher.match(said_by_bodies, parsed, Page(limit=0, scope=request.scope))
        return size - matches.sizes.get("speaker", 0)

    def _nearly(
        self, request: SearchRequest, parsed: ParsedQuery, matches: Matches
    ) -> Nearly | None:
        """Fill the first page by relevance with passages that have only some of the words."""
        shown = matches.articles if request.group == "article" else matches.total
        if request.sort != "relevance" or request.offset or shown >= request.limit:
            return None
        found = self.matcher.nearly(request, parsed, request.limit - shown)
        if found is None:
            return Nearly(0, ())
        best = hits(self._library, found.page, parsed.tree)
        return Nearly(found.total, tuple(missing_named(hit, parsed, request.scope) for hit in best))


def _page(request: SearchRequest, others: int, bodies: int) -> Page:
    """Return the page to ask for, with room for so many speakers who are no people."""
    return Page(
        request.sort,
        request.offset,
        request.limit,
        request.group,
        values=FACET_VALUES + min(bodies, _MOST_BODIES),
        scope=request.scope,
        others=0 if request.offset else others,
    )
