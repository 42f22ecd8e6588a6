"""Other search libraries on the same passages, each used plainly: the ids of the ten best.

A rival is a row of `RIVALS`. One whose package is missing is left out.
"""

from __future__ import annotations

import importlib
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import Stemmer

from indexer import Index, Passage, SearchRequest

TOP = 10


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search in parts: its words, how they are joined, and a speaker's id if one is asked for."""

    kind: str
    words: tuple[str, ...]
    speaker: str | None = None


Search = Callable[[Wanted], Sequence[object] | None]
"""Gives what is found, ``None`` if a library cannot ask for it."""


@dataclass(frozen=True, slots=True)
class Rival:
    """A library that has indexed the passages: how long that took, how large it is on disk (0 if it
    keeps to memory), and how it is asked."""

    seconds: float
    size: int
    search: Search


def wanted(kind: str, request: SearchRequest) -> Wanted:
    """A search of `bench.queries` in parts."""
    words = [word for word in request.query.replace('"', "").split() if word != "OR"]
    return Wanted(kind, tuple(words), next(iter(request.speakers), None))


def passages(index: Index) -> Iterator[Passage]:
    """All passages of an index, article by article."""
    return index.every(SearchRequest(sort="oldest"))


def rivals(found: Sequence[Passage], scratch: Path) -> dict[str, Rival]:
    """Every rival that is installed, after it has indexed the passages."""
    built = {}
    for name, build in RIVALS.items():
        folder = scratch / build.__name__
        folder.mkdir()
        began = time.perf_counter()
        try:
            search = build(found, folder)
        except ImportError:
            continue
        seconds = time.perf_counter() - began
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        built[name] = Rival(seconds, size, search)
    return built


def _raw_tantivy(found: Sequence[Passage], folder: Path) -> Search:
    tantivy = importlib.import_module("tantivy")
    schema = (
        tantivy.SchemaBuilder()
        .add_text_field("text", tokenizer_name="en_stem")
        .add_text_field("speaker", tokenizer_name="raw", index_option="basic")
        .add_unsigned_field("number", stored=True)
        .build()
    )
    index = tantivy.Index(schema, str(folder))
    writer = index.writer(128_000_000, 1)
    for number, passage in enumerate(found):
        document = tantivy.Document(text=_text(passage), number=number)
        if passage.speaker_id:
            document.add_text("speaker", passage.speaker_id)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher, stemmer = index.searcher(), Stemmer.Stemmer("english")
    must, should = tantivy.Occur.Must, tantivy.Occur.Should

    def search(asked: Wanted) -> Sequence[object]:
        words = [stemmer.stemWord(word) for word in asked.words]
        if asked.kind == "phrase":
            query = tantivy.Query.phrase_query(schema, "text", words)
        else:
            join = should if asked.kind.startswith("OR") else must
            terms = [tantivy.Query.term_query(schema, "text", word) for word in words]
            query = tantivy.Query.boolean_query([(join, term) for term in terms])
        if asked.speaker:
            said = tantivy.Query.term_query(schema, "speaker", asked.speaker)
            query = tantivy.Query.boolean_query([(must, query), (must, said)])
        hits: Sequence[object] = searcher.search(query, TOP, count=False).hits
        return hits

    return search


def _fts5(found: Sequence[Passage], folder: Path) -> Search:
    db = sqlite3.connect(folder / "fts.sqlite")
    db.execute("CREATE VIRTUAL TABLE p USING fts5 (text, speaker UNINDEXED, tokenize = 'porter')")
    with db:
        rows = ((_text(passage), passage.speaker_id) for passage in found)
        db.executemany("INSERT INTO p VALUES (?, ?)", rows)

    def search(asked: Wanted) -> Sequence[object]:
        quoted = [f'"{word}"' for word in asked.words]
        joined = {"phrase": f'"{" ".join(asked.words)}"'}.get(
            asked.kind, (" OR " if asked.kind.startswith("OR") else " ").join(quoted)
        )
        said = " AND speaker = ?" if asked.speaker else ""
        values = [joined, *([asked.speaker] if asked.speaker else [])]
        with closing(
            db.execute(
                f"SELECT rowid FROM p WHERE p MATCH ?{said} ORDER BY rank LIMIT {TOP}", values
            )
        ) as cursor:
            return cursor.fetchall()

    return search


def _bm25s(found: Sequence[Passage], folder: Path) -> Search:
    bm25s = importlib.import_module("bm25s")
    stemmer = Stemmer.Stemmer("english")

    def words(texts: list[str]) -> Any:
        return bm25s.tokenize(texts, stopwords=None, stemmer=stemmer, show_progress=False)

    index, most = bm25s.BM25(), min(TOP, len(found))
    index.index(words([_text(passage) for passage in found]), show_progress=False)
    index.save(folder)

    def search(asked: Wanted) -> Sequence[object] | None:
        # It knows neither phrases nor filters, and takes any of the words.
        if asked.speaker or (len(asked.words) > 1 and not asked.kind.startswith("OR")):
            return None
        hits, _ = index.retrieve(words([" ".join(asked.words)]), k=most, show_progress=False)
        return list(hits[0])

    return search


def _plain_whoosh(found: Sequence[Passage], folder: Path) -> Search:
    fields, index_of = map(importlib.import_module, ("whoosh.fields", "whoosh.index"))
    analysis, queries = map(importlib.import_module, ("whoosh.analysis", "whoosh.query"))
    schema = fields.Schema(
        number=fields.STORED,
        speaker=fields.ID,
        text=fields.TEXT(analyzer=analysis.StemmingAnalyzer(stoplist=None)),
    )
    index = index_of.create_in(folder, schema)
    with index.writer(limitmb=256) as writer:
        for number, passage in enumerate(found):
            writer.add_document(
                number=number, speaker=passage.speaker_id or "", text=_text(passage)
            )
    searcher, stem = index.searcher(), analysis.StemmingAnalyzer(stoplist=None)

    def search(asked: Wanted) -> Sequence[object]:
        stems = [token.text for word in asked.words for token in stem(word)]
        terms = [queries.Term("text", word) for word in stems]
        if asked.kind == "phrase":
            query = queries.Phrase("text", stems)
        else:
            query = (queries.Or if asked.kind.startswith("OR") else queries.And)(terms)
        said = queries.Term("speaker", asked.speaker) if asked.speaker else None
        return [hit["number"] for hit in searcher.search(query, limit=TOP, filter=said)]

    return search


RIVALS: Mapping[str, Callable[[Sequence[Passage], Path], Search]] = {
    "raw Tantivy": _raw_tantivy,
    "SQLite FTS5": _fts5,
    "bm25s": _bm25s,
    "plain Whoosh": _plain_whoosh,
}


def _text(passage: Passage) -> str:
    return f"{passage.title} {passage.question or ''} {passage.text}"
