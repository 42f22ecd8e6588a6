"""Queries for words and phrases, weighted as `indexer.ranking` weights them.

Tantivy multiplies by the idf once. The weights multiply by it again, and use the idf of a word in
any field where Tantivy uses that of one field.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias

from tantivy import Query as TantivyQuery
from tantivy import Schema, Searcher

from indexer.engines.tantivy.combining import NOTHING, any_of
from indexer.records import FIELDS, Stems
from indexer.text.pairs import is_unspaced
from indexer.text.stemming import key_of

FORMS = {field: f"{field}_forms" for field in FIELDS}
"""The fields of forms, by the fields of stems."""

_MAX_WORD_LENGTH = 250
"""Characters of the longest words that are indexed as they are, far below Tantivy's limit of 65,530
bytes. A longer word is indexed by its digest."""

_CACHED_WORDS = 50_000
"""Words of queries that are kept with their weights."""


Places: TypeAlias = Sequence[tuple[int, Stems]]
"""Words at places relative to each other."""


def indexed_word(word: str) -> str:
    """Return a word as it is indexed."""
    return word if len(word) <= _MAX_WORD_LENGTH else hashlib.sha256(word.encode()).hexdigest()


def indexed_words(words: str) -> str:
    """Return words as they are indexed, separated by single spaces like the given ones."""
    at, length = 0, len(words)
    while length - at > _MAX_WORD_LENGTH:
        space = words.rfind(" ", at, at + _MAX_WORD_LENGTH + 1)
        if space < 0:
            return " ".join(map(indexed_word, words.split(" ")))
        at = space + 1
    return words


class WordQueries:
    """Queries for the words of one index."""

    def __init__(self, schema: Schema, searcher: Searcher) -> None:
        self._schema = schema
        self._searcher = searcher
        self._passages = searcher.num_docs
        self._idf = lru_cache(maxsize=_CACHED_WORDS)(self._compute_idf)
        self.term = lru_cache(maxsize=_CACHED_WORDS)(self._term)
        self.form = lru_cache(maxsize=_CACHED_WORDS)(self._form)

    def phrase(self, field: str, words: Sequence[Stems]) -> TantivyQuery:
        """Match words that are next to each other in a field."""
        if not words:
            return NOTHING
        if len(words) == 1:
            return self.term(field, words[0])
        return self.placed(field, list(enumerate(words)))

    def placed(self, field: str, placed_words: Places, slop: int = 0) -> TantivyQuery:
        """Match words at certain places relative to each other."""
        places = [(place, self._present(field, stems)) for place, stems in placed_words]
        queries = [self._phrase(field, own, slop) for own in _by_language(places)]
        weight = sum(self._idf(field, stems) for _, stems in places)
        return TantivyQuery.boost_query(any_of(queries), weight) if queries else NOTHING

    def _phrase(self, field: str, places: Places, slop: int) -> TantivyQuery:
        if all(len(stems) == 1 for _, stems in places):
            words = [(place, stem) for place, (stem,) in places]
            return TantivyQuery.phrase_query(self._schema, field, [*words], slop)
        patterns = [(place, "|".join(map(re.escape, stems))) for place, stems in places]
        return TantivyQuery.regex_phrase_query(self._schema, field, [*patterns], slop)

    def _present(self, field: str, stems: Stems) -> Stems:
        """Return the stems that the field has, as they are indexed."""
        if len(stems) == 1:
            return (indexed_word(stems[0]),)
        return tuple(stem for stem in map(indexed_word, stems) if self._matching(field, stem))

    def _term(self, field: str, stems: Stems) -> TantivyQuery:
        """Match a word in a field."""
        return self._weighted(field, stems, FIELDS)

    def _form(self, field: str, form: str) -> TantivyQuery:
        """Match an unstemmed form in a field."""
        return self._weighted(FORMS[field], (form,), tuple(FORMS.values()))

    def _weighted(self, indexed_field: str, stems: Stems, fields: Sequence[str]) -> TantivyQuery:
        stems = tuple(map(indexed_word, stems))
        idf = min(self._idf(field, stems) for field in fields)
        queries = [
            TantivyQuery.boost_query(
                TantivyQuery.term_query(self._schema, indexed_field, stem, "freq"),
                idf**2 / self._idf(indexed_field, (stem,)),
            )
            for stem in (self._present(indexed_field, stems) or stems[:1])
        ]
        return any_of(queries)

    def _compute_idf(self, indexed_field: str, stems: Stems) -> float:
        """Return the idf of a word in a field, as Tantivy computes it."""
        matching = sum(self._matching(indexed_field, stem) for stem in stems)
        return math.log(1 + (max(0, self._passages - matching) + 0.5) / (matching + 0.5))

    def _matching(self, indexed_field: str, stem: str) -> int:
        found: int = self._searcher.doc_freq(indexed_field, stem)
        return found


def _by_language(places: Places) -> Iterator[Places]:
    """Yield the words of a phrase in each language that has all of them.

    A phrase of a single stem at each place is found ten times faster than one of several.
    """
    for key in {key_of(stem) for _, stems in places for stem in stems}:
        own = [
            (place, tuple(stem for stem in stems if key_of(stem) == key or is_unspaced(stem)))
            for place, stems in places
        ]
        if all(stems for _, stems in own):
            yield own
