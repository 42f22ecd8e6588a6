"""The pool and the codec with which Whoosh writes postings, and a reader of them.

Whoosh's own pool sorts postings one by one, and its own codec pickles them in small blocks. This
pool gathers them by word and merges runs from disk (single-pass in-memory indexing: Heinz and
Zobel, JASIST 54:8, 2003). This codec writes the postings of a stem as arrays, which numpy reads at
once.
"""

from __future__ import annotations

import heapq
import marshal
import os
import tempfile
import threading
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from struct import Struct
from typing import IO, Any, NamedTuple, TypeAlias

import numpy as np
from whoosh.codec.base import PostingsWriter
from whoosh.codec.whoosh3 import W3Codec, W3TermInfo
from whoosh.reading import TermNotFound

from indexer.engines.whoosh.postings import Postings, counted, joined
from indexer.engines.whoosh.storage import Storage, TermsReader
from indexer.errors import IndexDamaged
from indexer.records import FIELDS

_CACHED_STEMS = 50_000
"""Stems of which the places of the postings in the file are kept."""

_MAX_GATHERED = 6_000_000
"""Occurrences of words that are kept in memory while building, of 8 bytes each."""

_BLOCK_PLACES = 1_000_000
"""Places of a stem from which its postings are written in several blocks."""

Run: TypeAlias = Iterable[tuple[str, str, bytes]]
"""Words of documents, sorted: the field, the word (a stem, a space, a form), and its places as
64-bit integers ``document << 32 | position``."""


class _Places(NamedTuple):
    """The places of a form in the documents of a run, which come before those of the next run."""

    run: int
    form: str
    places: bytes


class Pool:
    """Gathers the places of all words. Whoosh's writer takes its postings from here."""

    def __init__(self, folder: Path) -> None:
        self.words: Counter[str] = Counter()
        self._folder = folder
        self._places = _no_places()
        self._gathered = 0
        self._runs: list[Run] = []
        self._files: list[IO[bytes]] = []

    def add(self, doc: int, field: str, words: Sequence[str]) -> None:
        """Add the words of a field of a document, in order."""
        places = self._places[field]
        for place, word in enumerate(words, doc << 32):
            places[word].append(place)
        self._gathered += len(words)
        if self._gathered > _MAX_GATHERED:
            self._set_aside()

    def add_run(self, run: Run) -> None:
        """Add words of documents that come after all others."""
        self._set_aside()
        self._runs.append(run)

    def iter_postings(self) -> Iterator[tuple[str, bytes, int, int, _Places]]:
        """Yield the places of a form in a run as one posting, which Whoosh passes to the codec."""
        self._set_aside()
        runs = (_by_stem(run, number) for number, run in enumerate(self._runs))
        for field, stem, number, form, places in heapq.merge(*runs, key=lambda item: item[:3]):
            self.words[f"{stem} {form}"] += len(places) // 8
            yield field, stem.encode(), 0, 1, _Places(number, form, places)

    def cleanup(self) -> None:
        """Delete the temporary files."""
        for file in self._files:
            file.close()

    def _set_aside(self) -> None:
        # Nobody else can open this file, so that marshal reads only what was written here.
        file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115
        self._files.append(file)
        for field, places in sorted(self._places.items()):
            for word in sorted(places):
                marshal.dump((field, word, places[word].tobytes()), file)
        self._runs.append(_read_run(file))
        self._places, self._gathered = _no_places(), 0


def _no_places() -> dict[str, defaultdict[str, array[int]]]:
    return {field: defaultdict(lambda: array("q")) for field in FIELDS}


def _by_stem(run: Run, number: int) -> Iterator[tuple[str, str, int, str, bytes]]:
    for field, word, places in run:
        stem, _, form = word.partition(" ")
        yield field, stem, number, form, places


def _read_run(file: IO[bytes]) -> Run:
    end = file.tell()
    file.seek(0)
    while file.tell() < end:
        yield marshal.load(file)


class Codec(W3Codec):  # type: ignore[misc]
    """Whoosh's own codec with another format of postings."""

    length_stats = False

    def terms_reader(self, storage: Storage, segment: Any) -> TermsReader:
        name = segment.make_filename(self.TERMS_EXT)
        postings = segment.open_file(storage, self.POSTS_EXT)
        return TermsReader(self, storage.open_file(name), storage.file_length(name), postings)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> PostingsWriter:
        return _PostingsWriter(dbfile)

    def postings_reader(self, dbfile: Any, terminfo: Any, *_: Any, **__: Any) -> Postings:
        return _read_postings(memoryview(dbfile.get(*_extent(terminfo))))


