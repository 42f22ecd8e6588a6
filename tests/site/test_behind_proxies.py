"""The site behind nginx and Caddy as in ``docs/deploy/``: https, a prefix, and forged headers.

The server has the settings of the unit file. Addresses, ports and paths alone are replaced.
"""

from __future__ import annotations

import gzip
import http.client
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlencode, urlsplit

import pytest
from addresses import PAGE_ADDRESSES
from bs4 import BeautifulSoup

from bench.serving import served
from search_app.exports.formats import RENDERERS

pytestmark = pytest.mark.slow

DEPLOY = Path(__file__).parents[2] / "docs" / "deploy"
UNIT = (DEPLOY / "commentary.service").read_text("utf-8")
SETTINGS = dict(re.findall(r"^Environment=(COMMENTARY_\w+)=(.+)$", UNIT, re.MULTILINE))
SITE = SETTINGS["COMMENTARY_URL"]
HOST = "example.org"
PASSAGE = "the-lantern/2025/lind-on-promises#1"

AROUND_NGINX = """
daemon off;
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""
"""What Debian's nginx.conf has around a site."""

OPTIONS_OF_CADDY = """{{
\tadmin off
\tdefault_bind 127.0.0.1
\thttps_port {https}
\thttp_port {http}
\tstorage file_system {folder}
"""
"""Options of Caddy that keep it to ports and a folder of a test."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    headers: http.client.HTTPMessage

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> dict[str, object]:
        answer = json.loads(self.body)
        assert isinstance(answer, dict)
        return answer


Kind = Callable[[str, tuple[int, int], Path], list[str]]
"""Writes the documented site before a server, with two ports, and returns the command."""


@dataclass(frozen=True)
class Proxy:
    """A running proxy before a running server."""

    https: int
    http: int
    server: str
    folder: Path

    def ask(
        self,
        path: str,
        headers: Mapping[str, str] = MappingProxyType({}),
        form: Mapping[str, str] | None = None,
    ) -> Answer:
        """Ask for a path over https."""
        context = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        connection = http.client.HTTPSConnection(HOST, timeout=30)
        plain = socket.create_connection(("127.0.0.1", self.https), timeout=30)
        connection.sock = context.wrap_socket(plain, server_hostname=HOST)
        return answered(connection, path, headers, form)

    def ask_plainly(self, path: str) -> Answer:
        """Ask for a path over http."""
        connection = http.client.HTTPConnection("127.0.0.1", self.http, timeout=30)
        return answered(connection, path, {"Host": HOST}, None)

    def ask_the_server(self, path: str) -> Answer:
        """Ask for a path without the proxy."""
        connection = http.client.HTTPConnection(urlsplit(self.server).netloc, timeout=30)
        return answered(connection, path, {}, None)


def answered(
    connection: http.client.HTTPConnection,
    path: str,
    headers: Mapping[str, str],
    form: Mapping[str, str] | None,
) -> Answer:
    given = dict(headers)
    if form is not None:
        given["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        body = None if form is None else urlencode(form)
        connection.request("GET" if form is None else "POST", path, body, given)
        response = connection.getresponse()
        return Answer(response.status, response.read(), response.headers)
    finally:
        connection.close()


def program(name: str) -> str:
    """Return the path of a program. Without it, the test is skipped; in CI it fails."""
    path = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    if path is None:
        stop = pytest.fail if os.environ.get("CI") else pytest.skip
        stop(f"{name} is not installed; .ci/run installs it")
    return path


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def make_certificate(openssl: str, folder: Path) -> None:
    names = ("-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem"))
    kind = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2")
    subject = ("-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}")
    command = [openssl, "req", "-x509", *kind, *subject, *names]
    subprocess.run(command, check=True, capture_output=True)


def nginx(server: str, ports: tuple[int, int], folder: Path) -> list[str]:
    """Write the documented site. Returns the command that serves it."""
    https, http = ports
    site = example(
        "nginx.conf",
        {
            "127.0.0.1:8000": urlsplit(server).netloc,
            "    listen 80;\n    listen [::]:80;\n": f"    listen 127.0.0.1:{http};\n",
            "    listen 443 ssl;\n    listen [::]:443 ssl;\n": (
                f"    listen 127.0.0.1:{https} ssl;\n"
            ),
            "/etc/ssl/example.org/fullchain.pem": str(folder / "fullchain.pem"),
            "/etc/ssl/example.org/privkey.pem": str(folder / "privkey.pem"),
            "/var/log/nginx/commentary.log": str(folder / "access.log"),
            "/var/log/nginx/commentary-errors.log": str(folder / "site-error.log"),
        },
    )
    (folder / "site.conf").write_text(site, "utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND_NGINX.format(folder=folder, user=user), "utf-8")
    return [program("nginx"), "-e", "stderr", "-p", str(folder), "-c", "nginx.conf"]


def caddy(server: str, ports: tuple[int, int], folder: Path) -> list[str]:
    """Write the documented site. Returns the command that serves it."""
    https, http = ports
    keys = f"{folder / 'fullchain.pem'} {folder / 'privkey.pem'}"
    site = example(
        "Caddyfile",
        {
            "127.0.0.1:8000": urlsplit(server).netloc,
            "example.org {\n": f"example.org {{\n\ttls {keys}\n",
            "\n{\n": "\n" + OPTIONS_OF_CADDY.format(https=https, http=http, folder=folder),
        },
    )
    (folder / "Caddyfile").write_text(site, "utf-8")
    return [program("caddy"), "run", "--config", str(folder / "Caddyfile")]


def example(name: str, replaced: Mapping[str, str]) -> str:
    """Return a documented site with other addresses, ports and paths."""
    site = (DEPLOY / name).read_text("utf-8")
    for documented, here in replaced.items():
        assert site.count(documented) == 1, documented
        site = site.replace(documented, here)
    return site


@contextmanager
def running(kind: Kind, server: str, folder: Path) -> Iterator[Proxy]:
    """Run a proxy before a server until the context ends, and wait until it listens."""
    make_certificate(program("openssl"), folder)
    ports = free_port(), free_port()
    log = folder / "error.log"
    with (
        log.open("w") as errors,
        subprocess.Popen(kind(server, ports, folder), stderr=errors) as process,
    ):
        try:
            while True:
                assert process.poll() is None, log.read_text("utf-8")
                try:
                    socket.create_connection(("127.0.0.1", ports[0]), timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.05)
            yield Proxy(*ports, server, folder)
        finally:
            process.terminate()


@pytest.fixture(scope="module", params=[nginx, caddy], ids=["nginx", "caddy"])
def kind(request: pytest.FixtureRequest) -> Kind:
    """Return each documented proxy."""
    found: Kind = request.param
    return found


@pytest.fixture(scope="module")
def proxy(
    kind: Kind, site_index: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Proxy]:
    """Start each documented proxy before a server with the settings of the unit."""
    folder = tmp_path_factory.mktemp("proxy")
    options = ["--url", SITE, "--trusted-proxy", SETTINGS["COMMENTARY_TRUSTED_PROXY"]]
    options += ["--reports", str(folder / "reports.jsonl")]
    with served(site_index, 2, *options) as server, running(kind, server, folder) as proxy:
        yield proxy


@pytest.mark.parametrize("path", PAGE_ADDRESSES)
def test_every_page_stands_under_the_prefix_with_all_its_links(proxy: Proxy, path: str) -> None:
    answer = proxy.ask(f"/press{path.partition('#')[0]}")
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"]
    soup = BeautifulSoup(answer.body, "lxml")
    links = [
        str(tag[name]) for name in ("href", "src", "action") for tag in soup.select(f"[{name}]")
    ]
    own = [link for link in links if link.startswith("/")]
    assert own
    assert [link for link in own if not link.startswith("/press/")] == []
    absolute = [link for link in links if f"//{HOST}" in link]
    assert [link for link in absolute if not link.startswith(f"{SITE}/")] == []
    assert urlsplit(proxy.server).netloc not in answer.text


def test_the_prefix_alone_and_plain_http_lead_to_the_site(proxy: Proxy) -> None:
    bare, plain = proxy.ask("/press"), proxy.ask_plainly("/press/search?q=promise")
    assert (bare.status, bare.headers["Location"]) == (301, f"{SITE}/")
    assert plain.status in (301, 308)
    assert plain.headers["Location"] == f"{SITE}/search?q=promise"


def test_a_search_is_answered_with_links_to_the_site(proxy: Proxy) -> None:
    answer = proxy.ask("/press/search.json?q=promise&per_page=1").json()
    assert answer["total"]
    addresses = re.findall(r'"(https?://[^"]+)"', json.dumps({**answer, "text": ""}))
    ours = [one for one in addresses if "/search" in one or "/articles" in one or "/api/" in one]
    assert len(ours) > 5
    assert [one for one in ours if not one.startswith(f"{SITE}/")] == []


@pytest.mark.parametrize("suffix", RENDERERS)
def test_an_export_streams_whole(proxy: Proxy, site_index: Path, suffix: str) -> None:
    answer = proxy.ask(f"/press/search.{suffix}?q=")
    assert answer.status == 200
    assert answer.headers["Transfer-Encoding"] == "chunked"
    assert f"{SITE}/" in answer.text.replace("\\", "")
    direct = proxy.ask_the_server(f"/search.{suffix}?q=")
    assert len(answer.body) == len(direct.body)


def test_styles_and_scripts_are_compressed_and_not_sent_twice(proxy: Proxy) -> None:
    soup = BeautifulSoup(proxy.ask("/press/").body, "lxml")
    style = str(soup.select("link[rel=stylesheet]")[0]["href"])
    plain, small = proxy.ask(style), proxy.ask(style, {"Accept-Encoding": "gzip"})
    assert plain.headers.get_content_type() == "text/css"
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.body) == plain.body
    again = proxy.ask(style, {"If-None-Match": plain.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")


def test_a_page_is_compressed_and_a_search_that_has_not_changed_is_not_sent_again(
    proxy: Proxy,
) -> None:
    page = proxy.ask("/press/search?q=promise", {"Accept-Encoding": "gzip"})
    assert b"<html" in gzip.decompress(page.body)
    first = proxy.ask("/press/search.json?q=promise")
    again = proxy.ask("/press/search.json?q=promise", {"If-None-Match": first.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")


def test_a_forged_host_is_refused(proxy: Proxy) -> None:
    answer = proxy.ask("/press/search.json?q=promise", {"Host": "evil.example"})
    assert answer.status == 400 or not answer.body  # Caddy asks nobody, and answers with nothing
    assert "evil" not in answer.text


@pytest.mark.parametrize(
    "forged",
    [
        {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http"},
        {"Forwarded": "for=127.0.0.1;host=evil.example;proto=http"},
        {"X-Forwarded-Prefix": "/evil", "X-Script-Name": "/evil", "X-Original-URL": "/evil"},
    ],
)
def test_forged_headers_reach_no_link(proxy: Proxy, forged: dict[str, str]) -> None:
    answer = proxy.ask("/press/search.json?q=promise", forged)
    assert answer.status == 200
    assert "evil" not in answer.text
    links = answer.json()["links"]
    assert isinstance(links, dict)
    assert links["self"].startswith(f"{SITE}/search.json")


@pytest.mark.parametrize("forged", [{}, {"X-Forwarded-For": "127.0.0.1"}, {"Forwarded": ""}])
def test_the_metrics_are_for_this_machine_alone(proxy: Proxy, forged: dict[str, str]) -> None:
    assert proxy.ask("/press/metrics", forged).status == 403
    assert b"commentary_searches_total" in proxy.ask_the_server("/metrics").body
    assert proxy.ask("/press/readyz").json()["status"] == "ok"


def test_reports_are_taken_and_the_client_is_the_one_that_the_proxy_sees(proxy: Proxy) -> None:
    form = {"passage": PASSAGE, "said_by": "name", "name": "Otto Brandt", "note": ""}
    foreign = proxy.ask("/press/report", {"Origin": "https://evil.example"}, form)
    assert foreign.status == 403
    sent = proxy.ask("/press/report", {"Origin": f"https://{HOST}"}, form)
    assert sent.status == 303
    assert sent.headers["Location"].startswith("/press/passages/")
    assert (proxy.folder / "reports.jsonl").read_text("utf-8").count("Otto Brandt") == 1
    # Each of the two processes counts for itself.
    headers = [{"Origin": f"https://{HOST}", "X-Forwarded-For": f"192.0.2.{n}"} for n in range(20)]
    assert {proxy.ask("/press/report", one, form).status for one in headers} == {303, 429}


def test_nobody_logs_what_was_searched_for(proxy: Proxy) -> None:
    assert proxy.ask("/press/search?q=whistle", {"Referer": f"{SITE}/?q=whistle"}).status == 200
    assert "whistle" not in logged(proxy)


def test_nobody_logs_what_was_searched_for_while_the_server_is_down(
    kind: Kind, tmp_path: Path
) -> None:
    with running(kind, f"http://127.0.0.1:{free_port()}", tmp_path) as proxy:
        answer = proxy.ask("/press/search?q=whistle", {"Referer": f"{SITE}/?q=whistle"})
        assert answer.status == 502
    assert "/press/search" in logged(proxy)
    assert "whistle" not in logged(proxy)


def logged(proxy: Proxy) -> str:
    """Return what is in all logs."""
    return "".join(path.read_text("utf-8") for path in proxy.folder.glob("*.log"))


# --- The unit -----------------------------------------------------------------------------------


def test_the_unit_is_valid_and_shut_off(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not installed")
    unit = tmp_path / "commentary.service"
    unit.write_text(UNIT.replace("/opt/commentary/bin/commentary", "/bin/true"), "utf-8")
    verified = subprocess.run([analyze, "verify", unit], capture_output=True, text=True)
    assert (verified.returncode, verified.stderr) == (0, "")
    shut_off = [analyze, "security", "--offline=yes", "--threshold=20", "--no-pager", unit]
    subprocess.run(shut_off, check=True, capture_output=True)


def test_the_settings_of_the_unit_are_options_of_the_server() -> None:
    page = (DEPLOY.parent / "configuration.md").read_text("utf-8")
    assert [name for name in SETTINGS if f"`{name}`" not in page] == []


def test_the_examples_are_for_one_site() -> None:
    for name in ("nginx.conf", "Caddyfile"):
        example = (DEPLOY / name).read_text("utf-8")
        assert f"--url {SITE} --trusted-proxy 127.0.0.1" in example
        assert "127.0.0.1:8000" in example
