"""No file may take the run with it: not by its time, its memory, or its death."""

from __future__ import annotations

import gzip
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import CorpusFolder, Run
from tasks import work

from indexer import open_index
from indexer.cli import load_command
from indexer.errors import IndexerError
from indexer.ingest.workers import Failure, Limits, TimeIsUp, Workers, within
from indexer.reindex.run import ReindexOptions, reindex

pytestmark = pytest.mark.crash

PROSE = "The wall of Port Ilven held against the spring tide, and nobody was hurt by it. "
SECONDS = 20  # more than the machine of a test needs, less than a hang takes


# --- The processes -------------------------------------------------------------------------------


def results(*tasks: str, jobs: int = 2, seconds: float = SECONDS) -> list[str]:
    """Return the result of each task, or the reason of its failure."""
    found = Workers(jobs, work, Limits(seconds, 200)).results(tasks)
    return [one.reason if isinstance(one, Failure) else one for one in found]


def test_results_come_in_the_order_of_the_tasks() -> None:
    tasks = [f"task {number}" for number in range(300)]
    assert results("sleep 0.2", *tasks) == ["sleep 0.2", *tasks]
    assert results() == []


def test_a_task_that_takes_too_long_costs_no_other() -> None:
    told = results("a", "spin", "b", "spin", "c", seconds=1)
    assert [told[n] for n in (0, 2, 4)] == ["a", "b", "c"]
    reason = "reading it takes more than 1 s of processor time (COMMENTARY_FILE_SECONDS)"
    assert told[1] == told[3] == reason


def test_what_a_process_prepares_is_no_part_of_a_task() -> None:
    told = Workers(1, work, Limits(SECONDS, 200), partial(work, "allocate 400")).results(["a"])
    assert list(told) == ["a"]


def test_a_task_that_waits_is_given_more_time_than_one_that_works() -> None:
    assert results("sleep 1", seconds=0.5) == ["sleep 1"]
    told = results("a", "sleep 600", "b", seconds=0.1)
    assert told == ["a", "reading it did not end within 2 s: is its disk at hand?", "b"]


def test_a_task_that_takes_too_much_memory_costs_no_other() -> None:
    told = results("allocate 400", "a", "allocate 100", "raise", "b", jobs=1)
    reason = "reading it takes more than 200 MB (COMMENTARY_FILE_MEMORY_MB)"
    assert told == [reason, "a", str(100 * 1024**2), reason, "b"]


def test_a_task_that_kills_its_process_costs_no_other() -> None:
    told = results("a", "die", "die", "b")
    assert told == ["a", *["reading it killed the process that read it"] * 2, "b"]


def test_processes_end_with_whoever_takes_the_results() -> None:
    found = Workers(2, work, Limits(600, 200)).results(["a", "sleep 500", "sleep 500"])
    assert next(found) == "a"
    began = time.monotonic()
    found.close()
    assert time.monotonic() - began < SECONDS


class Unreachable:
    """Work that can be sent to another process, but ends it when it arrives."""

    def __call__(self, task: str) -> str:
        return task

    def __reduce__(self) -> tuple[Callable[[int], object], tuple[int]]:
        return sys.exit, (3,)


def test_processes_that_cannot_start_are_no_fault_of_a_task() -> None:
    with pytest.raises(IndexerError, match="cannot run here"):
        list(Workers(1, Unreachable(), Limits(SECONDS, 200)).results(["a"]))


def test_time_is_up_also_for_what_catches_every_error() -> None:
    def stubborn() -> None:
        while True:
            try:
                sum(range(1000))
            except Exception:
                continue

    handler = signal.getsignal(signal.SIGPROF)
    with pytest.raises(TimeIsUp):
        within(0.1, stubborn)
    assert signal.getsignal(signal.SIGPROF) is handler
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)


def test_an_alarm_that_comes_late_hits_nothing_that_follows() -> None:
    handler = within(SECONDS, lambda: signal.getsignal(signal.SIGPROF))
    assert callable(handler)
    handler(signal.SIGPROF, sys._getframe())
    with pytest.raises(TimeIsUp):
        within(SECONDS, lambda: handler_of_now()(signal.SIGPROF, sys._getframe()))


def handler_of_now() -> Callable[..., object]:
    handler = signal.getsignal(signal.SIGPROF)
    assert callable(handler)
    return handler


# --- Files ---------------------------------------------------------------------------------------


def test_a_bomb_is_named_and_the_others_are_read(corpus: CorpusFolder, index_path: Path) -> None:
    pytest.importorskip("warcio")
    record = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://lantern.example/fog\r\n"
        b"WARC-Date: 2024-05-01T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
    )
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + b"<p>fog " * 60_000_000
    length = f"Content-Length: {len(page)}\r\n\r\n".encode()
    corpus.write("bomb.warc.gz", gzip.compress(record + length + page + b"\r\n\r\n", 1))
    corpus.interview("good", "A word.")
    report = reindex(ReindexOptions(corpus.path, index_path, engine="memory", jobs=1))
    assert report.articles == 1
    (one,) = report.skipped
    assert one.path.startswith("bomb.warc.gz")


