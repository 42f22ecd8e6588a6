"""No error of reading removes an article, and a corpus that is gone does not empty the index.

Root reads whatever its mode is, so errors are a FIFO, a broken link, or what strace injects into
the system calls of a reindex.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from click.testing import CliRunner, Result
from conftest import CorpusFolder, Run

from indexer import SearchRequest, open_index
from indexer.errors import CorpusVanished
from indexer.records import IngestReport
from indexer.reindex.check import check
from indexer.storage import generations
from search_app.cli import main


def found(index_path: Path, query: str = "") -> list[str]:
    with open_index(index_path, verify=True) as index:
        return sorted(hit.passage.id for hit in index.search(SearchRequest(query, limit=100)).hits)


def skipped(report: IngestReport) -> dict[str, str]:
    return {one.path: one.reason for one in report.skipped}


def state(folder: Path) -> dict[str, bytes]:
    """Read the files of an index, but for the lock, which names the last process."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {str(path): path.read_bytes() for path in files}


@pytest.fixture
def lantern(corpus: CorpusFolder, run: Run) -> CorpusFolder:
    """Index a corpus of five articles in two folders."""
    for name in ("lantern/fog", "lantern/tide", "lantern/wall", "mirror/harbour", "mirror/mole"):
        corpus.interview(name, f"The word is {name.replace('/', ' ')}.")
    run()
    return corpus


EVERYTHING = [
    "lantern/fog#1",
    "lantern/tide#1",
    "lantern/wall#1",
    "mirror/harbour#1",
    "mirror/mole#1",
]


# --- A file that is there, and cannot be read ----------------------------------------------------


Spoil: TypeAlias = Callable[[Path], None]


