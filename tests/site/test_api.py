"""Searches of the API: answers, links, errors and caching."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pytest
from conftest import CorpusFolder, Run, ServeCorpus, problem_of
from flask import Flask
from flask.testing import FlaskClient

from indexer import FACET_VALUES, FACETS
from search_app import create_app

ADDRESSES = ("/search.json", "/api/v1/search")


@pytest.fixture(params=ADDRESSES)
def address(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_an_answer_has_exactly_the_documented_fields(client: FlaskClient, address: str) -> None:
    answer = client.get(f"{address}?q=guarantees&from=2020").get_json()
    assert list(answer) == [
        *("query", "total", "articles", "scopes", "page", "per_page", "took_ms", "results"),
        "nearly",
        *("facets", "facet_sizes", "timeline", "undated", "did_you_mean", "explanations"),
        *("notices", "links", "index"),
    ]
    assert answer["query"]["q"] == "guarantees"
    assert answer["query"]["filters"]["from"] == "2020"
    assert (answer["query"]["sort"], answer["query"]["group"]) == ("relevance", "article")
    assert (answer["page"], answer["per_page"]) == (1, 20)
    assert set(answer["facets"]) == {*FACETS, "year"}
    assert set(answer["facet_sizes"]) == set(answer["facets"])
    assert set(answer["index"]) == {"built", "passages", "articles", "fingerprint"}


def test_a_result_has_its_speaker_article_and_date(client: FlaskClient, address: str) -> None:
    (result,) = client.get(f"{address}?q=guarantees+postcard").get_json()["results"]
    assert result["id"] == "the-lantern/2025/lind-on-promises#1"
    assert result["permalink"].endswith("/articles/the-lantern/2025/lind-on-promises#p1")
    assert result["role"] == "answer"
    assert result["speaker"]["id"] == "ada-lind"
    assert result["speaker"]["name"] == "Ada Lind"
    assert set(result["speaker"]) == {
        *("id", "name", "kind", "as_printed", "role", "attribution", "evidence")
    }
    assert (result["date"], result["date_precision"]) == ("2025-05-03", "day")
    assert result["question"] == "What is left of the promises made at the lake?"
    assert result["article"] == {
        "id": "the-lantern/2025/lind-on-promises",
        "title": "A promise is not a postcard",
        "source": "The Lantern",
        "url": "https://lantern.example/lind",
        "published": "2025-05-03",
    }


def test_numbers_count_the_scope_and_nothing_falls_back(client: FlaskClient, address: str) -> None:
    said = client.get(f"{address}?q=promises").get_json()
    assert said["scopes"] == {"said": 3, "asked": 1, "headline": 0, "all": 4}
    assert (said["total"], said["query"]["filters"]["scope"]) == (3, "said")
    assert {(one["said"], one["context"]) for one in said["results"]} == {(True, None)}
    asked = client.get(f"{address}?q=promises&scope=asked").get_json()
    assert (asked["total"], asked["scopes"]) == (1, said["scopes"])
    assert [(one["said"], one["context"]) for one in asked["results"]] == [(False, "asked")]
    assert all(value["count"] == 1 for value in asked["facets"]["speaker"])
    only_asked = client.get(f'{address}?q="promises"').get_json()
    assert (only_asked["total"], only_asked["scopes"]["asked"]) == (0, 1)
    assert client.get(f"{address}?q=promises&scope=heard").status_code == 400


def test_passages_with_some_of_the_words_are_counted_apart(
    client: FlaskClient, address: str
) -> None:
    answer = client.get(f"{address}?q=promise+ferryman+zeppelin").get_json()
    assert (answer["total"], answer["results"], answer["facets"]["speaker"]) == (0, [], [])
    assert answer["nearly"]["total"] == len(answer["nearly"]["results"]) > 0
    assert all(one["missing"] == ["zeppelin"] for one in answer["nearly"]["results"])
    assert client.get(f"{address}?q=promise+ferryman+zeppelin&page=2").get_json()["nearly"] is None


def test_a_query_without_bare_words_has_no_scope(client: FlaskClient, address: str) -> None:
    answer = client.get(f"{address}?q=title:postcard&scope=asked").get_json()
    assert (answer["total"], answer["query"]["filters"]["scope"]) == (2, "said")
    assert answer["scopes"] == {"said": 2, "asked": 0, "headline": 0, "all": 2}
    assert "scope" not in answer["links"]["self"]


def test_highlights_are_offsets_into_the_snippet(client: FlaskClient, address: str) -> None:
    (result,) = client.get(f"{address}?q=guarantees+postcard").get_json()["results"]
    snippet = result["snippet"]
    marked = [snippet["text"][start:end] for start, end in snippet["highlights"]]
    assert marked == ["guarantees", "postcard"]


def test_an_unknown_speaker_is_null_and_never_a_guess(client: FlaskClient) -> None:
    answer = client.get("/search.json?q=drawbridge&scope=all").get_json()
    assert [result["speaker"]["name"] for result in answer["results"]] == [None]


def test_links_of_facets_filter_by_their_values(client: FlaskClient, address: str) -> None:
    everyone = client.get(address).get_json()
    (lind,) = (value for value in everyone["facets"]["speaker"] if value["label"] == "Ada Lind")
    narrowed = client.get(lind["url"]).get_json()
    assert narrowed["total"] == lind["count"]
    assert {result["speaker"]["name"] for result in narrowed["results"]} == {"Ada Lind"}
    assert address in lind["url"]


@pytest.mark.parametrize("arguments", ["", "q=the", 'q=guarantees+OR+bridge+OR+"the+lake'])
def test_every_value_of_a_facet_can_be_excluded(
    client: FlaskClient, address: str, arguments: str
) -> None:
    everything = client.get(f"{address}?{arguments}").get_json()
    assert everything["total"]
    for facet, values in everything["facets"].items():
        for value in values:
            rest = client.get(value["exclude_url"]).get_json()
            assert rest["total"] == everything["total"] - value["count"], value["exclude_url"]
            left = {one["value"] for one in rest["facets"][facet]}
            assert left == {one["value"] for one in values} - {value["value"]}


def test_excluding_a_speaker_keeps_speakers_with_similar_names(
    corpus: CorpusFolder, serve_corpus: ServeCorpus
) -> None:
    for name in ("Ada Lind", "Ada Lind Ekman", "Bo Lind", "Minister Lind"):
        corpus.interview(name, f"It is {name}'s bell that rings.", speaker=name)
    client = serve_corpus()
    speakers = client.get("/search.json").get_json()["facets"]["speaker"]
    assert len(speakers) > 2
    for one in speakers:
        rest = client.get(one["exclude_url"]).get_json()["facets"]["speaker"]
        assert [other["value"] for other in rest] == [
            other["value"] for other in speakers if other != one
        ]


def test_a_chosen_value_can_be_removed(client: FlaskClient, address: str) -> None:
    everything = client.get(address).get_json()
    facets = {facet: values for facet, values in everything["facets"].items() if values}
    assert len(facets) > 4
    for facet, values in facets.items():
        with_it = client.get(values[0]["url"]).get_json()
        (chosen,) = [one for one in with_it["facets"][facet] if one["chosen"]]
        assert chosen["value"] == values[0]["value"]
        assert client.get(chosen["url"]).get_json()["total"] == everything["total"]


def test_speakers_have_their_first_and_last_date(client: FlaskClient, address: str) -> None:
    speakers = client.get(address).get_json()["facets"]["speaker"]
    spans = {one["label"]: (one["first"], one["last"]) for one in speakers}
    assert spans["Ada Lind"] == ("2025-05-03", "2025-05-03")


@pytest.mark.slow
def test_a_facet_lists_its_first_values_and_counts_all(
    corpus: CorpusFolder, serve_corpus: ServeCorpus
) -> None:
    for number in range(FACET_VALUES + 1):
        name = f"Ada {'BDFGLMNPRST'[number // 4]}{'aeou'[number % 4]}lin"
        corpus.interview(f"a-{number}", f"It is number {number} that rings.", speaker=name)
    answer = serve_corpus().get("/search.json").get_json()
    assert len(answer["facets"]["speaker"]) == FACET_VALUES
    assert answer["facet_sizes"]["speaker"] == FACET_VALUES + 1


def test_grouped_results_have_each_article_once_with_its_other_passages(
    client: FlaskClient, address: str
) -> None:
    answer = client.get(f"{address}?group=article&per_page=2").get_json()
    seen, articles = [], answer["articles"]
    while answer:
        seen += answer["results"]
        following = answer["links"]["next"]
        answer = client.get(following).get_json() if following else None
    ids = [one["article"]["id"] for one in seen]
    assert len(ids) == len(set(ids)) == articles
    for one in seen:
        assert {other["article"]["id"] for other in one["more"]} <= {one["article"]["id"]}
        assert len(one["more"]) < one["in_article"]


def test_a_search_without_results_is_explained_with_searches_that_have_some(
    client: FlaskClient, address: str
) -> None:
    answer = client.get(f"{address}?q=postcard+drawbridge&source=The+Lantern&from=2020").get_json()
    assert answer["total"] == 0
    assert {one["parameter"] for one in answer["explanations"]} == {"q", "source", "from"}
    for one in answer["explanations"]:
        assert client.get(one["url"]).get_json()["total"] == one["without"]


def test_a_misspelt_word_is_answered_with_suggestions(client: FlaskClient, address: str) -> None:
    suggested = client.get(f"{address}?q=guarentees").get_json()["did_you_mean"]
    assert [one["q"] for one in suggested] == ["guarantees"]
    assert client.get(suggested[0]["url"]).get_json()["total"] == suggested[0]["total"] > 0


def test_pages_are_linked_and_never_overlap(client: FlaskClient, address: str) -> None:
    seen: list[str] = []
    url = f"{address}?per_page=2&group=none"
    while url:
        response = client.get(url)
        answer = response.get_json()
        seen += [result["id"] for result in answer["results"]]
        url = answer["links"]["next"]
        assert (f'<{url}>; rel="next"' in response.headers.getlist("Link")) == bool(url)
    assert len(seen) == len(set(seen)) == answer["total"]
    assert answer["links"]["prev"]


def test_cursors_lead_through_the_same_results_as_pages(client: FlaskClient, address: str) -> None:
    answers = [client.get(f"{address}?q=the&per_page=2").get_json()]
    while following := answers[-1]["links"]["next_cursor"]:
        answers.append(client.get(following).get_json())
    ids = [one["id"] for answer in answers for one in answer["results"]]
    whole = client.get(f"{address}?q=the&per_page=100").get_json()
    assert ids == [one["id"] for one in whole["results"]]
    for before, after in pairwise(answers[1:]):
        assert before["links"]["next"] == before["links"]["next_cursor"] == after["links"]["self"]
        assert client.get(after["links"]["prev"]).get_json()["results"] == before["results"]


def test_a_cursor_of_an_index_that_changed_is_refused(
    corpus: CorpusFolder, run: Run, serve_corpus: ServeCorpus
) -> None:
    corpus.interview("a", "The bell rings.", "The bell rests.")
    client = serve_corpus()
    following = client.get("/search.json?q=bell&per_page=1&group=none").get_json()["links"][
        "next_cursor"
    ]
    assert client.get(following).get_json()["results"]
    corpus.interview("b", "Another bell rings.")
    run()
    problem = problem_of(client.get(following), 400)
    assert problem["errors"][0]["parameter"] == "cursor"
    assert "Start again" in problem["detail"]


def test_a_page_past_the_end_is_empty_and_links_back(client: FlaskClient) -> None:
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


@pytest.mark.parametrize("address", ["/api/v1/speakers/nobody", "/api/v1/search?page=0"])
def test_an_error_is_never_answered_with_not_modified(client: FlaskClient, address: str) -> None:
    assert client.get(address, headers={"If-None-Match": "*"}).status_code >= 400


@pytest.mark.parametrize("address", [*ADDRESSES, "/search.json?page=0", "/api/v1/none", "/suggest"])
def test_scripts_of_any_origin_may_read(client: FlaskClient, address: str) -> None:
    assert client.get(address).headers["Access-Control-Allow-Origin"] == "*"
    preflight = client.options(address, headers={"Origin": "https://elsewhere.example"})
    assert preflight.headers["Access-Control-Allow-Origin"] == "*"
    if preflight.status_code == 200:
        assert "GET" in preflight.headers["Access-Control-Allow-Methods"]
        assert "If-None-Match" in preflight.headers["Access-Control-Allow-Headers"]


def test_head_answers_like_get_without_content(client: FlaskClient, address: str) -> None:
    got, head = client.get(address), client.head(address)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == got.headers["ETag"]


@pytest.mark.parametrize(
    ("argument", "parameter"),
    [
        ("page=0", "page"),
        ("page=1000000000", "page"),
        ("per_page=-1", "per_page"),
        ("from=2020-02-31", "from"),
        ("from=2021&to=2020", "from"),
        ("sort=drop+table", "sort"),
        ("role=villain", "role"),
        ("language=1", "language"),
        ("group=x", "group"),
        ("cursor=forged", "cursor"),
        ("&".join(f"speaker={number}" for number in range(100)), "speaker"),
    ],
)
def test_an_invalid_argument_is_a_problem_that_names_it(
    client: FlaskClient, address: str, argument: str, parameter: str
) -> None:
    problem = problem_of(client.get(f"{address}?{argument}"), 400)
    assert problem["errors"][0]["parameter"] == parameter
    assert problem["errors"][0]["message"] == problem["detail"]
    assert set(problem["errors"][0]) == {"parameter", "message", "position"}


def test_an_unknown_address_of_the_api_is_a_problem_too(client: FlaskClient) -> None:
    problem_of(client.get("/api/v1/nothing"), 404)
    problem_of(client.get("/search.exe"), 404)
    refused = client.post("/api/v1/search")
    problem_of(refused, 405)
    assert "GET" in refused.headers["Allow"]


def test_an_unknown_speaker_is_an_empty_answer_that_says_so(
    client: FlaskClient, address: str
) -> None:
    answer = client.get(f"{address}?speaker=nobody-at-all").get_json()
    assert answer["total"] == 0
    assert "nobody-at-all" in answer["notices"][0]["message"]


@pytest.mark.parametrize("path", ADDRESSES)
def test_without_an_index_the_problem_names_the_command(tmp_path: Path, path: str) -> None:
    problem = problem_of(create_app(tmp_path / "none").test_client().get(path), 503)
    assert "reindex" in problem["detail"]


def test_an_unexpected_error_reveals_nothing(app: Flask) -> None:
    faulty = create_app(Path("nowhere"))
    faulty.add_url_rule("/api/fault", view_func=lambda: str(1 // 0))
    problem = problem_of(faulty.test_client().get("/api/fault"), 500)
    assert "division" not in problem["detail"]


@pytest.mark.parametrize(
    "query",
    ["", "a" * 10_000, '"', "((", "* *", "\0", "🕊️", "speaker:", "-", "NOT", "a OR", ") (", "\\"],
)
def test_every_query_has_an_answer(client: FlaskClient, address: str, query: str) -> None:
    response = client.get(f"{address}?q={quote(query)}")
    assert response.status_code == 200
    assert response.get_json()["query"]["q"] == query


def test_only_the_beginning_of_a_very_long_query_is_read_and_the_answer_says_so(
    client: FlaskClient, address: str
) -> None:
    answer = client.get(f"{address}?q={'guarantees+' * 3000}").get_json()
    assert any("512" in notice["message"] for notice in answer["notices"])
    assert "guarantees" in answer["query"]["understood"]


@pytest.mark.parametrize("name", ["speaker", "source", "from", "to", "language", "utm"])
@pytest.mark.parametrize("value", ["%00", "%ED%A0%80", "%FF", "%F0%9F%95%8A", "%22%27--", "%0A"])
def test_no_value_of_an_argument_breaks_the_search(
    client: FlaskClient, address: str, name: str, value: str
) -> None:
    assert client.get(f"{address}?{name}={value}").status_code in (200, 400)
