"""Fetches pages of matches in order. Ties break on the article and the position.

Tantivy breaks ties by the place in its files, so that all passages that tie with the last one of a
page have to be fetched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple

from tantivy import Order, Searcher
from tantivy import Query as TantivyQuery

from indexer.engines.tantivy.columns import ColumnQueries
from indexer.engines.tantivy.combining import all_of
from indexer.records import Match, Page

_EXTRA_HITS = 5
"""Hits to fetch beyond a page, so that ties with the last one rarely need a second query."""

_GROWTH = 4
"""Factor by which more hits are fetched until they have enough articles."""


class CountedQuery(NamedTuple):
    """A query with the number of its matches, in all and by the numbers of articles.

    ``is_scored`` is false if all matches have the score 0.
    """

    query: TantivyQuery
    is_scored: bool
    total: int
    in_article: Mapping[int, int]


class _Hit(NamedTuple):
    """A passage with the value by which it is sorted, and its score, which is 0 by date."""

    value: float
    article: int
    position: int
    score: float


class Pager:
    """Fetches the pages of one index. ``articles`` are the ids of articles by their numbers."""

    def __init__(self, searcher: Searcher, columns: ColumnQueries, articles: Sequence[str]) -> None:
        self._searcher = searcher
        self._columns = columns
        self._articles = articles

    def page(self, counted: CountedQuery, page: Page) -> Iterator[Match]:
        """Yield the matches of a page."""
        if not page.limit or page.offset >= counted.total:
            return
        end = page.offset + page.limit
        if page.group == "none":
            for hit in self._first(counted, page, end)[page.offset : end]:
                yield self._match(hit, counted)
            return
        best = self._best_of_articles(counted, page, end)[page.offset : end]
        others = self._by_article(counted, page, best) if best else {}
        for hit in best:
            more = [one for one in others[hit.article] if one != hit][: page.more]
            yield self._match(hit, counted, more)

    def best(self, query: TantivyQuery, limit: int) -> list[Match]:
        """Return the first matches of a scored query."""
        hits = self._with_ties(query, Page(), limit)[:limit] if limit else []
        return [Match(self._id(hit), hit.score, 1) for hit in hits]

    def _match(self, hit: _Hit, counted: CountedQuery, more: Sequence[_Hit] = ()) -> Match:
        others = tuple(self._match(one, counted) for one in more)
        return Match(self._id(hit), hit.score, counted.in_article[hit.article], others)

    def _best_of_articles(self, counted: CountedQuery, page: Page, count: int) -> list[_Hit]:
        """Return the best passages of the first articles, in order."""
        limit = _GROWTH * count
        while True:
            best: dict[int, _Hit] = {}
            for hit in self._first(counted, page, limit):
                best.setdefault(hit.article, hit)
            if len(best) >= count or limit >= counted.total:
                return list(best.values())[:count]
            limit *= _GROWTH

    def _by_article(
        self, counted: CountedQuery, page: Page, best: Sequence[_Hit]
    ) -> dict[int, list[_Hit]]:
        """Return all matches of some articles, in order."""
        articles = [hit.article for hit in best]
        hits: dict[int, list[_Hit]] = {article: [] for article in articles}
        for hit in self._of_articles(articles, counted, page):
            hits[hit.article].append(hit)
        return hits

    def _first(self, counted: CountedQuery, page: Page, count: int) -> list[_Hit]:
        """Return the first ``count`` matches in order, and perhaps more."""
        if page.sort == "relevance" and not counted.is_scored:
            return self._of_articles(self._first_articles(counted, count), counted, page)
        return self._with_ties(counted.query, page, min(count, counted.total))

    def _with_ties(self, query: TantivyQuery, page: Page, count: int) -> list[_Hit]:
        """Return the first matches and all that tie with the last of them."""
        limit = count + _EXTRA_HITS
        while True:
            hits = self._hits(query, page, limit)
            if len(hits) < limit or hits[-1].value != hits[count - 1].value:
                return hits
            limit *= 2

    def _first_articles(self, counted: CountedQuery, count: int) -> list[int]:
        """Return the first articles that together have ``count`` matches."""
        articles: list[int] = []
        for article in sorted(counted.in_article, key=self._places.__getitem__):
            if count <= 0:
                break
            articles.append(article)
            count -= counted.in_article[article]
        return articles

    @cached_property
    def _places(self) -> Mapping[int, int]:
        """The place of each article in the order of ids."""
        in_order = sorted(range(len(self._articles)), key=self._articles.__getitem__)
        return {number: place for place, number in enumerate(in_order)}

    def _of_articles(
        self, articles: Sequence[int], counted: CountedQuery, page: Page
    ) -> list[_Hit]:
        """Return all matches in some articles, in order."""
        among = self._columns.among("article", articles)
        count = sum(counted.in_article[article] for article in articles)
        return self._hits(all_of([counted.query, among]), page, count)

    def _hits(self, query: TantivyQuery, page: Page, limit: int) -> list[_Hit]:
        order: dict[str, Any] = {}
        if page.sort == "newest":
            order = {"order_by_field": "newest", "order": Order.Desc}
        elif page.sort == "oldest":
            order = {"order_by_field": "oldest", "order": Order.Asc}
        raw = self._searcher.search(query, limit, count=False, **order).hits
        places = [place for _, place in raw]
        articles = self._searcher.fast_field_values("article", places)
        positions = self._searcher.fast_field_values("position", places)
        hits = [
            _Hit(value, int(article or 0), int(position or 0), 0.0 if order else float(value))
            for (value, _), article, position in zip(raw, articles, positions, strict=True)
        ]
        by_value = (list(tied) for _, tied in groupby(hits, key=lambda hit: hit.value))
        return [hit for tied in by_value for hit in sorted(tied, key=self._place)]

    def _place(self, hit: _Hit) -> tuple[int, int]:
        return self._places[hit.article], hit.position

    def _id(self, hit: _Hit) -> str:
        return f"{self._articles[hit.article]}#{hit.position}"
