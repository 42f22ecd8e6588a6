"""Recordings: the time of a passage on its page and in JSON, and the link to it."""

from __future__ import annotations

import pytest
from conftest import CorpusFolder, ServeCorpus, one, page, words
from flask.testing import FlaskClient

TALK = """WEBVTT

00:00:01.000 --> 00:00:03.000
<v Ilse Brandt>The lamp is lit again.

01:02:05.900 --> 01:02:09.000
<v Bo Reed>At last.
"""


@pytest.fixture
def client(corpus: CorpusFolder, serve_corpus: ServeCorpus) -> FlaskClient:
    """App over two recordings, one with an address."""
    corpus.write("fog.vtt", TALK)
    corpus.write("fog.vtt.toml", 'url = "https://lantern.example/fog?v=1#top"\n')
    corpus.write("tide.vtt", TALK.replace("lamp", "tide"))
    return serve_corpus()


def test_a_passage_shows_its_time_and_links_to_that_place_of_the_recording(
    client: FlaskClient,
) -> None:
    link = one(page(client, "/articles/fog"), "#p2 a.moment")
    assert words(link) == "1:02:05"
    assert link["href"] == "https://lantern.example/fog?v=1#t=3725"


def test_the_time_of_a_recording_without_an_address_is_no_link(client: FlaskClient) -> None:
    article = page(client, "/articles/tide")
    assert words(one(article, "#p1 .moment")) == "0:00:01"
    assert article.select("a.moment") == []


def test_the_page_of_a_passage_has_its_time_too(client: FlaskClient) -> None:
    address = str(one(page(client, "/articles/fog"), "#p2 a.quote-link")["href"])
    link = one(page(client, address), "a.moment")
    assert link["href"] == "https://lantern.example/fog?v=1#t=3725"


def test_json_has_the_time_in_seconds(client: FlaskClient) -> None:
    answer = client.get("/api/v1/articles/fog").get_json()
    assert [passage["time"] for passage in answer["passages"]] == [1, 3725]


def test_an_article_that_is_no_recording_has_no_times(
    corpus: CorpusFolder, serve_corpus: ServeCorpus
) -> None:
    corpus.interview("wall", "It held.")
    client = serve_corpus()
    assert client.get("/api/v1/articles/wall").get_json()["passages"][0]["time"] is None
    assert page(client, "/articles/wall").select(".moment") == []
