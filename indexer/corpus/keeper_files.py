"""Files that a keeper of a corpus writes: sidecars of articles, and ``speakers.toml``.

Only ordinary files inside the corpus are opened. A FIFO would block for ever, a device may do
anything, and a link out of the corpus reads what nobody put there.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from indexer.errors import CorpusError
from indexer.people.aliases import FILE as SPEAKERS
from indexer.people.aliases import Aliases
from indexer.people.speakers_toml import parse_aliases

MAX_BYTES = 32 * 1024 * 1024


def status(path: Path, corpus: Path | None = None) -> os.stat_result | None:
    """Return the size and times of a file, or ``None`` if there is none. Does not open it.

    ``corpus`` is the folder that a link must not leave; without it, links may lead anywhere.
    Raises `CorpusError` if the file must not be opened, and `OSError`.
    """
    try:
        stats = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if stat.S_ISLNK(stats.st_mode):
        if not path.exists():
            raise CorpusError("it is a link to nothing")
        if corpus is not None and not path.resolve().is_relative_to(corpus.resolve()):
            raise CorpusError("it is a link out of the corpus")
        stats = path.stat()
    if not stat.S_ISREG(stats.st_mode):
        raise CorpusError("it is not an ordinary file")
    if stats.st_size > MAX_BYTES:
        raise CorpusError(f"it is larger than {MAX_BYTES // 1024**2} MB")
    require_access(path)
    return stats


def require_access(path: Path) -> None:
    """Raise `PermissionError` if a file may not be read, whether it has changed or not."""
    if not os.access(path, os.R_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def read(path: Path, corpus: Path | None = None) -> bytes | None:
    """Return the contents of a file, or ``None`` if there is none. Raises as `status`."""
    return None if status(path, corpus) is None else path.read_bytes()


def read_aliases(corpus: Path) -> Aliases:
    """Return the aliases of a corpus, empty if it has no ``speakers.toml``.

    Raises `CorpusError` in one line that names the file and what is wrong in it, and `OSError`.
    """
    path = corpus / SPEAKERS
    try:
        return parse_aliases(read(path, corpus) or b"")
    except CorpusError as problem:
        raise CorpusError(f"{path}: {problem}") from problem
