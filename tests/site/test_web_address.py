"""The site's own address: in links, behind a proxy, and forged; and the headers of every answer."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from addresses import ADDRESSES
from click.testing import CliRunner
from conftest import problem_of
from flask.testing import FlaskClient

from search_app import create_app
from search_app.cli import main
from search_app.exports.formats import RENDERERS
from search_app.settings import Settings

FOREIGN = ("evil.example", "localhost.evil.example", "evil@localhost", "local host", "10.0.0.1", "")
OUTPUTS = ("/search", "/search.json", *(f"/search.{suffix}" for suffix in RENDERERS))
GZIP = {"Accept-Encoding": "gzip"}


def client_of(index_path: Path, **settings: object) -> FlaskClient:
    return create_app(index_path, Settings(**settings)).test_client()  # type: ignore[arg-type]


@pytest.mark.parametrize("host", FOREIGN)
def test_a_request_for_a_foreign_host_is_refused(client: FlaskClient, host: str) -> None:
    for path in (*OUTPUTS, "/nowhere"):
        with client.get(f"{path}?q=promise", headers={"Host": host}) as response:
            assert response.status_code == 400
            assert "evil" not in response.text
    problem = problem_of(client.get("/search.json", headers={"Host": host}), 400)
    assert "--hosts" in str(problem["detail"])


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8000", "127.0.0.1:80", "[::1]:8000", "127.3.2.1", "localhost."]
)
def test_a_request_for_loopback_is_answered(client: FlaskClient, host: str) -> None:
    assert client.get("/search?q=promise", headers={"Host": host}).status_code == 200


def test_a_request_without_a_host_is_answered(client: FlaskClient) -> None:
    response = client.get("/search.json?q=promise", environ_overrides={"HTTP_HOST": ""})
    assert response.status_code == 400
    app = client.application
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/search.json", "SERVER_PORT": "8000"}
    with app.test_request_context() as context:
        given = {**context.request.environ, **environ}
    del given["HTTP_HOST"]
    statuses = []
    body = b"".join(app(given, lambda status, headers: statuses.append(status)))
    assert statuses == ["200 OK"]
    assert json.loads(body)["links"]["self"].startswith("http://localhost:8000/")


def test_named_hosts_are_answered_with_links_to_them(site_index: Path) -> None:
    client = client_of(site_index, hosts=("search.example", "fd00::7"))
    for host in ("search.example", "Search.Example:8000", "[fd00::7]:80"):
        answer = client.get("/search.json?q=promise", headers={"Host": host}).get_json()
        assert (
            answer["links"]["self"]
            .lower()
            .startswith(f"http://{host.lower()}/".replace(":80/", "/"))
        )
    assert client.get("/", headers={"Host": "www.search.example"}).status_code == 400


@pytest.mark.parametrize("path", OUTPUTS)
@pytest.mark.parametrize("prefix", ["", "/press"])
def test_absolute_links_begin_with_the_address_of_the_site(
    site_index: Path, path: str, prefix: str
) -> None:
    client = client_of(site_index, url=f"https://search.example{prefix}")
    for asked in (path, f"{prefix}{path}"):
        text = client.get(f"{asked}?q=promise").text.replace("\\", "")
        assert f"https://search.example{prefix}/" in text
        assert "localhost" not in text


def test_links_within_the_site_have_its_prefix(site_index: Path) -> None:
    client = client_of(site_index, url="https://search.example/press/")
    assert 'href="/press/speakers' in client.get("/").text
    assert "Disallow: /press/search" in client.get("/robots.txt").text


def test_the_rules_for_robots_open_articles_and_close_searches(client: FlaskClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /search" in lines
    assert not any(
        line.startswith(("Disallow: /articles", "Disallow: /speakers")) for line in lines
    )


@pytest.mark.parametrize("path", [*ADDRESSES, *OUTPUTS, "/static/style.css", "/healthz"])
def test_every_answer_has_the_headers_that_protect_readers(client: FlaskClient, path: str) -> None:
    with client.get(path) as response:
        assert response.headers["Cache-Control"]
        assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert response.headers["Cross-Origin-Resource-Policy"] in {"same-origin", "cross-origin"}
        assert "camera=()" in response.headers["Permissions-Policy"]
        assert "Strict-Transport-Security" not in response.headers


def test_programs_of_other_sites_may_read_the_api_and_no_pages(client: FlaskClient) -> None:
    policy = "Cross-Origin-Resource-Policy"
    assert client.get("/search.json").headers[policy] == "cross-origin"
    assert client.get("/search").headers[policy] == "same-origin"


def test_an_https_site_asks_browsers_to_keep_to_https(site_index: Path) -> None:
    client = client_of(site_index, url="https://search.example")
    assert "max-age" in client.get("/").headers["Strict-Transport-Security"]


@pytest.mark.parametrize("path", ["/search?q=promise", "/api/v1/openapi.json", "/static/style.css"])
def test_answers_are_compressed_for_those_who_accept_it(client: FlaskClient, path: str) -> None:
    with client.get(path) as plain, client.get(path, headers=GZIP) as small:
        assert "Content-Encoding" not in plain.headers
        assert small.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in plain.vary
        assert "Accept-Encoding" in small.vary
        assert int(small.headers["Content-Length"]) == len(small.data) < len(plain.data) / 2
        assert gzip.decompress(small.data)[:100] == plain.data[:100]


def test_a_compressed_answer_that_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    for path in ("/search.json?q=promise", "/static/style.css"):
        with client.get(path, headers=GZIP) as first:
            etag = first.headers["ETag"]
        with client.get(path, headers={**GZIP, "If-None-Match": etag}) as again:
            assert again.status_code == 304


@pytest.mark.parametrize("suffix", RENDERERS)
def test_exports_stream_uncompressed(client: FlaskClient, suffix: str) -> None:
    with client.get(f"/search.{suffix}", headers=GZIP) as response:
        assert response.is_streamed
        assert "Content-Encoding" not in response.headers


@pytest.mark.parametrize(
    "options",
    [
        ("--url", "search.example"),
        ("--url", "ftp://search.example"),
        ("--url", "https://search.example/?q="),
        ("--trusted-proxy", "proxy.example"),
    ],
)
def test_an_address_that_is_none_is_a_usage_error(options: tuple[str, str]) -> None:
    result = CliRunner().invoke(main, ["serve", *options])
    assert result.exit_code == 2
    assert "write it" in result.output
