"""The default engine: Whoosh keeps the index on disk, numpy answers from it.

Each searched field is a field of Whoosh, its words are stems. The postings of a stem tell of each
place which of its forms stands there, so that an exact word is found without writing it twice.

Whoosh's writer takes postings from a pool and has a codec write them: both are ours, see
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
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Positions
from whoosh.index import TOC

import indexer.engines.whoosh.columns as columns
import indexer.engines.whoosh.postings as postings
from indexer.engines.whoosh.codec import Codec, Pool, PostingsReader, Run
from indexer.engines.whoosh.columns import Columns, ColumnsBuilder, Mask, Numbers, Part
from indexer.engines.whoosh.matching import Matcher
from indexer.engines.whoosh.postings import Postings
from indexer.records import FIELDS, AnalyzedPassage, Dated, Match, Matches, Page, Query

EXACT_SCORES = True

_NAME = "MAIN"
_MANY_SEGMENTS = 8


# --- Writing -------------------------------------------------------------------------------------


def build(directory: Path, passages: Iterable[AnalyzedPassage]) -> None:
    """Writes one segment."""
    FileStorage(str(directory)).create_index(_schema(), indexname=_NAME)
    update(directory, (), passages)


def update(directory: Path, removed: Collection[str], passages: Iterable[AnalyzedPassage]) -> None:
    """Marks articles as deleted and writes a segment, into which older ones are folded in time.

    After an exception the index may lack the new articles' columns; it has to be thrown away.
    """
    index = FileStorage(str(directory)).open_index(indexname=_NAME, schema=_schema())
    pool = Pool(directory)
    with closing(ColumnsBuilder(directory)) as added:
        parts: list[Part | ColumnsBuilder] = [added]
        # Leaving the block commits; an exception cancels, for Whoosh would commit a damaged rest.
        with index.writer(codec=Codec(), compound=False) as writer:
            writer.pool = pool
            _delete(writer, directory, removed)
            _add(writer, passages, added)
            folded, kept = _fold(writer.segments)
            for segment in folded:
                pool.add_run(_live_run(writer.storage, segment, writer.docnum))
                parts.append(_live_columns(directory, segment))
                for _ in range(len(parts[-1])):
                    writer.add_document()
            writer.mergetype = lambda *_: kept
            path = directory / writer.newsegment.segment_id()
            if writer.docnum:
                columns.save(parts, path)  # as long as the files of folded segments are there
        if writer.docnum:
            words = json.dumps(dict(sorted(pool.words.items())))
            _words_file(path).write_text(words, encoding="ascii")


def _schema() -> Schema:
    return Schema(**{field: FieldType(Positions(), analyzer=None) for field in FIELDS})


def _words_file(segment: Path) -> Path:
    # Whoosh removes it with the segment, like the columns: its name is the segment's and a dot.
    return Path(f"{segment}.words.json")


def _add(writer: Any, passages: Iterable[AnalyzedPassage], added: ColumnsBuilder) -> None:
    for passage in passages:
        words = {field: _words(passage, field) for field in FIELDS}
        added.add(passage)
        for field in FIELDS:
            writer.pool.add(writer.docnum, field, words[field])
        writer.add_document()


def _words(passage: AnalyzedPassage, field: str) -> list[str]:
    """The words of a field as the index has them: each a stem, a space, a form."""
    pairs = zip(passage.terms[field].split(), passage.forms[field].split(), strict=True)
    return list(map(" ".join, pairs))


def _delete(writer: Any, directory: Path, removed: Collection[str]) -> None:
    start = 0
    for segment in writer.segments:
        gone = columns.load(directory / segment.segment_id()).having("article", removed)
        for doc in np.flatnonzero(gone):
            writer.delete_document(start + int(doc))
        start += segment.doc_count_all()


def _fold(segments: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    """Which segments to write anew, and which to keep; of those all deleted, none.

    Those more than half deleted are written anew; when there are many, all but the largest.
    """
    alive = {segment: segment.doc_count_all() - segment.deleted_count() for segment in segments}
    by_size = sorted(filter(alive.__getitem__, alive), key=alive.__getitem__)
    small = by_size[:-1] if len(by_size) >= _MANY_SEGMENTS else []
    folded = [s for s in by_size if s in small or 2 * alive[s] < s.doc_count_all()]
    return folded, [segment for segment in by_size if segment not in folded]


def _live(segment: Any) -> Mask:
    """Which documents of a segment are not deleted."""
    live = np.ones(segment.doc_count_all(), np.bool_)
    live[list(segment.deleted_docs())] = False
    return live


def _live_columns(directory: Path, segment: Any) -> Part:
    return Part(directory / segment.segment_id(), _live(segment))


def _live_run(storage: FileStorage, segment: Any, first: int) -> Run:
    """A segment's words without those of deleted documents, which are numbered from ``first``."""
    live = _live(segment)
    numbers = first - 1 + np.cumsum(live)
    with closing(segment.codec().terms_reader(storage, segment)) as terms:
        for field, stem in terms.terms():
            kept = terms.matcher(field, stem, None).among(live)
            for form in kept.forms:
                there = kept.of([form])
                places = (np.repeat(numbers[there.passages], there.counts) << 32) + there.positions
                if len(places):
                    yield field, f"{stem.decode()} {form}", places.tobytes()


# --- Searching -----------------------------------------------------------------------------------


def open_searcher(directory: Path) -> _Searcher:
    """Reads columns and words; postings are read when they are asked for."""
    storage = FileStorage(str(directory))
    toc = TOC.read(storage, _NAME, schema=_schema())
    parts = [_live_columns(directory, segment) for segment in toc.segments]
    together, places = columns.in_order(parts)
    segments, words, start = [], Counter[str](), 0
    for segment, part in zip(toc.segments, parts, strict=True):
        of_docs = np.full(segment.doc_count_all(), -1)
        of_docs[_live(segment)] = places[start : start + len(part)]
        start += len(part)
        reader = PostingsReader(directory, storage, segment)
        segments.append(_Segment(reader, of_docs, bool((of_docs >= 0).all())))
        words.update(json.loads(_words_file(directory / segment.segment_id()).read_text("ascii")))
    return _Searcher(together, _Index(segments, words))


class _Segment(NamedTuple):
    """An open segment's words, for each of its documents the number of the passage, or -1, and
    whether none is -1."""

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
        """How often each form stands in the segments."""
        counts: Counter[str] = Counter()
        for word, count in self._words.items():
            counts[word.partition(" ")[2]] += count
        return counts

    def stems(self, form: str) -> Collection[str]:
        """As `PostingsSource.stems`."""
        return self._stems.get(form, ())

    def postings(self, field: str, stem: str) -> Postings:
        """As `PostingsSource.postings`."""
        found = []
        for reader, passages, is_whole in self._segments:
            if (read := reader.postings(field, stem)) is not None:
                live = read if is_whole else read.among(passages >= 0)
                found.append(live._replace(passages=passages[live.passages]))
        return postings.joined(found)

    def close(self) -> None:
        for segment in self._segments:
            segment.reader.close()


class _Searcher:
    def __init__(self, cols: Columns, index: _Index) -> None:
        self._columns = cols
        self._matcher = Matcher(cols, index)
        self._index = index
        self._closed = False

    def match(self, query: Query, dates: Dated, page: Page) -> Matches:
        return self._matcher.match(query, dates, page)

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
