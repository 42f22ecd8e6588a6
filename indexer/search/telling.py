"""Finds the words that set one speaker apart from the rest of the corpus.

Words are ranked by their log-odds ratio with an informative Dirichlet prior, divided by its
standard deviation: Monroe, Colaresi and Quinn, "Fightin' Words", Political Analysis 16 (2008). The
prior is the whole corpus.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from indexer.text.analysis import terms_and_forms

_MIN_PASSAGES = 2
_MIN_LETTERS = 3

_MIN_SCORE = 1.96
"""The smallest z-score of a telling word. By chance one word in forty reaches it."""

_MAX_FREQUENCY = 1 / 400
"""The largest share of the corpus that a telling word may have; "but" and "you" have more."""

_SMALL_CORPUS = 4_000
"""The size in words up to which every share counts: in a short text each word soon has 1/400."""


@dataclass(frozen=True, slots=True)
class TellingWord:
    """A word with the number of the speaker's passages that have it, and its z-score."""

    word: str
    passages: int
    score: float


def telling_words(
    texts: Iterable[str], in_corpus: Callable[[str], int], corpus_words: int, limit: int = 12
) -> tuple[TellingWord, ...]:
    """Return the most telling words of a speaker's texts, highest score first.

    ``in_corpus`` returns the frequency of a word in the corpus, which has ``corpus_words`` words.
    Of several forms of one stem, the best is returned. Short words, words with digits, words of a
    single passage and frequent words are left out.
    """
    max_frequency = _MAX_FREQUENCY * corpus_words if corpus_words > _SMALL_CORPUS else math.inf
    counts: Counter[str] = Counter()
    passages: Counter[str] = Counter()
    stems: dict[str, str] = {}
    for text in texts:
        terms, forms = terms_and_forms(text)
        words = list(zip(forms.split(), terms.split(), strict=True))
        counts.update(form for form, _ in words)
        passages.update({form for form, _ in words})
        stems.update(words)
    total = counts.total()
    scored = [
        TellingWord(form, passages[form], _score(count, total, in_corpus(form), corpus_words))
        for form, count in counts.items()
        if passages[form] >= _MIN_PASSAGES
        and len(form) >= _MIN_LETTERS
        and form.isalpha()
        and in_corpus(form) <= max_frequency
    ]
    best: dict[str, TellingWord] = {}
    for one in sorted(scored, key=lambda one: (-one.score, one.word)):
        if one.score > _MIN_SCORE:
            best.setdefault(stems[one.word], one)
    return tuple(best.values())[:limit]


def _score(own: int, own_total: int, corpus: int, corpus_total: int) -> float:
    """Return the z-score of a word's log-odds ratio between the speaker and the others."""
    corpus, corpus_total = max(corpus, own), max(corpus_total, own_total + 1)
    # The prior weighs no more than the speaker's words, or it would drown those of few words.
    scale = min(1.0, own_total / corpus_total)
    prior, prior_total = corpus * scale, corpus_total * scale
    rest, rest_total = corpus - own, corpus_total - own_total
    own_odds = (own + prior) / max(own_total + prior_total - own - prior, 1e-9)
    rest_odds = (rest + prior) / max(rest_total + prior_total - rest - prior, 1e-9)
    difference = math.log(own_odds) - math.log(rest_odds)
    return difference / math.sqrt(1 / (own + prior) + 1 / (rest + prior))