def a_fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_link_to_nothing(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere.md")


def a_link_to_itself(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def nothing(path: Path) -> None:
    path.write_text("")


def no_article(path: Path) -> None:
    path.write_text("---\ntitle: [\n---\n\nText.")


def a_huge_file(path: Path) -> None:
    os.truncate(path, 40 * 1024 * 1024)


def a_sidecar_of_no_use(path: Path) -> None:
    path.with_name(f"{path.name}.toml").write_text("published = 2024-02-31x")


def a_sidecar_that_is_a_fifo(path: Path) -> None:
    os.mkfifo(path.with_name(f"{path.name}.toml"))


SPOILT: list[Spoil] = [
    *(a_fifo, a_link_to_nothing, a_link_to_itself, nothing, no_article, a_huge_file),
    *(a_sidecar_of_no_use, a_sidecar_that_is_a_fifo),
]


@pytest.mark.parametrize("spoil", SPOILT)
@pytest.mark.parametrize("options", [{}, {"full": True}, {"optimize": True}], ids=str)
def test_an_article_that_cannot_be_read_keeps_its_old_version_and_is_named(
    lantern: CorpusFolder,
    index_path: Path,
    run: Run,
    spoil: Spoil,
    options: dict[str, bool],
) -> None:
    before = whole(index_path, "lantern/fog")
    spoil(lantern.path / "lantern/fog.md")
    lantern.interview("mirror/new", "A new word.")  # so that there is something to write
    report = run(**options)
    assert (report.kept, report.articles, report.removed) == (1, 6, 0)
    assert list(skipped(report)) == ["lantern/fog.md"]
    assert skipped(report)["lantern/fog.md"].endswith("(what was indexed of it is kept)")
    assert found(index_path, "fog") == ["lantern/fog#1"]
    assert whole(index_path, "lantern/fog") == before


@pytest.mark.parametrize("options", [{}, {"full": True}, {"optimize": True}], ids=str)
def test_every_engine_keeps_it(
    lantern: CorpusFolder, index_path: Path, run: Run, engine: str, options: dict[str, bool]
) -> None:
    run(engine=engine)
    no_article(lantern.path / "lantern/fog.md")
    a_fifo(lantern.path / "mirror/mole.md")
    lantern.interview("mirror/new", "A new word.")
    assert run(engine=engine, **options).kept == 2
    assert found(index_path, "word") == sorted([*EVERYTHING, "mirror/new#1"])
    lantern.remove("mirror/mole.md")
    lantern.interview("mirror/mole", "The word is another.")
    assert run(engine=engine).kept == 1
    assert found(index_path, "another") == ["mirror/mole#1"]


def whole(index_path: Path, article_id: str) -> Any:
    """All that an index knows of an article."""
    with open_index(index_path) as index:
        return index.article(article_id), index.passage(f"{article_id}#1")


@pytest.mark.parametrize("spoil", SPOILT)
def test_it_is_tried_again_by_every_run_until_it_can_be_read(
    lantern: CorpusFolder, index_path: Path, run: Run, spoil: Spoil
) -> None:
    file = lantern.path / "lantern/fog.md"
    saved = file.read_text()
    spoil(file)
    first = run()
    assert (first.generation, first.kept) == (None, 1), "there is nothing to write"
    lantern.interview("mirror/new", "A new word.")
    assert run().kept == 1
    assert skipped(run()) == skipped(first)
    for path in (file, lantern.path / "lantern/fog.md.toml"):
        path.unlink(missing_ok=True)
    file.write_text(saved.replace("The word is", "Quite another word is"))
    report = run()
    assert (report.read, report.kept, report.skipped) == (1, 0, ())
    assert found(index_path, "quite") == ["lantern/fog#1"]


def test_a_file_that_was_not_verified_is_compared_by_its_bytes(
    lantern: CorpusFolder, index_path: Path, run: Run
) -> None:
    file = lantern.path / "lantern/fog.md"
    saved, status = file.read_text(), file.stat()
    a_fifo(file)
    lantern.interview("mirror/new", "A new word.")
    run()
    file.unlink()
    file.write_text(saved.replace("The word", "The tale"))
    os.utime(file, ns=(status.st_mtime_ns, status.st_mtime_ns))  # as if nothing had happened
    assert run().read == 1
    assert found(index_path, "tale") == ["lantern/fog#1"]


def test_a_feed_none_of_whose_items_can_be_read_keeps_them(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    item = "<item><title>Fog</title><description>The fog will lift soon.</description></item>"
    corpus.write("feed.xml", f"<rss><channel><title>L</title>{item}</channel></rss>")
    corpus.interview("one", "A word.")
    run()
    emptied = item.replace("The fog will lift soon.", "")
    corpus.write("feed.xml", f"<rss><channel><title>L</title>{emptied}</channel></rss>")
    report = run()
    assert report.kept == 1
    assert "kept" in skipped(report)["feed.xml"]
    assert found(index_path, "fog") == ["feed.xml/fog#1"]


def test_a_file_that_takes_too_long_keeps_its_old_version(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    corpus.interview("one", "A word.")
    corpus.interview("two", "Another word.")
    run()
    corpus.interview("one", *(f"Word {number}. " * 40 for number in range(200)))
    report = run(file_seconds=0.001)
    assert (report.kept, report.articles) == (1, 2)
    assert re.match(r"reading it .*0\.0\d+ s\b.*kept\)$", skipped(report)["one.md"])
    assert found(index_path) == ["one#1", "two#1"]


def test_a_copy_that_cannot_be_read_stays_a_copy(
    corpus: CorpusFolder, index_path: Path, run: Run, engine: str
) -> None:
    corpus.interview("a", "One text, everywhere.")
    corpus.interview("b", "One text, everywhere.")
    corpus.interview("c", "Another.")
    run(engine=engine)
    nothing(corpus.path / "b.md")
    report = run(engine=engine, full=True)
    assert (report.kept, report.articles) == (1, 2)
    assert [one.path for one in report.duplicates] == ["b.md"]
    corpus.remove("a.md")
    assert run(engine=engine).articles == 2
    assert found(index_path, "everywhere") == ["b#1"]


def test_a_broken_file_does_not_take_the_id_of_an_article(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    corpus.write("fog.txt", "The fog\n\nThe fog will lift soon, said nobody at all.\n")
    corpus.interview("one", "A word.")
    run()
    corpus.write("fog.md", "---\ntitle: [\n---\n\nText.")
    report = run()
    assert (report.articles, report.kept) == (2, 1)
    assert sorted(skipped(report)) == ["fog.md", "fog.txt"]
    assert found(index_path, "fog") == ["fog#1"]


def test_an_article_that_cannot_be_looked_at_keeps_its_id(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    corpus.interview("fog", "It will lift.")
    corpus.interview("one", "A word.")
    run()
    a_fifo(corpus.path / "fog.md")
    corpus.write("fog.txt", "The fog\n\nAnother text altogether stands here.")
    for options in ({}, {"full": True}):
        report = run(**options)
        assert (report.articles, report.kept) == (2, 1)
        assert skipped(report)["fog.txt"] == "its id is that of fog.md"
        assert found(index_path, "lift") == ["fog#1"]


def test_a_kept_article_is_under_the_names_that_speakers_toml_has_now(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    corpus.interview("one", "A word.", speaker="Ada Lind")
    corpus.interview("two", "Another word.", speaker="Ada Linde")
    corpus.write("speakers.toml", '[[speaker]]\nname = "Ada Lind"\naliases = ["Ada Linde"]')
    run()
    assert speaker_of(index_path, "two") == ("Ada Lind", "ada-lind")
    nothing(corpus.path / "two.md")
    corpus.write("speakers.toml", '[[speaker]]\nname = "Ada Lind"')
    assert run().kept == 1
    assert speaker_of(index_path, "two") == ("Ada Linde", "ada-linde")
    corpus.write("speakers.toml", '[[speaker]]\nname = "A. Linde"\naliases = ["Ada Linde"]')
    run()
    assert speaker_of(index_path, "two") == ("A. Linde", "a-linde")


def speaker_of(index_path: Path, article_id: str) -> tuple[str | None, str | None]:
    with open_index(index_path) as index:
        passage = index.passage(f"{article_id}#1")
    assert passage is not None
    return passage.speaker, passage.speaker_id


def test_check_says_what_cannot_be_compared(
    lantern: CorpusFolder, index_path: Path, run: Run
) -> None:
    a_fifo(lantern.path / "lantern/fog.md")
    lantern.interview("mirror/new", "A new word.")
    run()
    assert check(lantern.path, index_path) == [
        "lantern/fog.md is in the index, but cannot be compared: it is not an ordinary file."
    ]


def test_a_folder_that_becomes_a_link_keeps_its_articles(
    lantern: CorpusFolder, index_path: Path, run: Run, tmp_path: Path
) -> None:
    shutil.move(lantern.path / "lantern", tmp_path / "elsewhere")
    (lantern.path / "lantern").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    report = run()
    assert (report.kept, report.generation) == (3, None)
    assert "links to folders" in skipped(report)["lantern"]
    assert found(index_path) == EVERYTHING


# --- What the disk refuses -----------------------------------------------------------------------


Ended: TypeAlias = "subprocess.CompletedProcess[str]"


@pytest.fixture
def failing() -> Callable[..., tuple[Ended, bool]]:
    """Return a command to run while the disk fails at a call on one path, and whether it came."""
    strace = shutil.which("strace")
    if strace is None or not can_trace(strace):
        stop = pytest.fail if os.environ.get("CI") else pytest.skip
        stop("faults of a disk are injected with strace, which is not here or may not trace")

    def failing(call: str, path: Path, error: str, *words: str | Path) -> tuple[Ended, bool]:
        with tempfile.NamedTemporaryFile("r") as log:
            trace = ["-f", "-qq", "-o", log.name, "-P", path, "-e", f"trace={call}"]
            fault = ["-e", f"inject={call}:error={error}"]
            code = "from search_app.cli import main; main()"
            ended = subprocess.run(
                [strace, *trace, *fault, sys.executable, "-c", code, *words],
                capture_output=True,
                text=True,
                check=False,
            )
            assert "Traceback" not in ended.stderr
            return ended, "(INJECTED)" in log.read()

    return failing


@pytest.fixture
def faulty(
    corpus: CorpusFolder, index_path: Path, failing: Callable[..., tuple[Ended, bool]]
) -> Callable[..., dict[str, Any]]:
    """Reindexes while the disk fails at one system call on one path; gives the report."""

    def faulty(call: str, path: Path, *options: str, error: str = "EIO") -> dict[str, Any]:
        words = ("reindex", "--corpus", corpus.path, "--index", index_path, "--json", *options)
        ended, has_failed = failing(call, path, error, *words)
        assert has_failed
        assert ended.returncode == 3, ended.stderr
        report: dict[str, Any] = json.loads(ended.stdout)
        return report

    return faulty


def can_trace(strace: str) -> bool:
    return subprocess.run([strace, "-qq", "-o", os.devnull, "true"], check=False).returncode == 0


@pytest.mark.crash
@pytest.mark.parametrize("option", ["--jobs=1", "--full"])
def test_a_folder_that_cannot_be_listed_keeps_its_articles(
    lantern: CorpusFolder,
    index_path: Path,
    run: Run,
    faulty: Callable[..., dict[str, Any]],
    option: str,
) -> None:
    lantern.interview("mirror/new", "A new word.")
    report = faulty("getdents64", lantern.path / "lantern", option)
    assert (report["kept"], report["removed"], report["articles"]) == (3, 0, 6)
    reason = "it cannot be read: Input/output error (what was indexed of it is kept)"
    assert report["skipped"] == [{"path": "lantern", "reason": reason}]
    assert found(index_path, "word") == sorted([*EVERYTHING, "mirror/new#1"])
    again = run()
    assert (again.read, again.kept, again.skipped) == (0, 0, ())
    assert check(lantern.path, index_path) == []


@pytest.mark.crash
@pytest.mark.parametrize(
    ("call", "error", "told"),
    [
        ("read", "EIO", "Input/output error"),
        ("openat", "EIO", "Input/output error"),
        ("openat", "EACCES", "Permission denied"),
        ("?faccessat,?faccessat2,?access", "EACCES", "Permission denied"),
        ("?newfstatat,?stat,?statx,?lstat", "EIO", "Input/output error"),
    ],
)
def test_a_changed_file_that_the_disk_refuses_keeps_its_old_version(
    lantern: CorpusFolder,
    index_path: Path,
    run: Run,
    faulty: Callable[..., dict[str, Any]],
    call: str,
    error: str,
    told: str,
) -> None:
    file = lantern.interview("lantern/fog", "The fog is new.")
    lantern.interview("mirror/new", "A new word.")
    report = faulty(call, file, error=error)
    assert (report["kept"], report["read"], report["articles"]) == (1, 1, 6)
    assert [told in one["reason"] for one in report["skipped"]] == [True]
    assert found(index_path, "fog") == ["lantern/fog#1"]
    again = run()
    assert (again.read, again.skipped) == (1, ())
    assert found(index_path, '"the fog is new"') == ["lantern/fog#1"]


@pytest.mark.crash
def test_a_disk_that_fails_under_columns_of_the_index_is_named_at_each_read(
    lantern: CorpusFolder,
    index_path: Path,
    run: Run,
    failing: Callable[..., tuple[Ended, bool]],
) -> None:
    lantern.interview("lantern/long", *("Tide." for _ in range(1000)))
    run(engine="whoosh")
    (columns,) = index_path.rglob("*.columns.npy")
    for read in range(1, 20):
        search = ("search", "tide", "--index", index_path)
        ended, has_failed = failing("read", columns, f"EIO:when={read}", *search)
        if not has_failed:
            break
        assert ended.returncode == 1
        assert "Input/output error" in ended.stderr
    assert read > 3, "it is read beyond what verifies its checksum"
    assert ended.returncode == 0


# --- A corpus that is gone -----------------------------------------------------------------------


@pytest.fixture
def typed(corpus: CorpusFolder, index_path: Path) -> Callable[..., Result]:
    """Types a command over the corpus and its index."""

    def typed(name: str, *arguments: str | Path) -> Result:
        places = ("--corpus", corpus.path, "--index", index_path)
        words = [str(word) for word in (name, *arguments, *places)]
        return CliRunner().invoke(main, words, catch_exceptions=False)

    return typed


def empty(corpus: CorpusFolder) -> None:
    """As an unmounted disk leaves it."""
    shutil.move(corpus.path, corpus.path.with_name("away"))
    corpus.path.mkdir()


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--full",),
        ("--optimize",),
        ("--if-needed", "-q"),
        ("--dry-run",),
        ("--engine", "memory"),
    ],
    ids=str,
)
def test_a_corpus_that_is_gone_stops_the_run_and_changes_nothing(
    lantern: CorpusFolder,
    index_path: Path,
    typed: Callable[..., Result],
    options: tuple[str, ...],
) -> None:
    before = state(index_path)
    empty(lantern)
    result = typed("reindex", *options)
    assert result.exit_code == 6
    assert result.stdout == ""
    assert "5 of 5 indexed articles are no longer in" in result.stderr
    assert (
        f"reindex --accept-removals --corpus {lantern.path} --index {index_path}" in result.stderr
    )
    assert state(index_path) == before
    assert found(index_path) == EVERYTHING


def test_no_engine_writes_an_empty_index(
    lantern: CorpusFolder, index_path: Path, run: Run, engine: str
) -> None:
    run(engine=engine)
    before = state(index_path)
    empty(lantern)
    lantern.interview("mirror/new", "A new word.")
    with pytest.raises(CorpusVanished):
        run(engine=engine)
    assert state(index_path) == before
    assert run(engine=engine, accept_removals=True).articles == 1
    assert found(index_path) == ["mirror/new#1"]


def test_whoever_means_it_says_so(
    lantern: CorpusFolder, index_path: Path, typed: Callable[..., Result]
) -> None:
    empty(lantern)
    result = typed("reindex", "--accept-removals")
    assert (result.exit_code, found(index_path)) == (0, [])
    assert "commentary add" in result.stderr
    assert typed("reindex").exit_code == 0


def test_another_corpus_is_not_taken_for_this_one(
    lantern: CorpusFolder, index_path: Path, run: Run
) -> None:
    before = state(index_path)
    empty(lantern)
    for number in range(9):
        lantern.interview(f"other/{number}", f"Of another corpus, word {number}.")
    with pytest.raises(CorpusVanished, match="5 of 5"):
        run()
    assert state(index_path) == before


@pytest.mark.parametrize(("removed", "stops"), [(1, False), (2, False), (3, True), (4, True)])
def test_it_stops_when_more_than_half_is_gone(
    lantern: CorpusFolder, index_path: Path, run: Run, removed: int, stops: bool
) -> None:
    for passage_id in EVERYTHING[:removed]:
        lantern.remove(passage_id.replace("#1", ".md"))
    if stops:
        with pytest.raises(CorpusVanished):
            run()
    else:
        assert run().removed == removed
    assert found(index_path) == (EVERYTHING if stops else EVERYTHING[removed:])


def test_of_two_articles_one_may_go_and_a_single_one_too(corpus: CorpusFolder, run: Run) -> None:
    corpus.interview("one", "A word.")
    corpus.interview("two", "Another word.")
    run()
    corpus.remove("one.md")
    assert run().articles == 1
    corpus.remove("two.md")
    assert run().articles == 0


def test_articles_that_only_moved_are_not_gone(
    lantern: CorpusFolder, index_path: Path, run: Run
) -> None:
    for name in ("lantern", "mirror"):
        shutil.move(lantern.path / name, lantern.path / f"the-{name}")
    assert run().removed == 5
    assert found(index_path) == [f"the-{one}" for one in EVERYTHING]


def test_most_items_of_a_feed_do_not_go_unasked_either(corpus: CorpusFolder, run: Run) -> None:
    def feed(*names: str) -> str:
        items = "".join(
            f"<item><title>{name}</title><description>{name} it is, he said.</description></item>"
            for name in names
        )
        return f"<rss><channel><title>L</title>{items}</channel></rss>"

    corpus.write("feed.xml", feed("Fog", "Tide", "Wall", "Mole"))
    run()
    corpus.write("feed.xml", feed("Harbour"))
    with pytest.raises(CorpusVanished, match="4 of 4"):
        run()
    corpus.write("feed.xml", feed("Harbour", "Wall", "Mole"))
    assert run().articles == 3


@pytest.mark.parametrize("damage", ["schema", "library"])
def test_an_index_that_cannot_be_read_is_not_emptied_either(
    lantern: CorpusFolder, index_path: Path, run: Run, damage: str
) -> None:
    manifest = json.loads((index_path / "current.json").read_text())
    if damage == "schema":
        (index_path / "current.json").write_text(json.dumps({**manifest, "schema": 1}))
    else:
        name = generations.read_manifest(index_path).info.generation
        (index_path / name / "library.sqlite").write_bytes(b"SQLite format 3")
    away = lantern.path.with_name("away")
    empty(lantern)
    with pytest.raises(CorpusVanished, match="5 of 5"):
        run()
    lantern.interview("one", "A word.")
    lantern.interview("two", "Another word.")
    with pytest.raises(CorpusVanished, match="3 of 5"):
        run()
    shutil.copytree(away, lantern.path, dirs_exist_ok=True)
    assert run().articles == 7


def test_no_articles_and_no_index_are_no_error(
    corpus: CorpusFolder, index_path: Path, typed: Callable[..., Result]
) -> None:
    for _ in range(2):
        result = typed("reindex")
        assert result.exit_code == 0
        assert "`commentary add URL` saves one" in result.stderr
    assert typed("reindex", "--quiet").stderr == ""
    assert found(index_path) == []


def test_adding_to_a_corpus_that_is_gone_does_not_empty_the_index(
    lantern: CorpusFolder, index_path: Path, typed: Callable[..., Result], tmp_path: Path
) -> None:
    empty(lantern)
    file = tmp_path / "new.txt"
    file.write_text("The mole\n\nThe mole of Port Ilven will be mended before the winter comes.\n")
    missing = tmp_path / "missing.txt"
    result = typed("add", "--outlet", "Lantern", "--reindex", file, missing)
    assert result.exit_code == 6
    assert "5 of 5" in result.stderr
    assert found(index_path) == EVERYTHING


def test_what_is_kept_is_named_also_if_nothing_has_to_be_done(
    lantern: CorpusFolder, typed: Callable[..., Result]
) -> None:
    a_fifo(lantern.path / "lantern/fog.md")
    result = typed("reindex", "--if-needed", "--quiet")
    assert result.exit_code == 3
    assert result.stderr.startswith("skipped lantern/fog.md: it is not an ordinary file (what was")
