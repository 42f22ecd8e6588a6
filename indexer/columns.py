"""What passages are filtered, counted and sorted by: for each property a row of numbers.

A passage is a place in every row. Values that are words (an outlet, a speaker) are numbers into a
list, in their order, ``None`` first. For engines that answer with numpy.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

import indexer.periods as periods
from indexer.records import FIELDS, AnalyzedPassage, Dated

Mask: TypeAlias = NDArray[np.bool_]
Numbers: TypeAlias = NDArray[np.int64]

_VALUED = ("article", "speaker", "outlet", "role", "language", "period")
_NAMES = (*_VALUED, "position", "first_day", "last_day", "minute_of_day", *FIELDS)


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

    def take(self, chosen: Mask | Numbers) -> Columns:
        """The columns of some passages, in the order chosen."""
        return Columns(self.rows[:, chosen], self.values)

    def having(self, name: str, wanted: Collection[str]) -> Mask:
        """Which passages have one of the wanted values."""
        is_wanted = [value in wanted for value in self.values[name]]
        return np.array(is_wanted, np.bool_)[self[name]]

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

    def count(self, name: str, passages: Numbers) -> dict[str, int]:
        """How many of these passages have each value; those without one are left out."""
        counts = np.bincount(self[name][passages])
        pairs = zip(self.values[name], counts.tolist(), strict=False)
        return {value: count for value, count in pairs if count and value is not None}

    def spans(self, name: str, ordered: str, passages: Numbers) -> dict[str, tuple[str, str]]:
        """For each value that these passages have, the first and last value of another column."""
        codes, others = self[name][passages], self[ordered][passages]
        is_known = np.array([value is not None for value in self.values[ordered]], np.bool_)
        codes, others = codes[is_known[others]], others[is_known[others]]
        first = np.full(len(self.values[name]), np.iinfo(np.int32).max)
        last = np.full(len(first), -1)
        np.minimum.at(first, codes, others)
        np.maximum.at(last, codes, others)
        values, periods = self.values[name], self.values[ordered]
        return {
            str(values[code]): (str(periods[first[code]]), str(periods[last[code]]))
            for code in np.flatnonzero(last >= 0).tolist()
            if values[code] is not None
        }

    def passage_id(self, passage: int) -> str:
        """The id of the passage at a place."""
        article = self.values["article"][int(self["article"][passage])]
        return f"{article}#{self['position'][passage]}"


class ColumnsBuilder:
    """Takes passages one by one."""

    def __init__(self) -> None:
        self._numbers = array("i")
        self._codes: dict[str, dict[str | None, int]] = {name: {} for name in _VALUED}

    def add(self, analyzed: AnalyzedPassage) -> None:
        """Raises `ValueError` for an impossible date; the passage is not added then."""
        passage, published = analyzed.passage, analyzed.passage.published
        first = periods.first_day(published) if published else 0
        last = periods.last_day(published) if published else 0
        minute = periods.minute(published) - first * 1440 if published else 0
        period = published[:10] if published else None
        speaker, outlet = passage.speaker_id, passage.outlet
        valued = (passage.article_id, speaker, outlet, passage.role, passage.language, period)
        for name, value in zip(_VALUED, valued, strict=True):
            codes = self._codes[name]
            self._numbers.append(codes.setdefault(value, len(codes)))
        self._numbers.extend((passage.position, first, last, minute))
        self._numbers.extend(len(analyzed.terms[field].split()) for field in FIELDS)

    def columns(self) -> Columns:
        """What was added so far."""
        rows = np.array(self._numbers, np.int32).reshape(-1, len(_NAMES)).T
        values = {name: list(codes) for name, codes in self._codes.items()}
        return joined([Columns(rows, values)])


def joined(parts: Sequence[Columns]) -> Columns:
    """Columns one after the other (at least one); values that no passage has are dropped."""
    rows = np.concatenate([part.rows for part in parts], axis=1)
    values = {}
    for row, name in enumerate(_VALUED):
        found = {part.values[name][code] for part in parts for code in np.unique(part[name])}
        values[name] = sorted(found, key=lambda value: (value is not None, value or ""))
        new = {value: code for code, value in enumerate(values[name])}
        codes = [np.array([new.get(v, -1) for v in part.values[name]], np.int32) for part in parts]
        rows[row] = np.concatenate([c[part[name]] for c, part in zip(codes, parts, strict=True)])
    return Columns(rows, values)


def save(columns: Columns, path: Path) -> None:
    """Writes ``<path>.columns.npy`` and ``<path>.values.json``."""
    np.save(f"{path}.columns.npy", columns.rows, allow_pickle=False)
    Path(f"{path}.values.json").write_text(json.dumps(columns.values), encoding="ascii")


def load(path: Path) -> Columns:
    """Reads what `save` wrote."""
    rows = np.load(f"{path}.columns.npy", allow_pickle=False)
    return Columns(rows, json.loads(Path(f"{path}.values.json").read_text(encoding="ascii")))
