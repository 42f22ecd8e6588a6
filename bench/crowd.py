"""Searches while many clients stall, idle or send slowly.

``python -m bench.crowd --index DIR`` prints response times alone and in the crowd, in turn.
"""

from __future__ import annotations

import argparse
import socket
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode, urlsplit

from bench.opened import opened
from bench.queries import draw
from bench.serving import Client, served

_QUERIES = 10
_ROUNDS = 4
_STALLED = 64
_IDLE = 1000
_END = b"\r\n\r\n"


def main() -> None:
    """Measure, and print a line for each kind of client."""
    parser = argparse.ArgumentParser(prog="python -m bench.crowd", description=__doc__)
    parser.add_argument("--index", type=Path, required=True, help="the index to serve")
    path = parser.parse_args().index
    with opened(path) as index:
        searches = [one.query for kind in draw(index.index, _QUERIES).values() for one in kind]
        paths = [f"/search.json?{urlencode({'q': query})}" for query in searches]
        print(f"{index.index.info.engine}, {index.index.info.passages:,} passages;", end=" ")
    print("ms, p50 / p95 / slowest of /search.json, then /healthz\n")
    export = b"GET /search.jsonl?q= HTTP/1.1\r\nHost: 127.0.0.1" + _END
    partial = b"GET / HT"
    crowds = {
        f"{_STALLED} stalled exports": [export] * _STALLED,
        f"{_IDLE:,} idle": [b""] * _IDLE,
        f"{_IDLE:,} slow senders": [partial] * _IDLE,
        "stalled and idle": [export] * _STALLED + [b""] * _IDLE,
    }
    with served(path, 1, "--client-seconds", "3600") as address:
        _times(address, paths)
        for name, requests in crowds.items():
            alone, together = [], []
            for _ in range(_ROUNDS):
                alone += _times(address, paths)
                with _crowd(address, requests):
                    together += _times(address, paths)
            print(f"{name:22} alone {_summary(alone)}   with them {_summary(together)}")


@contextmanager
def _crowd(address: str, requests: Sequence[bytes]) -> Iterator[None]:
    """Keep connections open on which something was sent, and of whose answers nothing is read."""
    parts = urlsplit(address)
    with ExitStack() as stack:
        for request in requests:
            client = stack.enter_context(socket.socket())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
            client.connect((parts.hostname, parts.port))
            client.sendall(request)
        yield


def _times(address: str, paths: Sequence[str]) -> list[float]:
    """Time each address on a connection of its own."""
    answers = [Client(address).get(path) for path in paths]
    assert {status for status, _, _ in answers} == {200}
    assert Client(address).get("/healthz")[0] == 200
    return [milliseconds for _, _, milliseconds in answers]


def _summary(times: Sequence[float]) -> str:
    return f"{median(times):.0f} / {quantiles(times, n=20)[18]:.0f} / {max(times):.0f}"


if __name__ == "__main__":
    main()
