"""Other search libraries on the same passages, with their usual settings.

Each finds the ids of the ten best hits, and is a row of `RIVALS`. Rivals that are not installed are
skipped.
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
class RivalQuery:
    """A search for rivals: its words, their relation (``kind``), and the id of a speaker."""

    kind: str
    words: tuple[str, ...]
    speaker: str | None = None


Search = Callable[[RivalQuery], Sequence[object] | None]
"""Returns the hits, or ``None`` if a library does not support the query."""


@dataclass(frozen=True, slots=True)
class Rival:
    """A library with an index of the passages, and the cost of building it.

    ``size_bytes`` is the size on disk, 0 for an index in memory.
    """

    seconds: float
    size_bytes: int
    search: Search


def rival_query(kind: str, request: SearchRequest) -> RivalQuery:
    """Take a search of `bench.queries` apart."""
    words = [word for word in request.query.replace('"', "").split() if word != "OR"]
    return RivalQuery(kind, tuple(words), next(iter(request.speakers), None))


def all_passages(index: Index) -> Iterator[Passage]:
    """Iterate over all passages of an index, article by article."""
    return index.every(SearchRequest(sort="oldest"))


def rivals(passages: Sequence[Passage], scratch: Path) -> dict[str, Rival]:
    """Index the passages with every rival that is installed."""
    built = {}
    for name, build in RIVALS.items():
        folder = scratch / build.__name__
        folder.mkdir()
        start = time.perf_counter()
        try:
            search = build(passages, folder)
        except ImportError:
            continue
        seconds = time.perf_counter() - start
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        built[name] = Rival(seconds, size, search)
    return built


def _raw_tantivy(passages: Sequence[Passage], folder: Path) -> Search:
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
    for number, passage in enumerate(passages):
        document = tantivy.Document(text=_text(passage), number=number)
        if passage.speaker_id:
            document.add_text("speaker", passage.speaker_id)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher, stemmer = index.searcher(), Stemmer.Stemmer("english")
    must, should = tantivy.Occur.Must, tantivy.Occur.Should

    def search(query: RivalQuery) -> Sequence[object]:
        words = [stemmer.stemWord(word) for word in query.words]
        if query.kind == "phrase":
            tree = tantivy.Query.phrase_query(schema, "text", words)
        else:
            join = should if query.kind.startswith("OR") else must
            terms = [tantivy.Query.term_query(schema, "text", word) for word in words]
            tree = tantivy.Query.boolean_query([(join, term) for term in terms])
        if query.speaker:
            speaker = tantivy.Query.term_query(schema, "speaker", query.speaker)
            tree = tantivy.Query.boolean_query([(must, tree), (must, speaker)])
        hits: Sequence[object] = searcher.search(tree, TOP, count=False).hits
        return hits

    return search


def _fts5(passages: Sequence[Passage], folder: Path) -> Search:
    db = sqlite3.connect(folder / "fts.sqlite")
    db.execute("CREATE VIRTUAL TABLE p USING fts5 (text, speaker UNINDEXED, tokenize = 'porter')")
    with db:
        rows = ((_text(passage), passage.speaker_id) for passage in passages)
        db.executemany("INSERT INTO p VALUES (?, ?)", rows)

    def search(query: RivalQuery) -> Sequence[object]:
        quoted = [f'"{word}"' for word in query.words]
        joined = {"phrase": f'"{" ".join(query.words)}"'}.get(
            query.kind, (" OR " if query.kind.startswith("OR") else " ").join(quoted)
        )
        condition = " AND speaker = ?" if query.speaker else ""
        values = [joined, *([query.speaker] if query.speaker else [])]
        with closing(
            db.execute(
                f"SELECT rowid FROM p WHERE p MATCH ?{condition} ORDER BY rank LIMIT {TOP}", values
            )
        ) as cursor:
            return cursor.fetchall()

    return search


def _bm25s(passages: Sequence[Passage], folder: Path) -> Search:
    bm25s = importlib.import_module("bm25s")
    stemmer = Stemmer.Stemmer("english")

    def words(texts: list[str]) -> Any:
        return bm25s.tokenize(texts, stopwords=None, stemmer=stemmer, show_progress=False)

    index, most = bm25s.BM25(), min(TOP, len(passages))
    index.index(words([_text(passage) for passage in passages]), show_progress=False)
    index.save(folder)

    def search(query: RivalQuery) -> Sequence[object] | None:
        # bm25s has no phrases and no filters, and matches any of the words.
        if query.speaker or (len(query.words) > 1 and not query.kind.startswith("OR")):
            return None
        hits, _ = index.retrieve(words([" ".join(query.words)]), k=most, show_progress=False)
        return list(hits[0])

    return search


def _plain_whoosh(passages: Sequence[Passage], folder: Path) -> Search:
    fields, index_of = map(importlib.import_module, ("whoosh.fields", "whoosh.index"))
    analysis, queries = map(importlib.import_module, ("whoosh.analysis", "whoosh.query"))
    schema = fields.Schema(
        number=fields.STORED,
        speaker=fields.ID,
        text=fields.TEXT(analyzer=analysis.StemmingAnalyzer(stoplist=None)),
    )
    index = index_of.create_in(folder, schema)
    with index.writer(limitmb=256) as writer:
        for number, passage in enumerate(passages):
            writer.add_document(
                number=number, speaker=passage.speaker_id or "", text=_text(passage)
            )
    searcher, stem = index.searcher(), analysis.StemmingAnalyzer(stoplist=None)

    def search(query: RivalQuery) -> Sequence[object]:
        stems = [token.text for word in query.words for token in stem(word)]
        terms = [queries.Term("text", word) for word in stems]
        if query.kind == "phrase":
            tree = queries.Phrase("text", stems)
        else:
            tree = (queries.Or if query.kind.startswith("OR") else queries.And)(terms)
        speaker = queries.Term("speaker", query.speaker) if query.speaker else None
        return [hit["number"] for hit in searcher.search(tree, limit=TOP, filter=speaker)]

    return search


RIVALS: Mapping[str, Callable[[Sequence[Passage], Path], Search]] = {
    "raw Tantivy": _raw_tantivy,
    "SQLite FTS5": _fts5,
    "bm25s": _bm25s,
    "plain Whoosh": _plain_whoosh,
}


def _text(passage: Passage) -> str:
    return f"{passage.title} {passage.question or ''} {passage.text}"
