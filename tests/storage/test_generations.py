"""Generations: one that is read stays, in this process and in others."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import CorpusFolder, Run, found_ids

from indexer import open_index
from indexer.storage.generations import read_manifest

READER = """
import sys
from indexer import SearchRequest, open_index
with open_index(sys.argv[1]) as index:
    print("open", flush=True)
    sys.stdin.readline()
    print(len(list(index.every(SearchRequest()))), flush=True)
    sys.stdin.readline()
"""


def generation(index_path: Path) -> Path:
    return index_path / read_manifest(index_path).info.generation


def publish(corpus: CorpusFolder, run: Run, times: int = 10) -> None:
    for number in range(times):
        corpus.interview("changed", f"Word number {number}.")
        run()


def test_an_open_index_keeps_its_generation_until_it_is_closed(
    corpus: CorpusFolder, index_path: Path, run: Run, engine: str
) -> None:
    corpus.interview("same", "A word that stays.")
    run(engine=engine)
    first = generation(index_path)
    with open_index(index_path) as index:
        publish(corpus, run, 3)
        assert first.is_dir()
        assert found_ids(index) == ["same#1"]
        second, third = generation(index_path), open_index(index_path)
    publish(corpus, run, 3)
    assert not first.exists()
    assert second.is_dir()
    third.close()
    publish(corpus, run, 1)
    assert not second.exists()


@pytest.mark.slow
@pytest.mark.parametrize("end", ["exits", "is killed"])
def test_another_process_that_reads_keeps_its_generation(
    corpus: CorpusFolder, index_path: Path, run: Run, end: str
) -> None:
    corpus.interview("same", "A word that stays.")
    run()
    first = generation(index_path)
    command = [sys.executable, "-c", READER, str(index_path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        assert reader.stdout.readline() == "open\n"
        publish(corpus, run)
        assert first.is_dir()
        reader.stdin.write("\n")
        reader.stdin.flush()
        assert reader.stdout.readline() == "1\n"
        if end == "is killed":
            reader.kill()
    assert reader.returncode == (0 if end == "exits" else -9)
    publish(corpus, run, 1)
    assert not first.exists()
    assert len([path for path in index_path.iterdir() if path.is_dir()]) == 2


def test_a_reader_that_may_not_write_keeps_its_generation(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    corpus.interview("same", "A word that stays.")
    run()
    first = generation(index_path)
    for path in (*first.rglob("*"), first):
        os.chmod(path, 0o555 if path.is_dir() else 0o444)
    with open_index(index_path):
        os.chmod(first, 0o755)
        publish(corpus, run)
        assert first.is_dir()
