"""Killed at every step, out of disk at every step: the old index serves, the next run mends all.

Each run is a child of this process, so that it can really be killed.
"""

from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import NoReturn

import pytest
from conftest import CorpusFolder, Run

from indexer import SearchRequest, open_index
from indexer.errors import IndexerError
from indexer.reindex.run import ReindexOptions, reindex

pytestmark = [
    pytest.mark.crash,
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]

TOUCHES_FILES = {
    "open",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.truncate",
    "shutil.copyfile",
    "shutil.rmtree",
    "sqlite3.connect",
}
"""What Python tells its audit hooks of whatever writes to a disk."""

FAILED_CLEANLY = 7


@pytest.fixture
def served(corpus: CorpusFolder, index_path: Path, run: Run, engine: str, tmp_path: Path) -> Path:
    """Return the copy of an index, with each engine, whose corpus has changed since."""
    corpus.interview("changed", "The old word.")
    corpus.interview("gone", "A word that goes.")
    corpus.interview("same", "A word that stays.")
    run(engine=engine)
    corpus.interview("changed", "The new word.")
    corpus.interview("added", "Another new word.")
    corpus.remove("gone.md")
    return Path(shutil.copytree(index_path, tmp_path / "served"))


OLD = ["changed#1", "gone#1", "same#1"]
NEW = ["added#1", "changed#1", "same#1"]


def found(index_path: Path) -> list[str]:
    with open_index(index_path, verify=True) as index:
        return sorted(hit.passage.id for hit in index.search(SearchRequest()).hits)


def in_a_child(options: ReindexOptions, before: Callable[[], None]) -> int:
    """Reindexes in a child process, once it is prepared; gives its exit code, or minus a signal."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            before()
            reindex(options)
            code = 0
        except (OSError, sqlite3.Error, IndexerError):
            code = FAILED_CLEANLY
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def at_step(number: int, folder: Path, fate: Callable[[], None]) -> Callable[[], None]:
    """Lets fate strike when a file of a folder is touched for the nth time."""

    def prepare() -> None:
        steps = count(1)

        def watch(event: str, arguments: tuple[object, ...]) -> None:
            touched = event in TOUCHES_FILES and str(folder) in str(arguments)
            if touched and next(steps) == number:
                fate()

        sys.addaudithook(watch)

    return prepare


def remove(folder: Path) -> None:
    """Remove a folder. A thread of Tantivy's may put its lock back once."""
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        shutil.rmtree(folder)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fill_the_disk() -> NoReturn:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def mended(options: ReindexOptions) -> bool:
    """Whether a run without disturbance makes all well, and leaves nothing behind."""
    reindex(options)
    folders = [path for path in options.index.iterdir() if path.is_dir()]
    return found(options.index) == NEW and len(folders) <= 2


def test_a_crash_at_any_step_leaves_an_index_serving(
    corpus: CorpusFolder, index_path: Path, served: Path
) -> None:
    options = ReindexOptions(corpus.path, index_path, jobs=1)
    for step in count(1):
        ended = in_a_child(options, at_step(step, index_path, die))
        assert found(index_path) in (OLD, NEW)
        assert mended(options)
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
        remove(index_path)
        shutil.copytree(served, index_path)
    assert step > 10


def test_a_disk_that_is_full_at_any_step_leaves_an_index_serving(
    corpus: CorpusFolder, index_path: Path, served: Path
) -> None:
    options = ReindexOptions(corpus.path, index_path, jobs=1)
    for step in count(1):
        ended = in_a_child(options, at_step(step, index_path, fill_the_disk))
        assert ended in (0, FAILED_CLEANLY)
        assert found(index_path) in (OLD, NEW)
        assert mended(options)
        if ended == 0 and step > 40:
            break
        remove(index_path)
        shutil.copytree(served, index_path)


def test_the_first_index_of_all_is_whole_or_not_there(
    corpus: CorpusFolder, index_path: Path, served: Path
) -> None:
    options = ReindexOptions(corpus.path, index_path, jobs=1)
    for step in count(1):
        remove(index_path)
        if in_a_child(options, at_step(step, index_path, die)) == 0:
            break
        assert not (index_path / "current.json").exists() or found(index_path) == NEW
        assert mended(options)


