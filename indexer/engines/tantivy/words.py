"""Queries for words and phrases, weighted as `indexer.ranking` weights them.

Tantivy multiplies by the idf once. The weights multiply by it again, and use the idf of a word in
any field where Tantivy uses that of one field.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from functools import lru_cache

from tantivy import Query as TantivyQuery
from tantivy import Schema, Searcher

from indexer.engines.tantivy.combining import NOTHING
from indexer.records import FIELDS

FORMS = {field: f"{field}_forms" for field in FIELDS}
"""The fields of forms, by the fields of stems."""

_MAX_WORD_LENGTH = 250
"""Characters of the longest words that are indexed as they are, far below Tantivy's limit of 65,530
bytes. A longer word is indexed by its digest."""

_CACHED_WORDS = 50_000
"""Words of queries that are kept with their weights."""


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

    def phrase(self, field: str, terms: Sequence[str]) -> TantivyQuery:
        """Match stems that are next to each other in a field."""
        if not terms:
            return NOTHING
        if len(terms) == 1:
            return self.term(field, terms[0])
        return self.placed(field, list(enumerate(terms)))

    def placed(
        self, field: str, placed_terms: Sequence[tuple[int, str]], slop: int = 0
    ) -> TantivyQuery:
        """Match stems at certain places relative to each other."""
        places = [(place, indexed_word(term)) for place, term in placed_terms]
        query = TantivyQuery.phrase_query(self._schema, field, [*places], slop)
        return TantivyQuery.boost_query(query, sum(self._idf(field, word) for _, word in places))

    def _term(self, field: str, term: str) -> TantivyQuery:
        """Match a stem in a field."""
        return self._weighted(field, term, FIELDS)

    def _form(self, field: str, form: str) -> TantivyQuery:
        """Match an unstemmed form in a field."""
        return self._weighted(FORMS[field], form, tuple(FORMS.values()))

    def _weighted(self, indexed_field: str, word: str, fields: Sequence[str]) -> TantivyQuery:
        word = indexed_word(word)
        query = TantivyQuery.term_query(self._schema, indexed_field, word, "freq")
        idf = min(self._idf(field, word) for field in fields)
        return TantivyQuery.boost_query(query, idf**2 / self._idf(indexed_field, word))

    def _compute_idf(self, indexed_field: str, word: str) -> float:
        """Return the idf of a word in a field, as Tantivy computes it."""
        matching = self._searcher.doc_freq(indexed_field, word)
        return math.log(1 + (max(0, self._passages - matching) + 0.5) / (matching + 0.5))