PATHOLOGICAL = {
    "nested.html": "<div>" * 100_000 + PROSE * 5 + "</div>" * 100_000,
    "unclosed.html": f"<html><body><p>{PROSE * 3}" + "<b><i><blockquote><table><tr><td>" * 30_000,
    "long-line.html": f"<title>Long</title><p>{PROSE * 12_500}</p>",
    "long-line.txt": f"A title\n\n{PROSE * 12_500}",
    "long-line.md": f"# A title\n\n{PROSE * 12_500}",
    "one-word.txt": "A title\n\n" + "wall" * 250_000,
    "quotes.txt": "A title\n\n" + "“" * 500_000 + PROSE,
    "dashes.txt": "A title\n\n" + "- And so?\n" * 50_000,
    "capitals.txt": "A title\n\n" + "MR. LIND: " * 50_000,
    "stars.md": "# A title\n\n" + "**_" * 200_000,
    "brackets.md": "# A title\n\n" + "[" * 200_000 + "(" * 200_000,
    "entities.html": "<p>" + "&nbsp;&#8203;&zwnj;&shy;" * 100_000 + PROSE * 3,
    "scripts.html": f"<p>{PROSE}<script>{'<p>no' * 50_000}</script><style>p</style>{PROSE}</p>" * 9,
    "right-to-left.html": f"<p>{'‮אב‬ ' * 100_000}</p><p>{PROSE * 3}</p>",
    "small-nested.html": "<div>" * 12_000 + PROSE,
    "small-stars.md": "# A title\n\n" + "**_[(" * 10_000,
    "small-quotes.txt": "A title\n\n" + "“said ‘" * 5_000,
}


def test_a_strange_page_is_an_article_or_is_named(corpus: CorpusFolder, index_path: Path) -> None:
    for name, text in PATHOLOGICAL.items():
        corpus.write(name, text)
    corpus.interview("good", "A word.")
    options = ReindexOptions(corpus.path, index_path, engine="memory", jobs=2, file_seconds=4)
    report = reindex(options)
    assert report.articles + len(report.skipped) == len(PATHOLOGICAL) + 1
    assert "killed" not in str(report.skipped)
    with open_index(index_path) as index:
        assert index.article("good") is not None


ATTRIBUTES = f"<p {' '.join(f'a{n}=b' for n in range(200_000))}>{PROSE * 3}</p>"
"""A page that the parser, in one call of C code, takes half a minute for."""


def test_a_page_of_200_000_attributes_is_named_by_every_command(
    corpus: CorpusFolder, index_path: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_text(ATTRIBUTES)
    good = corpus.interview("good", "A word.")
    folders = ["--corpus", str(corpus.path), "--file-seconds", "1"]
    reason = f"skipped {page}: reading it takes more than 1 s of processor time"
    added = CliRunner().invoke(load_command("add"), [*folders, "--outlet", "Lantern", str(page)])
    assert (added.exit_code, added.stdout) == (3, "")
    assert added.stderr.startswith(reason)
    assert list(corpus.path.rglob("*")) == [good]
    shown = CliRunner().invoke(load_command("inspect"), [*folders, str(page), str(good)])
    assert shown.exit_code == 3
    assert shown.stderr.startswith(reason)
    assert "Ada Lind" in shown.stdout
    corpus.write("page.html", ATTRIBUTES)
    report = reindex(ReindexOptions(corpus.path, index_path, engine="memory", file_seconds=1))
    assert [one.path for one in report.skipped] == ["page.html"]
    assert report.articles == 1


@pytest.mark.parametrize("name", ["small-nested.html", "small-quotes.txt", "small-stars.md"])
def test_a_small_strange_page_is_stopped_where_it_is_read(
    corpus: CorpusFolder, run: Run, name: str
) -> None:
    corpus.write(name, PATHOLOGICAL[name])
    corpus.interview("good", "A word.")
    began = time.monotonic()
    report = run(file_seconds=1)
    assert time.monotonic() - began < SECONDS
    assert report.articles + len(report.skipped) == 2


def test_a_page_of_fifty_megabytes_is_named(corpus: CorpusFolder, run: Run) -> None:
    corpus.write("page.html", f"<p>{PROSE * 650_000}</p>")
    corpus.interview("good", "A word.")
    report = run()
    assert report.articles == 1
    assert [one.path for one in report.skipped] == ["page.html"]
    assert "larger than" in report.skipped[0].reason


def test_the_limits_of_a_run_can_be_set(corpus: CorpusFolder, run: Run) -> None:
    corpus.write("long.html", f"<title>Long</title><p>{PROSE * 50_000}</p>")
    (slow,) = run(file_seconds=0.05).skipped
    assert (
        slow.reason
        == "reading it takes more than 0.05 s of processor time (COMMENTARY_FILE_SECONDS)"
    )
    (large,) = run(file_memory_mb=5).skipped
    assert large.reason == "reading it takes more than 5 MB (COMMENTARY_FILE_MEMORY_MB)"


def test_the_environment_sets_limits_too(
    corpus: CorpusFolder, index_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus.write("long.html", f"<title>Long</title><p>{PROSE * 50_000}</p>")
    monkeypatch.setenv("COMMENTARY_FILE_SECONDS", "0.05")
    options = ["--corpus", str(corpus.path), "--index", str(index_path)]
    result = CliRunner().invoke(load_command("reindex"), options)
    assert result.exit_code == 3
    assert "long.html: reading it takes more than 0.05 s" in result.stderr


def test_a_reindex_outside_the_main_thread_is_bounded_too(corpus: CorpusFolder, run: Run) -> None:
    corpus.interview("good", "A word.")
    assert threading.main_thread() is threading.current_thread()
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(run).result().articles == 1


def test_a_run_leaves_the_limits_of_its_process_alone(corpus: CorpusFolder, run: Run) -> None:
    before = resource.getrlimit(resource.RLIMIT_DATA)
    corpus.write("long.html", f"<title>Long</title><p>{PROSE * 1_000}</p>")
    run()
    assert resource.getrlimit(resource.RLIMIT_DATA) == before
