"""The files of a backup, in a folder or in one ``.tar``: written once, and read by their names."""

from __future__ import annotations

import os
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol, cast

from indexer.errors import BackupError
from indexer.storage.integrity import FileSum, Summing

TAR = ".tar"
_CHUNK = 1 << 20


class Summed:
    """The content of a file as far as it has been read, with its size and checksums."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._summing = Summing()

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, nothing at the end."""
        piece = self._file.read(size)
        self._summing.add(piece)
        return piece

    def write_to(self, target: Path) -> None:
        """Write all of it to a new file, for good. Folders above it are made."""
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as copy:
            while piece := self.read(_CHUNK):
                copy.write(piece)
            copy.flush()
            os.fsync(copy.fileno())

    @property
    def sum(self) -> FileSum:
        """Size and checksums of what was read."""
        return self._summing.sum


class Writer(Protocol):
    """Writes the files of a backup."""

    def add(self, name: str, content: Summed, size: int) -> None:
        """Write a file of a known size. Raises `OSError`."""


class Reader(Protocol):
    """Reads the files of a backup."""

    def open(self, name: str) -> IO[bytes]:
        """Open a file. Raises `OSError` if there is none, and if it cannot be read."""


class _FolderWriter:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()

    def add(self, name: str, content: Summed, size: int) -> None:
        content.write_to(self._folder / name)


class _TarWriter:
    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self._mtime = time.time()

    def add(self, name: str, content: Summed, size: int) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mtime = size, self._mtime
        self._tar.addfile(member, cast(IO[bytes], content))


class _FolderReader:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self, name: str) -> IO[bytes]:
        return (self._folder / name).open("rb")


class _TarReader:
    """Reads a tar whose members are all plain files or folders within it."""

    def __init__(self, path: Path, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self._members: dict[str, tarfile.TarInfo] = {}
        for member in tar:
            if not (member.isfile() or member.isdir()) or _leads_out(member):
                raise BackupError(
                    f"{path} is no backup: {member.name} in it is not a file of this folder."
                    " Nothing was changed."
                )
            self._members[member.name.removeprefix("./")] = member

    def open(self, name: str) -> IO[bytes]:
        file = self._tar.extractfile(self._members[name]) if name in self._members else None
        if file is None:
            raise FileNotFoundError(2, "No such file")
        return file


def _leads_out(member: tarfile.TarInfo) -> bool:
    """Return true if the filter of `tarfile` for mere data would refuse or move a member."""
    try:
        return tarfile.data_filter(member, os.curdir).name != member.name
    except tarfile.FilterError:
        return True


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """Write the files of a new backup, into a ``.tar`` if the path ends so, else into a folder."""
    if path.suffix != TAR:
        yield _FolderWriter(path)
        return
    with path.open("xb") as file:
        with tarfile.open(fileobj=file, mode="w") as tar:
            yield _TarWriter(tar)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """Read the files of a backup. Raises `BackupError` if it is none, or leads out of itself."""
    if path.is_dir():
        yield _FolderReader(path)
        return
    try:
        with tarfile.open(path, "r:") as tar:
            yield _TarReader(path, tar)
    except tarfile.TarError as problem:
        raise BackupError(
            f"The backup {path} is damaged ({problem}). Nothing was changed."
        ) from problem


def is_inside(name: str) -> bool:
    """Return true if a name is that of a file in or below a folder.

    >>> is_inside("index/current.json"), is_inside("../index"), is_inside("/etc/hosts")
    (True, False, False)
    """
    parts = name.split("/")
    return not {"", ".", ".."} & {*parts} and "\0" not in name
