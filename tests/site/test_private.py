"""Private sites: who is let in, by password or by a proxy, and what they may keep."""

from __future__ import annotations

import http.client
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

import bcrypt
import feedparser
import pytest
from addresses import ADDRESSES
from click.testing import CliRunner
from conftest import problem_of
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bench.serving import served
from search_app import create_app
from search_app.access.users import Users, UsersRefused, hash_of_nobody, kind_of, parse
from search_app.cli import main
from search_app.exports.formats import RENDERERS
from search_app.settings import Settings

EVERYTHING = (
    *ADDRESSES,
    *(f"/search.{suffix}" for suffix in ("json", *RENDERERS)),
    *("/static/style.css", "/static/keys.js", "/metrics", "/readyz", "/api/v1/openapi.json"),
    *("/opensearch.xml", "/suggest?q=a", "/nowhere", "/api/nowhere"),
)
NO_PASSWORDS = ("Basic", "Basic !", "Bearer fog", "Basic YWRh", "Basic /w==", "x")
NO_USERS = ("", "# nobody\n", "ada\n", ":x\n", "ada:{0}\nada:{0}\n", "\udcff")
HERE = "127.0.0.1"
PROXY = "192.0.2.7"
USER = {"X-Remote-User": "ada"}


def hashed(password: str, kind: bytes = b"2y") -> str:
    """Return the hash that `htpasswd -B` writes, made as quickly as bcrypt can."""
    made = bcrypt.hashpw(password.encode()[:72], bcrypt.gensalt(4))
    return made.replace(b"$2b$", b"$" + kind + b"$").decode()


def basic(name: str, password: str) -> dict[str, str]:
    return {"Authorization": f"Basic {b64encode(f'{name}:{password}'.encode()).decode()}"}


@pytest.fixture
def users(tmp_path: Path) -> Path:
    """Write a file of two users."""
    path = tmp_path / "users"
    path.write_text(f"# The desk\nada:{hashed('fog')}\n\nжан:{hashed('туман', b'2b')}\n", "utf-8")
    return path


@pytest.fixture
def private(site_index: Path, users: Path) -> FlaskClient:
    """Return a client of a site with users."""
    return create_app(site_index, Settings(users=users)).test_client()


@pytest.fixture
def behind_proxy(site_index: Path) -> FlaskClient:
    """Return a client of a site that believes a proxy."""
    settings = Settings(user_header="X-Remote-User", trusted_proxy=PROXY)
    return create_app(site_index, settings).test_client()


def get(
    client: FlaskClient,
    path: str,
    headers: Mapping[str, str] | None = None,
    peer: str = HERE,
) -> TestResponse:
    return client.get(path, headers=headers, environ_overrides={"REMOTE_ADDR": peer})


# --- With passwords ------------------------------------------------------------------------------


@pytest.mark.parametrize("path", EVERYTHING)
def test_nothing_is_shown_to_somebody_without_a_password(private: FlaskClient, path: str) -> None:
    for headers in ({}, basic("ada", "mist"), basic("eve", "fog"), basic("", "")):
        with get(private, path, headers) as response:
            assert response.status_code == 401
            assert response.headers["WWW-Authenticate"].startswith("Basic realm=")
            assert "Access-Control-Allow-Origin" not in response.headers
            assert "Brandt" not in response.text


@pytest.mark.parametrize("header", NO_PASSWORDS)
def test_a_header_that_is_no_password_lets_nobody_in(private: FlaskClient, header: str) -> None:
    assert get(private, "/", {"Authorization": header}).status_code == 401


@pytest.mark.parametrize("path", [*ADDRESSES, "/static/style.css", "/search.json", "/search.csv"])
def test_a_user_sees_all_and_only_the_browser_of_a_user_keeps_it(
    private: FlaskClient, path: str
) -> None:
    with get(private, path, basic("ada", "fog")) as response:
        assert response.status_code in (200, 302, 400, 404)
        assert response.headers["Cache-Control"] == "private, no-store"
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert not any(name.startswith("Access-Control") for name, _ in response.headers)


