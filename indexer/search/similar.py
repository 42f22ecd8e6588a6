"""Finds passages of other articles that are about the same as a given one."""

from __future__ import annotations

import math
from collections import Counter

from indexer.engines import Searcher
from indexer.records import Match, MostOf, Passage, Query, Term
from indexer.search.resolver import IndexResolver
from indexer.text.analysis import tokens

_MAX_TERMS = 25
"""Words of a passage that are searched for, rarest first."""

_REQUIRED_SHARE = 1 / 4
"""The share of these words that a similar passage has at least."""

_HITS_PER_ARTICLE = 8
"""Hits to fetch for each article that is wanted, as several are often of one article."""


def similarity_query(passage: Passage, resolver: IndexResolver, passages: int) -> MostOf:
    """Return a query for the most telling words of a passage, in an index of ``passages``."""
    text = f"{passage.question or ''} {passage.text}"
    words = list(tokens(text, passage.language))
    counts = Counter((token.term, token.form) for token in words)
    printed = {(token.term, token.form): text[token.start : token.end] for token in words}

    def weight(word: tuple[str, str]) -> float:
        idf = math.log1p(passages / (resolver.vocabulary.count(word[1]) + 0.5))
        return counts[word] * idf * idf

    best = sorted(counts, key=weight, reverse=True)[:_MAX_TERMS]
    terms = tuple(map(Term, dict.fromkeys(resolver.stems(printed[word]) for word in best)))
    return MostOf(terms, max(1, int(len(terms) * _REQUIRED_SHARE)))


def best_of_other_articles(
    searcher: Searcher, query: Query, article_id: str, limit: int
) -> list[Match]:
    """Return the best match of each other article, best first."""
    fetched = _HITS_PER_ARTICLE * limit
    while True:
        matches = searcher.best(query, fetched)
        by_article = {one.id.rpartition("#")[0]: one for one in reversed(matches)}
        by_article.pop(article_id, None)
        if len(by_article) >= limit or len(matches) < fetched:
            return sorted(by_article.values(), key=matches.index)[:limit]
        fetched *= _HITS_PER_ARTICLE
