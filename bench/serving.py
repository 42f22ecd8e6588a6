"""The app in a process of its own, served by ``commentary serve``.

``python -m bench.serving --index DIR`` prints response times over HTTP.
"""

from __future__ import annotations

import argparse
import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode, urlsplit

from bench.opened import Opened, opened
from bench.queries import draw
from bench.timing import milliseconds
from indexer import SearchRequest

COMMAND = (sys.executable, "-c", "from search_app.cli import main; main()")

_QUERIES = 40
_ROUNDS = 3
_CLIENTS = 4

Answer = tuple[int, str, float]
"""Status, ``ETag`` and milliseconds."""


@contextmanager
def served(index_path: Path, processes: int = 1, *more: str) -> Iterator[str]:
    """Serve an index until the context ends, with ``more`` options, and yield its address."""
    options = ("--port", "0", "--index", str(index_path), "--processes", str(processes))
    command = [*COMMAND, "serve", *options, *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield next(word for word in process.stdout.readline().split() if "://" in word)
        finally:
            process.terminate()


class Client:
    """HTTP client with one connection."""

    def __init__(self, address: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc)

    def get(self, path: str, etag: str = "") -> Answer:
        """Request an address and read the whole answer."""
        start = time.perf_counter()
        self._connection.request("GET", path, headers={"If-None-Match": etag} if etag else {})
        response = self._connection.getresponse()
        response.read()
        milliseconds = (time.perf_counter() - start) * 1000
        return response.status, response.headers.get("ETag", ""), milliseconds


def main() -> None:
    """Measure, and print one line for each kind of search."""
    parser = argparse.ArgumentParser(prog="python -m bench.serving", description=__doc__)
    parser.add_argument("--index", type=Path, required=True, help="the index to serve")
    path = parser.parse_args().index
    with opened(path) as index, served(path) as address:
        print(f"{index.index.info.engine}, {index.index.info.passages:,} passages; ms, p50 / p95;")
        print("answers are times over HTTP, minus those of the engine for the same search\n")
        names = ("engine", "+ JSON", "engine, by article", "+ JSON", "+ page", "unchanged")
        print(_line(["", *names]))
        kinds = draw(index.index, _QUERIES)
        for kind, requests in kinds.items():
            print(_line([kind, *_times(index, Client(address), requests)]))
        paths = [_path("/search.json", request) for request in kinds["common word"]]
        alone, together = (_rate(address, paths, clients) for clients in (1, _CLIENTS))
    cores = os.cpu_count() or 1
    with served(path, cores) as address:
        several_processes = _rate(address, paths, _CLIENTS)
    print(f"\nanswers per second, one client: 1; {_CLIENTS} clients: {together / alone:.2f};")
    print(f"{_CLIENTS} clients and {cores} processes: {several_processes / alone:.2f}")


def _times(index: Opened, client: Client, requests: Sequence[SearchRequest]) -> list[str]:
    """Time the engine alone and answers over HTTP: single passages, then grouped by article."""
    json, page = ([_path(kind, one) for one in requests] for kind in ("/search.json", "/search"))
    flat = [f"{path}&group=none" for path in json]
    etags = {path: client.get(path)[1] for path in (*flat, *json, *page)}
    engine, grouped = (
        [milliseconds(partial(index.match, replace(one, group=group))) for one in requests]
        for group in ("none", "article")
    )
    columns = (
        engine,
        _overhead(engine, client, flat),
        grouped,
        _overhead(grouped, client, json),
        _overhead(grouped, client, page),
        [_median(client, path, etags[path]) for path in json],
    )
    return [f"{median(each):.1f} / {quantiles(each, n=20)[18]:.1f}" for each in columns]


def _overhead(engine: Sequence[float], client: Client, paths: Sequence[str]) -> list[float]:
    """Time answers over HTTP, minus the times of the engine."""
    return [_median(client, path) - own for path, own in zip(paths, engine, strict=True)]


def _path(kind: str, request: SearchRequest) -> str:
    arguments = {"q": request.query, "speaker": request.speakers}
    return f"{kind}?{urlencode(arguments, doseq=True)}"


def _median(client: Client, path: str, etag: str = "") -> float:
    answers = [client.get(path, etag) for _ in range(_ROUNDS)]
    assert {status for status, _, _ in answers} == {304 if etag else 200}
    return median(milliseconds for _, _, milliseconds in answers)


def _rate(address: str, paths: Sequence[str], clients: int) -> float:
    """Return the answers per second that all clients get together, after one round to warm up."""

    def read(_: int) -> None:
        client = Client(address)
        for path in paths:
            client.get(path)

    start = 0.0
    for _ in range(2):
        start = time.perf_counter()
        with ThreadPoolExecutor(clients) as pool:
            list(pool.map(read, range(clients)))
    return clients * len(paths) / (time.perf_counter() - start)


def _line(cells: Sequence[str]) -> str:
    return f"{cells[0]:16}" + "".join(f"{cell:>20}" for cell in cells[1:])


if __name__ == "__main__":
    main()
