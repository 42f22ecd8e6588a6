"""Backups: whole as of one moment, restored only if they are whole, and nothing overwritten."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import tarfile
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

import pytest
from conftest import Commentary, CorpusFolder, Run, found_ids

from indexer import open_index
from indexer.errors import BackupError, IndexDamaged, IndexLocked
from indexer.reindex.check import check
from indexer.reindex.run import ReindexOptions, reindex
from indexer.storage import generations
from indexer.storage.backups import Places, back_up, restore
from indexer.storage.reports import Report, Reports

REPORT = Report(
    "2026-01-02T03:04:05+00:00", "fog#1", "00ff", "Ada Lind", "Ilse Brandt", "I was there."
)

Content: TypeAlias = dict[str, bytes]


@pytest.fixture(params=["kept", "kept.tar"])
def backup(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Path of a backup that does not exist yet: a folder, and one file."""
    return tmp_path / str(request.param)


@pytest.fixture
def places(corpus: CorpusFolder, index_path: Path, run: Run, tmp_path: Path) -> Places:
    """Make an index with alerts and reports."""
    corpus.interview("fog", "The fog came late.")
    run()
    alerts = tmp_path / "alerts"
    alerts.mkdir()
    (alerts / "fog.atom").write_text("<feed/>")
    with closing(sqlite3.connect(alerts / "state.sqlite")) as state, state:
        state.execute("CREATE TABLE seen (digest TEXT)")
        state.execute("INSERT INTO seen VALUES ('00ff')")
    reports = tmp_path / "reports.jsonl"
    Reports(reports).add(REPORT)
    return Places(index_path, reports=reports)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Places:
    """Places where there is nothing yet."""
    return Places(tmp_path / "elsewhere" / "index")


