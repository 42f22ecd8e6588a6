"""The default engine: Whoosh keeps the index on disk, and numpy answers from it.

Each searched field is a field of Whoosh, with stems as its words. The postings of a stem also have
the form at each position, so that exact words are found without indexing them a second time.

Whoosh's writer takes postings from a pool and writes them with a codec. Both are ours: see
`indexer.engines.whoosh.codec`.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from whoosh.fields import FieldType, Schema
from whoosh.formats import Positions
from whoosh.index import TOC

import indexer.engines.whoosh.columns as columns
import indexer.engines.whoosh.postings as postings
from indexer.engines.whoosh.codec import Codec, Pool, PostingsReader, Run
from indexer.engines.whoosh.columns import Columns, ColumnsBuilder, Mask, Numbers, Part
from indexer.engines.whoosh.matching import Matcher
from indexer.engines.whoosh.postings import Postings
from indexer.engines.whoosh.storage import Storage
from indexer.records import FIELDS, AnalyzedPassage, Dated, Match, Matches, Page, Query

EXACT_SCORES = True

_NAME = "MAIN"

_MAX_SEGMENTS = 8
"""Segments from which all but the largest are merged."""


# --- Writing -------------------------------------------------------------------------------------


def build(folder: Path, passages: Iterable[AnalyzedPassage]) -> None:
    """Write an index of one segment."""
    Storage(str(folder)).create_index(_schema(), indexname=_NAME)
    update(folder, (), passages)


def update(folder: Path, removed: Collection[str], passages: Iterable[AnalyzedPassage]) -> None:
    """Mark articles as deleted, and write a segment, into which older ones are merged at times.

    After an exception the index may lack columns of the new articles. Throw it away.
    """
    index = Storage(str(folder)).open_index(indexname=_NAME, schema=_schema())
    pool = Pool(folder)
    with closing(ColumnsBuilder(folder)) as added:
        parts: list[Part | ColumnsBuilder] = [added]
        # Leaving the block commits. An exception cancels: Whoosh would commit a damaged rest.
        with index.writer(codec=Codec(), compound=False) as writer:
            writer.pool = pool
            _delete(writer, folder, removed)
            _add(writer, passages, added)
            merged, kept = _choose_merges(writer.segments)
            for segment in merged:
                pool.add_run(_live_run(writer.storage, segment, writer.docnum))
                parts.append(_live_columns(folder, segment))
                for _ in range(len(parts[-1])):
                    writer.add_document()
            writer.mergetype = lambda *_: kept
            path = folder / writer.newsegment.segment_id()
            if writer.docnum:
                columns.save(parts, path)  # while the files of merged segments still exist
        if writer.docnum:
            words = json.dumps(dict(sorted(pool.words.items())))
            _words_file(path).write_text(words, encoding="ascii")


def _schema() -> Schema:
    return Schema(**{field: FieldType(Positions(), analyzer=None) for field in FIELDS})


def _words_file(segment: Path) -> Path:
    # Named after the segment, so that Whoosh removes it with the segment, as it does the columns.
    return Path(f"{segment}.words.json")


def _add(writer: Any, passages: Iterable[AnalyzedPassage], added: ColumnsBuilder) -> None:
    for passage in passages:
        words = {field: _words(passage, field) for field in FIELDS}
        added.add(passage)
        for field in FIELDS:
            writer.pool.add(writer.docnum, field, words[field])
        writer.add_document()


def _words(passage: AnalyzedPassage, field: str) -> list[str]:
    """Return the words of a field as they are indexed: a stem, a space, a form."""
    pairs = zip(passage.terms[field].split(), passage.forms[field].split(), strict=True)
    return list(map(" ".join, pairs))


def _delete(writer: Any, folder: Path, removed: Collection[str]) -> None:
    start = 0
    for segment in writer.segments:
        gone = columns.load(folder / segment.segment_id()).having("article", removed)
        for doc in np.flatnonzero(gone):
            writer.delete_document(start + int(doc))
        start += segment.doc_count_all()


def _choose_merges(segments: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    """Return the segments to merge, and those to keep. Segments without documents are dropped.

    Segments are merged if more than half of their documents are deleted. If there are many
    segments, all but the largest are.
    """
    alive = {segment: segment.doc_count_all() - segment.deleted_count() for segment in segments}
    by_size = sorted(filter(alive.__getitem__, alive), key=alive.__getitem__)
    small = by_size[:-1] if len(by_size) >= _MAX_SEGMENTS else []
    merged = [s for s in by_size if s in small or 2 * alive[s] < s.doc_count_all()]
    return merged, [segment for segment in by_size if segment not in merged]


def _live(segment: Any) -> Mask:
    """Return the documents of a segment that are not deleted."""
    live = np.ones(segment.doc_count_all(), np.bool_)
    live[list(segment.deleted_docs())] = False
    return live


def _live_columns(folder: Path, segment: Any) -> Part:
    return Part(folder / segment.segment_id(), _live(segment))


def _live_run(storage: Storage, segment: Any, first: int) -> Run:
    """Yield the words of a segment without deleted documents, which are numbered from ``first``."""
    live = _live(segment)
    numbers = first - 1 + np.cumsum(live)
    with closing(segment.codec().terms_reader(storage, segment)) as terms:
        for field, stem in terms.terms():
            kept = terms.matcher(field, stem, None).among(live)
            for form in kept.forms:
                own = kept.of([form])
                places = (np.repeat(numbers[own.passages], own.counts) << 32) + own.positions
                if len(places):
                    yield field, f"{stem.decode()} {form}", places.tobytes()


# --- Searching -----------------------------------------------------------------------------------


def open_searcher(folder: Path) -> _Searcher:
    """Read columns and words. Postings are read when they are needed."""
    storage = Storage(str(folder))
    toc = TOC.read(storage, _NAME, schema=_schema())
    parts = [_live_columns(folder, segment) for segment in toc.segments]
    all_columns, places = columns.in_order(parts)
    segments, words, start = [], Counter[str](), 0
    for segment, part in zip(toc.segments, parts, strict=True):
        of_docs = np.full(segment.doc_count_all(), -1)
        of_docs[_live(segment)] = places[start : start + len(part)]
        start += len(part)
        reader = PostingsReader(folder, storage, segment)
        segments.append(_Segment(reader, of_docs, bool((of_docs >= 0).all())))
        words.update(json.loads(_words_file(folder / segment.segment_id()).read_text("ascii")))
    return _Searcher(all_columns, _Index(segments, words))


class _Segment(NamedTuple):
    """An open segment.

    ``passages`` has for each document the number of its passage, or -1 if it is deleted;
    ``is_whole`` is true if none is deleted.
    """

    reader: PostingsReader
    passages: Numbers
    is_whole: bool


class _Index:
    """The postings of all segments."""

    def __init__(self, segments: list[_Segment], words: Mapping[str, int]) -> None:
        self._segments = segments
        self._stems: defaultdict[str, list[str]] = defaultdict(list)
        self._words = words
        for word in words:
            stem, form = word.split(" ")
            self._stems[form].append(stem)

    def words(self) -> Mapping[str, int]:
        """Count the occurrences of each form."""
        counts: Counter[str] = Counter()
        for word, count in self._words.items():
            counts[word.partition(" ")[2]] += count
        return counts

    def stems(self, form: str) -> Collection[str]:
        """Return the stems of a form, as `PostingsSource.stems`."""
        return self._stems.get(form, ())

    def postings(self, field: str, stem: str) -> Postings:
        """Return the postings of a stem, as `PostingsSource.postings`."""
        parts = []
        for reader, passages, is_whole in self._segments:
            if (read := reader.postings(field, stem)) is not None:
                live = read if is_whole else read.among(passages >= 0)
                parts.append(live._replace(passages=passages[live.passages]))
        return postings.joined(parts)

    def close(self) -> None:
        """Close the files of all segments."""
        for segment in self._segments:
            segment.reader.close()


class _Searcher:
    def __init__(self, all_columns: Columns, index: _Index) -> None:
        self._columns = all_columns
        self._matcher = Matcher(all_columns, index)
        self._index = index
        self._closed = False

    def match(
        self, query: Query, dates: Dated, page: Page, articles: Collection[str] | None = None
    ) -> Matches:
        return self._matcher.match(query, dates, page, articles)

    def best(self, query: Query, limit: int) -> list[Match]:
        return self._matcher.best(query, limit)

    def words(self) -> Mapping[str, int]:
        return self._index.words()

    def values(self, facet: str) -> Collection[str]:
        return [value for value in self._columns.values[facet] if value is not None]

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            self._index.close()
