"""``commentary init``: a folder to search, ready at once."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from conftest import run_commentary

from indexer.cli import COMMANDS


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make an empty current folder. The environment names no corpus and no index."""
    monkeypatch.chdir(tmp_path)
    for variable in ("COMMENTARY_CORPUS", "COMMENTARY_INDEX"):
        monkeypatch.delenv(variable, raising=False)
    return tmp_path


def test_what_it_makes_can_be_searched_at_once(workplace: Path) -> None:
    assert run_commentary("init").exit_code == 0
    assert run_commentary("reindex").stdout.startswith("The index holds 1 article")
    (hit,) = json.loads(run_commentary("search", "speaker:lind ferries rocks", "--json").stdout)[
        "results"
    ]
    assert (hit["speaker"]["name"], hit["date"]) == ("Ada Lind", "2025-03-14")
    (other,) = json.loads(run_commentary("search", "speaker:verrin", "--json").stdout)["results"]
    assert other["text"].startswith('"A promise in writing')


def test_every_step_that_it_prints_can_be_run_commentary(
    workplace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = re.findall(r"^  (.+)$", run_commentary("init", "a new folder").stdout, re.MULTILINE)
    assert [shlex.split(step)[0] for step in steps] == [
        *("cd", "reindex", "commentary", "commentary")
    ]
    monkeypatch.chdir(shlex.split(steps[0])[1])
    assert run_commentary("reindex").exit_code == 0
    assert run_commentary(*shlex.split(steps[2])[1:]).stdout.startswith("2 passages")


def test_every_file_that_it_made_is_named(workplace: Path) -> None:
    told = run_commentary("init", "here").stdout.partition("\n\n")[0].splitlines()
    files = [path for path in Path("here").rglob("*") if path.is_file()]
    assert {Path(line) for line in told} == {*files, Path("here/index")}


def test_the_article_says_that_it_is_invented(workplace: Path) -> None:
    run_commentary("init")
    (article,) = (workplace / "corpus").rglob("*/*.md")
    assert "invented" in article.read_text("utf-8")
    assert "invented" in (workplace / "corpus" / "README.md").read_text("utf-8")


def test_the_readme_names_commands_that_exist(workplace: Path) -> None:
    run_commentary("init")
    readme = (workplace / "corpus" / "README.md").read_text("utf-8")
    named = set(re.findall(r"`commentary (\w+)", readme))
    assert named
    assert named <= set(COMMANDS)


def test_a_corpus_that_is_there_is_left_alone(workplace: Path) -> None:
    mine = workplace / "corpus" / "mine.txt"
    mine.parent.mkdir()
    mine.write_text("Mine")
    refused = run_commentary("init")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "corpus is not empty" in refused.stderr
    assert [path for path in workplace.rglob("*") if path.is_file()] == [mine]


def test_a_file_in_the_way_is_one_line(workplace: Path) -> None:
    Path("taken").write_text("")
    refused = run_commentary("init", "taken")
    assert refused.exit_code == 1
    assert refused.stderr.count("\n") == 1


def test_a_corpus_that_is_missing_leads_to_init(workplace: Path) -> None:
    missing = run_commentary("reindex")
    assert missing.exit_code == 1
    assert "commentary init" in missing.stderr