def content(folder: Path) -> Content:
    """Return the files in a folder, by their names, without locks."""
    paths = [path for path in folder.rglob("*") if path.is_file() and path.name != ".lock"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def seen(state: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(state)) as database:
        return database.execute("SELECT digest FROM seen").fetchall()


def test_a_backup_is_restored_as_it_was(
    places: Places, backup: Path, elsewhere: Places, corpus: CorpusFolder
) -> None:
    back_up(places, backup)
    restore(backup, elsewhere)
    assert check(corpus.path, elsewhere.index) == []
    folder = elsewhere.index.parent
    assert (folder / "alerts" / "fog.atom").read_text() == "<feed/>"
    assert seen(folder / "alerts" / "state.sqlite") == [("00ff",)]
    assert Reports(folder / "reports.jsonl").open() == [(1, REPORT)]
    assert sorted(path.name for path in folder.iterdir()) == ["alerts", "index", "reports.jsonl"]
    generation = generations.read_manifest(elsewhere.index).info.generation
    assert sorted(path.name for path in elsewhere.index.iterdir()) == [
        ".lock",
        generation,
        "current.json",
    ]


def test_a_restored_index_is_brought_up_to_date_as_any_other(
    places: Places, backup: Path, elsewhere: Places, corpus: CorpusFolder, engine: str, run: Run
) -> None:
    run(engine=engine)
    back_up(places, backup)
    restore(backup, elsewhere)
    corpus.interview("wall", "The wall will stand.")
    report = reindex(ReindexOptions(corpus.path, elsewhere.index, jobs=1))
    assert (report.engine, report.read, report.unchanged) == (engine, 1, 1)
    with open_index(elsewhere.index, verify=True) as index:
        assert found_ids(index, "wall") == ["wall#1"]


def test_the_index_in_a_backup_folder_can_be_searched_as_it_is(
    places: Places, tmp_path: Path
) -> None:
    back_up(places, tmp_path / "kept")
    with open_index(tmp_path / "kept" / "index", verify=True) as index:
        assert found_ids(index, "fog") == ["fog#1"]


def test_what_is_not_there_is_not_in_a_backup(
    places: Places, backup: Path, elsewhere: Places
) -> None:
    back_up(Places(places.index, alerts=places.index / "none"), backup)
    restore(backup, elsewhere)
    assert [path.name for path in elsewhere.index.parent.iterdir()] == ["index"]


def test_alerts_and_reports_are_restored_to_where_they_are_asked_for(
    places: Places, backup: Path, tmp_path: Path
) -> None:
    back_up(places, backup)
    new = Places(tmp_path / "a" / "index", tmp_path / "b" / "alerts", tmp_path / "c" / "reports")
    restore(backup, new)
    assert seen(tmp_path / "b" / "alerts" / "state.sqlite") == [("00ff",)]
    assert Reports(tmp_path / "c" / "reports").open() == [(1, REPORT)]


# --- Meanwhile -----------------------------------------------------------------------------------


def test_every_backup_is_whole_while_generations_are_published(
    corpus: CorpusFolder, index_path: Path, run: Run, tmp_path: Path
) -> None:
    def publish() -> None:
        for number in range(30):
            corpus.interview("fog", *[f"Fog number {number} of {n}." for n in range(number + 1)])
            run()

    corpus.interview("fog", "No number.")
    run()
    publishing = threading.Thread(target=publish)
    publishing.start()
    backups = []
    while publishing.is_alive():
        backups.append(tmp_path / f"kept-{len(backups)}")
        back_up(Places(index_path), backups[-1])
    publishing.join()
    assert len(backups) > 1
    for backup in backups:
        with open_index(backup / "index", verify=True) as index:
            assert len(found_ids(index, limit=100)) == index.info.passages


def test_the_generation_in_a_backup_stays_until_it_is_made(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    corpus.interview("fog", "The fog came late.")
    run()
    with generations.held_serving(index_path) as manifest:
        for number in range(3):
            corpus.interview("fog", f"Fog number {number}.")
            run()
        manifest.files_in(index_path).verify(thoroughly=True)
    corpus.interview("fog", "No more fog.")
    run()
    assert not (index_path / manifest.info.generation).exists()


def test_a_backup_needs_no_right_to_write_the_index(places: Places, backup: Path) -> None:
    before = content(places.index.parent)
    for path in (*places.index.rglob("*"), places.index):
        os.chmod(path, 0o555 if path.is_dir() else 0o444)
    back_up(places, backup)
    assert {name: before[name] for name in before} == {
        name: data for name, data in content(places.index.parent).items() if name in before
    }


# --- What is in the way --------------------------------------------------------------------------


def test_a_backup_overwrites_nothing(places: Places, backup: Path) -> None:
    backup.write_text("Keep me.")
    with pytest.raises(BackupError, match="already"):
        back_up(places, backup)
    assert backup.read_text() == "Keep me."
    with pytest.raises(BackupError, match="no folder"):
        back_up(places, backup.parent / "nowhere" / "kept")


def test_a_backup_of_a_damaged_index_is_not_made(places: Places, backup: Path) -> None:
    manifest = generations.read_manifest(places.index)
    path = places.index / manifest.info.generation / "library.sqlite"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    before = content(backup.parent)
    with pytest.raises(IndexDamaged, match=r"library\.sqlite"):
        back_up(places, backup)
    assert content(backup.parent) == before
    assert not backup.exists()


@pytest.mark.parametrize("where", ["index", "alerts", "reports.jsonl"])
def test_nothing_is_restored_over_what_is_there(
    places: Places, backup: Path, elsewhere: Places, where: str
) -> None:
    back_up(places, backup)
    folder = elsewhere.index.parent
    path = folder / where / "mine" if "." not in where else folder / where
    path.parent.mkdir(parents=True)
    path.write_text("Keep me.")
    with pytest.raises(BackupError, match=where):
        restore(backup, elsewhere)
    assert content(folder) == {path.relative_to(folder).as_posix(): b"Keep me."}


def test_an_index_that_is_being_written_is_not_restored_over(
    places: Places, backup: Path, elsewhere: Places
) -> None:
    back_up(places, backup)
    with generations.locked(elsewhere.index), pytest.raises(IndexLocked):
        restore(backup, elsewhere)


def test_an_empty_folder_with_its_readme_takes_an_index(
    places: Places, backup: Path, elsewhere: Places
) -> None:
    back_up(places, backup)
    elsewhere.index.mkdir(parents=True)
    (elsewhere.index / "README.md").write_text("The index.")
    restore(backup, elsewhere)
    with open_index(elsewhere.index) as index:
        assert found_ids(index, "fog") == ["fog#1"]
    assert (elsewhere.index / "README.md").read_text() == "The index."


# --- Damage --------------------------------------------------------------------------------------


def damages(whole: Content) -> dict[str, Content]:
    """Return the content of damaged backups, each with what is wrong with it."""
    every = {}
    for name, data in whole.items():
        flipped = data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) if data else b"x"
        every[f"{name} has a bit flipped"] = {**whole, name: flipped + data[len(flipped) :]}
        every[f"{name} is cut short"] = {**whole, name: data[:-1]}
        every[f"{name} is missing"] = {key: value for key, value in whole.items() if key != name}
    return every


def write_tar(path: Path, files: Content) -> None:
    with tarfile.open(path, "w") as tar:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))


def write_folder(path: Path, files: Content) -> None:
    shutil.rmtree(path, ignore_errors=True)
    for name, data in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)


