"""The default engine: Whoosh keeps the index on disk, numpy answers from it.

Each searched field is a field of Whoosh. A word there is a stem with one of its forms
(``run running``): the postings of all its forms together are those of the stem, the postings of
one are those of an exact word, and nothing is written twice.

Whoosh's writer takes postings from a pool and has a codec write them. Its own pool sorts them one
by one, its own codec pickles them in small blocks. Ours gathers them by word and merges runs from
disk (single-pass in-memory indexing: Heinz and Zobel, JASIST 54:8, 2003), and writes those of a
word as three arrays, which numpy reads in one go.
"""

from __future__ import annotations

import heapq
import json
import marshal
import tempfile
import threading
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from struct import Struct
from typing import IO, Any, NamedTuple, TypeAlias

import numpy as np
from whoosh.codec.base import PostingsWriter
from whoosh.codec.whoosh3 import W3Codec, W3TermInfo
from whoosh.fields import FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Positions
from whoosh.index import TOC

import indexer.columns as columns
from indexer.columns import Columns, ColumnsBuilder, Mask, Numbers
from indexer.matching import Matcher, Postings
from indexer.records import FIELDS, AnalyzedPassage, Dated, Matches, Page, Query

EXACT_SCORES = True

_NAME = "MAIN"
_GATHERED = 6_000_000  # words of 8 bytes, in memory while building
_MANY_SEGMENTS = 8


# --- Postings on disk ----------------------------------------------------------------------------


_Run: TypeAlias = Iterable[tuple[str, str, bytes]]
"""Field, word, and where it stands: 64-bit integers ``document << 32 | position``. Sorted."""


class _Pool:
    """Gathers where every word stands: what Whoosh's writer takes its postings from."""

    def __init__(self, directory: Path) -> None:
        self.words: Counter[str] = Counter()
        self._directory = directory
        self._places = _no_places()
        self._gathered = 0
        self._runs: list[_Run] = []
        self._files: list[IO[bytes]] = []

    def add(self, doc: int, field: str, words: Sequence[str]) -> None:
        """Takes the words of a document's field, in order."""
        places = self._places[field]
        for place, word in enumerate(words, doc << 32):
            places[word].append(place)
        self._gathered += len(words)
        if self._gathered > _GATHERED:
            self._set_aside()

    def add_run(self, run: _Run) -> None:
        """Takes words of documents that come after all before."""
        self._set_aside()
        self._runs.append(run)

    def iter_postings(self) -> Iterator[tuple[str, bytes, int, int, bytes]]:
        """What Whoosh hands on to the codec: all places of a word in a run as if one posting."""
        self._set_aside()
        for field, word, places in heapq.merge(*self._runs, key=lambda item: item[:2]):
            self.words[word] += len(places) // 8
            yield field, word.encode(), 0, 1, places

    def cleanup(self) -> None:
        for file in self._files:
            file.close()

    def _set_aside(self) -> None:
        # No one else can open this file, so that marshal reads only what was written here.
        file = tempfile.TemporaryFile(dir=self._directory)  # noqa: SIM115
        self._files.append(file)
        for field, places in sorted(self._places.items()):
            for word in sorted(places):
                marshal.dump((field, word, places[word].tobytes()), file)
        self._runs.append(_read_run(file))
        self._places, self._gathered = _no_places(), 0


def _no_places() -> dict[str, defaultdict[str, array[int]]]:
    return {field: defaultdict(lambda: array("q")) for field in FIELDS}


def _read_run(file: IO[bytes]) -> _Run:
    end = file.tell()
    file.seek(0)
    while file.tell() < end:
        yield marshal.load(file)


class _Codec(W3Codec):  # type: ignore[misc]
    """Whoosh's own, but for how the postings of a word look."""

    length_stats = False

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> PostingsWriter:
        return _PostingsWriter(dbfile)

    def postings_reader(self, dbfile: Any, terminfo: Any, *_: Any, **__: Any) -> Postings:
        return _read_postings(dbfile, terminfo.extent()[0])


