"""`commentary watch`: the index follows the corpus, and only whole files are read."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import CorpusFolder, Run

from indexer import SearchRequest, open_index
from indexer.corpus.files import scan
from indexer.errors import CorpusError, CorpusVanished, EngineUnavailable
from indexer.records import IngestReport
from indexer.reindex.run import ReindexOptions
from indexer.reindex.watch import outcomes
from indexer.storage import generations


def found(index_path: Path, query: str = "") -> list[str]:
    with open_index(index_path) as index:
        return sorted(hit.passage.id for hit in index.search(SearchRequest(query, limit=100)).hits)


# --- Files that are still being written ----------------------------------------------------------


def test_a_file_that_changed_just_now_is_left_for_the_next_run(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    corpus.interview("old", "A word.")
    corpus.touch("old.md", -100)
    corpus.interview("new", "Half a")
    report = run(settle_seconds=30)
    assert (report.articles, report.unsettled, report.skipped) == (1, 1, ())
    corpus.interview("new", "Half a sentence more.")
    corpus.touch("new.md", -31)
    report = run(settle_seconds=30)
    assert (report.articles, report.unsettled) == (2, 0)
    assert found(index_path, "sentence") == ["new#1"]


def test_an_article_that_is_being_changed_stays_as_it_was(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    corpus.interview("one", "The old word.")
    corpus.interview("two", "Another.")
    run()
    corpus.interview("one", "The ne")
    corpus.touch("two.md", -100)
    report = run(settle_seconds=30)
    assert (report.kept, report.skipped, report.generation) == (1, (), None)
    assert found(index_path, "old") == ["one#1"]


def test_a_sidecar_that_is_being_written_counts_too(corpus: CorpusFolder) -> None:
    corpus.interview("one", "A word.")
    corpus.touch("one.md", -100)
    corpus.write("one.md.toml", "published = 20")
    assert scan(corpus.path, 30).unsettled == {"one.md"}
    corpus.touch("one.md.toml", -100)
    assert scan(corpus.path, 30).unsettled == set()


def test_a_time_that_lies_far_ahead_is_not_waited_for(corpus: CorpusFolder) -> None:
    corpus.interview("one", "A word.")
    corpus.touch("one.md", 5)
    assert scan(corpus.path, 30).unsettled == {"one.md"}
    corpus.touch("one.md", 10_000)
    assert scan(corpus.path, 30).unsettled == set()


# --- When a run is due ---------------------------------------------------------------------------


def results(options: ReindexOptions, *ticks: bool) -> list[object]:
    return list(outcomes(options, ticks))


def test_it_runs_at_once_and_then_when_something_changed(
    corpus: CorpusFolder, index_path: Path
) -> None:
    corpus.interview("one", "A word.")
    options = ReindexOptions(corpus.path, index_path, engine="memory")
    reports = results(options, False, False, True, False)
    assert [isinstance(one, IngestReport) and one.unchanged for one in reports] == [0, 1]


def test_an_error_is_told_and_the_next_run_goes_on(corpus: CorpusFolder, index_path: Path) -> None:
    for name in ("one", "two", "three"):
        corpus.interview(name, f"The word {name}.")
    options = ReindexOptions(corpus.path, index_path, engine="memory")
    away = corpus.path.with_name("away")

    def ticks() -> Iterator[bool]:
        yield True
        shutil.move(corpus.path, away)
        yield True
        corpus.path.mkdir()
        yield True
        corpus.path.rmdir()
        shutil.move(away, corpus.path)
        yield True

    first, missing, vanished, last = outcomes(options, ticks())
    assert isinstance(first, IngestReport)
    assert isinstance(missing, CorpusError)
    assert isinstance(vanished, CorpusVanished)
    assert isinstance(last, IngestReport)
    assert (last.articles, last.generation) == (3, None)


def test_an_index_that_another_writes_is_waited_for(
    corpus: CorpusFolder, index_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus.interview("one", "A word.")
    monkeypatch.setattr("indexer.reindex.watch.LOCKED_SECONDS", 0.0)
    lock = generations.locked(index_path)
    lock.__enter__()

    def ticks() -> Iterator[bool]:
        yield False
        lock.__exit__(None, None, None)
        yield False

    locked, report = outcomes(ReindexOptions(corpus.path, index_path, engine="memory"), ticks())
    assert "is being written" in str(locked)
    assert isinstance(report, IngestReport)


def test_an_engine_that_is_not_there_is_not_tried_again(
    corpus: CorpusFolder, index_path: Path
) -> None:
    with pytest.raises(EngineUnavailable):
        results(ReindexOptions(corpus.path, index_path, engine="steam"), False)


# --- The command ---------------------------------------------------------------------------------


class Watcher:
    """A running `commentary watch`, and what it prints."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def line(self) -> dict[str, Any]:
        """Wait for the next line of JSON."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.process.stderr.read() if self.process.stderr else ""
        printed: dict[str, Any] = json.loads(line)
        return printed

    def end(self, sent: signal.Signals) -> tuple[int, str]:
        """Send a signal. Returns the exit code and what was printed on standard error."""
        self.process.send_signal(sent)
        _, errors = self.process.communicate()
        return self.process.returncode, errors


@pytest.fixture
def watching(corpus: CorpusFolder, index_path: Path) -> Iterator[Callable[..., Watcher]]:
    """Start `commentary watch`. Without its end the test would wait for ever."""
    started: list[subprocess.Popen[str]] = []

    def watching(*more: str) -> Watcher:
        code = "from indexer.cli import load_command; load_command('watch')()"
        places = ["--corpus", str(corpus.path), "--index", str(index_path), "--engine", "memory"]
        process = subprocess.Popen(
            [sys.executable, "-c", code, *places, "--settle", "0.3", "--json", *more],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return Watcher(process)

    yield watching
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.slow
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_it_follows_the_corpus_until_it_is_stopped(
    corpus: CorpusFolder,
    index_path: Path,
    watching: Callable[..., Watcher],
    sent: signal.Signals,
) -> None:
    corpus.interview("one", "A word.")
    corpus.touch("one.md", -100)
    watcher = watching()
    assert watcher.line()["articles"] == 1
    corpus.interview("two", "Another word.")
    assert watcher.line()["articles"] == 2
    corpus.interview("deep/er/three", "A third word.")
    assert watcher.line()["articles"] == 3
    corpus.interview("two", "Something else.")
    assert watcher.line()["read"] == 1
    corpus.remove("one.md")
    assert (report := watcher.line())["removed"] == 1
    assert report["at"]
    assert found(index_path, "else") == ["two#1"]
    code, errors = watcher.end(sent)
    assert code == 0
    assert errors == "Stopped. The index was updated 5 times.\n"


@pytest.mark.slow
def test_a_file_that_grows_slowly_is_read_when_it_is_whole(
    corpus: CorpusFolder, index_path: Path, watching: Callable[..., Watcher]
) -> None:
    corpus.interview("one", "A word.")
    corpus.touch("one.md", -100)
    watcher = watching()
    watcher.line()
    whole = corpus.interview("draft", *(f"Part {number}." for number in range(30))).read_bytes()
    corpus.remove("draft.md")
    with (corpus.path / "slow.md").open("wb", buffering=0) as file:
        for start in range(0, len(whole), len(whole) // 20):
            file.write(whole[start : start + len(whole) // 20])
            time.sleep(0.1)  # it takes far longer than files are given to settle
    report = watcher.line()
    assert (report["articles"], report["passages"]) == (2, 31)
    watcher.end(signal.SIGINT)


@pytest.mark.slow
def test_what_is_hidden_and_the_index_itself_wake_nobody(
    corpus: CorpusFolder, watching: Callable[..., Watcher]
) -> None:
    corpus.interview("one", "A word.")
    corpus.touch("one.md", -100)
    watcher = watching("--index", str(corpus.path / "index"))
    watcher.line()
    corpus.write(".two.md.draft", "half")
    corpus.interview("two", "Another word.")
    (corpus.path / ".two.md.draft").unlink()
    assert watcher.line()["read"] == 1
    code, errors = watcher.end(signal.SIGINT)
    assert (code, errors.splitlines()[-1]) == (0, "Stopped. The index was updated 2 times.")


@pytest.mark.slow
def test_a_corpus_that_goes_is_named_and_one_that_comes_back_is_followed(
    corpus: CorpusFolder, index_path: Path, watching: Callable[..., Watcher]
) -> None:
    for name in ("one", "two", "three"):
        corpus.interview(name, f"The word {name}.")
        corpus.touch(f"{name}.md", -100)
    watcher = watching()
    assert watcher.line()["articles"] == 3
    away = corpus.path.with_name("away")
    shutil.copytree(corpus.path, away)
    for name in ("one", "two", "three"):
        corpus.remove(f"{name}.md")
    assert "3 of 3 indexed articles are no longer in" in watcher.line()["error"]
    assert len(found(index_path)) == 3
    shutil.rmtree(corpus.path)
    assert "There is no folder" in watcher.line()["error"]
    os.rename(away, corpus.path)
    assert watcher.line()["articles"] == 3
    corpus.interview("four", "The word four.")
    assert watcher.line()["articles"] == 4
    assert watcher.end(signal.SIGINT)[0] == 0


@pytest.mark.slow
def test_without_a_corpus_there_is_nothing_to_watch(
    corpus: CorpusFolder, watching: Callable[..., Watcher]
) -> None:
    corpus.path.rmdir()
    process = watching().process
    _, errors = process.communicate()
    assert process.returncode == 1
    assert "to watch" in errors