@pytest.mark.parametrize("write", [write_folder, write_tar], ids=["folder", "tar"])
def test_a_damaged_backup_is_named_and_changes_nothing(
    places: Places, tmp_path: Path, elsewhere: Places, write: Callable[[Path, Content], None]
) -> None:
    back_up(places, tmp_path / "kept")
    every = damages(content(tmp_path / "kept"))
    assert len(every) >= 15
    for what, files in every.items():
        write(tmp_path / "damaged", files)
        with pytest.raises(BackupError, match="damaged") as refusal:
            restore(tmp_path / "damaged", elsewhere)
        assert str(tmp_path / "damaged") in str(refusal.value), what
        assert not elsewhere.index.exists(), what
        assert content(elsewhere.index.parent) == {}, what
        (tmp_path / "damaged").is_file() and (tmp_path / "damaged").unlink()


def test_a_tar_that_was_cut_off_is_named(places: Places, tmp_path: Path, elsewhere: Places) -> None:
    back_up(places, tmp_path / "kept.tar")
    whole = (tmp_path / "kept.tar").read_bytes()
    for length in (0, 1, 511, 512, 700, len(whole) // 2, len(whole) - 12_000):
        (tmp_path / "cut.tar").write_bytes(whole[:length])
        with pytest.raises(BackupError, match=r"cut\.tar"):
            restore(tmp_path / "cut.tar", elsewhere)
        assert not elsewhere.index.exists()


def member(name: str, kind: bytes = tarfile.REGTYPE, to: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, to
    return info


@pytest.mark.parametrize(
    "planted",
    [
        member("../planted"),
        member("index/../../planted"),
        member("/tmp/planted"),
        member("index/link", tarfile.SYMTYPE, "../../.."),
        member("index/link", tarfile.SYMTYPE, "/etc/passwd"),
        member("index/link", tarfile.LNKTYPE, "backup.json"),
        member("index/pipe", tarfile.FIFOTYPE),
        member("index/disk", tarfile.BLKTYPE),
    ],
    ids=lambda info: f"{info.name} {info.linkname}",
)
def test_a_tar_that_leads_out_of_its_folder_is_refused(
    places: Places, tmp_path: Path, elsewhere: Places, planted: tarfile.TarInfo
) -> None:
    back_up(places, tmp_path / "kept.tar")
    with tarfile.open(tmp_path / "kept.tar", "a") as tar:
        tar.addfile(planted)
    with pytest.raises(BackupError, match=planted.name):
        restore(tmp_path / "kept.tar", elsewhere)
    assert not elsewhere.index.exists()


@pytest.mark.parametrize("name", ["../planted", "/tmp/planted", "index//x", "a\0b", "", "."])
def test_a_list_of_files_that_leads_out_of_its_folder_is_refused(
    places: Places, tmp_path: Path, elsewhere: Places, name: str
) -> None:
    back_up(places, tmp_path / "kept")
    contents = json.loads((tmp_path / "kept" / "backup.json").read_text())
    contents["files"][name] = {"size": 0, "sha256": "", "crc32": 0}
    (tmp_path / "kept" / "backup.json").write_text(json.dumps(contents))
    with pytest.raises(BackupError, match="leads out"):
        restore(tmp_path / "kept", elsewhere)
    assert not elsewhere.index.exists()


def test_a_backup_of_another_version_is_named(
    places: Places, tmp_path: Path, elsewhere: Places
) -> None:
    back_up(places, tmp_path / "kept")
    path = tmp_path / "kept" / "backup.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "version": 2}))
    with pytest.raises(BackupError, match="another version"):
        restore(tmp_path / "kept", elsewhere)


# --- The commands --------------------------------------------------------------------------------


def test_the_commands_tell_what_they_did_and_refuse_in_one_line(
    places: Places, backup: Path, commentary: Commentary, tmp_path: Path
) -> None:
    options = ("--alerts", tmp_path / "alerts", "--reports", tmp_path / "reports.jsonl")
    made = commentary("backup", backup, *options)
    assert (made.exit_code, made.stderr) == (0, "")
    assert made.stdout.startswith(f"The backup {backup} holds 1 article, 1 passage, as of ")
    again = commentary("backup", backup)
    assert (again.exit_code, again.stdout, again.stderr.count("\n")) == (1, "", 1)
    new = tmp_path / "new" / "index"
    elsewhere = ("--alerts", tmp_path / "new" / "a", "--reports", tmp_path / "new" / "r")
    restored = commentary("restore", backup, "--index", new, *elsewhere, "--json")
    assert json.loads(restored.stdout)["passages"] == 1
    refused = commentary("restore", backup, "--index", new, *elsewhere)
    assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (1, "", 1)
    assert commentary("restore", tmp_path / "nowhere").exit_code == 2
    with generations.locked(tmp_path / "locked"):
        assert commentary("restore", backup, "--index", tmp_path / "locked").exit_code in (1, 4)
