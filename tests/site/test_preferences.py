"""The choices of a reader are remembered, and nothing else is."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient


def html(client: FlaskClient, address: str = "/") -> dict[str, object]:
    root = BeautifulSoup(client.get(address).text, "lxml").html
    assert root is not None
    return dict(root.attrs)


def test_a_theme_is_remembered_until_the_system_is_chosen(client: FlaskClient) -> None:
    assert "data-theme" not in html(client)
    answer = client.post("/preferences", data={"theme": "dark", "back": "/search?q=promise"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/search?q=promise")
    assert html(client, "/search?q=promise")["data-theme"] == "dark"
    client.post("/preferences", data={"theme": "system"})
    assert "data-theme" not in html(client)


def test_a_chosen_language_overrides_that_of_the_browser(client: FlaskClient) -> None:
    client.post("/preferences", data={"language": "en"})
    answer = client.get("/", headers={"Accept-Language": "ru"})
    assert 'lang="en"' in answer.text


def test_only_offered_choices_are_remembered(client: FlaskClient) -> None:
    client.post("/preferences", data={"theme": '"><script>', "language": "../../etc/passwd"})
    assert client.get_cookie("theme") is None
    assert client.get_cookie("language") is None
    client.set_cookie("theme", '"><script>')
    client.set_cookie("language", "../../etc/passwd")
    assert html(client)["lang"] == "en"
    assert "data-theme" not in html(client)


@pytest.mark.parametrize(
    "back",
    [
        *("https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"),
        *("javascript:alert(1)", "", "elsewhere", "\t//elsewhere.example", "http:///x"),
    ],
)
def test_nobody_is_redirected_to_another_site(client: FlaskClient, back: str) -> None:
    answer = client.post("/preferences", data={"theme": "dark", "back": back})
    assert answer.headers["Location"] == "/"


def test_pages_vary_by_reader_and_answers_for_programs_do_not(
    client: FlaskClient,
) -> None:
    assert {"Cookie", "Accept-Language"} <= client.get("/search").vary.as_set(preserve_casing=True)
    by_program = client.get("/search.json").vary.as_set(preserve_casing=True)
    assert by_program == {"Accept-Encoding"}
