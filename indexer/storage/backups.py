"""Backups of everything but the corpus: the index, the alerts and the reports of readers.

    backup.json             the files of the backup, each with its size and checksum
    index/                  the generation that serves, as an index of its own
    alerts/                 the folder of alerts
    reports.jsonl           the reports of readers

A backup is written beside its place and then renamed. It is restored once all of it is verified.
"""

from __future__ import annotations

import fcntl
import io
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from indexer.engines import load_engine
from indexer.errors import BackupError, EngineUnavailable, IndexUnavailable
from indexer.storage import disk, generations
from indexer.storage.backup_files import Reader, Summed, Writer, is_inside, reading, writing
from indexer.storage.damage import damaged
from indexer.storage.generations import CURRENT, ENGINE, LOCK, Manifest
from indexer.storage.integrity import FileSum

_VERSION = 1
_CONTENTS = "backup.json"
_INDEX = "index"
_ALERTS = "alerts"
_REPORTS = "reports.jsonl"

_MAY_STAY = frozenset({LOCK, "README.md"})
"""Files of a folder that counts as empty."""

_SQLITE = b"SQLite format 3\0"
_BESIDE_SQLITE = ("-journal", "-shm", "-wal")
"""Ends of the names of files that SQLite keeps for itself."""


@dataclass(frozen=True, slots=True)
class Places:
    """The places of what is in a backup.

    ``alerts`` is by default beside the index. Without ``reports`` none are backed up, and those of
    a backup are restored beside the index.
    """

    index: Path
    alerts: Path | None = None
    reports: Path | None = None

    @property
    def alerts_folder(self) -> Path:
        """The folder of alerts, which need not exist."""
        return self.alerts or self.index.absolute().parent / _ALERTS

    @property
    def reports_file(self) -> Path:
        """The file that reports are restored to."""
        return self.reports or self.index.absolute().parent / _REPORTS


def back_up(places: Places, target: Path) -> Manifest:
    """Write a backup, and return the manifest of the generation in it.

    Servers and runs go on meanwhile. Raises `BackupError` if there is something at ``target``,
    `IndexUnavailable` if there is no whole index, or `OSError`.
    """
    if os.path.lexists(target):
        raise BackupError(f"There is something at {target} already: nothing was written.")
    beside = target.absolute().parent
    if not beside.is_dir():
        raise BackupError(f"There is no folder {beside} to write a backup into.")
    with tempfile.TemporaryDirectory(dir=beside, prefix=f".{target.name}-") as folder:
        made = Path(folder) / target.name
        with generations.held_serving(places.index) as manifest, writing(made) as writer:
            files = dict(_add_all(places, manifest, writer))
            _add(writer, _CONTENTS, io.BytesIO(_contents(files)))
        os.rename(made, target)
    generations.sync(beside)
    return manifest


def _add_all(places: Places, manifest: Manifest, writer: Writer) -> Iterator[tuple[str, FileSum]]:
    """Add all files to a backup. Yields the name and the sum of each."""
    alone = replace(manifest, previous=None).as_json().encode()
    yield _add(writer, f"{_INDEX}/{CURRENT}", io.BytesIO(alone))
    folder = places.index / manifest.info.generation
    for name, expected in manifest.files.items():
        with (folder / name).open("rb") as file:
            added = _add(writer, f"{_INDEX}/{folder.name}/{name}", file)
        if added[1] != expected:
            raise damaged(places.index, f"{name} was changed or cut short")
        yield added
    for path in _files_in(places.alerts_folder):
        with _snapshot(path) as file:
            name = path.relative_to(places.alerts_folder).as_posix()
            yield _add(writer, f"{_ALERTS}/{name}", file)
    if places.reports and places.reports.exists():
        with places.reports.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH)  # no report is half written
            yield _add(writer, _REPORTS, file)


def _add(writer: Writer, name: str, file: IO[bytes]) -> tuple[str, FileSum]:
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    content = Summed(file)
    writer.add(name, content, size)
    return name, content.sum


def _files_in(folder: Path) -> list[Path]:
    """Return all files below a folder; an empty list if there is no folder."""
    if not folder.exists():
        return []
    files = (path for path in disk.below(folder) if path.is_file() and not path.is_symlink())
    return [path for path in files if not path.name.endswith(_BESIDE_SQLITE)]


@contextmanager
def _snapshot(path: Path) -> Iterator[IO[bytes]]:
    """Open a file; of a database that may be written meanwhile, a copy as of one moment."""
    with path.open("rb") as file:
        if file.read(len(_SQLITE)) != _SQLITE:
            yield file
            return
    with tempfile.NamedTemporaryFile() as copy:
        address = f"{path.absolute().as_uri()}?mode=ro"
        into = sqlite3.connect(copy.name)
        with closing(into), closing(sqlite3.connect(address, uri=True)) as source:
            source.backup(into)
        with open(copy.name, "rb") as file:
            yield file


