"""Lists the files of the corpus, and compares them with those that were indexed."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import indexer.corpus.keeper_files as keeper_files
from indexer.corpus.keeper_files import MAX_BYTES
from indexer.errors import CorpusError, reason
from indexer.ingest.pipeline import article_id, require_format
from indexer.ingest.sidecar import SUFFIX as SIDECAR
from indexer.records import Skipped
from indexer.storage.indexed_files import IndexedFile, Stamp

_CLOCK_STEP_NS = 2 * 10**9
"""The coarsest step of a file system's clock (FAT): a file may change within it unnoticed."""

_SKEW_NS = 60 * 10**9
"""Nanoseconds that a file server's clock may be ahead. Later times are no times of a change."""


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """A file of articles. ``path`` is relative to the corpus, with ``/``."""

    path: str
    article_id: str
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Scan:
    """The contents of a corpus folder.

    ``files`` may be articles, in order of article id. ``skipped`` are ``unseen`` paths, of files
    and folders that nothing can be read from, and ``shadowed`` ones, whose id another file has.
    Those of the unseen that are ``unsettled`` are still being written.
    """

    files: tuple[CorpusFile, ...]
    skipped: tuple[Skipped, ...]
    unseen: frozenset[str]
    shadowed: frozenset[str]
    unsettled: frozenset[str]


@dataclass(frozen=True, slots=True)
class Changes:
    """The differences between a corpus and what was indexed of it.

    ``read`` is in order of article id. ``unseen`` are files that cannot be looked at now, by the
    path that cannot: nobody knows whether they changed. ``skipped`` are new files that have an id
    of theirs. ``removed`` are gone, and ``shadowed``, by article id, are those of them that are
    there, but whose id another file has now.
    """

    read: tuple[CorpusFile, ...]
    unchanged: tuple[IndexedFile, ...]
    unseen: Mapping[str, Sequence[IndexedFile]]
    skipped: tuple[Skipped, ...]
    removed: tuple[IndexedFile, ...]
    shadowed: Mapping[str, IndexedFile]


def scan(corpus: Path, settle_seconds: float = 0.0) -> Scan:
    """List the files of a corpus. Those that changed in the last ``settle_seconds`` are unsettled.

    Raises `CorpusError` if there is no such folder, and `OSError` if it cannot be listed.
    """
    if not corpus.is_dir():
        raise CorpusError(
            f"There is no folder {corpus}: make it (`commentary init` makes corpus/ here),"
            " or name another with --corpus."
        )
    skipped: list[Skipped] = []
    shadowed: set[str] = set()
    unsettled: set[str] = set()
    now_ns = time.time_ns()
    files: dict[str, CorpusFile] = {}
    for path in _paths(corpus, skipped):
        try:
            file = _corpus_file(corpus, path)
        except (CorpusError, OSError) as problem:
            skipped.append(Skipped(_shown(corpus, path), reason(problem)))
            continue
        if now_ns - settle_seconds * 10**9 < max(file.stamp[1::2]) < now_ns + _SKEW_NS:
            skipped.append(Skipped(file.path, "it is still being written"))
            unsettled.add(file.path)
            continue
        first = files.setdefault(file.article_id, file)
        if first is not file:
            skipped.append(_same_id(file.path, first.path))
            shadowed.add(file.path)
    ordered = sorted(files.values(), key=lambda file: file.article_id)
    unseen = frozenset(one.path for one in skipped) - shadowed
    return Scan(tuple(ordered), tuple(skipped), unseen, frozenset(shadowed), frozenset(unsettled))


def compare(
    corpus: Path, scan: Scan, indexed: Iterable[IndexedFile], scan_began_ns: int | None
) -> Changes:
    """Compare a scan with the files that were indexed, by the scan that began at a time.

    Without that time, every file counts as changed.
    """
    before = {file.path: file for file in indexed}
    same = {
        file.path: replace(before[file.path], stamp=file.stamp)
        for file in scan.files
        if file.path in before and _is_same(corpus, file, before[file.path], scan_began_ns)
    }
    here = {file.path for file in scan.files}
    absent = [file for path, file in sorted(before.items()) if path not in here]
    unseen = _by_hiding_path(absent, scan.unseen)
    hidden = {file.path for files in unseen.values() for file in files}
    removed = tuple(file for file in absent if file.path not in hidden)
    path_of = {_id(path): path for path in hidden}
    changed = [file for file in scan.files if file.path not in same]
    return Changes(
        read=tuple(file for file in changed if file.article_id not in path_of),
        unchanged=tuple(same.values()),
        unseen=unseen,
        skipped=tuple(
            _same_id(file.path, path_of[file.article_id])
            for file in changed
            if file.article_id in path_of
        ),
        removed=removed,
        shadowed={_id(file.path): file for file in removed if file.path in scan.shadowed},
    )


