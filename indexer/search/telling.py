"""The words that set one speaker apart from everybody else in the corpus."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from indexer.text.analysis import tokens

_LEAST_PASSAGES = 2
_SURE = 1.96
"""How many standard deviations a word must stand out by: by chance, one in forty does."""

_COMMON = 1 / 400
_SMALL = 4_000
"""How often a word of the corpus may stand to tell anything ("but", "you"), and the size in words
below which that says nothing: a word of a short text is soon one in four hundred."""


@dataclass(frozen=True, slots=True)
class TellingWord:
    """A word, in how many of the speaker's passages it stands, and how sure it is that the speaker
    says it more than others: the z-score of its log-odds ratio."""

    word: str
    passages: int
    score: float


def telling_words(
    texts: Iterable[str], in_corpus: Callable[[str], int], corpus_words: int, limit: int = 12
) -> tuple[TellingWord, ...]:
    """The most telling words of these texts, the surest first; of one stem only the commonest form.

    Log-odds ratios with an informative Dirichlet prior, by how sure they are: Monroe, Colaresi and
    Quinn, "Fightin' Words", Political Analysis 16 (2008). The prior is the whole corpus, in which
    ``in_corpus`` counts a word. Words of fewer than three letters, words with digits, words of one
    passage only and words that everybody says all the time do not count.
    """
    most = _COMMON * corpus_words if corpus_words > _SMALL else math.inf
    said: Counter[str] = Counter()
    passages: Counter[str] = Counter()
    stems: dict[str, str] = {}
    for text in texts:
        words = [(token.form, token.term) for token in tokens(text)]
        said.update(form for form, _ in words)
        passages.update({form for form, _ in words})
        stems.update(words)
    total = said.total()
    found = [
        TellingWord(form, passages[form], _score(count, total, in_corpus(form), corpus_words))
        for form, count in said.items()
        if passages[form] >= _LEAST_PASSAGES
        and len(form) > 2
        and form.isalpha()
        and in_corpus(form) <= most
    ]
    best: dict[str, TellingWord] = {}
    for one in sorted(found, key=lambda one: (-one.score, one.word)):
        if one.score > _SURE:
            best.setdefault(stems[one.word], one)
    return tuple(best.values())[:limit]


def _score(own: int, own_total: int, everywhere: int, total: int) -> float:
    everywhere, total = max(everywhere, own), max(total, own_total + 1)
    prior, prior_total = float(everywhere), float(total)
    # The prior weighs no more than what was said, or it would drown whoever said little.
    scale = min(1.0, own_total / prior_total)
    prior, prior_total = prior * scale, prior_total * scale
    rest, rest_total = everywhere - own, total - own_total
    own_odds = (own + prior) / max(own_total + prior_total - own - prior, 1e-9)
    rest_odds = (rest + prior) / max(rest_total + prior_total - rest - prior, 1e-9)
    difference = math.log(own_odds) - math.log(rest_odds)
    return difference / math.sqrt(1 / (own + prior) + 1 / (rest + prior))