def _contents(files: dict[str, FileSum]) -> bytes:
    made = datetime.now(UTC).isoformat(timespec="seconds")
    sums = {name: asdict(file) for name, file in files.items()}
    return json.dumps({"version": _VERSION, "made": made, "files": sums}, indent=1).encode()


def restore(backup: Path, places: Places) -> Manifest:
    """Restore a backup, and return the manifest of the generation that serves then.

    Raises `BackupError` if the backup is damaged, or if there is something in the way, and
    `IndexLocked` if the index is being written. Nothing is changed then.
    """
    with reading(backup) as reader:
        files = _files(backup, reader)
        _require_room(files, places)
        with _new_index(places.index), _staged(backup, reader, files, places.index) as stage:
            manifest = _manifest(backup, stage)
            with ExitStack() as undo:
                for source, target in _moves(stage, manifest.info.generation, places):
                    undo.callback(target.unlink, missing_ok=True)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.move(source, target)
                _open_once(places.index / manifest.info.generation / ENGINE, manifest)
                generations.publish(places.index, manifest)
                undo.pop_all()
    return manifest


def _open_once(folder: Path, manifest: Manifest) -> None:
    # An engine may need links that no backup has. Readers may not be able to make them.
    with suppress(EngineUnavailable):
        load_engine(manifest.info.engine).open_searcher(folder).close()


def _moves(stage: Path, generation: str, places: Places) -> Iterator[tuple[Path, Path]]:
    """Yield where each file of a backup is, and where it is to be."""
    folders = {_INDEX + "/" + generation: places.index / generation, _ALERTS: places.alerts_folder}
    for name, folder in folders.items():
        for path in _files_in(stage / name):
            yield path, folder / path.relative_to(stage / name)
    if (stage / _REPORTS).exists():
        yield stage / _REPORTS, places.reports_file


def _files(backup: Path, reader: Reader) -> dict[str, FileSum]:
    """Return the files of a backup. Raises `BackupError`."""
    try:
        with reader.open(_CONTENTS) as file:
            contents = json.loads(file.read())
        if contents["version"] != _VERSION:
            raise BackupError(f"The backup {backup} was made by another version of this program.")
        files = {name: FileSum(**one) for name, one in contents["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise _damaged(backup, f"{_CONTENTS} cannot be read") from problem
    for name in files:
        if not is_inside(name):
            raise _damaged(backup, f"{name} leads out of it")
    return files


def _require_room(files: dict[str, FileSum], places: Places) -> None:
    """Raise `BackupError` if anything is where a backup is to be restored."""
    has_alerts = any(name.startswith(f"{_ALERTS}/") for name in files)
    for folder in (places.index, *([places.alerts_folder] if has_alerts else [])):
        if not _is_empty(folder):
            raise BackupError(f"{folder} is not empty: nothing was restored. Restore elsewhere.")
    if _REPORTS in files and os.path.lexists(places.reports_file):
        raise BackupError(f"{places.reports_file} exists: nothing was restored. Move it away.")


def _is_empty(folder: Path) -> bool:
    if not folder.is_dir():
        return not os.path.lexists(folder)
    return all(path.name in _MAY_STAY for path in folder.iterdir())


@contextmanager
def _new_index(index: Path) -> Iterator[None]:
    """Hold the lock for writing an index, which is made. If anything fails it is as before."""
    is_new = not index.exists()
    with generations.locked(index):
        try:
            yield
        except BaseException:
            for path in index.iterdir():
                if path.is_dir():
                    shutil.rmtree(path, ignore_errors=True)
                elif path.name == LOCK or path.name not in _MAY_STAY:
                    path.unlink()
            if is_new:
                index.rmdir()
            raise


@contextmanager
def _staged(backup: Path, reader: Reader, files: dict[str, FileSum], index: Path) -> Iterator[Path]:
    """Copy all files of a backup into a folder of the index. Raises `BackupError` for damage."""
    with tempfile.TemporaryDirectory(dir=index, prefix=".restore-") as folder:
        for name, expected in files.items():
            try:
                with reader.open(name) as file:
                    content = Summed(file)
                    content.write_to(Path(folder) / name)
            except FileNotFoundError:
                raise _damaged(backup, f"{name} is missing") from None
            if content.sum != expected:
                raise _damaged(backup, f"{name} was changed or cut short")
        yield Path(folder)


def _manifest(backup: Path, stage: Path) -> Manifest:
    try:
        manifest = generations.read_manifest(stage / _INDEX)
        manifest.files_in(stage / _INDEX).verify()
    except IndexUnavailable as problem:
        raise BackupError(
            f"The index in {backup} cannot be used by this version: nothing was changed. `reindex`"
            " makes one of the corpus."
        ) from problem
    return manifest


def _damaged(backup: Path, what: str) -> BackupError:
    return BackupError(f"The backup {backup} is damaged ({what}). Nothing was changed.")
