"""The commands as they are typed: what they print, where, and how they end."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import Commentary, CorpusFolder, run_commentary

from bench.serving import COMMAND
from indexer.cli import COMMANDS, load_command
from indexer.storage import generations
from search_app import create_app


@pytest.fixture
def indexed(commentary: Commentary, corpus: CorpusFolder) -> Commentary:
    """Return a function that runs commands over an index of two articles."""
    corpus.interview(
        "lantern/2024/lind", "We were promised a wall.", date="2024-05-03", outlet="The Lantern"
    )
    corpus.interview("brandt", "The wall will stand.", speaker="Ilse Brandt")
    assert commentary("reindex").exit_code == 0
    return commentary


# --- reindex -------------------------------------------------------------------------------------


def test_reindex_tells_what_the_index_holds(commentary: Commentary, corpus: CorpusFolder) -> None:
    corpus.interview("one", "A word.", "Two words.")
    first = commentary("reindex")
    assert first.exit_code == 0
    assert first.stdout.startswith("The index holds 1 article, 2 passages (1 read, 0 unchanged")
    assert first.stderr == ""
    assert commentary("reindex").stdout == "Nothing to do: the index holds 1 article, 2 passages.\n"


def test_what_is_skipped_goes_to_stderr_and_the_exit_code_tells(
    commentary: Commentary, corpus: CorpusFolder
) -> None:
    corpus.interview("one", "A word.")
    corpus.interview("two", "A word.")
    corpus.write("empty.md")
    result = commentary("reindex", "--quiet")
    assert result.exit_code == 3
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "skipped empty.md: it is empty",
        "duplicate two.md: its text is that of one",
    ]


def test_a_full_disk_under_the_log_costs_no_article(
    corpus: CorpusFolder, commentary: Commentary, tmp_path: Path
) -> None:
    corpus.interview("one", "A word.")
    corpus.write("empty.md")
    folders = ("--corpus", str(corpus.path), "--index", str(tmp_path / "index"))
    with open("/dev/full", "w") as full:
        result = subprocess.run(
            [*COMMAND, "reindex", "--quiet", *folders], stderr=full, check=False
        )
    assert result.returncode == 3
    assert commentary("search", "word", *folders[2:]).exit_code == 0


def test_whoever_indexes_much_is_told_of_the_engine_that_is_faster_at_it(
    commentary: Commentary, corpus: CorpusFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.cli.reindex._MANY_PASSAGES", 1)
    corpus.interview("one", "A word.", "Another word.")
    first = commentary("reindex", "--engine", "whoosh")
    assert "--engine tantivy" in first.stdout.splitlines()[1]
    corpus.interview("two", "A third word.")
    assert "tantivy" not in commentary("reindex").stdout
    assert "tantivy" not in commentary("reindex", "--engine", "memory").stdout


def test_the_report_can_be_had_as_json(commentary: Commentary, corpus: CorpusFolder) -> None:
    corpus.interview("one", "A word.")
    corpus.write("empty.md")
    report = json.loads(commentary("reindex", "--json").stdout)
    assert (report["read"], report["articles"], report["passages"]) == (1, 1, 1)
    assert report["skipped"] == [{"path": "empty.md", "reason": "it is empty"}]
    assert report["generation"]


def test_if_needed_says_nothing_when_there_is_nothing_to_do(
    commentary: Commentary, corpus: CorpusFolder
) -> None:
    corpus.interview("one", "A word.")
    corpus.write("empty.md")
    assert commentary("reindex", "--if-needed").exit_code == 3
    again = commentary("reindex", "--if-needed")
    assert (again.exit_code, again.output) == (0, "")


def test_a_dry_run_says_that_nothing_was_written(
    commentary: Commentary, corpus: CorpusFolder
) -> None:
    corpus.interview("one", "A word.")
    result = commentary("reindex", "--dry-run")
    assert result.stdout == (
        "The index would hold 1 article, 1 passage (1 read, 0 unchanged, 0 removed)."
        " Nothing was written.\n"
    )


def test_options_go_before_the_environment(
    commentary: Commentary, corpus: CorpusFolder, tmp_path: Path
) -> None:
    other = CorpusFolder(tmp_path / "other")
    other.interview("one", "A word.")
    index = tmp_path / "elsewhere"
    commentary("reindex", "--corpus", other.path, "--index", index, "--engine", "whoosh")
    info = generations.read_manifest(index).info
    assert (info.articles, info.engine) == (1, "whoosh")


def test_corpus_and_index_are_by_default_in_this_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    CorpusFolder(tmp_path / "corpus").interview("one", "A word.")
    monkeypatch.chdir(tmp_path)
    assert run_commentary("reindex").exit_code == 0
    assert generations.read_manifest(tmp_path / "index").info.engine == "whoosh"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--engine", "steam"], 2, "memory, tantivy, whoosh"),
        (["--jobs", "0"], 2, "--jobs"),
        (["--corpus", "nowhere"], 1, "no folder nowhere"),
        (["--unheard-of"], 2, "--unheard-of"),
    ],
)
def test_what_cannot_be_done_is_said_and_has_an_exit_code(
    commentary: Commentary, arguments: list[str], code: int, told: str
) -> None:
    result = commentary("reindex", *arguments)
    assert result.exit_code == code
    assert told in result.stderr
    assert result.stdout == ""


def test_a_locked_index_is_one_line_and_code_4(commentary: Commentary, index_path: Path) -> None:
    with generations.locked(index_path):
        result = commentary("reindex")
    assert result.exit_code == 4
    assert result.stderr.count("\n") == 1


def test_an_index_that_cannot_be_written_is_one_line_and_code_1(
    commentary: Commentary, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    result = commentary("reindex", "--index", tmp_path / "file")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1


def test_ctrl_c_is_code_130(commentary: Commentary, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("indexer.cli.reindex.run", interrupted)
    result = commentary("reindex")
    assert result.exit_code == 130
    assert result.stderr.count("\n") == 1


# --- inspect -------------------------------------------------------------------------------------


def test_inspect_prints_an_article_a_line_as_json(
    commentary: Commentary, corpus: CorpusFolder
) -> None:
    one = corpus.interview("lantern/2024/one", "A word.", date="2024-05-03", author="Bo Reed")
    two = corpus.interview("two", "Another.")
    result = commentary("inspect", one, two, "--json")
    assert result.exit_code == 0
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert list(first) == [
        *("path", "id", "title", "published", "date_precision", "date_evidence", "byline"),
        "author",
        *("outlet", "url", "updated", "language", "note", "paragraphs", "dropped", "turns"),
        *("quotations", "passages"),
    ]
    assert (first["id"], second["id"]) == ("lantern/2024/one", "two")
    assert (first["published"], first["byline"], first["author"]) == (
        "2024-05-03",
        "Bo Reed",
        "Bo Reed",
    )
    assert set(first["paragraphs"][0]) == {"text", "kind"}
    assert first["turns"][1] == {
        "role": "answer",
        "speaker": "Ada Lind",
        "attribution": "Ada Lind:",
        "evidence": "label",
        "text": "A word.",
    }
    assert first["passages"] == [
        {
            "id": "lantern/2024/one#1",
            "role": "answer",
            "question": "What of it, 1?",
            "text": "A word.",
            "speaker": "Ada Lind",
            "time": None,
        }
    ]


def test_inspect_says_that_names_are_as_one_article_has_them(
    commentary: Commentary, corpus: CorpusFolder
) -> None:
    named = corpus.interview("one", "A word.")
    unnamed = corpus.write("two.md", "# On fog\n\nThe fog came late, and nobody was there.\n")
    assert "reindex joins them" in commentary("inspect", named).stdout
    assert "reindex joins them" not in commentary("inspect", unnamed).stdout


def test_inspect_prints_every_article_of_a_file_and_names_what_it_cannot_read(
    commentary: Commentary, corpus: CorpusFolder
) -> None:
    items = "".join(
        f"<item><title>{title}</title><description>{text}</description></item>"
        for title, text in (("Fog", "The fog will lift."), ("Void", ""), ("Tide", "It turns."))
    )
    feed = corpus.write("lantern.xml", f"<rss><channel>{items}</channel></rss>")
    corpus.write("lantern.xml.toml", 'outlet = "The Lantern"')
    result = commentary("inspect", feed, "--json")
    assert result.exit_code == 3
    assert result.stderr.startswith(f"skipped {feed}: ")
    assert "Void" in result.stderr
    articles = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["id"] for one in articles] == ["lantern.xml/fog", "lantern.xml/tide"]
    assert {one["outlet"] for one in articles} == {"The Lantern"}


def test_inspect_reads_what_is_in_no_corpus(commentary: Commentary, tmp_path: Path) -> None:
    saved = tmp_path / "elsewhere" / "saved.txt"
    saved.parent.mkdir()
    saved.write_text("A title\n\nThe lighthouse is lit again, and the fog has been told.\n")
    (line,) = commentary("inspect", saved, "--json").stdout.splitlines()
    assert json.loads(line)["id"] == "saved"


def test_inspect_says_where_quotations_have_no_rules(
    commentary: Commentary, corpus: CorpusFolder
) -> None:
    finnish = "”Muuri kestää varmasti tämän yön myrskyn”, sanoi pormestari Nara Velidze satamassa."
    english = "“The wall will hold tonight,” said Nara Velidze, the mayor of Port Ilven."
    for name, said, is_known in (("fi", finnish, False), ("en", english, True)):
        article = corpus.write(f"{name}.md", f"---\ntitle: X\n---\n\n{said}\n")
        printed = commentary("inspect", article).stdout
        assert ("quotation  Nara Velidze: " in printed) is is_known
        assert (f"quotations in {name} have no rules" in printed) is not is_known


def test_inspect_names_what_it_cannot_read_and_prints_the_rest(
    commentary: Commentary, corpus: CorpusFolder
) -> None:
    good, bad = corpus.interview("one", "A word."), corpus.write("scan.djvu", "AT&T")
    result = commentary("inspect", bad, corpus.path / "none.md", good)
    assert result.exit_code == 3
    assert "scan.djvu: no reader takes .djvu" in result.stderr
    assert "none.md: it is no longer there" in result.stderr
    assert "Ada Lind [label “Ada Lind:”]: A word." in result.stdout


# --- search --------------------------------------------------------------------------------------


def test_search_prints_who_said_what_when_and_where(indexed: Commentary) -> None:
    lines = indexed("search", "promised").stdout.splitlines()
    assert lines[0] == "1 passage in 1 article"
    assert lines[1] == "said: 1  asked: 0  headline: 0  all: 1"
    assert lines[3] == "Ada Lind · 2024-05-03 · The Lantern · Ada Lind answers"
    assert lines[5:] == ["  We were promised a wall.", "  lantern/2024/lind#1"]


def test_search_marks_words_on_a_terminal_only(indexed: Commentary, monkeypatch: Any) -> None:
    command, arguments = load_command("search"), ["promised"]
    assert "\x1b" not in CliRunner().invoke(command, arguments).stdout
    assert "\x1b[1mpromised\x1b[0m" in CliRunner().invoke(command, arguments, color=True).stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in CliRunner().invoke(command, arguments, color=True).stdout


@pytest.mark.parametrize(
    ("arguments", "total"),
    [
        ([], 2),
        (["wall"], 2),
        (["wall", "--speaker", "brandt"], 1),
        (["wall", "--speaker", "brandt", "--speaker", "ada-lind"], 2),
        (["wall", "--source", "The Lantern"], 1),
        (["wall", "--role", "question"], 0),
        (["wall", "--from", "2024-05"], 1),
        (["wall", "--to", "2023"], 0),
    ],
)
def test_search_takes_the_filters_of_the_page(
    indexed: Commentary, arguments: list[str], total: int
) -> None:
    assert json.loads(indexed("search", "--json", *arguments).stdout)["total"] == total


def test_search_prints_what_the_endpoint_answers(indexed: Commentary, index_path: Path) -> None:
    printed = json.loads(indexed("search", "--json", "--group", "article", "wall").stdout)
    client = create_app(index_path).test_client()
    asked = "/search.json?q=wall&group=article&per_page=10"
    answer = client.get(asked, base_url="http://127.0.0.1:8000")
    assert printed.keys() == answer.json.keys()
    assert printed["results"] == answer.json["results"]
    assert printed["links"] == answer.json["links"]


def test_search_turns_pages_groups_and_asks_what_was_meant(indexed: Commentary) -> None:
    second = indexed("search", "wall", "--limit", "1", "--page", "2").stdout
    assert "lantern/2024/lind#1" in second
    assert "\n  brandt#1" not in second
    assert "Did you mean: wall (2 passages)" in indexed("search", "walll").stdout
    told = indexed("search", "promised", "--speaker", "brandt").stdout
    assert "promised: 1 alone, 0 without it" not in told
    assert "brandt: 1 alone, 1 without it" in told


def test_search_sorts_and_limits(indexed: Commentary) -> None:
    result = indexed("search", "wall", "--json", "--sort", "newest", "--limit", "1")
    assert [hit["article"]["id"] for hit in json.loads(result.stdout)["results"]] == [
        "lantern/2024/lind"
    ]


def test_notices_go_to_stderr(indexed: Commentary) -> None:
    result = indexed("search", "wall date:soon")
    assert "date:soon" in result.stderr
    assert "date:soon" not in result.stdout


def test_a_search_that_cannot_be_meant_is_code_2(indexed: Commentary) -> None:
    result = indexed("search", "wall", "--from", "2020-02-31")
    assert result.exit_code == 2
    assert "2020-02-31" in result.stderr


def test_without_an_index_search_names_the_command(
    commentary: Commentary, index_path: Path
) -> None:
    result = commentary("search", "wall")
    assert result.exit_code == 1
    assert f"reindex --index {index_path}" in result.stderr


def test_an_article_cannot_steer_the_terminal(commentary: Commentary, corpus: CorpusFolder) -> None:
    corpus.interview("one", "A word\x1b[2J\x07 and more.")
    commentary("reindex")
    assert "\x1b" not in commentary("search", "word").stdout


def test_searching_loads_no_reader_of_articles(indexed: Commentary) -> None:
    code = (
        "import sys; from indexer.cli import load_command\n"
        "load_command('search').main(['wall'], standalone_mode=False)\n"
        "print([n for n in sys.modules if n.startswith(('indexer.ingest', 'trafilatura', 'bs4'))])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.splitlines()[-1] == "[]"


# --- check ---------------------------------------------------------------------------------------


def test_check_tells_that_all_is_well(indexed: Commentary) -> None:
    result = indexed("check", "--deep")
    assert result.exit_code == 0
    assert result.stdout == "The index is intact and agrees with the corpus.\n"
    answer = json.loads(indexed("check", "--json").stdout)
    assert answer == {"differences": [], "deep": False}


def test_check_prints_differences_and_ends_with_code_5(
    indexed: Commentary, corpus: CorpusFolder
) -> None:
    corpus.remove("brandt.md")
    result = indexed("check", "--deep")
    assert result.exit_code == 5
    assert result.stdout == "brandt.md is in the index, but no longer in the corpus.\n"


def test_check_without_an_index_has_failed(commentary: Commentary) -> None:
    assert commentary("check").exit_code == 1


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str) -> None:
    result = run_commentary(name, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.stdout


_CONTROL = re.compile(r"\x1b\[[\d;?]*[A-Za-z]")
"""Colours, and where the cursor goes."""


@pytest.mark.slow
def test_a_terminal_shows_how_far_reading_is_how_fast_and_how_long_it_takes(
    corpus: CorpusFolder, index_path: Path
) -> None:
    for number in range(150):
        corpus.interview(f"ferry-{number}", f"Ferry {number} is late.")
    ours, theirs = pty.openpty()
    command = [*COMMAND, "reindex", "--corpus", str(corpus.path), "--index", str(index_path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs) as process:
        os.close(theirs)
        shown = _CONTROL.sub("", "".join(iter(partial(_read, ours), "")))
    os.close(ours)
    assert process.returncode == 0
    for part in (r"Reading", r"\d+/150", r"\d+/s", r"[\d-]:[\d-]{2}:[\d-]{2}"):
        assert re.search(part, shown), shown
    assert not re.search(r"Writing[^\r]*/150", shown), shown


def _read(terminal: int) -> str:
    """Read the next output of a terminal; ``""`` at its end."""
    try:
        return os.read(terminal, 1024).decode(errors="ignore")
    except OSError:
        return ""
