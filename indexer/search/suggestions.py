"""Searches worth trying on the corpus at hand, for those who do not know it yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise

from indexer.text.analysis import tokens

_LETTERS = 5
_TRIED = 12


def suggestions(
    titles: Iterable[str], speakers: Iterable[str], total: Callable[[str], int], passages: int
) -> tuple[str, ...]:
    """Three different searches, fewer only if the titles hold no words; each finds something.

    ``total`` tells how many of the ``passages`` a query finds.
    """

    def telling(queries: Iterable[str]) -> Iterator[str]:
        return (query for query in queries if 0 < total(query) <= max(3, passages // 3))

    words = [_words(title) for title in titles]
    pairs = _most_common(f"{one} {other}" for title in words for one, other in _pairs(title))
    phrases = _most_common(f'"{one} {other}"' for title in words for one, other in _couples(title))
    voices = (f'speaker:"{name}"' for name in speakers if '"' not in name)
    singles = telling(_most_common(word for title in words for word in title if word))
    kinds = (telling(pairs), telling(phrases), (voice for voice in voices if total(voice)))
    found = [query for kind in kinds if (query := next(kind, None))]
    return tuple(islice(chain(found, singles), 3))


def _words(title: str) -> list[str | None]:
    """The words of a title, with ``None`` for one too short to tell much."""
    forms = (token.form for token in tokens(title))
    return [form if len(form) >= _LETTERS and form.isalpha() else None for form in forms]


def _pairs(title: Sequence[str | None]) -> Iterator[tuple[str, str]]:
    """Words of a title that do not follow one another."""
    for place, one in enumerate(title):
        for other in title[place + 2 :]:
            if one and other and one != other:
                yield one, other


def _couples(title: Sequence[str | None]) -> Iterator[tuple[str, str]]:
    for one, other in pairwise(title):
        if one and other:
            yield one, other


def _most_common(queries: Iterable[str]) -> list[str]:
    return [query for query, _ in Counter(queries).most_common(_TRIED)]
