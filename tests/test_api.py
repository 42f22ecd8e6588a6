"""The JSON of a search: its shape, its links, its errors, and what it costs to ask twice."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from search_app import create_app
from search_app.renderers import RENDERERS

ADDRESSES = ("/search.json", "/api/v1/search")


@pytest.fixture(params=ADDRESSES)
def address(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_answer_has_the_shape_that_is_promised(client: FlaskClient, address: str) -> None:
    answer = client.get(f"{address}?q=guarantees&from=2020").get_json()
    assert list(answer) == [
        *("query", "total", "page", "per_page", "took_ms", "results", "facets", "timeline"),
        *("undated", "links", "notices", "index"),
    ]
    assert answer["query"]["q"] == "guarantees"
    assert answer["query"]["filters"]["from"] == "2020"
    assert (answer["page"], answer["per_page"]) == (1, 20)
    assert set(answer["facets"]) == {"speaker", "source", "role"}
    assert set(answer["index"]) == {"built", "passages", "articles", "fingerprint"}


def test_a_result_tells_who_said_it_where_and_when(client: FlaskClient, address: str) -> None:
    (result,) = client.get(f"{address}?q=guarantees+postcard").get_json()["results"]
    assert result["id"] == "the-lantern/2025/lind-on-promises#1"
    assert result["permalink"].endswith("/articles/the-lantern/2025/lind-on-promises#p1")
    assert result["role"] == "answer"
    assert result["speaker"]["id"] == "ada-lind"
    assert result["speaker"]["name"] == "Ada Lind"
    assert set(result["speaker"]) == {"id", "name", "as_printed", "role", "attribution"}
    assert (result["date"], result["date_precision"]) == ("2025-05-03", "day")
    assert result["question"] == "What is left of the promises made at the lake?"
    assert result["article"] == {
        "id": "the-lantern/2025/lind-on-promises",
        "title": "A promise is not a postcard",
        "source": "The Lantern",
        "url": "https://lantern.example/lind",
        "published": "2025-05-03",
    }


def test_highlights_are_offsets_into_the_snippet(client: FlaskClient, address: str) -> None:
    (result,) = client.get(f"{address}?q=guarantees+postcard").get_json()["results"]
    snippet = result["snippet"]
    marked = [snippet["text"][start:end] for start, end in snippet["highlights"]]
    assert marked == ["guarantees", "postcard"]


def test_an_unknown_speaker_is_null_and_never_a_guess(client: FlaskClient) -> None:
    answer = client.get("/search.json?q=drawbridge").get_json()
    assert [result["speaker"]["name"] for result in answer["results"]] == [None]


def test_facets_count_and_their_links_filter(client: FlaskClient, address: str) -> None:
    everyone = client.get(address).get_json()
    (lind,) = (value for value in everyone["facets"]["speaker"] if value["label"] == "Ada Lind")
    narrowed = client.get(lind["url"]).get_json()
    assert narrowed["total"] == lind["count"]
    assert {result["speaker"]["name"] for result in narrowed["results"]} == {"Ada Lind"}
    assert address in lind["url"]


def test_pages_are_linked_and_never_overlap(client: FlaskClient, address: str) -> None:
    seen: list[str] = []
    url = f"{address}?per_page=2"
    while url:
        response = client.get(url)
        answer = response.get_json()
        seen += [result["id"] for result in answer["results"]]
        url = answer["links"]["next"]
        assert (f'<{url}>; rel="next"' in response.headers.getlist("Link")) == bool(url)
    assert len(seen) == len(set(seen)) == answer["total"]
    assert answer["links"]["prev"]


def test_a_page_past_the_end_is_empty_and_knows_the_way_back(client: FlaskClient) -> None:
    answer = client.get("/search.json?per_page=2&page=99").get_json()
    assert answer["results"] == []
    assert answer["total"] > 0
    back = client.get(answer["links"]["prev"]).get_json()
    assert back["results"]
    assert back["links"]["next"] is None


def test_the_same_search_again_is_not_modified(client: FlaskClient, address: str) -> None:
    first = client.get(f"{address}?q=guarantees")
    again = client.get(f"{address}?q=guarantees", headers={"If-None-Match": first.headers["ETag"]})
    other = client.get(f"{address}?q=harbour", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert other.status_code == 200


def test_scripts_of_any_origin_may_read(client: FlaskClient, address: str) -> None:
    assert client.get(address).headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(f"{address}?page=0").headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ("page=0", "page"),
        ("page=1000000000", "page"),
        ("per_page=-1", "per_page"),
        ("from=2020-02-31", "from"),
        ("from=2021&to=2020", "from"),
        ("sort=drop+table", "sort"),
        ("role=villain", "role"),
    ],
)
def test_what_cannot_be_meant_is_a_problem_with_its_parameter(
    client: FlaskClient, address: str, asked: str, parameter: str
) -> None:
    problem = problem_of(client.get(f"{address}?{asked}"), 400)
    assert problem["errors"][0]["parameter"] == parameter
    assert problem["errors"][0]["message"] == problem["detail"]
    assert set(problem["errors"][0]) == {"parameter", "message", "position"}


def test_an_unknown_address_of_the_api_is_a_problem_too(client: FlaskClient) -> None:
    problem_of(client.get("/api/v1/nothing"), 404)
    problem_of(client.get("/search.exe"), 404)
    problem_of(client.post("/api/v1/search"), 405)


@pytest.mark.parametrize("path", [*ADDRESSES, "/healthz"])
def test_without_an_index_the_problem_names_the_command(tmp_path: Path, path: str) -> None:
    problem = problem_of(create_app(tmp_path / "none").test_client().get(path), 503)
    assert "reindex" in problem["detail"]


def test_health_tells_which_index_answers(client: FlaskClient) -> None:
    answer = client.get("/healthz").get_json()
    assert answer["status"] == "ok"
    assert answer["index"] == client.get("/search.json").get_json()["index"]


def test_a_fault_of_ours_tells_nothing_away(app: Flask) -> None:
    faulty = create_app(Path("nowhere"))
    faulty.add_url_rule("/api/fault", view_func=lambda: str(1 // 0))
    problem = problem_of(faulty.test_client().get("/api/fault"), 500)
    assert "division" not in problem["detail"]


@pytest.mark.parametrize("name", sorted(RENDERERS))
@pytest.mark.parametrize("asked", ["q=nowheretobefound", "q=postcard", ""])
def test_every_format_renders_none_one_and_many(client: FlaskClient, name: str, asked: str) -> None:
    response = client.get(f"/search.{name}?{asked}")
    assert response.status_code == 200
    assert response.mimetype == RENDERERS[name].MEDIA_TYPE


def test_every_file_of_the_renderers_is_a_format() -> None:
    folder = Path(__file__).parent.parent / "search_app" / "renderers"
    files = {file.stem for file in folder.glob("*.py")} - {"__init__"}
    assert files == {module.__name__.rpartition(".")[2] for module in RENDERERS.values()}


@pytest.mark.parametrize(
    "query",
    ["", "a" * 10_000, '"', "((", "* *", "\0", "🕊️", "speaker:", "-", "NOT", "a OR", ") (", "\\"],
)
def test_any_query_whatsoever_has_an_answer(client: FlaskClient, address: str, query: str) -> None:
    response = client.get(f"{address}?q={quote(query)}")
    assert response.status_code == 200
    assert response.get_json()["query"]["q"] == query


def problem_of(response: TestResponse, status: int) -> dict[str, object]:
    """The problem that a response tells, once it is sure that it is one (RFC 9457)."""
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
    problem = response.get_json()
    assert problem["status"] == status
    assert {"type", "title", "status", "detail", "errors"} == set(problem)
    return problem
