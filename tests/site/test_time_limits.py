"""Searches that take too long, and exports that are too large, as clients see them."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import page, problem_of, run_commentary, words
from flask.testing import FlaskClient

from search_app import create_app
from search_app.server.limits import Limits
from search_app.settings import Settings

SEARCHES = ("/search.json", "/api/v1/search", "/search.csv", "/search.atom")


class Clock:
    """A clock that goes on by some seconds whenever it is read."""

    def __init__(self) -> None:
        self.now, self.step = 0.0, 0.2

    def __call__(self) -> float:
        self.now += self.step
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def client_of(
    index_path: Path, clock: Callable[[], float] = time.thread_time, **limits: float
) -> FlaskClient:
    settings = Settings(limits=Limits(**limits), clock=clock)  # type: ignore[arg-type]
    return create_app(index_path, settings).test_client()


@pytest.mark.parametrize("address", SEARCHES)
def test_a_program_whose_search_takes_too_long_is_told_so(
    site_index: Path, clock: Clock, address: str
) -> None:
    client = client_of(site_index, clock)
    response = client.get(address, query_string={"q": "stamp* OR promise"})
    problem = problem_of(response, 503)
    assert "more than 1 s" in str(problem["detail"])
    assert "wildcards" in str(problem["detail"])
    assert int(response.headers["Retry-After"]) > 0
    clock.step = 0
    assert client.get(address, query_string={"q": "stamp* OR promise"}).status_code == 200


def test_a_person_whose_search_takes_too_long_can_shorten_it(
    site_index: Path, clock: Clock
) -> None:
    shown = page(client_of(site_index, clock), "/search?q=stamp*+OR+promise", 503)
    assert "filter" in words(shown.select("main p")[0])
    assert [tag["value"] for tag in shown.select("#q")] == ["stamp* OR promise"]


def test_the_time_of_a_search_is_an_option(site_index: Path, clock: Clock) -> None:
    client = client_of(site_index, clock, query_seconds=1000)
    assert client.get("/search.json?q=stamp*").status_code == 200


def test_an_export_that_is_not_ready_in_time_does_not_begin(site_index: Path, clock: Clock) -> None:
    client = client_of(site_index, clock, query_seconds=1000, export_seconds=0.1)
    assert client.get("/search.json?q=stamp").status_code == 200
    problem_of(client.get("/search.csv?q=stamp"), 503)


def test_an_export_over_the_limit_is_refused_and_not_cut(site_index: Path) -> None:
    total = client_of(site_index).get("/search.json?q=stamp").get_json()["total"]
    assert client_of(site_index, export_rows=total).get("/search.csv?q=stamp").status_code == 200
    refused = client_of(site_index, export_rows=total - 1).get("/search.csv?q=stamp")
    detail = str(problem_of(refused, 413)["detail"])
    assert f"{total:,} passages" in detail
    assert "filter" in detail


def test_a_search_in_the_terminal_ends_with_1_and_one_line(site_index: Path) -> None:
    for form in ([], ["--json"]):
        result = run_commentary(
            "search", "stamp", "--index", site_index, "--query-seconds", "1e-9", *form
        )
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith("This search was stopped because it took too long")
        assert result.stderr.count("\n") == 1
