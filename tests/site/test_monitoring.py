"""Whether a site lives, is ready, and what it counts and logs."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import CorpusFolder, Run, ServeCorpus, problem_of
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from search_app import create_app
from search_app.cli import main
from search_app.exports.formats import RENDERERS
from search_app.monitoring.access_log import log_to_stderr
from search_app.monitoring.counters import SharedCounters
from search_app.monitoring.metrics import SEARCHES
from search_app.settings import Settings

READY = ["status", "generation", "built", "age_seconds", "passages", "detail"]
VIA_PROXY = (
    {"X-Forwarded-For": "127.0.0.1"},
    {"X-Forwarded-Proto": "https"},
    {"Forwarded": "for=127.0.0.1"},
    {"X-Real-IP": "127.0.0.1"},
    {"Via": "1.1 proxy"},
)


@pytest.fixture
def own(site_index: Path) -> FlaskClient:
    """Return a client of an app that has not counted anything yet."""
    return create_app(site_index).test_client()


def samples(client: FlaskClient) -> dict[str, float]:
    """Return the metrics by name and the values of their labels: ``name value``."""
    families = text_string_to_metric_families(client.get("/metrics").text)
    return {
        " ".join([sample.name, *sample.labels.values()]): sample.value
        for family in families
        for sample in family.samples
    }


# --- Life and readiness -------------------------------------------------------------------------


def test_a_server_without_an_index_lives_but_is_not_ready(tmp_path: Path) -> None:
    client = create_app(tmp_path / "none").test_client()
    assert client.get("/healthz").get_json() == {"status": "ok"}
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert list(answer.get_json()) == READY
    assert answer.get_json()["status"] == "unavailable"
    assert answer.get_json()["generation"] is None
    assert "reindex" in answer.get_json()["detail"]


def test_a_server_is_ready_once_there_is_an_index(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    client = create_app(index_path).test_client()
    assert client.get("/readyz").status_code == 503
    corpus.interview("one", "The lantern is lit.", "And out again.")
    first = run().generation
    answer = client.get("/readyz").get_json()
    assert list(answer) == READY
    assert (answer["status"], answer["generation"], answer["passages"]) == ("ok", first, 2)
    assert answer["built"] == client.get("/search.json").get_json()["index"]["built"]
    assert 0 <= answer["age_seconds"] < 600
    corpus.interview("two", "The lantern is back.")
    assert run().generation == client.get("/readyz").get_json()["generation"] != first


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_balancer_may_ask_by_any_name_and_nobody_keeps_the_answer(
    client: FlaskClient, path: str
) -> None:
    answer = client.get(path, headers={"Host": "10.1.2.3:8000"})
    assert answer.status_code == 200
    assert answer.cache_control.no_store


def test_the_metrics_are_refused_under_a_foreign_name(client: FlaskClient) -> None:
    assert client.get("/metrics", headers={"Host": "evil.example"}).status_code == 400


# --- Metrics ------------------------------------------------------------------------------------


def test_searches_are_counted_and_timed_by_endpoint(own: FlaskClient) -> None:
    for path in SEARCHES:
        own.get(f"{path}?q=promise", buffered=True)
    own.get("/search?q=harbour", buffered=True)
    seen = samples(own)
    assert [seen[f"commentary_searches_total {path}"] for path in SEARCHES] == [2, 1, 1]
    assert [seen[f"commentary_search_seconds_count {path}"] for path in SEARCHES] == [2, 1, 1]
    assert [seen[f"commentary_search_seconds_bucket {path} +Inf"] for path in SEARCHES] == [2, 1, 1]
    assert all(0 < seen[f"commentary_search_seconds_sum {path}"] < 60 for path in SEARCHES)
    assert seen["commentary_responses_total 2xx"] == 4


def test_every_search_endpoint_is_a_route(app: Flask) -> None:
    assert set(SEARCHES) <= {rule.rule for rule in app.url_map.iter_rules()}


def test_searches_that_find_nothing_are_counted(own: FlaskClient) -> None:
    for path in SEARCHES:
        own.get(f"{path}?q=nowheretobefound", buffered=True)
        own.get(f"{path}?q=promise", buffered=True)
    assert samples(own)["commentary_zero_results_total"] == len(SEARCHES)


def test_a_page_that_shows_another_scope_has_found_something(own: FlaskClient) -> None:
    assert own.get("/search?q=drawbridge", buffered=True).status_code == 200
    assert samples(own)["commentary_zero_results_total"] == 0


def test_what_has_not_changed_or_is_not_valid_is_no_search(own: FlaskClient) -> None:
    etag = own.get("/search.json?q=promise", buffered=True).headers["ETag"]
    assert (
        own.get(
            "/search.json?q=promise", headers={"If-None-Match": etag}, buffered=True
        ).status_code
        == 304
    )
    assert own.get("/search.json?page=0", buffered=True).status_code == 400
    seen = samples(own)
    assert seen["commentary_searches_total /search.json"] == 1
    statuses = [seen[f"commentary_responses_total {n}xx"] for n in range(1, 6)]
    assert statuses == [0, 1, 1, 1, 0]


def test_exports_are_counted_by_format(own: FlaskClient) -> None:
    for suffix in RENDERERS:
        assert own.get(f"/search.{suffix}", buffered=True).data
    seen = samples(own)
    assert {suffix: seen[f"commentary_exports_total {suffix}"] for suffix in RENDERERS} == (
        dict.fromkeys(RENDERERS, 1)
    )


def test_the_metrics_tell_the_index_and_what_was_skipped(
    corpus: CorpusFolder, serve_corpus: ServeCorpus, run: Run
) -> None:
    corpus.interview("one", "The lantern is lit.", "And out again.")
    corpus.write("broken.md", b"---\ntitle: [\n---\n")
    client = serve_corpus()
    seen = samples(client)
    assert (seen["commentary_passages"], seen["commentary_skipped_files"]) == (2, 1)
    assert 0 <= seen["commentary_index_age_seconds"] < 600
    corpus.write("broken-too.md", b"---\ntitle: [\n---\n")
    assert run().generation is None
    assert samples(client)["commentary_skipped_files"] == 2
    corpus.remove("broken.md")
    corpus.remove("broken-too.md")
    run()
    assert samples(client)["commentary_skipped_files"] == 0


def test_without_an_index_there_are_no_metrics_of_it(tmp_path: Path) -> None:
    seen = samples(create_app(tmp_path / "none").test_client())
    assert "commentary_passages" not in seen
    assert seen["commentary_searches_total /search"] == 0


def test_each_process_counts_in_its_row_and_reads_all() -> None:
    counters = SharedCounters(columns=3, processes=2)
    counters.add(1)
    counters.take_row(1)
    counters.add(1, 2.5)
    counters.add(2)
    assert [counters.total(column) for column in range(3)] == [0, 3.5, 1]


# --- Who may read them --------------------------------------------------------------------------


def test_another_machine_may_not_read_the_metrics(client: FlaskClient) -> None:
    outside = {"REMOTE_ADDR": "192.0.2.7"}
    problem = problem_of(client.get("/metrics", environ_overrides=outside), 403)
    assert "--metrics-to" in str(problem["detail"])


@pytest.mark.parametrize("headers", VIA_PROXY)
def test_whoever_comes_by_a_proxy_may_not_read_the_metrics(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    assert client.get("/metrics", headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("address", "status"),
    [
        *(("127.0.0.1", 200), ("::1", 200), ("::ffff:127.0.0.1", 200), ("10.0.9.1", 200)),
        *(("::ffff:10.0.9.1", 200), ("fd00::9", 200), ("10.1.0.1", 403), ("", 403)),
    ],
)
def test_networks_of_the_keeper_may_read_the_metrics(
    site_index: Path, address: str, status: int
) -> None:
    networks = (ip_network("10.0.0.0/16"), ip_network("fd00::/64"))
    client = create_app(site_index, Settings(metrics_to=networks)).test_client()
    peer = {"REMOTE_ADDR": address}
    assert client.get("/metrics", environ_overrides=peer).status_code == status


@pytest.mark.parametrize("named", ["prometheus", "10.0.0.1/8", "10.0.0.0/33"])
def test_a_network_that_is_none_is_a_usage_error(named: str) -> None:
    result = CliRunner().invoke(main, ["serve", "--metrics-to", named])
    assert result.exit_code == 2
    assert "Write it as" in result.output


# --- Logs ---------------------------------------------------------------------------------------


@pytest.fixture
def quiet_again() -> Iterator[None]:
    """Take the handlers of a test off the loggers."""
    root, access = logging.getLogger(), logging.getLogger("commentary.access")
    handlers, level = list(root.handlers), access.level
    yield
    root.handlers[:] = handlers
    access.setLevel(level)


def test_requests_are_not_logged_unless_it_is_asked_for(
    own: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    own.get("/search?q=promise", buffered=True)
    assert capsys.readouterr() == ("", "")


@pytest.mark.usefixtures("quiet_again")
def test_a_line_of_text_for_each_request(
    own: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    log_to_stderr("text")
    own.get("/search?q=promise", buffered=True)
    own.get("/articles/no such one", buffered=True)
    own.get("/forged%0A2026-01-01", buffered=True)
    search, article, forged = capsys.readouterr().err.splitlines()
    at, level, method, path, status, size, seconds, endpoint = search.split(" ")
    assert at.endswith("+00:00")
    assert (level, method, path, status, endpoint) == ("INFO", "GET", "/search", "200", "/search")
    assert int(size) > 1000
    assert 0 < float(seconds) < 60
    assert " GET /articles/no%20such%20one 404 " in article
    assert article.endswith(" /articles/<article_id>")
    assert " GET /forged%0A2026-01-01 404 " in forged
    assert forged.endswith(" -")


@pytest.mark.usefixtures("quiet_again")
def test_a_line_of_json_for_each_request(
    own: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    log_to_stderr("json")
    size = len(own.get("/search.csv?q=promise", buffered=True).data)
    own.head("/nowhere?q=promise", buffered=True)
    export, nowhere = map(json.loads, capsys.readouterr().err.splitlines())
    fields = ["at", "level", "method", "path", "status", "bytes", "seconds", "endpoint"]
    assert list(export) == fields
    assert (export["path"], export["status"], export["bytes"]) == ("/search.csv", 200, size)
    assert export["endpoint"] == "/search.<suffix>"
    assert (nowhere["method"], nowhere["status"], nowhere["bytes"]) == ("HEAD", 404, 0)
    assert nowhere["endpoint"] is None


@pytest.mark.usefixtures("quiet_again")
@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("with_queries", [False, True])
def test_what_was_searched_for_is_logged_only_if_it_is_asked_for(
    own: FlaskClient, capsys: pytest.CaptureFixture[str], form: str, with_queries: bool
) -> None:
    log_to_stderr(form, with_queries=with_queries)
    for path in ("/search", "/search.json", "/search.csv", "/suggest", "/nowhere"):
        own.get(
            f"{path}?q=whistle&from=2020",
            headers={"Referer": "http://localhost/?q=whistle"},
            buffered=True,
        )
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 5
    assert ["q=whistle&from=2020" in line for line in lines] == [with_queries] * 5
    assert ["whistle" in line for line in lines] == [with_queries] * 5


@pytest.mark.usefixtures("quiet_again")
def test_an_error_is_logged_in_the_same_form(
    site_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log_to_stderr("json")
    app = create_app(site_index)
    app.add_url_rule("/fault", view_func=lambda: str(1 // 0))
    assert app.test_client().get("/fault?q=whistle", buffered=True).status_code == 500
    error, request = map(json.loads, capsys.readouterr().err.splitlines())
    assert list(error) == ["at", "level", "message", "traceback"]
    assert (error["level"], error["message"]) == ("error", "Exception on /fault [GET]")
    assert "ZeroDivisionError" in error["traceback"]
    assert "whistle" not in str(error)
    assert (request["path"], request["status"]) == ("/fault", 500)
    assert samples(app.test_client())["commentary_responses_total 5xx"] == 1
