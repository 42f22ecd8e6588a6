"""Passages, articles, speakers and suggestions of the API."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import CorpusFolder, ServeCorpus, problem_of
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    "address",
    [
        *("/api/v1/passages/none", "/api/v1/passages/none%231", "/api/v1/passages/%23"),
        *("/api/v1/passages/the-lantern/2025/lind-on-promises%2399", "/api/v1/articles/none"),
        *("/api/v1/articles/..%2F..%2Fetc", "/api/v1/speakers/nobody", "/api/v1/speakers/%00"),
        "/api/v1/articles/%ED%A0%80",
    ],
)
def test_an_unknown_id_is_not_found(client: FlaskClient, address: str) -> None:
    problem_of(client.get(address), 404)


def test_a_passage_has_similar_ones(client: FlaskClient) -> None:
    (hit,) = client.get("/api/v1/search?q=guarantees+postcard").get_json()["results"]
    one = client.get(hit["links"]["self"]).get_json()
    assert "%23" in hit["links"]["self"]
    assert {name: hit[name] for name in one if name in hit} == {
        name: one[name] for name in one if name in hit
    }
    assert hit["id"] not in [other["id"] for other in one["similar"]]


def test_an_article_has_all_its_passages_in_order(client: FlaskClient) -> None:
    hit = client.get("/api/v1/search?q=guarantees+postcard").get_json()["results"][0]
    article = client.get(hit["links"]["article"]).get_json()
    assert article["title"] == hit["article"]["title"]
    places = [int(one["id"].rpartition("#")[2]) for one in article["passages"]]
    assert places == sorted(places)
    results = client.get("/api/v1/search?per_page=100&group=none").get_json()["results"]
    assert len(places) == sum(one["article"]["id"] == article["id"] for one in results)


def test_an_id_with_special_characters_is_found(
    corpus: CorpusFolder, serve_corpus: ServeCorpus
) -> None:
    corpus.interview("50% of it? yes & no, é/a b+c;d", "The bell rings.")
    client = serve_corpus()
    (hit,) = client.get("/api/v1/search?q=bell").get_json()["results"]
    assert client.get(hit["links"]["self"]).get_json()["id"] == hit["id"]
    assert client.get(hit["links"]["article"]).get_json()["id"] == hit["article"]["id"]


def test_speakers_are_listed_in_pages_and_link_to_their_passages(client: FlaskClient) -> None:
    listed: list[dict[str, Any]] = []
    following = "/api/v1/speakers?per_page=1"
    while following:
        answer = client.get(following).get_json()
        listed += answer["speakers"]
        following = answer["links"]["next"]
    facet = client.get("/api/v1/search").get_json()["facets"]["speaker"]
    assert {one["id"]: one["count"] for one in listed} == {
        one["value"]: one["count"] for one in facet
    }
    for one in listed:
        assert client.get(one["links"]["passages"]).get_json()["total"] == one["count"]


def test_speakers_are_found_by_the_beginning_of_a_name(client: FlaskClient) -> None:
    answer = client.get("/api/v1/speakers?q=lin").get_json()
    assert [one["name"] for one in answer["speakers"]] == ["Ada Lind"]
    assert client.get("/api/v1/speakers?q=zz").get_json()["speakers"] == []
    problem = problem_of(client.get("/api/v1/speakers?per_page=0"), 400)
    assert problem["errors"][0]["parameter"] == "per_page"


def test_a_speaker_has_names_dates_and_newest_passages(client: FlaskClient) -> None:
    lind = client.get("/api/v1/speakers/ada-lind").get_json()
    assert (lind["name"], lind["first"], lind["last"]) == ("Ada Lind", "2025-05-03", "2025-05-03")
    assert "Ada Lind" in lind["printed"]
    assert lind["outlets"] == ["The Lantern"]
    assert len(lind["newest"]) == lind["count"] == 2
    assert {one["speaker"]["id"] for one in lind["newest"]} == {"ada-lind"}


@pytest.mark.parametrize("address", ["/suggest", "/api/v1/suggest"])
def test_suggestions_have_the_format_that_browsers_read(client: FlaskClient, address: str) -> None:
    response = client.get(f"{address}?q=lin")
    typed, queries, meanings, urls = response.get_json()
    assert response.mimetype == "application/x-suggestions+json"
    assert typed == "lin"
    assert len(queries) == len(meanings) == len(urls) > 0
    assert "speaker: Ada Lind" in meanings
    assert all(client.get(url).status_code == 200 for url in urls)
    assert client.get(address).get_json() == ["", [], [], []]
