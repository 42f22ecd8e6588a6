"""An index that is searched step by step: ids alone, with counts, or whole results."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from indexer import Index, SearchRequest, SearchResults, open_index
from indexer.engines import Searcher, load_engine
from indexer.records import Match, Matches, Page
from indexer.search.executor import SearchExecutor
from indexer.search.plan import Plan
from indexer.storage.generations import ENGINE
from indexer.storage.library import FILE, Library


@dataclass(frozen=True, eq=False)
class Opened:
    """An open index, with its engine."""

    index: Index
    searcher: Searcher
    executor: SearchExecutor

    def best(self, request: SearchRequest) -> list[Match]:
        """Return ids and scores of the best passages."""
        return self.searcher.best(self.plan(request).query, request.limit)

    def match(self, request: SearchRequest) -> Matches:
        """Return them with totals, facets and timeline."""
        plan = self.plan(request)
        page = Page(request.sort, request.offset, request.limit, request.group)
        return self.searcher.match(plan.query, plan.dates, page)

    def search(self, request: SearchRequest) -> SearchResults:
        """Return whole results, with texts and snippets."""
        return self.index.search(request)

    @lru_cache(maxsize=10_000)  # noqa: B019 - queries are parsed once, as those of rivals are
    def plan(self, request: SearchRequest) -> Plan:
        """Parse a request for the engine."""
        return self.executor.matcher.plan(request)


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """Open the index in a folder."""
    with open_index(path) as index:
        folder = path / index.info.generation
        engine = load_engine(index.info.engine)
        with (
            closing(Library(folder / FILE)) as library,
            closing(engine.open_searcher(folder / ENGINE)) as searcher,
        ):
            yield Opened(index, searcher, SearchExecutor(library, searcher, index.info))
