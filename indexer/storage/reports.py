"""Reports of readers on wrong speakers: lines of JSON in a file of the keeper's.

A report says nothing of who sent it, and changes nothing by itself.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from indexer.errors import IndexerError

MAX_NOTE = 2_000
"""Characters of a note that are kept."""

MAX_NAME = 200
"""Characters of a name that are kept."""


@dataclass(frozen=True, slots=True)
class Report:
    """A passage with its digest, the speaker that was shown, and who says it as a reader knows.

    ``said_by`` is a name, "" for somebody else whose name the reader does not know, ``None`` if
    nobody can tell, or ``False`` if nobody says it. With a ``label`` the report is on all passages
    in which that speaker is printed so, and the passage is an example.
    """

    at: str
    passage: str
    digest: str
    shown: str | None
    said_by: str | bool | None
    note: str
    label: str | None = None


class Reports:
    """The reports in a file, which may not exist yet."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, report: Report) -> None:
        """Append a report. Raises `OSError`."""
        with self._locked() as file:
            file.seek(0, os.SEEK_END)
            file.write(f"{json.dumps(asdict(report), ensure_ascii=False)}\n")

    def open(self) -> list[tuple[int, Report]]:
        """Return the reports that are not done, each with the number of its line."""
        if not self._path.exists():
            return []
        with self._locked() as file:
            return [
                (number, report)
                for number, line in enumerate(file.readlines(), 1)
                if (report := _report(line)) is not None
            ]

    def done(self, numbers: Sequence[int]) -> None:
        """Mark reports as done. Raises `IndexerError` if a number is that of no open report."""
        numbered = dict(self.open())
        for number in numbers:
            if number not in numbered:
                raise IndexerError(f"There is no open report {number} in {self._path}.")
        with self._locked() as file:
            lines = file.readlines()
            for number in set(numbers):
                row = json.loads(lines[number - 1]) | {"done": True}
                lines[number - 1] = f"{json.dumps(row, ensure_ascii=False)}\n"
            file.seek(0)
            file.truncate()
            file.writelines(lines)

    @contextmanager
    def _locked(self) -> Iterator[IO[str]]:
        """Open the file, which no other process changes meanwhile."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        with open(descriptor, "r+", encoding="utf-8", newline="\n") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file


def _report(line: str) -> Report | None:
    """Return the report in a line, or ``None`` if it is done, or no report."""
    try:
        row = json.loads(line)
        if row.pop("done", False):
            return None
        row.setdefault("label", None)
        return Report(**{name: row[name] for name in Report.__dataclass_fields__})
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
