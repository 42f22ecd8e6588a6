"""The server under clients that stall, idle, come in masses, or stay while it ends.

Each server is a real process with real sockets.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pytest
from conftest import CorpusFolder, Run

from bench.serving import COMMAND
from indexer.reindex.run import ReindexOptions, reindex

pytestmark = pytest.mark.slow

ANSWERS_WITHIN_SECONDS = 10
SENTENCE = "The fog over the harbour of Ilven came late and stayed for days. "
ARTICLES, ANSWERS = 30, 40


class Server(NamedTuple):
    """A running server."""

    process: subprocess.Popen[str]
    host: str
    port: int

    def connect(self, sent: bytes = b"") -> socket.socket:
        """Open a connection that receives next to nothing unless it is read from."""
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
        client.settimeout(ANSWERS_WITHIN_SECONDS)
        client.connect((self.host, self.port))
        client.sendall(sent)
        return client

    def get(
        self, path: str, headers: Mapping[str, str] = MappingProxyType({})
    ) -> tuple[int, bytes, http.client.HTTPMessage]:
        """Get an address. Raises `OSError` if no answer comes in time."""
        connection = http.client.HTTPConnection(
            self.host, self.port, timeout=ANSWERS_WITHIN_SECONDS
        )
        try:
            connection.request("GET", path, headers=dict(headers))
            response = connection.getresponse()
            return response.status, response.read(), response.headers
        finally:
            connection.close()

    def request(self, path: str) -> bytes:
        return f"GET {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n\r\n".encode()


def write_fog(corpus: CorpusFolder) -> None:
    for number in range(ARTICLES):
        answers = [f"Number {number} of {n}. {SENTENCE * 25}" for n in range(ANSWERS)]
        corpus.interview(f"fog-{number}", *answers)


@pytest.fixture(scope="module")
def large_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Index passages whose export is larger than the buffers of a connection."""
    folder = tmp_path_factory.mktemp("large")
    corpus = CorpusFolder(folder / "corpus")
    write_fog(corpus)
    reindex(ReindexOptions(corpus.path, folder / "index", engine="memory", jobs=1))
    return folder / "index"


