"""``commentary serve``, also without an index or articles."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from click.testing import CliRunner
from conftest import CorpusFolder, Run, page, words

from bench.serving import COMMAND
from search_app import create_app
from search_app.cli import main


@pytest.fixture
def server(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Serve a missing index on a free port."""
    command = [*COMMAND, "serve", "--port", "0", "--index", str(tmp_path / "index")]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as process:
        yield process
        process.terminate()
        process.communicate()


def test_it_prints_its_address_and_answers_even_without_an_index(
    server: subprocess.Popen[str],
) -> None:
    assert server.stdout is not None
    address = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
    assert address is not None
    with pytest.raises(HTTPError) as answer:
        urlopen(f"{address[0]}/search?q=anything")
    with answer.value as page:
        assert page.code == 503
        assert "reindex" in page.read().decode()


@pytest.mark.slow
def test_it_guides_to_the_first_article_where_nothing_is_indexed(
    server: subprocess.Popen[str], tmp_path: Path
) -> None:
    assert server.stderr is not None
    output = [server.stderr.readline() for _ in range(2)]
    assert "commentary init" in output[1]
    assert f"`reindex --index {tmp_path / 'index'}`" in output[1]


def test_its_pages_guide_to_the_first_article(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    client = create_app(index_path).test_client()
    before = page(client, "/", status=503)
    run()
    empty = page(client, "/")
    corpus.interview("first", "A word.")
    run()
    for guide in (before, empty):
        steps = [words(step) for step in guide.select(".begin code")]
        assert "commentary init" in steps
        assert f"reindex --index {index_path}" in steps
    assert page(client, "/").select(".begin") == []


@pytest.mark.slow
def test_it_prints_that_the_index_is_empty(index_path: Path, run: Run) -> None:
    run()
    command = [*COMMAND, "serve", "--port", "0", "--index", str(index_path)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        output = [process.stderr.readline() for _ in range(2)]
        process.terminate()
    assert output[0] == "The index holds no articles yet.\n"
    assert "commentary add" in output[1]


@pytest.mark.slow
def test_several_processes_answer_and_end_with_the_first(tmp_path: Path) -> None:
    command = [*COMMAND, "serve", "--port", "0", "--processes", "3", "--index", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = re.search(r"http://(127\.0\.0\.1):(\d+)", process.stdout.readline())
        assert address is not None
        for _ in range(6):
            with pytest.raises(HTTPError) as answer:
                urlopen(address[0])
            answer.value.close()
        process.terminate()
    assert process.returncode == 0
    # Children are ended before the parent is, and with the last one the port is free.
    with socket.create_server((address[1], int(address[2]))):
        pass


def test_a_port_in_use_is_one_line_that_says_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(main, ["serve", "--port", port])
    assert result.exit_code == 1
    assert result.output.count("\n") == 1
    assert port in result.output
    assert "--port" in result.output


def test_an_address_of_another_machine_is_one_line_too() -> None:
    result = CliRunner().invoke(main, ["serve", "--host", "192.0.2.1"])
    assert result.exit_code == 1
    assert result.output.count("\n") == 1


def test_the_group_knows_the_commands_of_the_indexer() -> None:
    listed = CliRunner().invoke(main, ["--help"])
    assert listed.exit_code == 0
    for command in ("check", "inspect", "reindex", "search", "serve"):
        assert re.search(rf"^  {command} ", listed.output, re.MULTILINE)


def test_it_prints_its_version() -> None:
    result = CliRunner().invoke(main, ["--version"], prog_name="commentary")
    assert result.output == f"commentary {metadata.version('commentary-search')}\n"


def test_serving_loads_no_reader_of_articles() -> None:
    code = "import sys, search_app.cli; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "search_app.cli" in run.stdout
    assert "indexer.ingest" not in run.stdout


def test_an_unknown_command_is_a_usage_error() -> None:
    assert CliRunner().invoke(main, ["frobnicate"]).exit_code == 2
