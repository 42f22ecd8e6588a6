"""Rolling back to the generation before, and bringing that up to date again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Commentary, CorpusFolder, Run, found_ids

from indexer import LiveIndex, open_index
from indexer.errors import IndexLocked, RollbackImpossible
from indexer.storage import generations
from indexer.storage.generations import read_manifest
from indexer.storage.rollback import roll_back
from search_app import create_app


def publish(corpus: CorpusFolder, run: Run, *words: str, **options: object) -> list[str]:
    """Publish a generation for each word, and return their names."""
    names = []
    for word in words:
        corpus.interview("fog", f"The fog was {word}.")
        names.append(str(run(**options).generation))
    return names


def words_found(index_path: Path) -> list[str]:
    with open_index(index_path, verify=True) as index:
        return [word for word in ("grey", "blue", "red", "black") if found_ids(index, word)]


def folders(index_path: Path) -> list[str]:
    return sorted(path.name for path in index_path.iterdir() if path.is_dir())


def test_the_generation_before_serves_again_until_the_next_run(
    corpus: CorpusFolder, index_path: Path, run: Run, engine: str
) -> None:
    first, _ = publish(corpus, run, "grey", "blue", engine=engine)
    assert roll_back(index_path).info.generation == first
    assert words_found(index_path) == ["grey"]
    third = run(engine=engine)
    assert third.read == 1
    assert words_found(index_path) == ["blue"]
    assert folders(index_path) == sorted([first, str(third.generation)])


def test_a_running_server_picks_up_the_generation_before(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    publish(corpus, run, "grey", "blue")
    live, client = LiveIndex(index_path), create_app(index_path).test_client()
    assert found_ids(live.current(), "blue") == ["fog#1"]
    assert client.get("/search.json?q=blue").get_json()["total"] == 1
    roll_back(index_path)
    assert found_ids(live.current(), "grey") == ["fog#1"]
    assert client.get("/search.json?q=blue").get_json()["total"] == 0


def test_what_was_deleted_by_mistake_is_there_again(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    publish(corpus, run, "grey")
    corpus.interview("wall", "The wall was red.")
    run()
    corpus.remove("wall.md")
    run()
    assert words_found(index_path) == ["grey"]
    roll_back(index_path)
    assert words_found(index_path) == ["grey", "red"]


def test_rolling_back_twice_is_refused_in_a_sentence(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    publish(corpus, run, "grey", "blue", "red")
    roll_back(index_path)
    with pytest.raises(RollbackImpossible, match="no generation before"):
        roll_back(index_path)
    assert words_found(index_path) == ["blue"]


def test_as_many_generations_are_kept_as_are_asked_for(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    names = publish(corpus, run, "grey", "blue", "red", "black", keep=2)
    assert folders(index_path) == sorted(names[1:])
    roll_back(index_path)
    roll_back(index_path)
    assert words_found(index_path) == ["blue"]
    with pytest.raises(RollbackImpossible):
        roll_back(index_path)
    last = str(run(keep=2).generation)
    assert words_found(index_path) == ["black"]
    assert folders(index_path) == sorted([names[1], last])


def test_generations_that_are_too_many_go_with_the_next_one(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    publish(corpus, run, "grey", "blue", "red", keep=3)
    assert len(folders(index_path)) == 3
    publish(corpus, run, "black")
    assert len(folders(index_path)) == 2


def test_a_damaged_generation_before_is_named_and_does_not_serve(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    first, second = publish(corpus, run, "grey", "blue")
    for name, damage in (("library.sqlite", b"x"), ("manifest.json", b"{")):
        path = index_path / first / name
        whole = path.read_bytes()
        path.write_bytes(damage)
        with pytest.raises(RollbackImpossible, match=name if damage == b"x" else "manifest"):
            roll_back(index_path)
        path.write_bytes(whole)
        assert read_manifest(index_path).info.generation == second


def test_a_generation_of_another_version_does_not_serve(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    first, _ = publish(corpus, run, "grey", "blue")
    path = index_path / first / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "schema": 1}))
    with pytest.raises(RollbackImpossible, match="another version"):
        roll_back(index_path)
    assert words_found(index_path) == ["blue"]


def test_manifests_that_name_each_other_keep_nobody_busy(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    first, second = publish(corpus, run, "grey", "blue")
    path = index_path / first / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "previous": second}))
    assert generations.former(index_path) == [first, second]


def test_an_index_that_is_being_written_is_not_rolled_back(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    publish(corpus, run, "grey", "blue")
    with generations.locked(index_path), pytest.raises(IndexLocked):
        roll_back(index_path)


def test_the_command_tells_what_serves_and_why_nothing_else_can(
    commentary: Commentary, corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    missing = commentary("rollback")
    assert (missing.exit_code, missing.stdout, index_path.exists()) == (1, "", False)
    publish(corpus, run, "grey")
    corpus.interview("wall", "The wall was red.")
    assert commentary("reindex").exit_code == 0
    done = commentary("rollback")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("The generation before serves again: 1 article, 1 passage, as of")
    again = commentary("rollback", "--json")
    assert (again.exit_code, again.stdout, again.stderr.count("\n")) == (1, "", 1)
    assert "--keep" in again.stderr
    assert commentary("reindex", "--keep", "0").exit_code == 2
    assert commentary("reindex", "--keep", "2").exit_code == 0
    assert json.loads(commentary("rollback", "--json").stdout)["articles"] == 1