def read_bytes(path: Path, corpus: Path | None = None) -> tuple[bytes, bytes | None]:
    """Return the contents of a file, and of its sidecar if it has one.

    Raises `CorpusError` if the sidecar must not be opened, for example because it is a link out of
    the corpus, and `OSError`.
    """
    with _about_sidecar(path):
        sidecar = keeper_files.read(_sidecar(path), corpus)
    return path.read_bytes(), sidecar


def digest(data: bytes, sidecar: bytes | None) -> str:
    """Return the checksum of a file and its sidecar."""
    checksum = hashlib.sha256(data)
    if sidecar is not None:
        checksum.update(hashlib.sha256(sidecar).digest())
    return checksum.hexdigest()


def readable(path: Path) -> os.stat_result:
    """Return the size and times of a file that may be an article.

    Raises `CorpusError` with the reason if it cannot be one, and `OSError`.
    """
    require_format(PurePosixPath(path.name))
    try:
        str(path).encode()
    except UnicodeEncodeError:
        raise CorpusError("its name is not UTF-8: rename it") from None
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise CorpusError("it is not an ordinary file")
    if not status.st_size:
        raise CorpusError("it is empty")
    if status.st_size > MAX_BYTES:
        raise CorpusError(f"it is larger than {MAX_BYTES // 1024**2} MB")
    return status


def _paths(corpus: Path, skipped: list[Skipped]) -> list[Path]:
    """Return the files that should be articles, in order of path.

    Folders that cannot be entered are added to ``skipped``. Raises `OSError` for the corpus itself.
    """

    def skip(problem: OSError) -> None:
        if Path(problem.filename) == corpus:
            raise problem
        skipped.append(Skipped(_shown(corpus, Path(problem.filename)), reason(problem)))

    paths: list[Path] = []
    for folder, subfolders, names in os.walk(corpus, onerror=skip):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        for name in subfolders:
            if (link := Path(folder, name)).is_symlink():
                skipped.append(Skipped(_shown(corpus, link), "links to folders are not followed"))
        paths.extend(Path(folder, name) for name in names if not is_about_corpus(name))
    return sorted(paths)


def is_about_corpus(name: str) -> bool:
    """Return True for hidden files, READMEs and TOML files, which are no articles."""
    return name.startswith(".") or name.upper().startswith("README") or name.endswith(".toml")


def _corpus_file(corpus: Path, path: Path) -> CorpusFile:
    status = readable(path)
    if path.is_symlink() and not path.resolve().is_relative_to(corpus.resolve()):
        raise CorpusError("it is a link out of the corpus")
    keeper_files.require_access(path)
    relative = PurePosixPath(path.relative_to(corpus))
    stamp: Stamp = (status.st_size, status.st_mtime_ns)
    with _about_sidecar(path):
        noted = keeper_files.status(_sidecar(path), corpus)
    if noted:
        stamp = (*stamp, noted.st_size, noted.st_mtime_ns)
    return CorpusFile(str(relative), article_id(relative), stamp)


def _sidecar(path: Path) -> Path:
    return path.with_name(path.name + SIDECAR)


@contextmanager
def _about_sidecar(path: Path) -> Iterator[None]:
    """Name the sidecar of a file in every error."""
    try:
        yield
    except CorpusError as problem:
        raise CorpusError(f"its sidecar {_sidecar(path).name}: {problem}") from problem
    except OSError as problem:
        raise CorpusError(f"its sidecar {_sidecar(path).name}: {reason(problem)}") from problem


def _same_id(path: str, other: str) -> Skipped:
    return Skipped(path, f"its id is that of {other}")


def _id(path: str) -> str:
    return article_id(PurePosixPath(path))


def _by_hiding_path(
    files: Iterable[IndexedFile], unseen: Container[str]
) -> Mapping[str, Sequence[IndexedFile]]:
    """Group the files that cannot be looked at by the path that cannot: their own, or a folder."""
    grouped: defaultdict[str, list[IndexedFile]] = defaultdict(list)
    for file in files:
        for path in (file.path, *map(str, PurePosixPath(file.path).parents)):
            if path in unseen:
                grouped[path].append(file)
                break
    return grouped


def _is_same(
    corpus: Path, file: CorpusFile, before: IndexedFile, scan_began_ns: int | None
) -> bool:
    """Return True if a file is as it was. Reads it only if size and time leave a doubt."""
    if scan_began_ns is None:
        return False
    if before.stamp and file.stamp[::2] != before.stamp[::2]:
        return False
    if file.stamp == before.stamp and max(file.stamp[1::2]) < scan_began_ns - _CLOCK_STEP_NS:
        return True
    try:
        return digest(*read_bytes(corpus / file.path, corpus)) == before.sha256
    except (CorpusError, OSError):
        return False  # the reason is reported when the file is read again


def _shown(corpus: Path, path: Path) -> str:
    """Return a path relative to the corpus that can be printed, whatever its bytes are."""
    shown = path.relative_to(corpus).as_posix()
    return shown.encode("utf-8", "backslashreplace").decode()