@contextmanager
def serving(index_path: Path, *options: str, within: Sequence[str] = ()) -> Iterator[Server]:
    """Serve an index until the context ends. ``within`` is a command that runs commands."""
    command = [*within, *COMMAND, "serve", "--port", "0", "--index", str(index_path), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = re.search(r"http://(127\.0\.0\.1):(\d+)", process.stdout.readline())
        assert address is not None
        try:
            yield Server(process, address[1], int(address[2]))
        finally:
            process.kill()


def read_to_the_end(client: socket.socket) -> bytes:
    """Read until the server closes a connection. An aborted one ends as well."""
    received = b""
    try:
        while piece := client.recv(1 << 16):
            received += piece
    except ConnectionError:
        pass
    return received


def eventually(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    for _ in range(1000):
        if holds():
            return
        time.sleep(0.1)
    pytest.fail("this never came")


# --- Clients ------------------------------------------------------------------------------------


def test_readers_that_stall_leave_the_server_to_others(large_index: Path) -> None:
    with serving(large_index, "--max-exports", "2") as server, ExitStack() as stalled:
        for _ in range(16):
            client = server.connect(server.request("/search.jsonl?q="))
            stalled.enter_context(client)
            # An answer has begun: this client has its slot, or is turned away.
            assert client.recv(12).startswith(b"HTTP/1.1")
        assert server.get("/search.json?q=fog")[0] == 200
        assert server.get("/healthz")[0] == 200
        status, body, headers = server.get("/search.csv?q=fog")
        assert status == 503
        assert int(headers["Retry-After"]) > 0
        assert headers["Content-Type"] == "application/problem+json"
        assert "exports" in json.loads(body)["detail"]


def test_a_reader_that_stalls_is_dropped_and_its_place_is_free_again(large_index: Path) -> None:
    options = ("--max-exports", "1", "--client-seconds", "1")
    with serving(large_index, *options) as server, server.connect() as stalled:
        stalled.sendall(server.request("/search.jsonl?q="))
        assert stalled.recv(12) == b"HTTP/1.1 200"
        eventually(lambda: server.get("/search.csv?q=fog")[0] == 200)
        assert len(read_to_the_end(stalled)) < ARTICLES * ANSWERS * len(SENTENCE) * 25


def test_an_export_that_is_read_too_slowly_is_dropped(large_index: Path) -> None:
    options = ("--max-exports", "1", "--export-seconds", "4")
    with serving(large_index, *options) as server, server.connect() as client:
        client.sendall(server.request("/search.jsonl?q="))
        received = [client.recv(12)]

        def is_dropped() -> bool:
            with suppress(ConnectionError):
                received.append(client.recv(64))
            return server.get("/search.csv?q=absent")[0] == 200

        eventually(is_dropped)
        rest = read_to_the_end(client)
        assert len(b"".join(received) + rest) < ARTICLES * ANSWERS * len(SENTENCE) * 25


FAILING_APP = """
import socket
from flask import Flask, Response
from search_app.server.connections import serve
from search_app.server.limits import LIMITS

app = Flask("failing")

@app.get("/")
def rows():
    def lines():
        yield "a row"
        raise ValueError("there is no second row")
    return Response(lines())

listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
serve(app, listener, LIMITS)
"""


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_an_answer_that_fails_midway_does_not_look_complete(version: str) -> None:
    command = [sys.executable, "-c", FAILING_APP]
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    with subprocess.Popen(command, **quiet) as process:  # type: ignore[call-overload]
        try:
            server = Server(process, "127.0.0.1", int(process.stdout.readline()))
            request = server.request("/").replace(b"1.1", version.encode())
            with server.connect(request) as client, pytest.raises(ConnectionResetError):
                list(iter(partial(client.recv, 1 << 16), b""))
        finally:
            process.kill()


def test_idle_connections_and_slow_senders_leave_the_server_to_others(large_index: Path) -> None:
    with serving(large_index, "--max-connections", "64") as server, ExitStack() as idle:
        for sent in (b"", b"GET /search HTTP/1.1\r\nHo") * 60:
            idle.enter_context(server.connect(sent))
        assert server.get("/search.json?q=fog")[0] == 200
        assert server.get("/healthz")[0] == 200


def test_idle_connections_and_slow_senders_are_dropped(large_index: Path) -> None:
    with serving(large_index, "--client-seconds", "1") as server, ExitStack() as idle:
        clients = [
            idle.enter_context(server.connect(sent)) for sent in (b"", b"GET / HT", b"P" * 9000)
        ]
        assert [read_to_the_end(client) for client in clients] == [b"", b"", b""]


# --- Proxies ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("proxy", "expected"),
    [("127.0.0.1", "https://search.example/"), ("192.0.2.7", "http://127.0.0.1:")],
)
def test_forwarded_headers_count_from_a_trusted_proxy_alone(
    large_index: Path, proxy: str, expected: str
) -> None:
    options = ("--trusted-proxy", proxy, "--hosts", "search.example")
    headers = {"X-Forwarded-Host": "search.example", "X-Forwarded-Proto": "https"}
    with serving(large_index, *options) as server:
        body = server.get("/search.json?q=fog", headers)[1]
        assert json.loads(body)["links"]["self"].startswith(expected)


@pytest.mark.parametrize("proxy", [(), ("--trusted-proxy", "127.0.0.1")])
@pytest.mark.parametrize("name", ["X-Forwarded-For", "X-Forwarded-Proto", "Forwarded"])
def test_a_proxy_on_this_machine_lets_nobody_read_the_metrics(
    large_index: Path, proxy: tuple[str, ...], name: str
) -> None:
    headers = {"Forwarded": "for=127.0.0.1", "X-Forwarded-Proto": "https"}
    with serving(large_index, *proxy) as server:
        assert server.get("/metrics")[0] == 200
        assert server.get("/metrics", {name: headers.get(name, "127.0.0.1")})[0] == 403


# --- Processes ----------------------------------------------------------------------------------


def children(server: Server) -> set[int]:
    """Return the ids of the processes that serve, and their zombies."""
    pid = server.process.pid
    return set(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()))


def is_free(server: Server) -> bool:
    """Return true if nobody listens on the port any more."""
    try:
        socket.create_server((server.host, server.port)).close()
    except OSError:
        return False
    return True


@pytest.mark.crash
def test_a_process_that_was_killed_is_replaced(large_index: Path) -> None:
    with serving(large_index, "--processes", "2") as server:
        eventually(lambda: len(children(server)) == 2)
        before = children(server)
        os.kill(min(before), signal.SIGKILL)
        eventually(lambda: len(children(server)) == 2 and min(before) not in children(server))
        for _ in range(4):
            assert server.get("/search.json?q=fog")[0] == 200


