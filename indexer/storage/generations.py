"""The generations of an index on disk: written aside, checked, and published in one step.

    index/current.json      the generation that serves, and size and checksum of each of its files
    index/<generation>/     library.sqlite and engine/, never changed once published, and a copy of
                            its ``current.json``, for `rollback`

The old generation serves until ``current.json`` is replaced, which is one step for the file system.
A generation stays as long as anybody reads it. The next run clears whatever a crash leaves behind.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import secrets
import shutil
import stat
from collections.abc import Container, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from indexer.errors import IndexDamaged, IndexLocked, IndexMissing, IndexOutdated, IndexUnavailable
from indexer.messages import Message
from indexer.records import IndexInfo
from indexer.storage import disk
from indexer.storage.damage import command, damaged, unreadable
from indexer.storage.integrity import FileSum, GenerationFiles

SCHEMA = 19
"""The version of the format. Raise it if this code would misread an older index."""

CURRENT = "current.json"
ENGINE = "engine"
LOCK = ".lock"

KEEP = 1
"""The number of former generations that are kept, unless another is given."""

_MANIFEST = "manifest.json"
_CHECKSUM = "sha256"
_GENERATION = re.compile(r"\d{8}T\d{6}-[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """The contents of a generation. ``previous`` is the generation that served before."""

    info: IndexInfo
    files: Mapping[str, FileSum]
    previous: str | None = None
    schema: int = SCHEMA

    def files_in(self, index: Path) -> GenerationFiles:
        """Return the files of this generation, to be compared with their checksums."""
        return GenerationFiles(index, self.info.generation, self.files)

    def as_json(self) -> str:
        """Return the manifest as it is stored, with a checksum of its own."""
        content = asdict(self)
        return json.dumps({**content, _CHECKSUM: _digest(content)}, indent=1)


def read_manifest(index: Path, generation: str | None = None) -> Manifest:
    """Read the manifest of the generation that serves, or of another one.

    Raises `IndexMissing`, `IndexOutdated` (another schema), `IndexDamaged` or `IndexUnreadable`.
    """
    path = index / generation / _MANIFEST if generation else index / CURRENT
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        if stored["schema"] != SCHEMA:
            raise IndexOutdated(
                Message(
                    "The index in %(index)s was built by another version: run %(command)s.",
                    index=index,
                    command=command(index),
                )
            )
        if stored.pop(_CHECKSUM) != _digest(stored):
            raise ValueError("checksum")
        info = IndexInfo(**stored["info"])
        files = {name: FileSum(**file) for name, file in stored["files"].items()}
        manifest = Manifest(info, files, stored["previous"])
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissing(
            Message(
                "There is no index in %(index)s yet: run %(command)s.",
                index=index,
                command=command(index),
            )
        ) from None
    except OSError as problem:
        raise unreadable(index, path.name, problem) from problem
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise damaged(index, f"{path.name} cannot be read") from problem
    if not _GENERATION.fullmatch(info.generation):
        raise damaged(index, f"{path.name} names no generation")
    return manifest


def serving(index: Path) -> str | None:
    """Return the name of the generation that serves, even if another version wrote it.

    Returns ``None`` if there is none. Raises `OSError` if the file cannot be read: nothing may be
    removed then.
    """
    name = _stored(index / CURRENT, "info", "generation")
    return name if isinstance(name, str) and _GENERATION.fullmatch(name) else None


def count_articles(index: Path) -> int:
    """Return the number of articles in the index, of whatever version; 0 if it is unknown."""
    count = _stored(index / CURRENT, "info", "articles")
    return count if isinstance(count, int) else 0


def former(index: Path) -> list[str]:
    """Return the names of the generations before the one that serves, latest first.

    They may be of other versions, or gone. Raises `OSError` if a manifest cannot be read.
    """
    return list(_chain(index, _stored(index / CURRENT, "previous")))


def _chain(index: Path, name: object) -> Iterator[str]:
    """Yield a generation and those before it, as far as their manifests tell."""
    seen = set()
    while isinstance(name, str) and _GENERATION.fullmatch(name) and name not in seen:
        seen.add(name)
        yield name
        name = _stored(index / name / _MANIFEST, "previous")


def _stored(manifest: Path, *keys: str) -> object:
    """Return what a manifest has under some keys, one in the other, or ``None``."""
    try:
        value = json.loads(manifest.read_bytes())
        for key in keys:
            value = value[key]
    except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError):
        return None
    return cast(object, value)


@contextmanager
def new_generation(index: Path) -> Iterator[Path]:
    """Create an empty folder for a generation. It is removed if building fails."""
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
    folder = index / name
    (folder / ENGINE).mkdir(parents=True)
    try:
        yield folder
    except BaseException:
        if serving(index) != name:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def copy_engine(old: Path, new: Path) -> None:
    """Copy the engine's files from an older generation, by hard links if possible."""
    for file in disk.below(old / ENGINE):
        target = new / file.relative_to(old)
        if file.is_dir():
            target.mkdir()
            continue
        try:
            os.link(file, target, follow_symlinks=False)
        except (OSError, NotImplementedError):  # not every file system has hard links
            shutil.copyfile(file, target, follow_symlinks=False)


