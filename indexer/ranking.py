"""How passages are ranked: BM25F, the same in every engine.

BM25F (Robertson, Zaragoza and Taylor, "Simple BM25 Extension to Multiple Weighted Fields", CIKM
2004; one length normalisation a field: Zaragoza et al., TREC-13, 2004) first adds up how often a
passage has a word, field by field, then saturates once::

    frequency = sum over fields of  WEIGHTS[f] * count(f) / (1 - B[f] + B[f] * length(f) / mean(f))
    score     = idf ** 2 * frequency / (K1 + frequency)
    idf       = ln(1 + (N - n + 0.5) / (n + 0.5))

``idf`` counts twice, once for the passage and once for the query (Salton and Buckley, "Term-
weighting approaches in automatic text retrieval", IPM 1988): of a whole sentence, the rare words
decide.

``count`` is how often the word or phrase stands in the field, ``length`` the field's words,
``mean`` the mean length over all passages of the index, with or without that field; ``N`` is the
number of passages and ``n`` how many of them have the word in any of the fields asked for. A word
asked for in some fields only counts in those.

To the score of a word comes what the article says of it, in all its passages together, also for
those passages that are found by other words::

    times     = count in the article's texts / (1 - ARTICLE_B + ARTICLE_B * words / mean words)
    evidence  = ARTICLE * idf ** 2 * times / (K1 + times)

``And``, ``Or`` and ``MostOf`` add the scores of those parts that match, ``Preferring`` what it
prefers; everything else scores 0.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

WEIGHTS = {"text": 1.0, "question": 0.5, "title": 0.5}
"""What was said counts most: titles and questions repeat from passage to passage."""

B = {"text": 0.75, "question": 0.5, "title": 0.3}
"""How much a long field is held against a passage: 0 not at all, 1 in proportion."""

ARTICLE, ARTICLE_B = 0.3, 0.75
"""How much the article around a passage counts beside it, and its length against it."""

K1 = 1.2
"""How fast repeating a word stops to count."""

DECIMALS = 6
"""Scores are rounded to this, so that equal ones are ties whatever the order of adding."""


def rarity(passages: int, matching: int) -> float:
    """The weight of a word that ``matching`` of ``passages`` have; never negative."""
    idf = math.log(1 + (passages - matching + 0.5) / (matching + 0.5))
    return idf * idf


def most_frequent(counts: Mapping[str, int], limit: int) -> dict[str, int]:
    """Return the ``limit`` most frequent values with their counts, equal ones in their order."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit])
