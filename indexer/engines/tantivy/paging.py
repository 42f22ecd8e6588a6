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

from indexer.budget import check_time
from indexer.engines.tantivy.columns import ColumnQueries
from indexer.engines.tantivy.combining import all_of, count_of
from indexer.records import Context, Match, Page

_EXTRA_HITS = 5
"""Hits to fetch beyond a page, so that ties with the last one rarely need a second query."""

_GROWTH = 4
"""Factor by which more hits are fetched until they have enough articles."""


class Part(NamedTuple):
    """The matches in one context, and their number."""

    context: Context
    query: TantivyQuery
    total: int


class CountedQuery(NamedTuple):
    """A query by context, with the number of its matches by the numbers of articles.

    ``is_scored`` is false if all matches have the score 0.
    """

    parts: Sequence[Part]
    is_scored: bool
    in_article: Mapping[int, int]

    @property
    def total(self) -> int:
        """The number of matches."""
        return sum(part.total for part in self.parts)


class _Hit(NamedTuple):
    """A passage with the value by which it is sorted, and its score, which is 0 by date."""

    value: float
    article: int
    position: int
    score: float
    context: Context


class _Fetcher:
    """Fetches hits in order. Ties are in the order of articles and positions."""

    def __init__(self, searcher: Searcher, articles: Sequence[str]) -> None:
        self._searcher = searcher
        self._articles = articles

    def with_ties(self, part: Part, page: Page, count: int) -> list[_Hit]:
        """Return the first matches and all that tie with the last of them."""
        limit = count + _EXTRA_HITS
        while True:
            hits = self.hits(part, page, limit)
            if len(hits) < limit or hits[-1].value != hits[count - 1].value:
                return hits
            limit *= 2

    def hits(self, part: Part, page: Page, limit: int) -> list[_Hit]:
        """Return the first hits. Those that tie with later ones may lack some of these."""
        order: dict[str, Any] = {}
        if page.sort == "newest":
            order = {"order_by_field": "newest", "order": Order.Desc}
        elif page.sort == "oldest":
            order = {"order_by_field": "oldest", "order": Order.Asc}
        check_time()
        raw = self._searcher.search(part.query, limit, count=False, **order).hits
        places = [place for _, place in raw]
        articles = self._searcher.fast_field_values("article", places)
        positions = self._searcher.fast_field_values("position", places)
        hits = [
            _Hit(
                value,
                int(article or 0),
                int(position or 0),
                0.0 if order else float(value),
                part.context,
            )
            for (value, _), article, position in zip(raw, articles, positions, strict=True)
        ]
        by_value = (list(tied) for _, tied in groupby(hits, key=lambda hit: hit.value))
        return [hit for tied in by_value for hit in sorted(tied, key=self._place)]

    def in_order(self, hits: list[_Hit], page: Page) -> list[_Hit]:
        """Merge the hits of all contexts if they are sorted by date."""
        if page.sort == "relevance":
            return hits
        sign = 1 if page.sort == "oldest" else -1
        return sorted(hits, key=lambda hit: (sign * hit.value, self._place(hit)))

    def _place(self, hit: _Hit) -> tuple[int, int]:
        return self.places[hit.article], hit.position

    @cached_property
    def places(self) -> Mapping[int, int]:
        """The place of each article in the order of ids."""
        in_order = sorted(range(len(self._articles)), key=self._articles.__getitem__)
        return {number: place for place, number in enumerate(in_order)}


class Pager:
    """Fetches the pages of one index. ``articles`` are the ids of articles by their numbers."""

    def __init__(self, searcher: Searcher, columns: ColumnQueries, articles: Sequence[str]) -> None:
        self._searcher = searcher
        self._columns = columns
        self._articles = articles
        self._fetcher = _Fetcher(searcher, articles)

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
        hits = (
            self._fetcher.with_ties(Part("said", query, limit), Page(), limit)[:limit]
            if limit
            else []
        )
        return [Match(self._id(hit), hit.score, 1) for hit in hits]

    def others(self, parts: Sequence[Part], page: Page) -> dict[Context, tuple[Match, ...]]:
        """Return the best of the first articles in some contexts, as many as the page says."""
        first: dict[Context, tuple[Match, ...]] = {}
        for part in parts if page.others else ():
            if best := self._best_of_articles(CountedQuery([part], True, {}), page, page.others):
                in_article = {hit.article: self._count_in(hit.article, part) for hit in best}
                counted = CountedQuery([part], True, in_article)
                first[part.context] = tuple(self._match(hit, counted) for hit in best)
        return first

    def _count_in(self, article: int, part: Part) -> int:
        """Count the matches in an article."""
        among = self._columns.among("article", [article])
        return count_of(self._searcher, all_of([part.query, among]))

    def _match(self, hit: _Hit, counted: CountedQuery, more: Sequence[_Hit] = ()) -> Match:
        others = tuple(self._match(one, counted) for one in more)
        in_article = counted.in_article[hit.article]
        return Match(self._id(hit), hit.score, in_article, others, hit.context)

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
        hits: list[_Hit] = []
        for part in counted.parts:
            # By relevance contexts follow each other, so the first may be enough.
            most = count - len(hits) if page.sort == "relevance" else count
            if (wanted := min(most, part.total)) > 0:
                hits += self._fetcher.with_ties(part, page, wanted)
        return self._fetcher.in_order(hits, page)

    def _first_articles(self, counted: CountedQuery, count: int) -> list[int]:
        """Return the first articles that together have ``count`` matches."""
        articles: list[int] = []
        for article in sorted(counted.in_article, key=self._fetcher.places.__getitem__):
            if count <= 0:
                break
            articles.append(article)
            count -= counted.in_article[article]
        return articles

    def _of_articles(
        self, articles: Sequence[int], counted: CountedQuery, page: Page
    ) -> list[_Hit]:
        """Return all matches in some articles, in order."""
        among = self._columns.among("article", articles)
        count = sum(counted.in_article[article] for article in articles)
        hits: list[_Hit] = []
        for part in counted.parts:
            in_articles = part._replace(query=all_of([part.query, among]))
            hits += self._fetcher.hits(in_articles, page, count)
        return self._fetcher.in_order(hits, page)

    def _id(self, hit: _Hit) -> str:
        return f"{self._articles[hit.article]}#{hit.position}"
