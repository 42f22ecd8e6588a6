"""Suggests searches to readers who do not know the corpus yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise

from indexer.text.analysis import tokens

_MIN_LETTERS = 5
"""Letters of the shortest word of a title that is suggested."""

_MAX_CANDIDATES = 12
"""Candidates of each kind that are tried."""

_SUGGESTIONS = 3


def suggestions(
    titles: Iterable[str], speakers: Iterable[str], total: Callable[[str], int], passages: int
) -> tuple[str, ...]:
    """Return three different searches that match; fewer only if the titles hold no words.

    ``total`` returns the number of passages that match a query, out of ``passages``.
    """

    def selective(queries: Iterable[str]) -> Iterator[str]:
        return (query for query in queries if 0 < total(query) <= max(3, passages // 3))

    words = [_words(title) for title in titles]
    pairs = _most_common(f"{one} {other}" for title in words for one, other in _pairs(title))
    phrases = _most_common(f'"{one} {other}"' for title in words for one, other in _adjacent(title))
    voices = (f'speaker:"{name}"' for name in speakers if '"' not in name)
    singles = selective(_most_common(word for title in words for word in title if word))
    kinds = (selective(pairs), selective(phrases), (voice for voice in voices if total(voice)))
    first = [query for kind in kinds if (query := next(kind, None))]
    return tuple(islice(chain(first, singles), _SUGGESTIONS))


def _words(title: str) -> list[str | None]:
    """Return the words of a title, with ``None`` in place of short ones."""
    forms = (token.form for token in tokens(title))
    return [form if len(form) >= _MIN_LETTERS and form.isalpha() else None for form in forms]


def _pairs(title: Sequence[str | None]) -> Iterator[tuple[str, str]]:
    """Return the pairs of words that are not adjacent."""
    for place, one in enumerate(title):
        for other in title[place + 2 :]:
            if one and other and one != other:
                yield one, other


def _adjacent(title: Sequence[str | None]) -> Iterator[tuple[str, str]]:
    for one, other in pairwise(title):
        if one and other:
            yield one, other


def _most_common(queries: Iterable[str]) -> list[str]:
    return [query for query, _ in Counter(queries).most_common(_MAX_CANDIDATES)]
