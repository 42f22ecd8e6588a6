"""Exports: complete, in order, streamed, and with a receipt."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import CorpusFolder, ServeCorpus, path_of
from export_readers import READERS, found, passage, read_csv, results
from flask import Flask
from flask.testing import FlaskClient

from indexer import FoundPassage
from search_app import create_app
from search_app.exports import formats
from search_app.exports.formats import RENDERERS

FORMATS = sorted(RENDERERS)


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("arguments", ["q=nowheretobefound", "q=stamp", "q=promise", ""])
def test_every_format_has_none_one_or_many_passages_in_the_order_shown(
    client: FlaskClient, suffix: str, arguments: str
) -> None:
    sort = "&sort=newest" if suffix == "atom" else ""
    shown = client.get(f"/search.json?{arguments}{sort}&group=none").get_json()["results"]
    response = client.get(f"/search.{suffix}?{arguments}")
    assert response.status_code == 200
    assert response.content_type == f"{RENDERERS[suffix].MEDIA_TYPE}; charset=utf-8"
    exported = READERS[suffix](response.text)
    assert [(one["permalink"], one["text"]) for one in exported] == [
        (one["permalink"], one["text"]) for one in shown
    ]


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_export_has_all_pages(client: FlaskClient, suffix: str) -> None:
    whole = READERS[suffix](client.get(f"/search.{suffix}").text)
    paged = READERS[suffix](client.get(f"/search.{suffix}?page=2&per_page=1").text)
    assert len(whole) == len(paged) == client.get("/search.json").get_json()["total"]


def test_an_export_longer_than_one_read_is_complete(
    corpus: CorpusFolder, serve_corpus: ServeCorpus
) -> None:
    answers = [f"The heron counts ferry {n}, and counts again." for n in range(40)]
    for day in range(1, 31):
        corpus.interview(f"heron-{day:02}", *(f"{a} Day {day}." for a in answers))
    client = serve_corpus()
    rows = read_csv(client.get("/search.csv?q=heron").text)
    assert len({row["id"] for row in rows}) == len(rows) == 1200


def test_every_renderer_is_a_format() -> None:
    folder = Path(formats.__file__).parent
    modules = {import_module(f"search_app.exports.{file.stem}") for file in folder.glob("*.py")}
    renderers = {
        module.__name__.rpartition(".")[2] for module in modules if hasattr(module, "render")
    }
    assert renderers == {module.__name__.rpartition(".")[2] for module in RENDERERS.values()}
    assert set(READERS) == set(RENDERERS), "add a function to READERS that reads the format back"


@pytest.mark.parametrize("suffix", sorted({*FORMATS} - {"ris"}))
def test_an_export_without_results_is_valid(client: FlaskClient, suffix: str) -> None:
    assert client.get(f"/search.{suffix}?q=nowheretobefound").text.strip()


def test_the_page_links_to_every_format_of_its_search(client: FlaskClient) -> None:
    arguments = "q=promise&from=2019"
    page = BeautifulSoup(client.get(f"/search?{arguments}&per_page=1&page=2").text, "lxml")
    links = {link.get_text(): link["href"] for link in page.select(".receipt a")}
    for suffix, renderer in RENDERERS.items():
        sort = "&sort=newest" if suffix == "atom" else ""
        assert links[renderer.NAME] == f"/search.{suffix}?{arguments}{sort}"
    (feed,) = page.select("link[rel=alternate][type='application/atom+xml']")
    assert feed["href"] == links["Atom"]


# --- Streamed -----------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_passage_is_sent_before_the_next_is_read(app: Flask, suffix: str) -> None:
    read = []

    def passages() -> Iterator[FoundPassage]:
        for position in range(1, 100):
            read.append(position)
            yield found(passage(position=position))

    with app.test_request_context():
        pieces = RENDERERS[suffix].render(results(), passages())
        while not read:
            assert next(pieces)
        assert next(pieces)
    assert len(read) <= 2


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_invalid_argument_is_reported_before_anything_is_sent(
    client: FlaskClient, suffix: str
) -> None:
    for argument, parameter in (("from=2020-02-31", "from"), ("sort=drop+table", "sort")):
        response = client.get(f"/search.{suffix}?{argument}")
        assert response.status_code == 400
        assert response.mimetype == "application/problem+json"
        assert response.get_json()["errors"][0]["parameter"] == parameter


@pytest.mark.parametrize("suffix", FORMATS)
def test_without_an_index_the_problem_names_the_command(tmp_path: Path, suffix: str) -> None:
    response = create_app(tmp_path / "none").test_client().get(f"/search.{suffix}")
    assert response.status_code == 503
    assert "reindex" in response.get_json()["detail"]


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_export_again_is_not_modified(client: FlaskClient, suffix: str) -> None:
    etag = client.get(f"/search.{suffix}?q=promise").headers["ETag"]
    again = client.get(f"/search.{suffix}?q=promise", headers={"If-None-Match": etag})
    other = client.get(f"/search.{suffix}?q=harbour", headers={"If-None-Match": etag})
    assert (again.status_code, again.data, other.status_code) == (304, b"", 200)


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_export_answers_head_requests(client: FlaskClient, suffix: str) -> None:
    with client.head(f"/search.{suffix}") as head:
        assert (head.status_code, head.data) == (200, b"")
        assert head.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("q=The+“Lake”%3F", "-the-lake"),
        ("", ""),
        ("q=..%2F..%2Fetc%0D%0AX:1", "-etc-x-1"),
        ("q=" + "a" * 300, "-" + "a" * 60),
        ("q=Лод", "-%D0%BB%D0%BE%D0%B4"),
    ],
)
def test_a_file_is_named_after_its_query(client: FlaskClient, query: str, name: str) -> None:
    with client.get(f"/search.csv?{query}") as response:
        disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=commentary.csv; ")
    assert disposition.endswith(f"; filename*=UTF-8''commentary{name}.csv")


# --- The receipt --------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_export_has_the_receipt_of_its_search(client: FlaskClient, suffix: str) -> None:
    arguments = "q=promise&speaker=ada-lind&from=2019"
    answer = client.get(f"/search.json?{arguments}").get_json()
    index = answer["index"]
    text = client.get(f"/search.{suffix}?{arguments}").text
    for part in (
        f"Search: {answer['query']['understood']}",
        "speaker: ada-lind",
        "from: 2019",
        f"{answer['total']} of {index['passages']} passages in {index['articles']} articles",
        f"Index {index['fingerprint']} of {index['built']}",
    ):
        assert part in text


def test_json_lines_begin_with_the_receipt(client: FlaskClient) -> None:
    answer = client.get("/search.json?q=promise&from=2019").get_json()
    lines = client.get("/search.jsonl?q=promise&from=2019").text.splitlines()
    receipt = json.loads(lines[0])["receipt"]
    assert {name: receipt[name] for name in ("query", "total", "undated", "index")} == {
        name: answer[name] for name in ("query", "total", "undated", "index")
    }
    assert client.get(path_of(receipt["search"])).status_code == 200


def test_a_line_of_json_has_the_fields_of_a_result(client: FlaskClient) -> None:
    line = json.loads(client.get("/search.jsonl?q=stamp").text.splitlines()[1])
    (result,) = client.get("/search.json?q=stamp").get_json()["results"]
    assert line == {name: result[name] for name in line}
    assert not {"score", "snippet"} & set(line)