@pytest.mark.parametrize("size", [0, 10, 1_000, 5_000, 40_000])
def test_a_file_that_cannot_grow_leaves_the_old_index_serving(
    corpus: CorpusFolder, index_path: Path, served: Path, size: int
) -> None:
    def cannot_grow() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    options = ReindexOptions(corpus.path, index_path, jobs=1)
    assert in_a_child(options, cannot_grow) == FAILED_CLEANLY
    assert found(index_path) == OLD
    assert len([path for path in index_path.iterdir() if path.is_dir()]) == 1
    assert mended(options)


HOLDER = """
import sys
from pathlib import Path
from indexer.storage.generations import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_lock_dies_with_its_process(corpus: CorpusFolder, index_path: Path, run: Run) -> None:
    corpus.interview("one", "A word.")
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", HOLDER, str(index_path)]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(IndexerError, match=str(holder.pid)):
            run()
        holder.kill()
    assert run().articles == 1


# --- Worker processes ----------------------------------------------------------------------------

DEADLY = """
import os
def read(data, article_id):
    {fate}
"""

SCRIPT = """
import os
import indexer.ingest.readers as readers
readers.__path__.append(os.environ["MORE_READERS"])
readers.FORMATS.append(readers.Format("deadly", (".deadly",)))
from indexer.cli import reindex_main
if __name__ == "__main__":
    reindex_main()
"""


@pytest.fixture
def reindex_with_deadly_reader(
    corpus: CorpusFolder, index_path: Path, tmp_path: Path
) -> Callable[[str], subprocess.Popen[str]]:
    """Start a reindex of seventy articles and two that kill their reader."""
    for number in range(70):
        corpus.interview(f"a{number:02}", f"Word {number} of seventy.")
    corpus.write("a30x.deadly", "x")
    corpus.write("a50x.deadly", "x")
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    (tmp_path / "readers").mkdir()

    def start(fate: str) -> subprocess.Popen[str]:
        (tmp_path / "readers" / "deadly.py").write_text(DEADLY.format(fate=textwrap.dedent(fate)))
        command = [sys.executable, script, "--engine", "memory", "--jobs", "2"]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            [*command, "--corpus", corpus.path, "--index", index_path],
            stdout=pipe,
            stderr=pipe,
            text=True,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(sys.path),
                "MORE_READERS": str(tmp_path / "readers"),
            },
            start_new_session=True,
        )

    return start


def test_an_article_that_kills_its_reader_is_named_and_no_other_is_lost(
    reindex_with_deadly_reader: Callable[[str], subprocess.Popen[str]], index_path: Path
) -> None:
    with reindex_with_deadly_reader("os._exit(9)") as process:
        _, told = process.communicate()
    assert process.returncode == 3
    assert told.count("killed the process that read it") == 2
    assert "a30x.deadly" in told
    assert "a50x.deadly" in told
    with open_index(index_path, verify=True) as index:
        assert index.info.articles == 70


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_an_interrupted_run_ends_with_its_workers(
    reindex_with_deadly_reader: Callable[[str], subprocess.Popen[str]],
    index_path: Path,
    tmp_path: Path,
    sent: signal.Signals,
    code: int,
) -> None:
    reading = tmp_path / "reading"
    fate = f"open({str(reading)!r}, 'a').write(f'{{os.getpid()}} '); import time; time.sleep(2)"
    with reindex_with_deadly_reader(fate) as process:
        while not reading.exists() or not reading.read_text().endswith(" "):
            time.sleep(0.02)
        process.send_signal(sent)
        _, told = process.communicate()
    assert process.returncode == code
    assert "Traceback" not in told
    assert not (index_path / "current.json").exists()
    worker = int(reading.read_text().split()[0])
    assert gone(worker)


def gone(process: int) -> bool:
    """Whether a process ends within a while."""
    for _ in range(500):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False