def publish(index: Path, manifest: Manifest, keep: int = KEEP) -> None:
    """Write a generation to disk for good, and let it serve.

    Removes all other generations except ``keep`` former ones.
    """
    folder = index / manifest.info.generation
    (folder / _MANIFEST).write_text(manifest.as_json(), encoding="utf-8")
    mode = stat.S_IMODE((folder / _MANIFEST).stat().st_mode)
    for name in manifest.files:
        # Some libraries let nobody else read their files, whatever the umask is.
        if stat.S_IMODE((folder / name).stat().st_mode) != mode:
            (folder / name).chmod(mode)
    for path in (*(path for path in disk.below(folder) if not path.is_symlink()), folder, index):
        sync(path)
    kept = list(_chain(index, manifest.previous))[:keep]
    serve(index, manifest)
    clear(index, keep={manifest.info.generation, *kept})


def note_skipped(index: Path, count: int) -> None:
    """Write down how many files the last run skipped, whether or not it published anything."""
    with suppress(IndexUnavailable):
        manifest = read_manifest(index)
        if manifest.info.skipped != count:
            serve(index, replace(manifest, info=replace(manifest.info, skipped=count)))


def serve(index: Path, manifest: Manifest) -> None:
    """Let a generation serve that is on disk for good, in one step."""
    new = index / f"{CURRENT}.new"
    new.write_text(manifest.as_json(), encoding="utf-8")
    sync(new)
    os.replace(new, index / CURRENT)
    sync(index)


def clear_leftovers(index: Path) -> None:
    """Remove what crashed runs left: all but the generation that serves and the former ones.

    Raises `OSError` if a manifest cannot be read.
    """
    clear(index, keep={serving(index), *former(index)})


def clear(index: Path, keep: Container[str | None]) -> None:
    """Remove all other generations that nobody reads, and the remains of runs that crashed."""
    (index / f"{CURRENT}.new").unlink(missing_ok=True)
    for folder in index.iterdir():
        if _GENERATION.fullmatch(folder.name) and folder.name not in keep:
            with suppress(OSError), _flocked(folder, fcntl.LOCK_EX | fcntl.LOCK_NB):
                shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def held(index: Path, manifest: Manifest) -> Iterator[None]:
    """Keep a generation from being removed, for as long as this process reads it.

    The system gives it free when the process ends, however it ends. Raises `IndexDamaged` if the
    generation is gone, and `IndexUnreadable` if it cannot be entered.
    """
    name = manifest.info.generation
    with ExitStack() as stack:
        try:
            stack.enter_context(_flocked(index / name, fcntl.LOCK_SH))
        except OSError as problem:
            raise unreadable(index, name, problem) from problem
        yield


@contextmanager
def held_serving(index: Path) -> Iterator[Manifest]:
    """Keep the generation that serves from being removed, and yield its manifest.

    Raises as `read_manifest` and `GenerationFiles.verify`.
    """
    manifest = read_manifest(index)
    while True:
        with ExitStack() as stack:
            try:
                stack.enter_context(held(index, manifest))
                manifest.files_in(index).verify()
            except IndexDamaged:
                # Files may be missing because the index was just replaced.
                newest = read_manifest(index)
                if newest.info.generation == manifest.info.generation:
                    raise
                manifest = newest
                continue
            yield manifest
            return


@contextmanager
def _flocked(folder: Path, operation: int) -> Iterator[None]:
    """Hold a lock on a folder. Raises `BlockingIOError` if it is not to be had at once.

    Where the file system has no locks, a folder counts as locked by this process.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, operation)
        except BlockingIOError:
            raise
        except OSError:
            pass
        yield
    finally:
        os.close(descriptor)


@contextmanager
def locked(index: Path) -> Iterator[None]:
    """Hold the lock for writing an index. The lock ends with its process.

    Raises `IndexLocked` if another process has it.
    """
    index.mkdir(parents=True, exist_ok=True)
    with (index / LOCK).open("a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip()
            writer = f"process {holder}" if holder else "another process"
            raise IndexLocked(
                f"The index in {index} is being written by {writer}: try again when it is done."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _digest(content: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def sync(path: Path) -> None:
    """Write a file or folder to disk for good."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