def test_names_and_passwords_have_any_letters(private: FlaskClient) -> None:
    assert get(private, "/", basic("жан", "туман")).status_code == 200
    assert get(private, "/", basic("жан", "туманы")).status_code == 401


@pytest.mark.parametrize("password", ["x" * 72, "x" * 100, "x:y:z", "", "a\0b"])
def test_passwords_of_any_length_are_verified_as_htpasswd_writes_them(
    users: Path, password: str
) -> None:
    users.write_text(f"ada:{hashed(password)}\n")
    known = Users.read(users)
    assert known.accept("ada", password)
    assert not known.accept("ada", f"y{password}")


def test_health_is_shown_to_all_and_says_nothing_of_the_index(private: FlaskClient) -> None:
    response = get(private, "/healthz")
    assert (response.status_code, response.get_json()) == (200, {"status": "ok"})


@pytest.mark.parametrize("path", ["/readyz", "/metrics"])
def test_machines_that_are_named_watch_over_a_private_site_without_a_user(
    site_index: Path, users: Path, path: str
) -> None:
    settings = Settings(users=users, metrics_to=(ip_network("10.1.0.0/16"), ip_network("::1/128")))
    client = create_app(site_index, settings).test_client()
    assert get(client, path, peer="10.1.2.3").status_code == 200
    assert get(client, path, peer="::1").status_code == 200
    assert get(client, path, {"X-Forwarded-For": "10.1.2.3"}, peer="10.1.2.3").status_code == 401
    for other in (HERE, "10.2.2.3", "192.0.2.7"):
        assert get(client, path, peer=other).status_code == 401
    for closed in ("/", "/search.json", "/readyz/", "/metrics/x", "/METRICS"):
        assert get(client, closed, peer="10.1.2.3").status_code == 401


def test_robots_are_kept_out_of_everything(
    private: FlaskClient, site_index: Path, users: Path
) -> None:
    assert get(private, "/robots.txt").text == "User-agent: *\nDisallow: /\n"
    settings = Settings(users=users, url="https://search.example/press")
    under = create_app(site_index, settings).test_client()
    assert get(under, "/robots.txt").text == "User-agent: *\nDisallow: /press/\n"


def test_a_feed_can_be_read_with_a_password(private: FlaskClient) -> None:
    feed = feedparser.parse(get(private, "/search.atom?q=promise", basic("ada", "fog")).text)
    assert feed.entries


def test_what_people_see_is_a_page_and_what_programs_see_is_a_problem(private: FlaskClient) -> None:
    assert "collection is private" in get(private, "/").text
    german = get(private, "/", {"Accept-Language": "de"}).text
    assert "collection is private" not in german
    assert "private" in str(problem_of(get(private, "/search.json"), 401)["detail"])


def test_a_change_of_the_file_counts_at_once(private: FlaskClient, users: Path) -> None:
    assert get(private, "/", basic("ada", "fog")).status_code == 200
    users.write_text(f"eve:{hashed('rain')}\nada:{hashed('sun')}\n")
    assert get(private, "/", basic("ada", "fog")).status_code == 401
    assert get(private, "/", basic("ada", "sun")).status_code == 200
    users.write_text(f"eve:{hashed('rain')}\nada:$apr1$x$y\n")
    assert get(private, "/", basic("ada", "sun")).status_code == 401
    assert get(private, "/", basic("eve", "rain")).status_code == 200
    users.unlink()
    assert get(private, "/", basic("eve", "rain")).status_code == 401


def test_a_password_that_was_right_is_remembered_and_no_other(users: Path) -> None:
    known = Users.read(users)
    assert not known.remembers("ada", "fog")
    assert not known.accept("ada", "mist")
    assert known.accept("ada", "fog")
    assert known.remembers("ada", "fog")
    assert not known.remembers("ada", "mist")
    assert not known.remembers("жан", "fog")
    users.write_text(f"ada:{hashed('fog')}\n")
    assert not known.remembers("ada", "fog")


