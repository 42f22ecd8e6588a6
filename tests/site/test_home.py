"""The first page."""

from __future__ import annotations

from conftest import one, page, words
from flask.testing import FlaskClient


def test_home_has_the_size_of_the_corpus(client: FlaskClient) -> None:
    info = client.get("/search.json").get_json()["index"]
    lead = words(one(page(client, "/"), ".lead"))
    assert f"{info['passages']} passages from {info['articles']} articles" in lead
    assert "2019 to 3 May 2025" in lead
    assert "Last indexed:" in lead


def test_home_offers_three_searches_that_find_something(client: FlaskClient) -> None:
    offered = one(page(client, "/"), ".try").select("a")
    assert len(offered) == 3
    for link in offered:
        assert page(client, str(link["href"])).select(".hit")


def test_home_lists_the_newest_articles_first_and_undated_ones_last(client: FlaskClient) -> None:
    titles = [words(link) for link in page(client, "/").select(".newest a")]
    assert titles[0] == "A promise is not a postcard"
