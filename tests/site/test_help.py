"""The help page: every example finds something."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import CorpusFolder, Run
from flask import Flask
from flask.testing import FlaskClient
from many_languages import INTERVIEWS, write_interviews

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


@pytest.mark.parametrize(
    "languages", [("de",), ("ja",), ("th",), ("ar",), ("en", "de", "ja", "ar"), ("he", "th")]
)
def test_examples_are_in_the_language_of_the_corpus_and_find_something(
    corpus: CorpusFolder, run: Run, index_path: Path, languages: tuple[str, ...]
) -> None:
    write_interviews(corpus, *languages)
    run()
    client = create_app(index_path).test_client()
    offered = examples(client)
    assert len(offered) > 12
    printed = str([INTERVIEWS[language] for language in languages]).lower()
    assert all(word in printed for word in next(iter(offered)).split())
    for address in offered.values():
        answer = client.get(address.replace("/search", "/search.json")).get_json()
        assert (bool(answer["total"]), answer["notices"]) == (True, []), address


def test_a_form_that_finds_nothing_in_the_corpus_is_left_out(
    corpus: CorpusFolder, run: Run, index_path: Path
) -> None:
    corpus.write("a.md", "---\ntitle: Fog\n---\n\nFog lay over the harbour.")
    run()
    offered = examples(create_app(index_path).test_client())
    assert "over harbour" in offered
    assert "title:fog" in offered
    assert not [query for query in offered if query.startswith(("speaker:", "asked:", "date:"))]


def test_an_empty_corpus_still_has_help(run: Run, index_path: Path) -> None:
    run()
    assert len(examples(create_app(index_path).test_client())) > 20


def test_the_keys_are_listed(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/help").text, "lxml")
    keys = [key.get_text() for key in page.select("#keys kbd")]
    assert keys == ["/", "j", "k", "Enter", "n", "p", "?", "Esc"]
