"""Chooses the matches of a page, and the first ones of other contexts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import NamedTuple

import numpy as np

from indexer.budget import check_time
from indexer.engines.whoosh.columns import Columns, Mask, Numbers, smallest
from indexer.engines.whoosh.contexts import ContextMasks, places_of
from indexer.engines.whoosh.scoring import Floats
from indexer.records import Context, Match, Page
from indexer.scopes import CONTEXTS, contexts_of


class Found(NamedTuple):
    """The matches of a query by context, and the function that scores some of them."""

    masks: ContextMasks
    scores: Callable[[Numbers], Floats]


class Pager:
    """Fetches pages of matches, which are numbers of passages in order."""

    def __init__(self, columns: Columns, dated: Mask) -> None:
        self._columns = columns
        self._dated = dated

    @cached_property
    def _minutes(self) -> Numbers:
        return self._columns.minutes()

    def page(self, passages: Numbers, found: Found, page: Page) -> tuple[Match, ...]:
        """Return a page of some of the matches."""
        if not page.limit or not len(passages):
            return ()
        check_time()
        keys = self._keys(passages, found, page)
        firsts = self.firsts(passages)
        end = page.offset + page.limit
        if page.group == "none":
            groups = smallest(keys, end)[page.offset :].reshape(-1, 1).tolist()
        else:
            groups = _groups(keys, firsts, slice(page.offset, end), 1 + page.more)
        places = np.array([place for group in groups for place in group], np.int64)
        articles = np.searchsorted(firsts, places, side="right") - 1
        in_article = np.diff(firsts, append=len(passages))[articles]
        matches = self._matches(passages[places], found, in_article)
        return tuple(_grouped(matches, list(map(len, groups))))

    def others(self, found: Found, page: Page) -> dict[Context, tuple[Match, ...]]:
        """Return the best of the first articles in each context outside the scope of a page."""
        shown = contexts_of(page.scope)
        others = Page(page.sort, limit=page.others, group="article", more=0)
        return {
            context: matches
            for context, mask in found.masks.items()
            if context not in shown and page.others
            if (matches := self.page(np.flatnonzero(mask), found, others))
        }

    def firsts(self, passages: Numbers) -> Numbers:
        """Return the indexes at which the passages of another article begin."""
        return np.flatnonzero(np.diff(self._columns["article"][passages], prepend=-1))

    def _keys(self, passages: Numbers, found: Found, page: Page) -> Floats | Numbers:
        """Return the keys that passages are sorted by, smallest first."""
        if page.sort == "relevance":
            scores = found.scores(passages)
            if page.scope != "all" or len(found.masks) == 1:
                return -scores
            in_order: Floats = places_of(found.masks, passages) * (1 + scores.max()) - scores
            return in_order
        minutes = self._minutes[passages] * (1 if page.sort == "oldest" else -1)
        keys: Numbers = np.where(self._dated[passages], minutes, np.iinfo(np.int64).max)
        return keys

    def _matches(self, passages: Numbers, found: Found, in_article: Numbers) -> Iterator[Match]:
        contexts = places_of(found.masks, passages).tolist()
        scores = found.scores(passages).tolist()
        ids = self._columns.passage_ids(passages)
        rows = zip(ids, scores, in_article.tolist(), contexts, strict=True)
        for passage_id, score, in_its_article, context in rows:
            yield Match(passage_id, score, in_its_article, context=CONTEXTS[context])


def _grouped(matches: Iterator[Match], sizes: Sequence[int]) -> Iterator[Match]:
    """Join the matches of each group. ``sizes`` are the numbers of their matches."""
    for size in sizes:
        best, *others = islice(matches, size)
        yield replace(best, more=tuple(others)) if others else best


def _groups(keys: Floats | Numbers, firsts: Numbers, window: slice, size: int) -> list[list[int]]:
    """Return the groups of a window, in the order of their smallest keys.

    Of each group, the indexes of its ``size`` smallest keys are returned in order. ``firsts`` are
    the indexes at which groups begin.
    """
    ends = np.append(firsts[1:], len(keys))
    best = smallest(np.minimum.reduceat(keys, firsts), window.stop)[window.start :]
    bounds = zip(firsts[best].tolist(), ends[best].tolist(), strict=True)
    return [(first + smallest(keys[first:end], size)).tolist() for first, end in bounds]
