"""Nothing leaves the machine: the whole product where there is no network, and traced."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from addresses import ADDRESSES
from conftest import CHROMIUM_NAMES
from flask.testing import FlaskClient

from search_app.exports.formats import RENDERERS

pytestmark = pytest.mark.xdist_group("offline")

ROOT = Path(__file__).parents[1]
NAMESPACES = (("unshare", "--net"), ("unshare", "--map-root-user", "--net"))
DNS_PORT = "53"
ADDRESS = re.compile(
    r"sa_family=(?P<family>\w+)"
    r"(?:, sun_path=(?P<path>[^}]*)|, sin6?_port=htons\((?P<port>\d+)\).*?"
    r'(?:inet_addr\("|inet_pton\(AF_INET6, ")(?P<ip>[^"]+)")?'
)


def leaves(line: str) -> bool:
    """Return true if a line of strace says that a process talks to another machine, or asks DNS."""
    for address in ADDRESS.finditer(line):
        if address["family"] == "AF_UNIX":
            if re.search(r"nscd|resolve", address["path"] or ""):
                return True
        elif address["family"] != "AF_NETLINK":
            is_here = bool(address["ip"]) and ip_address(address["ip"]).is_loopback
            if not is_here or address["port"] == DNS_PORT:
                return True
    return False


def inet(ip: str, port: int) -> str:
    return f'sa_family=AF_INET, sin_port=htons({port}), sin_addr=inet_addr("{ip}")'


def inet6(ip: str, port: int) -> str:
    flow = "sin6_flowinfo=htonl(0)"
    return (
        f"sa_family=AF_INET6, sin6_port=htons({port}), {flow},"
        f' inet_pton(AF_INET6, "{ip}", &sin6_addr), sin6_scope_id=0'
    )


@pytest.mark.parametrize(
    ("address", "does"),
    [
        (inet("1.2.3.4", 80), True),
        (inet("127.0.0.1", 53), True),
        (inet("127.0.0.1", 80), False),
        (inet6("2001:db8::1", 443), True),
        (inet6("::1", 443), False),
        ('sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"', True),
        ('sa_family=AF_UNIX, sun_path="/tmp/own"', False),
        ("sa_family=AF_NETLINK, nl_pid=0, nl_groups=00000000", False),
        ("sa_family=AF_VSOCK, svm_cid=0x2", True),
    ],
)
def test_a_trace_tells_what_leaves_the_machine(address: str, does: bool) -> None:
    assert leaves(f"7 connect(3, {{{address}}}, 16) = 0") is does
    assert leaves(f'7 sendto(3, "x", 1, 0, {{{address}}}, 16) = 1') is does
    assert not leaves('7 sendto(3, "x", 1, 0, NULL, 0) = 1')


@pytest.fixture(scope="module")
def apart() -> tuple[str, ...]:
    """Return the command that runs another one without a network, where the system allows it."""
    missing = [name for name in ("unshare", "strace") if not shutil.which(name)]
    for command in NAMESPACES:
        if not missing and not subprocess.run([*command, "true"], capture_output=True).returncode:
            return command
    stop = pytest.fail if os.environ.get("CI") else pytest.skip
    stop(f"needs {missing or 'the right to make a network namespace (root)'}")


@pytest.fixture(scope="module")
def walk(apart: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Walk through the product without a network."""
    folder = tmp_path_factory.mktemp("offline")
    names = (os.environ.get("COMMENTARY_CHROMIUM", ""), *CHROMIUM_NAMES)
    chromium = next((path for name in names if name and (path := shutil.which(name))), "")
    command = [*apart, sys.executable, "tests/offline.py", str(folder), chromium]
    here = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=here)
    assert done.returncode == 0, done.stderr
    traces = {path.name: path.read_text("utf-8") for path in folder.glob("*.trace")}
    return {**json.loads(done.stdout), "traces": traces}


@pytest.mark.slow
def test_no_process_talks_to_another_machine_or_asks_for_a_name(walk: dict[str, Any]) -> None:
    assert len(walk["traces"]) == 9
    for name, trace in walk["traces"].items():
        assert [line for line in trace.splitlines() if leaves(line)] == [], name


@pytest.mark.slow
def test_everything_is_answered_without_a_network(walk: dict[str, Any]) -> None:
    assert len(walk["fetched"]) > 30
    assert [path for path, status in walk["fetched"].items() if status >= 500] == []
    assert {walk["fetched"][f"/search.{suffix}?q=promise"] for suffix in RENDERERS} == {200}


@pytest.mark.slow
@pytest.mark.browser
def test_a_browser_asks_nobody_but_the_site(walk: dict[str, Any]) -> None:
    if not walk["requested"]:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no Chromium is installed")
    foreign = [
        url for url in walk["requested"] if not url.startswith((f"{walk['address']}/", "data:"))
    ]
    assert foreign == []
    assert f"{walk['address']}/static/style.css" in walk["requested"]


@pytest.mark.slow
def test_a_trace_sees_a_process_that_tries_to_leave(apart: tuple[str, ...], tmp_path: Path) -> None:
    attempt = "import socket; socket.socket().connect_ex(('192.0.2.1', 80))"
    command = ["strace", "-f", "-qq", "-e", "trace=connect", "-o", str(tmp_path / "trace")]
    subprocess.run([*apart, *command, sys.executable, "-c", attempt], check=True)
    assert any(map(leaves, (tmp_path / "trace").read_text().splitlines()))


@pytest.mark.parametrize("path", [*ADDRESSES, "/nowhere", "/search?page=0", "/metrics"])
def test_every_page_forbids_the_browser_to_load_anything_from_elsewhere(
    client: FlaskClient, path: str
) -> None:
    policy = client.get(path).headers["Content-Security-Policy"]
    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert directives.pop("default-src") == "'none'"
    sources = {source for value in directives.values() for source in value.split()}
    assert sources == {"'self'", "'none'", "data:"}
