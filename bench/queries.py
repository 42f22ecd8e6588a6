"""Searches for benchmarks, drawn from an index: always the same for the same corpus."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from indexer import Index, SearchRequest
from indexer.text.analysis import tokens

_SEED = 20
_SAMPLED_PAGES = 50
_PAGE = 100
_RARE, _COMMON = (0.0005, 0.003), (0.03, 0.3)
"""Least and greatest share of the passages that have a word."""


def draw(index: Index, count: int) -> dict[str, list[SearchRequest]]:
    """Draw ``count`` searches of each kind, by the name of the kind.

    Rare words are in 0.05 to 0.3 % of the passages of a sample, common words in 3 to 30 %. Phrases
    are two words that follow each other in several passages.
    """
    texts = _sample(index)
    words, phrases = _frequencies(texts)
    rare, common = (_between(words, len(texts), *shares) for shares in (_RARE, _COMMON))
    frequent = _between(phrases, len(texts), *_RARE)
    speakers = [value.value for value in index.search(SearchRequest()).facets["speaker"][:20]]
    choose = random.Random(_SEED)
    kinds: dict[str, Callable[[], SearchRequest]] = {
        "rare word": lambda: SearchRequest(choose.choice(rare)),
        "common word": lambda: SearchRequest(choose.choice(common)),
        "OR of three": lambda: SearchRequest(" OR ".join(choose.sample(common, 3))),
        "AND of two": lambda: SearchRequest(" ".join(choose.sample(common, 2))),
        "phrase": lambda: SearchRequest(f'"{choose.choice(frequent)}"'),
        "speaker filter": lambda: SearchRequest(
            choose.choice(common), speakers=(choose.choice(speakers),)
        ),
    }
    if not speakers:
        del kinds["speaker filter"]
    return {kind: [request() for _ in range(count)] for kind, request in kinds.items()}


def _sample(index: Index) -> list[str]:
    """Take texts of passages from all parts of the index."""
    step = max(_PAGE, index.info.passages // _SAMPLED_PAGES)
    return [
        hit.passage.text
        for offset in range(0, index.info.passages, step)
        for hit in index.search(SearchRequest(offset=offset, limit=_PAGE)).hits
    ]


def _frequencies(texts: Sequence[str]) -> tuple[Counter[str], Counter[str]]:
    """Count the texts with each word, and with each pair of words in a row."""
    words: Counter[str] = Counter()
    phrases: Counter[str] = Counter()
    for text in texts:
        forms = [token.form for token in tokens(text)]
        words.update({form for form in forms if form.isalpha()})
        phrases.update({" ".join(pair) for pair in pairwise(forms) if "".join(pair).isalpha()})
    return words, phrases


def _between(counts: Counter[str], texts: int, least: float, most: float) -> list[str]:
    """Return keys in at least two texts and within a share of them, or all keys if too few are."""
    keys = [key for key, count in counts.items() if count >= 2 and least <= count / texts <= most]
    return sorted(keys if len(keys) > 2 else counts)
