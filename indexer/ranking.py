"""Scores of passages: BM25F, the same in every engine.

BM25F (Robertson, Zaragoza and Taylor, "Simple BM25 Extension to Multiple Weighted Fields", CIKM
2004; one length normalisation a field: Zaragoza et al., TREC-13, 2004) first adds up the counts of
a word in the fields of a passage, then saturates once::

    frequency = sum over fields of  WEIGHTS[f] * count(f) / (1 - B[f] + B[f] * length(f) / mean(f))
    score     = idf ** 2 * frequency / (K1 + frequency)
    idf       = ln(1 + (N - n + 0.5) / (n + 0.5))

``idf`` is squared, once for the passage and once for the query (Salton and Buckley, "Term-weighting
approaches in automatic text retrieval", IPM 1988), so that the rare words of a whole sentence
decide.

``count`` is the number of occurrences of the word or phrase in the field, ``length`` the number of
words of the field, ``mean`` the mean length over all passages of the index, with or without that
field. ``N`` is the number of passages, ``n`` the number of those that match in any field of the
query. A word that is looked up in some fields counts in those alone.

The score of a word is raised by its occurrences in the whole article, also for passages that match
by other words::

    times = count in the article's texts / (1 - ARTICLE_B + ARTICLE_B * words / mean words)
    score = ARTICLE * idf ** 2 * times / (K1 + times)

``And``, ``Or`` and ``MostOf`` add the scores of the parts that match, ``Preferring`` the scores in
what it prefers; everything else scores 0.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

WEIGHTS = {"text": 1.0, "question": 0.5, "title": 0.5}
"""Weights of the fields. Titles and questions are repeated from passage to passage, so they weigh
less."""

B = {"text": 0.75, "question": 0.5, "title": 0.3}
"""Length normalisation of each field, from 0 (none) to 1 (in proportion)."""

ARTICLE = 0.3
"""Weight of the occurrences in the article around a passage."""

ARTICLE_B = 0.75
"""Length normalisation of articles, from 0 to 1."""

K1 = 1.2
"""Saturation: the lower, the less repeating a word counts."""

DECIMALS = 6
"""Decimal places of scores. Rounding makes equal scores ties in whichever order they were added."""


def rarity(passages: int, matching: int) -> float:
    """Return the squared idf of a word that ``matching`` of ``passages`` have; never negative."""
    idf = math.log(1 + (passages - matching + 0.5) / (matching + 0.5))
    return idf * idf


def most_frequent(counts: Mapping[str, int], limit: int) -> dict[str, int]:
    """Return the ``limit`` most frequent values with their counts, ties in alphabetical order."""
    items = list(counts.items())
    if 0 < limit < len(items):
        # Few are left to sort by two keys, which takes longer.
        least = sorted(counts.values(), reverse=True)[limit - 1]
        items = [item for item in items if item[1] >= least]
    return dict(sorted(items, key=lambda item: (-item[1], item[0]))[:limit])
