"""Errors of a disk, as one sentence with the file and what helps, and none of them left out.

SQLite and engines report them in words of their own, and without the file.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

CURES: Mapping[int, str] = {
    errno.ENOSPC: "free some space on that disk and run it again",
    errno.EDQUOT: "free some space, as the quota of this user is used up, and run it again",
    errno.EFBIG: "raise the limit of the size of a file (`ulimit -f`) and run it again",
    errno.EIO: "the disk has failed: look into the log of the system, and run it again",
    errno.EROFS: "the disk is mounted read-only: mount it for writing, or name another folder",
    errno.EACCES: "give this user the right to it (`ls -l`, `chown`)",
    errno.EPERM: "give this user the right to it (`ls -l`, `lsattr`)",
    errno.EMFILE: "raise the limit of open files (`ulimit -n`) and run it again",
    errno.ENFILE: "the system has too many open files: end other programs and run it again",
    errno.ENOMEM: "free some memory and run it again",
}
"""What helps against an error of the system."""

_SQLITE: Mapping[int, int] = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_NOMEM: errno.ENOMEM,
}
"""SQLite's codes of errors of the disk, and those of the system."""

_PRIMARY_CODE = 0xFF


def sentence(problem: OSError) -> str:
    """Return the error, the file and what helps, without a full stop."""
    what = problem.strerror or str(problem)
    where = f" ({problem.filename})" if problem.filename else ""
    cure = CURES.get(problem.errno or 0)
    return f"{what}{where}: {cure}" if cure else f"{what}{where}"


def as_os_error(problem: Exception, path: Path) -> OSError | None:
    """Return an error of the disk with the file, by default ``path``; ``None`` for any other."""
    if isinstance(problem, OSError):
        if problem.filename is not None or problem.errno is None:
            return problem
        return _about(problem.errno, path)
    code = getattr(problem, "sqlite_errorcode", 0) & _PRIMARY_CODE
    if code == sqlite3.SQLITE_CANTOPEN:
        return _opening(path)
    return _about(_SQLITE[code], path) if code in _SQLITE else None


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Raise every error of the disk as an `OSError` that names a file."""
    try:
        yield
    except (OSError, sqlite3.Error) as problem:
        named = as_os_error(problem, path)
        if named is None or named is problem:
            raise
        raise named from problem


def below(folder: Path) -> list[Path]:
    """Return every path below a folder, in order, each folder before what is in it.

    Raises `OSError` if a folder cannot be listed; `Path.rglob` leaves out what it may not list.
    """

    def fail(problem: OSError) -> None:
        raise problem

    return sorted(
        Path(here, name)
        for here, folders, files in os.walk(folder, onerror=fail)
        for name in (*folders, *files)
    )


def _opening(path: Path) -> OSError:
    """Return the error that opening a file has, as SQLite does not tell it."""
    try:
        os.close(os.open(path, os.O_RDONLY))
    except OSError as problem:
        return problem
    return _about(errno.EIO, path)


def _about(code: int, path: Path) -> OSError:
    return OSError(code, os.strerror(code), str(path))
