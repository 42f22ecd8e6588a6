"""The app on the air, as its readers have it: a ``commentary serve`` of its own.

``python -m bench.serving --index DIR`` prints how long answers take over HTTP.
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
_READERS = 4

Answer = tuple[int, str, float]
"""Status, ``ETag`` and milliseconds."""


@contextmanager
def served(index_path: Path, processes: int = 1) -> Iterator[str]:
    """The address at which an index is served until the context ends."""
    options = ("--port", "0", "--index", str(index_path), "--processes", str(processes))
    command = [*COMMAND, "serve", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield next(word for word in process.stdout.readline().split() if "://" in word)
        finally:
            process.terminate()


class Reader:
    """Asks a server over one connection."""

    def __init__(self, address: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc)

    def get(self, path: str, etag: str = "") -> Answer:
        """Reads the whole answer."""
        began = time.perf_counter()
        self._connection.request("GET", path, headers={"If-None-Match": etag} if etag else {})
        response = self._connection.getresponse()
        response.read()
        took = (time.perf_counter() - began) * 1000
        return response.status, response.headers.get("ETag", ""), took


def main() -> None:
    """Prints one line for each kind of search."""
    parser = argparse.ArgumentParser(prog="python -m bench.serving", description=__doc__)
    parser.add_argument("--index", type=Path, required=True, help="the index to serve")
    path = parser.parse_args().index
    with opened(path) as index, served(path) as address:
        print(f"{index.index.info.engine}, {index.index.info.passages:,} passages; ms, p50 / p95;")
        print("answers: what they take over HTTP beyond the engine's time for the same\n")
        names = ("engine", "+ JSON", "engine, by article", "+ JSON", "+ page", "unchanged")
        print(_line(["", *names]))
        kinds = draw(index.index, _QUERIES)
        for kind, requests in kinds.items():
            print(_line([kind, *_asked(index, Reader(address), requests)]))
        paths = [_path("/search.json", request) for request in kinds["common word"]]
        alone, together = (_rate(address, paths, readers) for readers in (1, _READERS))
    cores = os.cpu_count() or 1
    with served(path, cores) as address:
        of_cores = _rate(address, paths, _READERS)
    print(f"\nanswers a second, of one reader: 1; of {_READERS} readers: {together / alone:.2f};")
    print(f"of {_READERS} readers and {cores} processes: {of_cores / alone:.2f}")


def _asked(index: Opened, reader: Reader, requests: Sequence[SearchRequest]) -> list[str]:
    """Of the engine alone and of answers over HTTP, passage by passage; then by article, which is
    how a page comes unless it is asked otherwise."""
    json, page = ([_path(kind, one) for one in requests] for kind in ("/search.json", "/search"))
    flat = [f"{path}&group=none" for path in json]
    etags = {path: reader.get(path)[1] for path in (*flat, *json, *page)}
    engine, grouped = (
        [milliseconds(partial(index.match, replace(one, group=group))) for one in requests]
        for group in ("none", "article")
    )
    asked = (
        engine,
        _beyond(engine, reader, flat),
        grouped,
        _beyond(grouped, reader, json),
        _beyond(grouped, reader, page),
        [_median(reader, path, etags[path]) for path in json],
    )
    return [f"{median(each):.1f} / {quantiles(each, n=20)[18]:.1f}" for each in asked]


def _beyond(engine: Sequence[float], reader: Reader, paths: Sequence[str]) -> list[float]:
    """What each answer takes beyond the time of the engine."""
    return [_median(reader, path) - took for path, took in zip(paths, engine, strict=True)]


def _path(kind: str, request: SearchRequest) -> str:
    asked = {"q": request.query, "speaker": request.speakers}
    return f"{kind}?{urlencode(asked, doseq=True)}"


def _median(reader: Reader, path: str, etag: str = "") -> float:
    answers = [reader.get(path, etag) for _ in range(_ROUNDS)]
    assert {status for status, _, _ in answers} == {304 if etag else 200}
    return median(took for _, _, took in answers)


def _rate(address: str, paths: Sequence[str], readers: int) -> float:
    """How many answers a second several readers get together, once each was given before."""

    def read(_: int) -> None:
        reader = Reader(address)
        for path in paths:
            reader.get(path)

    began = 0.0
    for _ in range(2):
        began = time.perf_counter()
        with ThreadPoolExecutor(readers) as pool:
            list(pool.map(read, range(readers)))
    return readers * len(paths) / (time.perf_counter() - began)


def _line(cells: Sequence[str]) -> str:
    return f"{cells[0]:16}" + "".join(f"{cell:>20}" for cell in cells[1:])


if __name__ == "__main__":
    main()