def test_users_that_do_not_exist_take_a_hash_of_the_same_cost(users: Path) -> None:
    costly = bcrypt.hashpw(b"fog", bcrypt.gensalt(5)).decode()
    users.write_text(f"ada:{hashed('fog')}\neve:{costly}\n")
    hashes, _ = parse(users.read_text())
    nobody = hash_of_nobody(hashes)
    assert nobody.startswith(b"$2b$05$")
    assert not bcrypt.checkpw(b"fog", nobody)


# --- The file of users ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stored", "kind"),
    [
        ("$apr1$Zx1$3e", "MD5"),
        ("{SHA}0DPiKuNIrrVmD8IUCuw1hQxNqZc=", "SHA-1"),
        ("$5$salt$hash", "SHA-256"),
        ("$6$salt$hash", "SHA-512"),
        ("$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA", "Argon2"),
        ("rqXexS6ZhobKA", "crypt"),
        ("$2y$05$tooshort", "bcrypt of another form"),
        ("$2y$31$" + "a" * 53, "bcrypt of another form or cost"),
        ("fog", "plain text"),
        ("", "plain text"),
    ],
)
def test_other_hashes_are_refused_by_name(users: Path, stored: str, kind: str) -> None:
    assert kind in kind_of(stored)
    users.write_text(f"\nada:{stored}\n")
    result = CliRunner().invoke(main, ["serve", "--users", str(users)])
    assert result.exit_code == 2
    for told in ("line 2 (ada)", kind, "htpasswd -B"):
        assert told in " ".join(result.output.split())


@pytest.mark.parametrize("text", NO_USERS)
def test_a_file_that_names_nobody_or_somebody_twice_is_refused(users: Path, text: str) -> None:
    users.write_bytes(text.replace("{0}", hashed("fog")).encode("utf-8", "surrogateescape"))
    with pytest.raises(UsersRefused, match=str(users)):
        Users.read(users)
    assert CliRunner().invoke(main, ["serve", "--users", str(users)]).exit_code == 2


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--users", "nowhere"], "nowhere"),
        (["--user-header", "X-User"], "--trusted-proxy"),
        (["--user-header", "X User", "--trusted-proxy", "127.0.0.1"], "header"),
        (["--rate-limit", "often"], "60/minute"),
        (["--rate-limit", "60"], "60/minute"),
    ],
)
def test_access_that_cannot_be_kept_is_a_usage_error(options: list[str], told: str) -> None:
    result = CliRunner().invoke(main, ["serve", *options])
    assert result.exit_code == 2
    assert told in result.output


# --- By the word of a proxy ----------------------------------------------------------------------


def test_the_trusted_proxy_names_the_user_and_nobody_else_does(behind_proxy: FlaskClient) -> None:
    assert get(behind_proxy, "/", USER, peer=PROXY).status_code == 200
    with get(behind_proxy, "/static/style.css", USER, peer=PROXY) as style:
        assert style.status_code == 200
    for headers, peer in (
        ({}, PROXY),
        ({"X-Remote-User": " "}, PROXY),
        ({"Remote-User": "ada"}, PROXY),
        (USER, "127.0.0.1"),
        (USER, "192.0.2.8"),
        ({**USER, "X-Forwarded-For": PROXY}, "192.0.2.8"),
    ):
        response = get(behind_proxy, "/", headers, peer=peer)
        assert response.status_code == 403
        assert "WWW-Authenticate" not in response.headers
        assert response.headers["Cache-Control"] == "private, no-store"
    assert get(behind_proxy, "/healthz").status_code == 200


def test_a_site_may_have_both(site_index: Path, users: Path) -> None:
    settings = Settings(users=users, user_header="X-Remote-User", trusted_proxy=PROXY)
    client = create_app(site_index, settings).test_client()
    assert get(client, "/", USER, peer=PROXY).status_code == 200
    assert get(client, "/", basic("ada", "fog")).status_code == 200
    assert get(client, "/", USER).status_code == 401


def test_without_options_everybody_is_let_in(client: FlaskClient) -> None:
    response = get(client, "/search.json", USER)
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"


