"""The ranking of `Index.search`, whole and with parts left out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import groupby
from pathlib import Path
from unittest.mock import patch

import indexer.engines.whoosh.scoring as scoring
import indexer.search.boosts as boosts
from bench.relevance.measures import DEEP
from bench.relevance.others import Ranker
from indexer.engines import load_engine
from indexer.ranking import rarity
from indexer.records import Article, IndexInfo, Passage, SearchRequest
from indexer.search.executor import SearchExecutor
from indexer.storage.library import FILE, Library, LibraryWriter
from indexer.text.analysis import analyze

PARTS: dict[str, tuple[object, str, object]] = {
    "rare words count double": (
        scoring,
        "rarity",
        lambda passages, matches: math.sqrt(rarity(passages, matches)),
    ),
    "the article around": (scoring, "ARTICLE", 0.0),
    "the exact form": (boosts, "FORM", 0.0),
    "words in a row": (boosts, "ADJACENT", 0.0),
    "words close together": (boosts, "CLOSE", 0.0),
}
"""Parts of the ranking other than BM25F: module, name, and the value that turns the part off."""


@contextmanager
def without(*parts: str) -> Iterator[None]:
    """Turn parts of the ranking off in a context. The engine `memory` keeps them."""
    if not parts:
        yield
        return
    module, name, value = PARTS[parts[0]]
    with patch.object(module, name, value), without(*parts[1:]):
        yield


@contextmanager
def ours(folder: Path, engine: str, passages: Sequence[Passage]) -> Iterator[Ranker]:
    """Index the passages in an empty folder, and yield their ranking."""
    with closing(LibraryWriter(folder / FILE)) as writer:
        for name, group in groupby(passages, key=lambda passage: passage.article_id):
            of_article = list(group)
            writer.articles.add(Article(name, of_article[0].title, ()), of_article)
        totals = writer.finish((), (), 0)
    load_engine(engine).build(folder, map(analyze, passages))
    info = IndexInfo(engine, "", "", "", totals.articles, totals.passages, totals.speakers)
    with (
        closing(Library(folder / FILE)) as library,
        closing(load_engine(engine).open_searcher(folder)) as searcher,
    ):
        executor = SearchExecutor(library, searcher, info)
        yield lambda query: _ranking(executor, query)


def _ranking(executor: SearchExecutor, query: str) -> list[str]:
    """Return the ids of a page of results, and of those with some of the words after them."""
    results = executor.search(SearchRequest(query, limit=DEEP), snippets=())
    nearly = results.nearly.hits if results.nearly else ()
    return [hit.passage.id for hit in (*results.hits, *nearly)]
