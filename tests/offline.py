"""A walk through the whole product where there is no network: ``offline.py FOLDER CHROMIUM``.

`test_offline.py` runs it in a network namespace that has nothing but loopback. Every command, and
the server, runs under strace, which writes to ``FOLDER/*.trace`` whom it talks to. Prints as JSON
what a client of HTTP got, and what a browser asked for.
"""

from __future__ import annotations

import fcntl
import http.client
import json
import os
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from addresses import ADDRESSES, PAGE_ADDRESSES
from conftest import CHROMIUM_OPTIONS, SITE
from playwright.sync_api import sync_playwright

from bench.serving import COMMAND
from search_app.exports.formats import RENDERERS

_SET_FLAGS, _UP = 0x8914, 1
_OUTSIDE = ("192.0.2.1", 80)
_STATIC = sorted(path.name for path in Path("search_app/static").iterdir())
_PATHS = (
    *ADDRESSES,
    *(f"/search.{suffix}?q=promise" for suffix in ("json", *RENDERERS)),
    *(f"/static/{name}" for name in _STATIC),
    *("/api/v1/openapi.json", "/opensearch.xml", "/suggest?q=a", "/healthz", "/readyz"),
)


def main(folder: Path, chromium: str) -> None:
    """Walk, and print what was seen."""
    raise_loopback()
    assert not can_leave()
    article = str(next(SITE.rglob("*.md")))
    corpus, index = ("--corpus", str(SITE)), ("--index", str(folder / "index"))
    run(folder, "reindex", *corpus, *index)
    run(folder, "reindex", *corpus, *index, "--engine", "tantivy")
    run(folder, "search", "promise", *index, "--json")
    run(folder, "inspect", article, *corpus)
    run(folder, "check", *corpus, *index)
    run(folder, "speakers", *index)
    run(folder, "backup", str(folder / "kept.tar"), *index)
    run(folder, "rollback", *index)
    with served(folder, *index) as address:
        fetched = {path: status_of(address, path) for path in _PATHS}
        requested = visited(address, chromium) if chromium else []
    print(json.dumps({"address": address, "fetched": fetched, "requested": requested}))


def raise_loopback() -> None:
    """Let this machine talk to itself, which a new namespace does not."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as some:
        fcntl.ioctl(some, _SET_FLAGS, struct.pack("16sh22x", b"lo", _UP))


def can_leave() -> bool:
    with socket.socket() as outside:
        outside.settimeout(5)
        return outside.connect_ex(_OUTSIDE) == 0


def traced(folder: Path, *words: str) -> list[str]:
    """Return a command of ours under strace."""
    trace = folder / f"{len(list(folder.glob('*.trace')))}-{words[0]}.trace"
    trace.touch()
    calls = "trace=connect,sendto,sendmsg,sendmmsg"
    return ["strace", "-f", "--seccomp-bpf", "-qq", "-e", calls, "-o", str(trace), *COMMAND, *words]


def run(folder: Path, *words: str) -> None:
    done = subprocess.run(traced(folder, *words), capture_output=True, text=True, check=False)
    assert done.returncode in (0, 3), f"{words}: {done.stderr}"


@contextmanager
def served(folder: Path, *options: str) -> Iterator[str]:
    """Serve, and yield the address."""
    command = traced(folder, "serve", "--port", "0", *options)
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, text=True, start_new_session=True) as process:
        assert process.stdout is not None
        try:
            yield next(word for word in process.stdout.readline().split() if "://" in word)
        finally:
            os.killpg(process.pid, signal.SIGTERM)  # strace passes no signal on


def status_of(address: str, path: str) -> int:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    connection.request("GET", path)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status


def visited(address: str, chromium: str) -> list[str]:
    """Open every page, and return the addresses that the browser asked for."""
    requested: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_OPTIONS))
        page = browser.new_page()
        page.on("request", lambda request: requested.append(request.url))
        for path in PAGE_ADDRESSES:
            page.goto(f"{address}{path}", wait_until="networkidle")
        browser.close()
    return requested


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
