"""Answers queries with numpy, from columns and postings.

Passages are numbered in the order of articles and positions, which is also the order of ties. First
each part of a query becomes a mask, then only the passages that match are scored and counted. So a
query costs as much as its words and its matches, and a few bits for each other passage.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import NamedTuple

import numpy as np

from indexer.engines.whoosh.columns import Columns, Numbers, smallest
from indexer.engines.whoosh.counting import PassageCounter
from indexer.engines.whoosh.filtering import QueryFilter
from indexer.engines.whoosh.occurrences import Locator, PostingsSource
from indexer.engines.whoosh.scoring import Floats, Gains, Scorer
from indexer.records import Dated, Match, Matches, Page, Query


class Matcher:
    """Answers queries from columns and postings; safe to use from several threads at once."""

    def __init__(self, columns: Columns, source: PostingsSource) -> None:
        self._columns = columns
        self._dated = columns.dated()
        self._source = source
        self._gains = Gains(columns)
        self._counter = PassageCounter(columns)

    @cached_property
    def _minutes(self) -> Numbers:
        return self._columns.minutes()

    def match(
        self, query: Query, dates: Dated, page: Page, articles: Collection[str] | None
    ) -> Matches:
        """Return a page of matches and the counts over all of them, as `Searcher.match`."""
        locator = Locator(self._source, len(self._columns))
        matching, undated = QueryFilter(self._columns, locator).mask(query), 0
        if articles is not None:
            matching = matching & self._columns.having("article", articles)
        if dates != Dated():
            undated = int(np.count_nonzero(matching & ~self._dated))
            matching = matching & self._columns.between(dates)
        passages = np.flatnonzero(matching)
        scorer = Scorer(self._columns, self._gains, locator)
        selection = self._select(passages, scorer, query, page)
        facets = self._counter.facets(passages, page.values)
        timeline = self._counter.timeline(passages)
        return Matches(
            total=len(passages),
            articles=selection.articles,
            page=tuple(self._matches(selection)),
            facets={**facets.values, "year": timeline.years},
            sizes={**facets.sizes, "year": len(timeline.years)},
            spans=self._counter.spans(facets.values["speaker"], passages),
            timeline=timeline.periods,
            undated=undated,
        )

    def best(self, query: Query, limit: int) -> list[Match]:
        """Return the first matches by score, as `Searcher.best`."""
        locator = Locator(self._source, len(self._columns))
        passages = np.flatnonzero(QueryFilter(self._columns, locator).mask(query))
        scores = Scorer(self._columns, self._gains, locator).scores(query, passages)
        first = smallest(-scores, limit)
        best = zip(passages[first].tolist(), scores[first].tolist(), strict=True)
        return [Match(self._columns.passage_id(passage), score, 1) for passage, score in best]

    def _select(self, passages: Numbers, scorer: Scorer, query: Query, page: Page) -> _Selection:
        """Choose the passages of a page, and score them."""
        keys: Floats | Numbers
        if not page.limit:  # only the counts are needed
            scores = keys = np.zeros(len(passages))
        elif page.sort == "relevance":
            scores = scorer.scores(query, passages)
            keys = -scores
        else:
            minutes = self._minutes[passages] * (1 if page.sort == "oldest" else -1)
            keys = np.where(self._dated[passages], minutes, np.iinfo(np.int64).max)
        firsts = np.flatnonzero(np.diff(self._columns["article"][passages], prepend=-1))
        end = page.offset + page.limit
        if page.group == "none":
            groups = smallest(keys, end)[page.offset :].reshape(-1, 1).tolist()
        else:
            groups = _groups(keys, firsts, end, 1 + page.more)[page.offset :]
        places = [place for group in groups for place in group]
        if page.sort == "relevance":
            scores = scores[places]
        else:
            scores = scorer.scores(query, passages[places])
        articles = np.searchsorted(firsts, places, side="right") - 1
        in_article = np.diff(firsts, append=len(passages))[articles]
        rows = zip(passages[places].tolist(), scores.tolist(), in_article.tolist(), strict=True)
        return _Selection(list(map(len, groups)), list(rows), len(firsts))

    def _matches(self, selection: _Selection) -> Iterator[Match]:
        rows = iter(selection.rows)
        for size in selection.sizes:
            best, *others = (
                Match(self._columns.passage_id(passage), score, in_article)
                for passage, score, in_article in islice(rows, size)
            )
            yield replace(best, more=tuple(others))


class _Selection(NamedTuple):
    """The passages of a page.

    ``sizes`` are the numbers of passages of its groups. ``rows`` has for each passage its number,
    its score and the number of matches in its article; ``articles`` is the number of all articles
    that match.
    """

    sizes: Sequence[int]
    rows: Sequence[tuple[int, float, int]]
    articles: int


def _groups(keys: Floats | Numbers, firsts: Numbers, count: int, size: int) -> list[list[int]]:
    """Return the first ``count`` groups by their smallest key.

    Of each group, the indexes of its ``size`` smallest keys are returned in order. ``firsts`` are
    the indexes at which groups begin.
    """
    if not len(firsts):
        return []
    ends = np.append(firsts[1:], len(keys))
    best = smallest(np.minimum.reduceat(keys, firsts), count)
    bounds = zip(firsts[best].tolist(), ends[best].tolist(), strict=True)
    return [(first + smallest(keys[first:end], size)).tolist() for first, end in bounds]