@pytest.mark.crash
def test_the_metrics_are_those_of_all_processes_also_of_one_that_was_killed(
    large_index: Path,
) -> None:
    with serving(large_index, "--processes", "2") as server:
        for _ in range(20):
            assert server.get("/search.json?q=fog&per_page=1")[0] == 200
        eventually(lambda: searches(server) == 20)
        before = children(server)
        for child in before:
            os.kill(child, signal.SIGKILL)
        eventually(lambda: len(children(server)) == 2 and not before & children(server))
        assert searches(server) == 20
        assert server.get("/search.json?q=fog&per_page=1")[0] == 200
        eventually(lambda: searches(server) == 21)


def searches(server: Server) -> float:
    """Return how many searches were counted."""
    metrics = server.get("/metrics")[1].decode()
    line = re.search(r'^commentary_searches_total{endpoint="/search.json"} (\S+)$', metrics, re.M)
    assert line is not None
    return float(line[1])


def test_a_server_logs_each_request_as_one_line_of_json(large_index: Path) -> None:
    options = ("--port", "0", "--index", str(large_index), "--log-format", "json")
    command = [*COMMAND, "serve", *options, "--processes", "2"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        address = re.search(r"http://(127\.0\.0\.1):(\d+)", process.stdout.readline())
        assert address is not None
        server = Server(process, address[1], int(address[2]))
        size = len(server.get("/search.jsonl?q=fog")[1])
        server.get("/healthz")
        process.terminate()
        _, errors = process.communicate(timeout=60)
    entries = [json.loads(line) for line in errors.splitlines()]
    assert {(one["path"], one["status"], one["bytes"]) for one in entries} == {
        ("/search.jsonl", 200, size),
        ("/healthz", 200, len('{"status": "ok"}')),
    }


@pytest.mark.crash
@pytest.mark.parametrize("processes", ["1", "2"])
def test_no_process_outlives_the_first_even_if_it_is_killed(
    large_index: Path, processes: str
) -> None:
    with serving(large_index, "--processes", processes) as server:
        assert server.get("/healthz")[0] == 200
        server.process.kill()
        eventually(lambda: is_free(server))


@pytest.mark.parametrize("processes", ["1", "2"])
@pytest.mark.parametrize("signal_", [signal.SIGTERM, signal.SIGINT])
def test_a_running_export_is_finished_before_the_server_ends(
    large_index: Path, processes: str, signal_: signal.Signals
) -> None:
    with serving(large_index, "--processes", processes) as server, server.connect() as client:
        client.sendall(server.request("/search.jsonl?q="))
        begin = client.recv(12)
        server.process.send_signal(signal_)
        eventually(lambda: is_free(server))
        answer = begin + read_to_the_end(client)
        assert answer.startswith(b"HTTP/1.1 200")
        # The last chunk is empty.
        assert answer.endswith(b"\r\n0\r\n\r\n")
        assert answer.count(SENTENCE.encode()) >= ARTICLES * ANSWERS
        assert server.process.wait(ANSWERS_WITHIN_SECONDS) == 0


@pytest.mark.parametrize("processes", ["1", "2"])
def test_a_stalled_export_does_not_keep_the_server_from_ending(
    large_index: Path, processes: str
) -> None:
    options = ("--processes", processes, "--drain-seconds", "0.5")
    with serving(large_index, *options) as server, server.connect() as client:
        client.sendall(server.request("/search.jsonl?q="))
        assert client.recv(12) == b"HTTP/1.1 200"
        server.process.terminate()
        assert server.process.wait(60) == 0
        eventually(lambda: is_free(server))


# --- Generations --------------------------------------------------------------------------------


def test_exports_under_way_stay_right_over_ten_publishes(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    write_fog(corpus)
    run()
    # The exports are not read before the publishes have ended.
    patient = ("--max-exports", "2", "--client-seconds", "3600")
    with serving(index_path, *patient) as server, ExitStack() as stack:
        path = server.request("/search.jsonl?q=")
        exports = [stack.enter_context(server.connect(path)) for _ in range(2)]
        assert [client.recv(12) for client in exports] == [b"HTTP/1.1 200"] * 2
        for number in range(10):
            corpus.interview("fog-0", f"Changed for the {number}th time.")
            run()
        assert b"9th" in server.get("/search.json?q=changed")[1]
        with ThreadPoolExecutor() as pool:
            for answer in pool.map(read_to_the_end, exports):
                assert answer.endswith(b"\r\n0\r\n\r\n")
                assert answer.count(SENTENCE.encode()) >= ARTICLES * ANSWERS
                assert b"Changed" not in answer


# --- Files ---------------------------------------------------------------------------------------


@pytest.mark.crash
def test_a_file_that_is_cut_while_it_is_served_is_named_and_the_server_goes_on(
    corpus: CorpusFolder, index_path: Path, run: Run, engine: str
) -> None:
    corpus.interview("one", *(f"Fog number {number}." for number in range(500)))
    folder = index_path / str(run(engine=engine).generation)
    with serving(index_path) as server:
        right = server.get("/search.json?q=fog&per_page=100")[:2]
        files = {path for path in folder.rglob("*") if path.is_file()}
        for file in sorted(files - {folder / "manifest.json"}):  # it is read for a rollback alone
            whole = file.read_bytes()
            os.truncate(file, 0)
            eventually(lambda: named_damage(server, "/search.json?q=fog&per_page=100"))
            with file.open("r+b") as damaged:
                damaged.write(whole)
            eventually(lambda: server.get("/search.json?q=fog")[0] == 200)
            assert took_out(server.get("/search.json?q=fog&per_page=100")[1]) == took_out(right[1])
        assert server.process.poll() is None


def took_out(answer: bytes) -> dict[str, object]:
    """Return a JSON answer without the time that it took."""
    return {**json.loads(answer), "took_ms": 0}


def named_damage(server: Server, path: str) -> bool:
    """Return true for the answer that names damage, and false if the process ended instead."""
    try:
        status, answer, _ = server.get(path)
    except (OSError, http.client.HTTPException):
        return False
    assert (status, b"reindex --full" in answer) == (503, True)
    return True


READ_ONLY = """
mount --make-rprivate / || exit 77
for folder in /tmp /var/tmp /dev/shm; do mount --bind $folder $folder || exit 77; done
for folder in / /tmp /var/tmp /dev/shm; do mount -o remount,bind,ro $folder || exit 77; done
exec "$@"
"""
WITHOUT_WRITING = {
    "read-only disks": ("unshare", "--mount", "sh", "-c", READ_ONLY, "sh"),
    "files of others": ("setpriv", "--bounding-set=-all", "--inh-caps=-all"),
}
"""Commands that run another one, which may then not write: root has no more rights than others."""

NOBODY = 65534


@pytest.fixture(params=WITHOUT_WRITING)
def read_only(request: pytest.FixtureRequest) -> Sequence[str]:
    """Return a command of `WITHOUT_WRITING`. Where it may not run, the test is skipped."""
    command = WITHOUT_WRITING[request.param]
    tried = subprocess.run([*command, "true"], capture_output=True, check=False)
    if tried.returncode or os.getuid():
        pytest.skip("only root can take the right to write from a command")
    return command


@pytest.mark.crash
def test_readers_write_nothing(
    corpus: CorpusFolder, index_path: Path, run: Run, engine: str, read_only: Sequence[str]
) -> None:
    corpus.interview("one", *(f"Fog number {number}." for number in range(500)))
    run(engine=engine)
    for path in (index_path, *index_path.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    assert subprocess.run([*read_only, "touch", index_path / "new"], check=False).returncode
    command = [*read_only, *COMMAND, "search", "fog", "--json", "--index", str(index_path)]
    answer = subprocess.run(command, capture_output=True, check=True).stdout
    assert json.loads(answer)["total"] == 500
    with serving(index_path, within=read_only) as server:
        assert json.loads(server.get("/search.json?q=fog")[1])["total"] == 500
        assert server.get("/search.jsonl?q=fog")[1].count(b"\n") == 500 + 1  # the receipt
    command = [*read_only, *COMMAND, "check", "--index", str(index_path)]
    assert subprocess.run([*command, "--corpus", corpus.path], check=False).returncode == 0


def test_files_can_be_read_by_whom_the_umask_lets_read(
    corpus: CorpusFolder, index_path: Path, run: Run, engine: str
) -> None:
    before = os.umask(0o027)
    try:
        corpus.interview("one", "A word.")
        run(engine=engine)
        corpus.interview("two", "Another word.")
        run(engine=engine)
    finally:
        os.umask(before)
    files = [path for path in index_path.rglob("*") if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o640}