def _extent(terminfo: Any) -> tuple[int, int]:
    start, (length,) = terminfo.extent()  # Whoosh reads the length as a tuple.
    return start, length


class PostingsReader:
    """The postings of an open segment; safe to use from several threads at once."""

    def __init__(self, folder: Path, storage: Storage, segment: Any) -> None:
        self._terms = segment.codec().terms_reader(storage, segment)
        self._lock = threading.Lock()
        self._cached_extent = lru_cache(maxsize=_CACHED_STEMS)(self._find_extent)
        path = folder / segment.make_filename(Codec.POSTS_EXT)
        # Read in portions and not mapped into memory: a mapped file that is cut ends the process.
        self._postings = path.open("rb", buffering=0)

    def postings(self, field: str, stem: str) -> Postings | None:
        """Return the postings of a stem in the segment, or ``None`` if it has none."""
        if (extent := self._cached_extent(field, stem.encode())) is None:
            return None
        start, length = extent
        data = os.pread(self._postings.fileno(), length, start)
        if len(data) < length:
            raise IndexDamaged(f"{self._postings.name} was cut short.")
        return _read_postings(memoryview(data))

    def _find_extent(self, field: str, stem: bytes) -> tuple[int, int] | None:
        try:
            with self._lock:  # Whoosh seeks and reads in a file that threads share
                return _extent(self._terms.term_info(field, stem))
        except TermNotFound:
            return None

    def close(self) -> None:
        """Close the files. What was read stays valid."""
        self._terms.close()
        self._postings.close()


class _PostingsWriter(PostingsWriter):  # type: ignore[misc]
    def __init__(self, file: Any) -> None:
        self._file = file

    def start_postings(self, format_: object, terminfo: object) -> None:
        self._start = self._file.tell()
        self._docs = self._all_places = self._gathered = 0
        self._block: list[_Places] = []

    def add_posting(self, id_: int, weight: float, places: _Places, length: object = None) -> None:
        if self._gathered > _BLOCK_PLACES and places.run != self._block[-1].run:
            self._write()
        self._block.append(places)
        self._gathered += len(places.places) // 8

    def finish_postings(self) -> W3TermInfo:
        self._write()
        terminfo = W3TermInfo(weight=self._all_places, df=self._docs)
        terminfo.set_extent(self._start, self._file.tell() - self._start)
        return terminfo

    def _write(self) -> None:
        docs, places = _write_block(self._file, self._block)
        self._docs += docs
        self._all_places += places
        self._block, self._gathered = [], 0


_HEADER = Struct("<IIIcccc")


def _write_block(file: Any, gathered: Sequence[_Places]) -> tuple[int, int]:
    """Write a block, and return its numbers of documents and places.

    It has the forms, then as arrays of the narrowest type: gaps between documents, counts,
    positions, and the index of the form at each position.
    """
    forms = list(dict.fromkeys(one.form for one in gathered))
    places = np.concatenate([np.frombuffer(one.places, np.int64) for one in gathered])
    kinds = np.repeat(
        [forms.index(one.form) for one in gathered], [len(one.places) // 8 for one in gathered]
    )
    if len(forms) > 1:
        order = np.argsort(places, kind="stable")
        places, kinds = places[order], kinds[order]
    else:
        kinds = kinds[:0]
    docs, counts = counted(places)
    parts = (np.diff(docs, prepend=0), counts, places & 0xFFFFFFFF, kinds)
    narrow = [part.astype(np.min_scalar_type(part.max(initial=0))) for part in parts]
    names = "\n".join(forms).encode()
    types = (part.dtype.char.encode() for part in narrow)
    file.write(_HEADER.pack(len(docs), len(places), len(names), *types))
    file.write(b"".join([names, *(part.tobytes() for part in narrow)]))
    return len(docs), len(places)


def _read_postings(data: memoryview) -> Postings:
    blocks, at = [], 0
    while at < len(data):
        block, size = _read_block(data[at:])
        blocks.append(block)
        at += size
    return joined(blocks)


def _read_block(data: memoryview) -> tuple[Postings, int]:
    """Return the postings of a block, and its length in bytes."""
    docs, places, names, *types = _HEADER.unpack_from(data)
    at = _HEADER.size + names
    forms = bytes(data[_HEADER.size : at]).decode().split("\n")
    parts = []
    for count, char in zip((docs, docs, places, places * (len(forms) > 1)), types, strict=True):
        kind = np.dtype(char.decode())
        parts.append(np.frombuffer(data, kind, count, at))
        at += count * kind.itemsize
    passages = np.cumsum(parts[0], dtype=np.int64)
    return Postings(passages, parts[1], parts[2], forms, parts[3]), at
