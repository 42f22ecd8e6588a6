"""Sidecars and ``speakers.toml``: what is no ordinary file of the corpus is never opened."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import CorpusFolder, Run

from indexer.cli import load_command
from indexer.corpus.files import MAX_BYTES
from indexer.errors import CorpusError
from indexer.people.aliases import FILE


def fifo(path: Path) -> None:
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.mkdir()


def bound_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(path))  # the address of a socket is 108 bytes long at most


def device(path: Path) -> None:
    try:
        os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 5))  # /dev/zero, which never ends
    except OSError as problem:
        pytest.skip(f"only root makes devices here: {problem}")


def link_out(path: Path) -> None:
    outside = path.parents[1] / "outside.toml"
    outside.write_text('outlet = "Secret"\n')
    path.symlink_to(outside)


def link_to_a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def link_to_nothing(path: Path) -> None:
    path.symlink_to("nowhere.toml")


def link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)


REFUSED: list[tuple[Callable[[Path], None], str]] = [
    (fifo, "not an ordinary file"),
    (folder, "not an ordinary file"),
    (bound_socket, "not an ordinary file"),
    (device, "not an ordinary file"),
    (link_out, "a link out of the corpus"),
    (link_to_a_device, "a link out of the corpus"),
    (link_to_nothing, "a link to nothing"),
    (link_to_itself, "a link to nothing"),
    (huge, "larger than 32 MB"),
]


@pytest.mark.parametrize(("make", "reason"), REFUSED)
def test_a_sidecar_that_is_no_ordinary_file_is_refused_by_name_and_not_opened(
    corpus: CorpusFolder, run: Run, make: Callable[[Path], None], reason: str
) -> None:
    corpus.interview("good", "A word.")
    corpus.interview("fog", "Another word.")
    make(corpus.path / "fog.md.toml")
    report = run()
    assert report.articles == 1
    ((path, told),) = [(one.path, one.reason) for one in report.skipped]
    assert path == "fog.md"
    assert told == f"its sidecar fog.md.toml: it is {reason}"


@pytest.mark.parametrize(("make", "reason"), REFUSED)
def test_a_speakers_file_that_is_no_ordinary_file_is_refused_by_name_and_not_opened(
    corpus: CorpusFolder, index_path: Path, run: Run, make: Callable[[Path], None], reason: str
) -> None:
    corpus.interview("good", "A word.")
    make(corpus.path / FILE)
    with pytest.raises(CorpusError) as raised:
        run()
    assert str(raised.value) == f"{corpus.path / FILE}: it is {reason}"
    assert not (index_path / "current.json").exists()


def test_a_link_to_a_file_of_the_corpus_is_followed(corpus: CorpusFolder, run: Run) -> None:
    corpus.interview("fog", "A word.")
    corpus.write("notes/shared.toml", 'outlet = "The Lantern"')
    (corpus.path / "fog.md.toml").symlink_to("notes/shared.toml")
    assert run().skipped == ()


@pytest.mark.parametrize("make", [fifo, link_out])
def test_inspect_refuses_it_too(corpus: CorpusFolder, make: Callable[[Path], None]) -> None:
    file = corpus.interview("fog", "A word.")
    make(corpus.path / "fog.md.toml")
    words = [str(file), "--corpus", str(corpus.path)]
    result = CliRunner().invoke(load_command("inspect"), words)
    assert result.exit_code == 3
    assert "its sidecar fog.md.toml: it is" in result.stderr
