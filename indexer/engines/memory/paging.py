"""The order of matches, and pages of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import indexer.text.periods as periods
from indexer.records import Context, Match, Page, Passage, Sort
from indexer.scopes import CONTEXTS, contexts_of


@dataclass(frozen=True, slots=True)
class Ranking:
    """The order of matches. ``scores`` and ``contexts`` are by passage id."""

    scores: Mapping[str, float]
    contexts: Mapping[str, Context]
    sort: Sort

    def key(self, passage: Passage) -> tuple[float, float]:
        """Return the key of a passage. Ties keep the order of articles and positions."""
        if self.sort == "relevance":
            return CONTEXTS.index(self.contexts[passage.id]), -self.scores[passage.id]
        if passage.published is None:
            return 1, 0
        minute = periods.minute(passage.published)
        return 0, minute if self.sort == "oldest" else -minute

    def page(self, passages: Sequence[Passage], page: Page) -> tuple[Match, ...]:
        """Return one page: passages, or the first passage of each article with its next ones."""
        by_article: dict[str, list[Passage]] = defaultdict(list)
        for passage in passages:
            by_article[passage.article_id].append(passage)

        def match(passage: Passage, more: Sequence[Passage] = ()) -> Match:
            in_article = len(by_article[passage.article_id])
            others, context = tuple(map(match, more)), self.contexts[passage.id]
            return Match(passage.id, self.scores[passage.id], in_article, others, context)

        window = slice(page.offset, page.offset + page.limit)
        if page.group == "article":
            groups = list(by_article.values())[window]
            return tuple(match(first, more[: page.more]) for first, *more in groups)
        return tuple(match(passage) for passage in passages[window])

    def others(self, passages: Sequence[Passage], page: Page) -> dict[Context, tuple[Match, ...]]:
        """Return the best of the first articles in each context outside the scope of a page."""
        first: dict[Context, tuple[Match, ...]] = {}
        for context in CONTEXTS:
            own = [one for one in passages if self.contexts[one.id] == context]
            if own and page.others and context not in contexts_of(page.scope):
                first[context] = self.page(own, Page(limit=page.others, group="article", more=0))
        return first
