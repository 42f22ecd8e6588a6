"""Other rankings of the same texts, with their titles.

Both drop the stop words of bm25s and stem, as these settings give their best figures here.
"""

from __future__ import annotations

import importlib
import re
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

import Stemmer

from bench.relevance.measures import DEEP
from indexer.records import Passage

Ranker = Callable[[str], Sequence[str]]
"""Ranks passages for a query: ids, best first, at most `DEEP`."""

_WORD = re.compile(r"\w+")


def others(passages: Sequence[Passage]) -> dict[str, Ranker]:
    """Index with bm25s, stemmed and not, and with FTS5. Raises `ImportError` without bm25s."""
    bm25s = importlib.import_module("bm25s")
    stopwords = frozenset(importlib.import_module("bm25s.stopwords").STOPWORDS_EN)
    return {
        "bm25s, stemmed": _bm25s(bm25s, passages, Stemmer.Stemmer("english")),
        "bm25s": _bm25s(bm25s, passages, None),
        "SQLite FTS5": fts5(passages, stopwords),
    }


def _bm25s(bm25s: Any, passages: Sequence[Passage], stemmer: Stemmer.Stemmer | None) -> Ranker:
    def words(texts: list[str]) -> Any:
        return bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False)

    index = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
    index.index(words([_text(passage) for passage in passages]), show_progress=False)

    def rank(query: str) -> list[str]:
        count = min(DEEP, len(passages))
        places, scores = index.retrieve(words([query]), k=count, show_progress=False)
        return [
            passages[place].id for place, score in zip(places[0], scores[0], strict=True) if score
        ]

    return rank


def fts5(passages: Sequence[Passage], stopwords: frozenset[str]) -> Ranker:
    """Index with the full-text search of SQLite, its Porter stemmer and ``bm25()``."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE passages USING fts5 (id UNINDEXED, text, tokenize = 'porter')")
    db.executemany("INSERT INTO passages VALUES (?, ?)", ((p.id, _text(p)) for p in passages))

    def rank(query: str) -> list[str]:
        words = dict.fromkeys(_WORD.findall(query.lower()))
        match = " OR ".join(f'"{word}"' for word in words if word not in stopwords)
        rows = db.execute(
            "SELECT id FROM passages WHERE passages MATCH ? ORDER BY bm25(passages) LIMIT ?",
            [match or '""', DEEP],
        )
        return [passage_id for (passage_id,) in rows]

    return rank


def _text(passage: Passage) -> str:
    return f"{passage.title} {passage.text}"