class _PostingsWriter(PostingsWriter):  # type: ignore[misc]
    def __init__(self, file: Any) -> None:
        self._file = file

    def start_postings(self, format_: object, terminfo: object) -> None:
        self._places = bytearray()

    def add_posting(self, id_: int, weight: float, vbytes: bytes, length: object = None) -> None:
        self._places += vbytes

    def finish_postings(self) -> W3TermInfo:
        start = self._file.tell()
        docs = _write_postings(self._file, np.frombuffer(self._places, np.int64))
        terminfo = W3TermInfo(weight=len(self._places) // 8, df=docs)
        terminfo.set_extent(start, self._file.tell() - start)
        return terminfo


_HEADER = Struct("<IIccc")


def _write_postings(file: Any, places: Numbers) -> int:
    """Writes gaps between documents, counts and positions, each as narrow as they fit.

    Gives back how many documents there are.
    """
    docs, counts = np.unique(places >> 32, return_counts=True)
    parts = (np.diff(docs, prepend=0), counts, places & 0xFFFFFFFF)
    narrow = [part.astype(np.min_scalar_type(part.max())) for part in parts]
    kinds = (part.dtype.char.encode() for part in narrow)
    file.write(_HEADER.pack(len(docs), len(places), *kinds))
    file.write(b"".join(part.tobytes() for part in narrow))
    return len(docs)


def _read_postings(file: Any, start: int) -> Postings:
    docs, places, *kinds = _HEADER.unpack(file.get(start, _HEADER.size))
    start += _HEADER.size
    parts = []
    for length, kind in zip((docs, docs, places), kinds, strict=True):
        size = length * np.dtype(kind.decode()).itemsize
        parts.append(np.frombuffer(file.get(start, size), kind.decode()))
        start += size
    return Postings(np.cumsum(parts[0], dtype=np.int64), parts[1], parts[2])


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
    pool = _Pool(directory)
    # Leaving the block commits; an exception cancels, for Whoosh would commit a damaged rest.
    with index.writer(codec=_Codec(), compound=False) as writer:
        writer.pool = pool
        _delete(writer, directory, removed)
        parts = [_add(writer, passages)]
        folded, kept = _fold(writer.segments)
        for segment in folded:
            pool.add_run(_live_run(writer.storage, segment, writer.docnum))
            parts.append(_live_columns(directory, segment))
            for _ in range(len(parts[-1])):
                writer.add_document()
        writer.mergetype = lambda *_: kept
    if writer.docnum:
        path = directory / writer.newsegment.segment_id()
        columns.save(columns.joined(parts), path)
        _words_file(path).write_text(json.dumps(dict(sorted(pool.words.items()))), encoding="ascii")


def _schema() -> Schema:
    return Schema(**{field: FieldType(Positions(), analyzer=None) for field in FIELDS})


def _words_file(segment: Path) -> Path:
    # Whoosh removes it with the segment, like the columns: its name is the segment's and a dot.
    return Path(f"{segment}.words.json")


def _add(writer: Any, passages: Iterable[AnalyzedPassage]) -> Columns:
    builder = ColumnsBuilder()
    for passage in passages:
        words = {field: _words(passage, field) for field in FIELDS}
        builder.add(passage)
        for field in FIELDS:
            writer.pool.add(writer.docnum, field, words[field])
        writer.add_document()
    return builder.columns()


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


def _live_columns(directory: Path, segment: Any) -> Columns:
    return columns.load(directory / segment.segment_id()).take(_live(segment))


def _live_run(storage: FileStorage, segment: Any, first: int) -> _Run:
    """A segment's words without those of deleted documents, which are numbered from ``first``."""
    live = _live(segment)
    numbers = first - 1 + np.cumsum(live)
    with closing(segment.codec().terms_reader(storage, segment)) as terms:
        for field, word in terms.terms():
            docs, counts, positions = terms.matcher(field, word, None)
            places = (np.repeat(numbers[docs], counts) << 32) + positions
            if (kept := np.repeat(live[docs], counts)).any():
                yield field, word.decode(), places[kept].tobytes()


# --- Searching -----------------------------------------------------------------------------------


def open_searcher(directory: Path) -> _Searcher:
    """Reads columns and words; postings are read when they are asked for."""
    storage = FileStorage(str(directory))
    toc = TOC.read(storage, _NAME, schema=_schema())
    parts = [_live_columns(directory, segment) for segment in toc.segments]
    together = columns.joined([ColumnsBuilder().columns(), *parts])
    in_order = np.lexsort((together["position"], together["article"]))
    numbers = np.argsort(in_order)
    segments, words, start = [], Counter[str](), 0
    for segment, part in zip(toc.segments, parts, strict=True):
        of_docs = np.full(segment.doc_count_all(), -1)
        of_docs[_live(segment)] = numbers[start : start + len(part)]
        start += len(part)
        segments.append(_Segment(segment.codec().terms_reader(storage, segment), of_docs))
        words.update(json.loads(_words_file(directory / segment.segment_id()).read_text("ascii")))
    return _Searcher(together.take(in_order), _Index(segments, words))


class _Segment(NamedTuple):
    """An open segment's words, and for each of its documents the number of the passage, or -1."""

    terms: Any
    passages: Numbers


class _Index:
    """The postings of all segments."""

    def __init__(self, segments: list[_Segment], words: Mapping[str, int]) -> None:
        self._segments = segments
        self._lock = threading.Lock()
        self._of_stem: defaultdict[str, list[bytes]] = defaultdict(list)
        self._of_form: defaultdict[str, list[bytes]] = defaultdict(list)
        self._words = words
        for word in words:
            stem, form = word.split(" ")
            self._of_stem[stem].append(word.encode())
            self._of_form[form].append(word.encode())

    def words(self) -> Mapping[str, int]:
        """How often each form stands in the segments."""
        counts: Counter[str] = Counter()
        for word, count in self._words.items():
            counts[word.partition(" ")[2]] += count
        return counts

    def postings(self, field: str, word: str, *, exact: bool) -> Iterator[Postings]:
        """The postings of every form of a stem, or of the form alone."""
        keys = (self._of_form if exact else self._of_stem).get(word, ())
        for terms, passages in self._segments:
            for docs, counts, positions in self._read(terms, field, keys):
                live = passages[docs] >= 0
                yield Postings(
                    passages[docs[live]], counts[live], positions[np.repeat(live, counts)]
                )

    def _read(self, terms: Any, field: str, keys: Iterable[bytes]) -> list[Postings]:
        with self._lock:  # Whoosh seeks and reads in files that all threads share.
            return [terms.matcher(field, key, None) for key in keys if (field, key) in terms]

    def close(self) -> None:
        for segment in self._segments:
            segment.terms.close()


class _Searcher:
    def __init__(self, cols: Columns, index: _Index) -> None:
        self._matcher = Matcher(cols, index)
        self._index = index
        self._closed = False

    def match(self, query: Query, dates: Dated, page: Page) -> Matches:
        return self._matcher.match(query, dates, page)

    def words(self) -> Mapping[str, int]:
        return self._index.words()

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            self._index.close()
