"""The help page: every example finds something."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import CorpusFolder, Run
from flask import Flask
from flask.testing import FlaskClient

from indexer.reindex.run import ReindexOptions, reindex
from search_app import create_app

SAMPLE = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """App over the sample articles of the project."""
    index_path = tmp_path_factory.mktemp("sample") / "index"
    reindex(ReindexOptions(SAMPLE, index_path, jobs=1))
    return create_app(index_path)


def examples(client: FlaskClient) -> dict[str, str]:
    page = BeautifulSoup(client.get("/help").text, "lxml")
    return {link.get_text(): str(link["href"]) for link in page.select("td a")}


def test_every_example_finds_something_in_the_sample_articles(sample: Flask) -> None:
    client = sample.test_client()
    offered = examples(client)
    assert len(offered) > 20
    answers = {
        query: client.get(address.replace("/search", "/search.json")).get_json()
        for query, address in offered.items()
    }
    assert {query for query, answer in answers.items() if not answer["total"]} == set()
    assert {query for query, answer in answers.items() if answer["notices"]} == set()


def test_examples_are_taken_from_the_corpus_at_hand(client: FlaskClient, sample: Flask) -> None:
    assert examples(client).keys() & examples(sample.test_client()).keys() <= {
        *("in:answer", "in:statement", "kind:person", "language:en")
    } | {query for query in examples(client) if query.startswith(("date:", "after:", "before:"))}


def test_a_corpus_without_speakers_still_has_help(
    corpus: CorpusFolder, run: Run, index_path: Path
) -> None:
    corpus.write("a.md", "---\ntitle: Fog\n---\n\nFog lay over the harbour.")
    run()
    assert len(examples(create_app(index_path).test_client())) > 20


def test_the_keys_are_listed(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/help").text, "lxml")
    keys = [key.get_text() for key in page.select("#keys kbd")]
    assert keys == ["/", "j", "k", "Enter", "n", "p", "?", "Esc"]
