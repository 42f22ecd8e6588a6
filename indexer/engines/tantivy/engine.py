"""Writes and opens indexes of Tantivy.

A passage is a document with the stems and forms of each searched field, in order and separated by
spaces. Properties by which passages are filtered, counted and sorted are numbers in columns; files
of JSON next to Tantivy's have the numbers of their values, and the counts of all words.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import tantivy
from tantivy import Document, Index, SchemaBuilder
from tantivy import Query as TantivyQuery

from indexer.engines.tantivy.columns import COLUMNS, NUMBERED, date_columns, numbered_values
from indexer.engines.tantivy.failures import failures_as_errors
from indexer.engines.tantivy.searcher import TantivySearcher
from indexer.engines.tantivy.words import FORMS, indexed_words
from indexer.records import AnalyzedPassage

EXACT_SCORES = False

_NUMBERS_FILE = "values.json"
_WORDS_FILE = "words.json"

_READERS_LOCK = ".tantivy-meta.lock"
"""The file that Tantivy creates and locks whenever it opens an index. A link to a device that
everybody may write to lets it open indexes in which nothing may be written."""

_WRITER_BYTES = 128_000_000
"""Memory of Tantivy's writer."""

_TOKENIZER = "whitespace"


@failures_as_errors()
def build(folder: Path, passages: Iterable[AnalyzedPassage]) -> None:
    """Write a new index."""
    _write(_configured(Index(_schema(), str(folder))), folder, (), passages)


@failures_as_errors()
def update(folder: Path, removed: Collection[str], passages: Iterable[AnalyzedPassage]) -> None:
    """Mark passages as deleted and add others. Tantivy merges segments if there are many."""
    _write(_configured(Index.open(str(folder))), folder, removed, passages)


@failures_as_errors()
def open_searcher(folder: Path) -> TantivySearcher:
    """Open the index as it is now. The searcher does not see later updates."""
    _link_readers_lock(folder)
    index = _configured(Index.open(str(folder)))
    return TantivySearcher(index, _read_numbers(folder), _read_words(folder))


def _write(
    index: Index, folder: Path, removed: Collection[str], passages: Iterable[AnalyzedPassage]
) -> None:
    numbers, words = _read_numbers(folder), _read_words(folder)
    writer = index.writer(_WRITER_BYTES, 1)
    try:
        known = numbers["article"]
        if deleted := [known[article] for article in removed if article in known]:
            query = TantivyQuery.term_set_query(index.schema, "article", deleted)
            writer.delete_documents_by_query(query)
        for passage in passages:
            writer.add_document(_document(passage, numbers))
            for forms in passage.forms.values():
                words.update(forms.split())
        writer.commit()
        writer.wait_merging_threads()
    except BaseException:
        writer.rollback()
        # Threads that still write would put files into a folder that is being thrown away.
        writer.wait_merging_threads()
        raise
    for name, content in ((_NUMBERS_FILE, numbers), (_WORDS_FILE, words)):
        # A file is never changed, as other generations may share it.
        new = folder / f"{name}.new"
        new.write_text(json.dumps(content), encoding="ascii")
        os.replace(new, folder / name)
    for name in os.listdir(folder):  # `glob` leaves out what it may not list
        if name.startswith(".tantivy-") and name.endswith(".lock"):
            (folder / name).unlink()
    _link_readers_lock(folder)


def _link_readers_lock(folder: Path) -> None:
    # Other systems may not be able to lock devices. Whoever may not write needs the link made.
    if sys.platform == "linux":
        with suppress(OSError):
            (folder / _READERS_LOCK).symlink_to(os.devnull)


def _schema() -> tantivy.Schema:
    schema = SchemaBuilder()
    for field, forms in FORMS.items():
        schema.add_text_field(field, stored=True, tokenizer_name=_TOKENIZER)
        schema.add_text_field(forms, tokenizer_name=_TOKENIZER, index_option="freq")
    for name in COLUMNS:
        schema.add_unsigned_field(name, fast=True, indexed=name in NUMBERED)
    return schema.build()


def _configured(index: Index) -> Index:
    tokenizer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_TOKENIZER, tokenizer)
    # Otherwise a thread of Tantivy's opens new commits at any time.
    index.config_reader("manual")
    return index


def _document(analyzed: AnalyzedPassage, numbers: Mapping[str, dict[str, int]]) -> Document:
    """Return the document of a passage. New values are added to the numbers."""
    passage, document = analyzed.passage, Document()
    for field, forms in FORMS.items():
        if analyzed.terms[field]:
            document.add_text(field, indexed_words(analyzed.terms[field]))
            document.add_text(forms, indexed_words(analyzed.forms[field]))
    for name, value in zip(NUMBERED, numbered_values(passage), strict=True):
        if value is not None:
            number = numbers[name].setdefault(value, len(numbers[name]))
            document.add_unsigned(name, number)
    document.add_unsigned("position", passage.position)
    for name, number in date_columns(passage.published):
        document.add_unsigned(name, number)
    return document


def _read_numbers(folder: Path) -> dict[str, dict[str, int]]:
    path = folder / _NUMBERS_FILE
    if not path.exists():
        return {name: {} for name in NUMBERED}
    numbers: dict[str, dict[str, int]] = json.loads(path.read_text("ascii"))
    return numbers


def _read_words(folder: Path) -> Counter[str]:
    path = folder / _WORDS_FILE
    return Counter(json.loads(path.read_text("ascii")) if path.exists() else {})
