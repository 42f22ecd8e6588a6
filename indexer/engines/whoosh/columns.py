"""Columns of numbers by which passages are filtered, counted and sorted.

A passage is a place in each column. Values that are texts, such as an outlet, are codes: indexes
into a sorted list of values, with ``None`` first.
"""

from __future__ import annotations

import json
import math
import os
import tempfile
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import IO, Any, TypeAlias

import numpy as np
from numpy.lib.format import (
    dtype_to_descr,
    read_array_header_1_0,
    read_magic,
    write_array_header_1_0,
)
from numpy.typing import NDArray

import indexer.text.periods as periods
from indexer.records import FACETS, FIELDS, AnalyzedPassage, Dated

Mask: TypeAlias = NDArray[np.bool_]
Numbers: TypeAlias = NDArray[np.int64]

_CODED = ("article", *FACETS, "period")
"""The columns of codes."""

_facet_values = attrgetter(*(facet.passage_field for facet in FACETS.values()))

_PORTION = 50_000
"""Passages that are kept in memory while collecting columns."""

_BYTES = np.dtype(np.int32).itemsize

_NAMES = (*_CODED, "position", "first_day", "last_day", "minute_of_day", *FIELDS)


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns by name. Those of `FIELDS` are the lengths of the texts in words.

    ``period`` is the day of publication, or the month or year if no more is known. An undated
    passage has the ``first_day`` 0.
    """

    rows: NDArray[np.int32]
    values: Mapping[str, Sequence[str | None]]

    def __len__(self) -> int:
        return int(self.rows.shape[1])

    def __getitem__(self, name: str) -> NDArray[np.int32]:
        row: NDArray[np.int32] = self.rows[_NAMES.index(name)]
        return row

    def having(self, name: str, values: Collection[str]) -> Mask:
        """Return the passages with one of some values."""
        is_chosen = np.zeros(1 + len(self.values[name]), np.bool_)
        is_chosen[[self.code(name, value) for value in values]] = True
        is_chosen[-1] = False
        mask: Mask = is_chosen[self[name]]
        return mask

    def dated(self) -> Mask:
        """Return the passages that have a date."""
        return self["first_day"] > 0

    def between(self, dates: Dated) -> Mask:
        """Return the passages published between two days; see `Dated`."""
        first, last = self["first_day"], self["last_day"]
        first = first if dates.since is None else np.maximum(first, dates.since)
        last = last if dates.until is None else np.minimum(last, dates.until)
        return self.dated() & (first <= last)

    def minutes(self) -> Numbers:
        """Return the minute of publication of each passage, as `periods.minute`; 0 if undated."""
        return self["first_day"] * np.int64(1440) + self["minute_of_day"]

    def code(self, name: str, value: str) -> int:
        """Return the code of a value; -1 if no passage has it."""
        values = self.values[name]
        # Only the first value can be None.
        code = bisect_left(values, value, int(values[:1] == [None]))  # type: ignore[type-var]
        return code if code < len(values) and values[code] == value else -1

    def passage_ids(self, passages: Numbers) -> list[str]:
        """Return the ids of passages, in their order."""
        names = self.values["article"]
        articles, positions = (self[name][passages].tolist() for name in ("article", "position"))
        return [f"{names[article]}#{n}" for article, n in zip(articles, positions, strict=True)]


def smallest(keys: NDArray[Any], count: int) -> Numbers:
    """Return the indexes of the ``count`` smallest keys in order, ties in order of place."""
    if count >= len(keys):
        return np.argsort(keys, kind="stable")
    if count == 0:
        return np.empty(0, np.int64)
    bound = np.partition(keys, count - 1)[count - 1]
    below = np.flatnonzero(keys < bound)
    ties = np.flatnonzero(keys == bound)[: count - len(below)]
    return np.concatenate((below[np.argsort(keys[below], kind="stable")], ties))


class ColumnsBuilder:
    """Collects the columns of passages.

    They are kept in a temporary file, so that memory does not grow with their number.
    """

    def __init__(self, folder: Path) -> None:
        self._numbers = array("i")
        self._codes: dict[str, dict[str | None, int]] = {name: {} for name in _CODED}
        self._portions: list[int] = []
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115

    def close(self) -> None:
        """Delete the temporary file."""
        self._file.close()

    def __len__(self) -> int:
        return sum(self._portions) + len(self._numbers) // len(_NAMES)

    def add(self, analyzed: AnalyzedPassage) -> None:
        """Add a passage. Raises `ValueError` for an impossible date, and adds nothing then."""
        passage, published = analyzed.passage, analyzed.passage.published
        first = periods.first_day(published) if published else 0
        last = periods.last_day(published) if published else 0
        minute = periods.minute(published) - first * 1440 if published else 0
        period = published[:10] if published else None
        valued = (passage.article_id, *_facet_values(passage), period)
        for name, value in zip(_CODED, valued, strict=True):
            codes = self._codes[name]
            self._numbers.append(codes.setdefault(value, len(codes)))
        self._numbers.extend((passage.position, first, last, minute))
        self._numbers.extend(len(analyzed.terms[field].split()) for field in FIELDS)
        if len(self._numbers) >= _PORTION * len(_NAMES):
            self._set_aside()

    def _set_aside(self) -> None:
        if not self._numbers:
            return
        rows = np.array(self._numbers, np.int32).reshape(-1, len(_NAMES))
        self._file.write(rows.T.tobytes())
        self._portions.append(len(rows))
        self._numbers = array("i")

    def __getitem__(self, name: str) -> NDArray[np.int32]:
        self._set_aside()
        row, start, parts = _NAMES.index(name), 0, [np.empty(0, np.int32)]
        for length in self._portions:
            self._file.seek((start + row * length) * _BYTES)
            parts.append(_read(self._file, length))
            start += len(_NAMES) * length
        self._file.seek(0, os.SEEK_END)
        return np.concatenate(parts)

    @property
    def values(self) -> Mapping[str, Iterable[str | None]]:
        """The values of each column by their codes, in the order in which they were added."""
        return self._codes


def _shape(file: IO[bytes]) -> tuple[int, ...]:
    """Read the header of a saved file. Returns the numbers of its columns and passages."""
    read_magic(file)
    shape, _, _ = read_array_header_1_0(file)
    return tuple(shape)


def _read(file: IO[bytes], length: int) -> NDArray[np.int32]:
    """Read numbers. `numpy.load` and `fromfile` take an error of the disk for the end."""
    return np.frombuffer(file.read(length * _BYTES), np.int32, length)


class Part:
    """Some of the passages of a saved file. Each column is read when it is needed."""

    def __init__(self, path: Path, chosen: Mask) -> None:
        self.path = path
        self.chosen = chosen
        self.values: Mapping[str, Sequence[str | None]] = _load_values(path)

    def __len__(self) -> int:
        return int(np.count_nonzero(self.chosen))

    def __getitem__(self, name: str) -> NDArray[np.int32]:
        with _file(self.path).open("rb") as file:
            _, length = _shape(file)
            file.seek(_NAMES.index(name) * length * _BYTES, os.SEEK_CUR)
            return _read(file, length)[self.chosen]


def in_order(parts: Sequence[Part]) -> tuple[Columns, Numbers]:
    """Return all passages in order of article and position, and the place of each in that order."""
    order = np.lexsort((_joined(parts, "position")[0], _joined(parts, "article")[0]))
    places = np.empty_like(order)
    places[order] = np.arange(len(order))
    if len(parts) == 1 and parts[0].chosen.all() and (np.diff(order) == 1).all():
        return load(parts[0].path), places
    rows, values = np.empty((len(_NAMES), len(order)), np.int32), {}
    for row, name in enumerate(_NAMES):
        column, values[name] = _joined(parts, name)
        rows[row] = column[order]
    return Columns(rows, values), places


def save(parts: Sequence[Part | ColumnsBuilder], path: Path) -> None:
    """Write the columns of all parts to ``<path>.columns.npy`` and ``<path>.values.json``."""
    kind, values = np.dtype(np.int32), {}
    shape = (len(_NAMES), sum(map(len, parts)))
    header = {"descr": dtype_to_descr(kind), "fortran_order": False, "shape": shape}
    with _file(path).open("wb") as file:
        write_array_header_1_0(file, header)
        for name in _NAMES:
            column, values[name] = _joined(parts, name)
            file.write(column.tobytes())
    Path(f"{path}.values.json").write_text(json.dumps(values), encoding="ascii")


def _joined(
    parts: Sequence[Part | ColumnsBuilder], name: str
) -> tuple[NDArray[np.int32], Sequence[str | None]]:
    """Return a column of all parts, and the values of its codes, if it has codes."""
    columns = [part[name] for part in parts] or [np.empty(0, np.int32)]
    if name not in _CODED:
        return np.concatenate(columns), ()
    of_parts = [list(part.values[name]) for part in parts]
    used = {
        values[code]
        for values, column in zip(of_parts, columns, strict=False)
        for code in np.unique(column)
    }
    values = sorted(used, key=lambda value: (value is not None, value or ""))
    new = {value: code for code, value in enumerate(values)}
    coded = [
        np.array([new.get(value, -1) for value in values], np.int32)[column]
        for values, column in zip(of_parts, columns, strict=False)
        if len(column)
    ]
    return np.concatenate([columns[0][:0], *coded]), values


def load(path: Path) -> Columns:
    """Read what `save` wrote.

    The numbers, less than 100 bytes a passage, are read and not mapped into memory: a mapped file
    that is cut ends the process.
    """
    with _file(path).open("rb") as file:
        shape = _shape(file)
        rows = _read(file, math.prod(shape)).reshape(shape)
    return Columns(rows, _load_values(path))


def _load_values(path: Path) -> Mapping[str, Sequence[str | None]]:
    values: Mapping[str, Sequence[str | None]]
    values = json.loads(Path(f"{path}.values.json").read_text(encoding="ascii"))
    return values


def _file(path: Path) -> Path:
    return Path(f"{path}.columns.npy")
