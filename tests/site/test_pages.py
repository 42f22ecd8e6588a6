"""All pages: errors, headers, and what they never load."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from addresses import ADDRESSES, PAGE_ADDRESSES
from bs4 import BeautifulSoup
from conftest import CorpusFolder, Run, ServeCorpus, one, page, words
from flask import Flask
from flask.testing import FlaskClient

from search_app import create_app
from search_app.wording.dates import date

LIND = "/articles/the-lantern/2025/lind-on-promises"


@pytest.mark.parametrize(
    ("argument", "parameter"),
    [("page=0", "page"), ("sort=drop+table", "sort"), ("from=2020-02-31", "from")],
)
def test_an_invalid_argument_is_a_page_that_names_it(
    client: FlaskClient, argument: str, parameter: str
) -> None:
    assert words(one(page(client, f"/search?{argument}", 400), "main code")) == parameter


@pytest.mark.parametrize("path", PAGE_ADDRESSES)
def test_without_an_index_every_page_names_the_command(tmp_path: Path, path: str) -> None:
    client = create_app(tmp_path / "none").test_client()
    assert "reindex" in words(one(page(client, path, 503), "main code"))


def test_the_running_app_shows_a_new_index_without_a_restart(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    client = create_app(index_path).test_client()
    page(client, "/search?q=lantern", 503)
    corpus.interview("one", "The lantern is lit.")
    run()
    assert len(page(client, "/search?q=lantern").select(".hit")) == 1
    corpus.interview("two", "The lantern is out.")
    run()
    assert len(page(client, "/search?q=lantern").select(".hit")) == 2


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2021", "2021"),
        ("2023-06", "June 2023"),
        ("2025-05-03", "3 May 2025"),
        ("2025-05-03T11:55", "3 May 2025, 11:55"),
        ("2025-05-03T11:55+04:00", "3 May 2025, 11:55 UTC+04:00"),
        ("2025-05-03T11:55:09+00:00", "3 May 2025, 11:55 UTC"),
    ],
)
def test_a_date_is_written_as_precisely_as_it_is_known(published: str, expected: str) -> None:
    assert date(published) == expected


def test_an_unexpected_error_is_a_page_that_reveals_nothing() -> None:
    app = create_app(Path("nowhere"))
    app.add_url_rule("/fault", view_func=lambda: str(1 // 0))
    assert "division" not in words(page(app.test_client(), "/fault", 500))


@pytest.mark.parametrize("path", ADDRESSES)
def test_every_page_forbids_scripts_and_has_the_landmarks(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"]
    soup = BeautifulSoup(response.text, "lxml")
    assert one(soup, "html")["lang"] == "en"
    assert len(soup.select("main")) == len(soup.select("h1")) == 1
    assert one(soup, str(one(soup, ".skip")["href"]))
    labelled = {str(label["for"]) for label in soup.select("label[for]")}
    fields = soup.select("input:not([type=hidden])")
    assert all(field.get("id") in labelled or field.find_parent("label") for field in fields)


def test_pages_load_nothing_from_other_hosts(app: Flask, client: FlaskClient) -> None:
    soup = page(client, "/search?q=promise")
    addresses = [str(tag["href"]) for tag in soup.select("link[rel=stylesheet], link[rel=icon]")]
    assert all(address.startswith("/static/") for address in addresses)
    for address in addresses:
        with client.get(address) as response:
            assert response.status_code == 200


MOST_BYTES = 60_000


def test_a_page_of_twenty_results_is_small_with_its_styles_and_scripts(
    corpus: CorpusFolder, serve_corpus: ServeCorpus
) -> None:
    for number in range(30):
        corpus.interview(
            f"outlet-{number}/the-lighthouse-and-the-ferry-of-{number}",
            *(f"Of ferry {number} I know {answer}. {LIPSUM}" for answer in range(6)),
            speaker=f"Ada Lind-Ekman {chr(65 + number % 26)}.",
            title=f"The lighthouse and the ferry of the {number}th day of a long and cold winter",
            date=f"{1990 + number}-03-04T10:15",
            outlet=f"The Lantern of {number}",
        )
    client = serve_corpus()
    response = client.get("/search?q=ferry")
    soup = BeautifulSoup(response.text, "lxml")
    assert len(soup.select(".hits > li")) == 20
    parts = [str(tag["href"]) for tag in soup.select("link[rel=stylesheet]")]
    parts += [str(tag["src"]) for tag in soup.select("script[src]")]
    bodies = [response.data]
    for part in parts:
        with client.get(part) as answer:
            bodies.append(answer.data)
    assert sum(len(gzip.compress(body)) for body in bodies) < MOST_BYTES


LIPSUM = "The lamp is lit at six, the keeper sleeps at nine, and nobody asks who rows. " * 4