# --- Rates ---------------------------------------------------------------------------------------


def test_a_client_that_asks_too_often_is_asked_to_wait(site_index: Path) -> None:
    client = create_app(site_index, Settings(rate_limit="3/hour")).test_client()
    for path in ("/", "/nowhere", "/search.json"):
        assert get(client, path).status_code in (200, 404)
        with get(client, "/static/style.css") as style:
            assert style.status_code == 200
    refused = get(client, "/search.json?q=promise")
    assert "how often" in str(problem_of(refused, 429)["detail"])
    assert 0 < int(refused.headers["Retry-After"]) <= 3601
    page = get(client, "/")
    assert (page.status_code, page.mimetype) == (429, "text/html")
    assert get(client, "/", peer="192.0.2.9").status_code == 200
    assert get(client, "/healthz").status_code == 200


def test_the_addresses_of_one_network_of_ipv6_are_one_client(site_index: Path) -> None:
    client = create_app(site_index, Settings(rate_limit="1/hour")).test_client()
    assert get(client, "/", peer="2001:db8:1:2::3").status_code == 200
    assert get(client, "/", peer="2001:db8:1:2:ffff::").status_code == 429
    assert get(client, "/", peer="2001:db8:1:3::3").status_code == 200


def test_wrong_passwords_count_also_where_they_ask_for_a_style(
    site_index: Path, users: Path
) -> None:
    settings = Settings(users=users, rate_limit="2/hour")
    client = create_app(site_index, settings).test_client()
    assert get(client, "/", basic("ada", "fog")).status_code == 200
    for _ in range(5):
        with get(client, "/static/style.css", basic("ada", "fog")) as style:
            assert style.status_code == 200
    assert get(client, "/static/style.css", basic("ada", "mist")).status_code == 401
    assert get(client, "/static/style.css", basic("ada", "mist")).status_code == 429


# --- Over a real socket --------------------------------------------------------------------------


@pytest.fixture
def address(site_index: Path, users: Path) -> Iterator[str]:
    """Serve a private site that believes a proxy at 127.0.0.1, with a rate."""
    options = ("--users", str(users), "--user-header", "X-Remote-User")
    rate = ("--rate-limit", "40/hour", "--trusted-proxy", "127.0.0.1")
    with served(site_index, 1, *options, *rate) as address:
        yield address


def status_of(address: str, path: str, headers: Mapping[str, str], source: str) -> int:
    """Ask from one of the addresses of loopback."""
    host, port = urlsplit(address).netloc.split(":")
    connection = http.client.HTTPConnection(host, int(port), 60, source_address=(source, 0))
    try:
        connection.request("GET", path, headers=dict(headers))
        response = connection.getresponse()
        response.read()
        return response.status
    finally:
        connection.close()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has one address of loopback")
def test_a_server_believes_its_proxy_alone(address: str) -> None:
    proxy, other = "127.0.0.1", "127.0.0.2"
    forwarded = {"X-Forwarded-For": "203.0.113.5"}
    assert status_of(address, "/", {**USER, **forwarded}, proxy) == 200
    assert status_of(address, "/", USER, proxy) == 200
    assert status_of(address, "/", {}, proxy) == 401
    assert status_of(address, "/", USER, other) == 401
    assert status_of(address, "/", {**USER, "X-Forwarded-For": proxy}, other) == 401
    assert status_of(address, "/", {"X_Remote_User": "ada"}, proxy) == 401
    assert status_of(address, "/search.atom", basic("ada", "fog"), other) == 200
    assert status_of(address, "/healthz", {}, other) == 200
    # Forged addresses do not help; those that the proxy tells are counted one by one.
    forged = [
        status_of(address, "/", {"X-Forwarded-For": f"198.51.100.{n}"}, other) for n in range(40)
    ]
    assert forged[-1] == 429
    told = [
        status_of(address, "/", {**USER, "X-Forwarded-For": f"198.51.100.{n}"}, proxy)
        for n in range(40)
    ]
    assert set(told) == {200}
