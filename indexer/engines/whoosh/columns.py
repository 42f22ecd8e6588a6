"""What passages are filtered, counted and sorted by: for each property a row of numbers.

A passage is a place in every row. Values that are words (an outlet, a speaker) are numbers into a
list, in their order, ``None`` first. For engines that answer with numpy.
"""

from __future__ import annotations

import json
import os
import tempfile
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

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

_VALUED = ("article", *FACETS, "period")
_facet_values = attrgetter(*(facet.passage_field for facet in FACETS.values()))
_PORTION = 50_000  # passages
_NAMES = (*_VALUED, "position", "first_day", "last_day", "minute_of_day", *FIELDS)


class Counts(NamedTuple):
    """How many passages have each value, most first, equal ones in order; and how many values there
    are, if only the most frequent are told."""

    most: dict[str, int]
    size: int


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns by name; those named as the fields are their lengths in words.

    ``period`` is the day published, or the month or year if that is all that is known; an undated
    passage has ``first_day`` 0.
    """

    rows: NDArray[np.int32]
    values: Mapping[str, Sequence[str | None]]

    def __len__(self) -> int:
        return int(self.rows.shape[1])

    def __getitem__(self, name: str) -> NDArray[np.int32]:
        row: NDArray[np.int32] = self.rows[_NAMES.index(name)]
        return row

    def having(self, name: str, wanted: Collection[str]) -> Mask:
        """Which passages have one of the wanted values."""
        is_wanted = np.zeros(1 + len(self.values[name]), np.bool_)
        is_wanted[[self._code(name, value) for value in wanted]] = True
        is_wanted[-1] = False
        mask: Mask = is_wanted[self[name]]
        return mask

    def dated(self) -> Mask:
        """Which passages have a date."""
        return self["first_day"] > 0

    def between(self, dates: Dated) -> Mask:
        """Which passages were published between two days; see `Dated`."""
        first, last = self["first_day"], self["last_day"]
        first = first if dates.since is None else np.maximum(first, dates.since)
        last = last if dates.until is None else np.minimum(last, dates.until)
        return self.dated() & (first <= last)

    def minutes(self) -> Numbers:
        """When each passage was published, as `periods.minute`; 0 if undated."""
        return self["first_day"] * np.int64(1440) + self["minute_of_day"]

    def count(self, name: str, passages: Numbers, most: int | None = None) -> Counts:
        """How many of these passages have each value; those without one are left out. Without
        ``most`` all values, in their order."""
        counts = np.bincount(self[name][passages], minlength=1)
        values = self.values[name]
        if values and values[0] is None:
            counts[0] = 0
        found = np.flatnonzero(counts)
        if most is not None:
            found = found[smallest(-counts[found], most)]
        pairs = zip(found.tolist(), counts[found].tolist(), strict=True)
        return Counts(
            {str(values[code]): count for code, count in pairs}, int(np.count_nonzero(counts))
        )

    def spans(self, speakers: Iterable[str], passages: Numbers) -> dict[str, tuple[str, str]]:
        """Of speakers who have dated passages among these, the first and the last period."""
        codes, others = self["speaker"][passages], self["period"][passages]
        dated = self["first_day"][passages] > 0
        codes, others = codes[dated].astype(np.intp), others[dated]
        first = np.full(len(self.values["speaker"]), np.iinfo(np.int32).max, np.int32)
        last = np.full(len(first), -1, np.int32)
        # numpy is forty times slower here if one type has to become another.
        np.minimum.at(first, codes, others)
        np.maximum.at(last, codes, others)
        periods = self.values["period"]
        known = ((speaker, self._code("speaker", speaker)) for speaker in speakers)
        return {
            speaker: (str(periods[first[code]]), str(periods[last[code]]))
            for speaker, code in known
            if last[code] >= 0
        }

    def _code(self, name: str, value: str) -> int:
        """The number of a value; -1 if no passage has it."""
        values = self.values[name]
        # Only the first may be None.
        code = bisect_left(values, value, int(values[:1] == [None]))  # type: ignore[type-var]
        return code if code < len(values) and values[code] == value else -1

    def passage_id(self, passage: int) -> str:
        """The id of the passage at a place."""
        article = self.values["article"][int(self["article"][passage])]
        return f"{article}#{self['position'][passage]}"


def smallest(keys: NDArray[Any], count: int) -> Numbers:
    """The indexes of the ``count`` smallest keys in order; of equal keys, the earlier first."""
    if count >= len(keys):
        return np.argsort(keys, kind="stable")
    if count == 0:
        return np.empty(0, np.int64)
    bound = np.partition(keys, count - 1)[count - 1]
    below = np.flatnonzero(keys < bound)
    ties = np.flatnonzero(keys == bound)[: count - len(below)]
    return np.concatenate((below[np.argsort(keys[below], kind="stable")], ties))


class ColumnsBuilder:
    """Takes passages one by one, and gives their columns one by one: they wait on the disk, so that
    memory does not grow with them."""

    def __init__(self, directory: Path) -> None:
        self._numbers = array("i")
        self._codes: dict[str, dict[str | None, int]] = {name: {} for name in _VALUED}
        self._portions: list[int] = []
        self._file = tempfile.TemporaryFile(dir=directory)  # noqa: SIM115

    def close(self) -> None:
        """Forgets what was added."""
        self._file.close()

    def __len__(self) -> int:
        return sum(self._portions) + len(self._numbers) // len(_NAMES)

    def add(self, analyzed: AnalyzedPassage) -> None:
        """Raises `ValueError` for an impossible date; the passage is not added then."""
        passage, published = analyzed.passage, analyzed.passage.published
        first = periods.first_day(published) if published else 0
        last = periods.last_day(published) if published else 0
        minute = periods.minute(published) - first * 1440 if published else 0
        period = published[:10] if published else None
        valued = (passage.article_id, *_facet_values(passage), period)
        for name, value in zip(_VALUED, valued, strict=True):
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
        row, start, found = _NAMES.index(name), 0, [np.empty(0, np.int32)]
        for length in self._portions:
            self._file.seek((start + row * length) * np.dtype(np.int32).itemsize)
            found.append(np.fromfile(self._file, np.int32, length))
            start += len(_NAMES) * length
        self._file.seek(0, os.SEEK_END)
        return np.concatenate(found)

    @property
    def values(self) -> Mapping[str, Iterable[str | None]]:
        """As in `Columns`, but in the order in which they came."""
        return self._codes


class Part:
    """Some of the passages whose columns were saved; each column is read when it is asked for."""

    def __init__(self, path: Path, chosen: Mask) -> None:
        self.path = path
        self.chosen = chosen
        self.values: Mapping[str, Sequence[str | None]] = _load_values(path)

    def __len__(self) -> int:
        return int(np.count_nonzero(self.chosen))

    def __getitem__(self, name: str) -> NDArray[np.int32]:
        with _file(self.path).open("rb") as file:
            read_magic(file)
            (_, length), _, kind = read_array_header_1_0(file)
            file.seek(_NAMES.index(name) * length * kind.itemsize, os.SEEK_CUR)
            return np.fromfile(file, np.int32, length)[self.chosen]


def in_order(parts: Sequence[Part]) -> tuple[Columns, Numbers]:
    """All passages by article and position; and for each, as they come, its place there."""
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
    """Writes columns one after the other: ``<path>.columns.npy`` and ``<path>.values.json``."""
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
    """A column of all parts, and what its numbers stand for, if for anything."""
    columns = [part[name] for part in parts] or [np.empty(0, np.int32)]
    if name not in _VALUED:
        return np.concatenate(columns), ()
    of_parts = [list(part.values[name]) for part in parts]
    found = {
        values[code]
        for values, column in zip(of_parts, columns, strict=False)
        for code in np.unique(column)
    }
    values = sorted(found, key=lambda value: (value is not None, value or ""))
    new = {value: code for code, value in enumerate(values)}
    coded = [
        np.array([new.get(value, -1) for value in values], np.int32)[column]
        for values, column in zip(of_parts, columns, strict=False)
        if len(column)
    ]
    return np.concatenate([columns[0][:0], *coded]), values


def load(path: Path) -> Columns:
    """What `save` wrote. The numbers are mapped into memory: the system reads what is used, once
    for all processes."""
    rows = np.asarray(np.load(_file(path), mmap_mode="r", allow_pickle=False))
    return Columns(rows, _load_values(path))


def _load_values(path: Path) -> Mapping[str, Sequence[str | None]]:
    found: Mapping[str, Sequence[str | None]]
    found = json.loads(Path(f"{path}.values.json").read_text(encoding="ascii"))
    return found


def _file(path: Path) -> Path:
    return Path(f"{path}.columns.npy")
