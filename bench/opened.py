"""An index that is asked part by part: for ids, for counts too, for whole searches."""

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
    """An index, and its engine by itself."""

    index: Index
    searcher: Searcher
    executor: SearchExecutor

    def best(self, request: SearchRequest) -> list[Match]:
        """The ids and scores of the best passages."""
        return self.searcher.best(self.plan(request).query, request.limit)

    def match(self, request: SearchRequest) -> Matches:
        """These with totals, facets and timeline."""
        plan = self.plan(request)
        page = Page(request.sort, request.offset, request.limit, request.group)
        return self.searcher.match(plan.query, plan.dates, page)

    def search(self, request: SearchRequest) -> SearchResults:
        """These with the passages themselves, cut and marked."""
        return self.index.search(request)

    @lru_cache(maxsize=10_000)  # noqa: B019 - what is typed is parsed once, as rivals have it parsed
    def plan(self, request: SearchRequest) -> Plan:
        """The arguments of the engine for a request."""
        return self.executor.plan(request)


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """The index in a folder."""
    with open_index(path) as index:
        folder = path / index.info.generation
        engine = load_engine(index.info.engine)
        with (
            closing(Library(folder / FILE)) as library,
            closing(engine.open_searcher(folder / ENGINE)) as searcher,
        ):
            yield Opened(index, searcher, SearchExecutor(library, searcher, index.info))
