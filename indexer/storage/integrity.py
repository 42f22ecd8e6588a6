"""The files of a generation, compared with what was written.

Whenever an index is opened, each file is compared with a fast checksum (CRC-32). While it is open,
size and times of each file are compared after every answer: what was written to a file of this
machine cannot escape that. Whatever a disk changes by itself, `check` finds with SHA-256.
"""

from __future__ import annotations

import hashlib
import os
import threading
import time
import zlib
from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from indexer.storage import disk
from indexer.storage.damage import damaged, unreadable

_PORTION = 1 << 20
"""Bytes that are read at a time."""

_CLOCK_STEP_NS = 20_000_000
"""More than the time between two ticks of the clock that the times of files are taken from."""

_Stamp: TypeAlias = tuple[int, int, int, int]
"""The number of a file, its size, and the times of its last change of content and of status."""


@dataclass(frozen=True, slots=True)
class FileSum:
    """The size in bytes of a file, and two checksums: one that is safe, one that is fast."""

    size: int
    sha256: str
    crc32: int


class Summing:
    """The size and the checksums of what is read in portions."""

    def __init__(self) -> None:
        self._size = self._crc32 = 0
        self._digest = hashlib.sha256()

    def add(self, portion: bytes) -> None:
        """Add the next portion."""
        self._size += len(portion)
        self._crc32 = zlib.crc32(portion, self._crc32)
        self._digest.update(portion)

    @property
    def sum(self) -> FileSum:
        """The size and the checksums of all portions so far."""
        return FileSum(self._size, self._digest.hexdigest(), self._crc32)


def sums(folder: Path) -> dict[str, FileSum]:
    """Return the checksums of each file of a generation, by its relative path."""
    files = [path for path in disk.below(folder) if path.is_file()]
    return {path.relative_to(folder).as_posix(): _sum(path) for path in files}


@dataclass(frozen=True, slots=True)
class GenerationFiles:
    """The files of one generation of an index, and what was written to them."""

    index: Path
    generation: str
    sums: Mapping[str, FileSum]

    @property
    def folder(self) -> Path:
        """The folder of the files."""
        return self.index / self.generation

    def verify(self, *, thoroughly: bool = False, names: Container[str] | None = None) -> None:
        """Compare files with their fast checksums, or ``thoroughly`` with the safe ones.

        ``names`` are the files to read, by default all. Raises `IndexDamaged` if one is missing or
        was changed, and `IndexUnreadable` if one cannot be read now.
        """
        chosen = {n: one for n, one in self.sums.items() if names is None or n in names}
        for name, expected in chosen.items():
            if self._stamp(name)[1] != expected.size:
                raise damaged(self.index, f"{name} was changed or cut short")
        for name, expected in chosen.items():
            path = self.folder / name
            try:
                is_same = _sum(path) == expected if thoroughly else _crc32(path) == expected.crc32
            except OSError as problem:
                raise unreadable(self.index, name, problem) from problem
            if not is_same:
                raise damaged(self.index, f"{name} was changed or cut short")

    def stamps(self) -> tuple[_Stamp, ...]:
        """Return what changes whenever a file does. Raises as `verify`."""
        return tuple(map(self._stamp, self.sums))

    def _stamp(self, name: str) -> _Stamp:
        try:
            status = os.stat(self.folder / name)
        except OSError as problem:
            raise unreadable(self.index, name, problem) from problem
        return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


class Guard:
    """Tells whether answers are from files as they were written. Opening it verifies them all."""

    def __init__(self, files: GenerationFiles, *, thoroughly: bool = False) -> None:
        self._files = files
        self._lock = threading.Lock()
        self._stamps = files.stamps()
        if time.time_ns() - max((stamp[-1] for stamp in self._stamps), default=0) < _CLOCK_STEP_NS:
            time.sleep(_CLOCK_STEP_NS / 1e9)  # or the next change might have the same time
        files.verify(thoroughly=thoroughly)

    def require_intact(self) -> None:
        """Raise `IndexDamaged` if a file was written to since it was verified.

        What was read before may be wrong then, even if the file is right again. A change of status
        alone, as by a new hard link, has the files verified again. A generation whose folder was
        removed as a whole stays as it was for whoever has it open.
        """
        if not self._files.folder.exists():
            return
        if (now := self._files.stamps()) == self._stamps:
            return
        with self._lock:
            if [stamp[:3] for stamp in now] != [stamp[:3] for stamp in self._stamps]:
                self._files.verify()
                raise damaged(self._files.index, "a file was changed while it was being read")
            if now != self._stamps:
                self._files.verify()
                self._stamps = now

    def verify(self) -> None:
        """Compare all files with their fast checksums."""
        self._files.verify()


def _sum(path: Path) -> FileSum:
    summing = Summing()
    with path.open("rb", buffering=0) as file:
        while portion := file.read(_PORTION):
            summing.add(portion)
    return summing.sum


def _crc32(path: Path) -> int:
    crc = 0
    with path.open("rb", buffering=0) as file:
        while portion := file.read(_PORTION):
            crc = zlib.crc32(portion, crc)
    return crc
