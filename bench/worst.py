"""The dearest searches that can be typed: how long they take, and how soon they can be stopped.

``python -m bench.worst --index DIR`` prints for each address the processor time of its answer with
20 seconds to take; the longest time between two looks at the clock, which is how far it may go over
a budget; and its status and time with a budget of a second. The last line is the cost of the looks.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import cycle, islice, pairwise
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.parse import urlencode

from flask.testing import FlaskClient

from bench.opened import opened
from bench.queries import draw
from bench.timing import milliseconds
from indexer import Budget, Index, SearchRequest
from search_app import create_app
from search_app.server.limits import LIMITS
from search_app.settings import Settings

_BUDGET_SECONDS = 1.0
_FOR_EVER = 20.0
_MAX_CHARACTERS = 512
_QUERIES = 20
_ROUNDS = 5


class Run(NamedTuple):
    """An answer: its status, its processor time, and the longest part of it without a look."""

    status: int
    seconds: float
    longest: float


class LookingClock:
    """A clock of processor time that remembers the longest time between two looks at it."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        self._last, self.longest = time.thread_time(), 0.0

    def __call__(self) -> float:
        now = time.thread_time()
        self.longest = max(self.longest, now - self._last)
        self._last = now
        return now


def addresses(index: Index, counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Yield the dearest addresses with what they are. ``counts`` has the words of the index."""
    words = sorted(filter(str.isalpha, counts), key=lambda word: (-counts[word], word))
    common, long = words[:200], [word for word in words if len(word) > 7][:200]
    starts = list(dict.fromkeys(word[:3] for word in long))
    queries = {
        "64 wildcards": _joined(" ", (f"{start}*" for start in starts)),
        "64 wildcards, any of them": _joined(" OR ", (f"{start}*" for start in starts)),
        "wildcards with many asterisks": _joined(" OR ", (f"{s}*a*e*i*n*s*t*" for s in starts)),
        "64 fuzzy words": _joined(" OR ", (f"{word}~2" for word in long)),
        "mistyped words": _joined(" ", (f"{word}x" for word in long)),
        "frequent words": _joined(" ", common),
        "any frequent word": _joined(" OR ", common),
        "frequent words near": _joined(" NEAR/100 ", common[:8]),
        "pairs of frequent words near": _joined(
            " OR ", (f'"{one} {other}"~100' for one, other in pairwise(common))
        ),
        "a long group of near words": '"' + _joined(" ", common[:40]) + '"~100',
        "a phrase of stop words": f'"{common[0]} {common[1]} {common[0]} {common[2]}"',
        "phrases of stop words": _joined(" OR ", (f'"{w} {common[0]}"' for w in common)),
        "deep groups": _nested(common),
        "excluded wildcards": _joined(" ", (f"-{start}*" for start in starts)),
        "an unknown name, 25 times": _joined(" ", (f"speaker:{word}x" for word in long[:25])),
        "everything": "",
    }
    for name, query in queries.items():
        yield name, f"/search?{urlencode({'q': query, 'per_page': 100})}"
        yield f"{name}, JSON", f"/search.json?{urlencode({'q': query, 'scope': 'all'})}"
    deep = {"q": common[0], "per_page": 100, "page": 10_000}
    yield "page 10,000", f"/search?{urlencode(deep)}"
    yield "page 10,000, passages", f"/search.json?{urlencode({**deep, 'group': 'none'})}"
    yield "a page near the end", f"/search.json?{urlencode({**deep, 'page': 50, 'sort': 'oldest'})}"
    for path in ("/", "/speakers", "/suggest?q=th", "/suggest?q=the+s"):
        yield path, path
    for hit in index.search(SearchRequest(limit=1)).facets["speaker"][:2]:
        yield f"the page of {hit.label}", f"/speakers/{hit.value}"


def _joined(operator: str, clauses: Iterator[str] | Sequence[str]) -> str:
    """Join as many clauses as a query may have."""
    query = ""
    for clause in islice(clauses, 64):
        longer = f"{query}{operator}{clause}" if query else clause
        if len(longer) > _MAX_CHARACTERS:
            break
        query = longer
    return query


def _nested(words: Sequence[str]) -> str:
    query, operators = words[0], cycle((" OR ", " "))
    for word, operator in zip(words[1:17], operators, strict=False):
        query = f"({query}{operator}{word})"
    return query


def main() -> None:
    """Measure, and print a line for each address."""
    parser = argparse.ArgumentParser(prog="python -m bench.worst", description=__doc__)
    parser.add_argument("--index", type=Path, required=True, help="the index to search")
    path = parser.parse_args().index
    with opened(path) as open_:
        index = open_.index
        print(f"{index.info.engine}, {index.info.passages:,} passages; processor seconds\n")
        all_addresses = list(addresses(index, open_.searcher.words()))
    clock = LookingClock()
    free, limited = (_client(path, clock, seconds) for seconds in (_FOR_EVER, _BUDGET_SECONDS))
    print(f"{'':40}{'20 s':>10}{'one step':>10}{'status':>10}{'limited':>10}")
    for name, address in all_addresses:
        for client in (free, limited):
            client.get("/search.json?q=warm")
        whole, stopped = (_run(client, clock, address) for client in (free, limited))
        cells = f"{whole.seconds:10.2f}{whole.longest:10.2f}{stopped.status:10}"
        print(f"{name:40}{cells}{stopped.seconds:10.2f}", flush=True)
    print(f"\nratio with a budget to without one: {_cost(path):.3f}")


def _client(path: Path, clock: LookingClock, seconds: float) -> FlaskClient:
    limits = replace(LIMITS, query_seconds=seconds)
    return create_app(path, Settings(limits=limits, clock=clock)).test_client()


def _run(client: FlaskClient, clock: LookingClock, address: str) -> Run:
    clock.begin()
    start = time.thread_time()
    status = client.get(address).status_code
    clock()
    return Run(status, time.thread_time() - start, clock.longest)


def _cost(path: Path) -> float:
    """Return the time of searches with a budget as a share of that without, in turn."""
    with opened(path) as index:
        requests = [one for kind in draw(index.index, _QUERIES // 5).values() for one in kind]
        ratios = []
        for request in requests[:_QUERIES]:
            search = partial(index.search, request)

            def limited(search: partial[object] = search) -> None:
                with Budget(_FOR_EVER).limiting():
                    search()

            pairs = [(milliseconds(limited), milliseconds(search)) for _ in range(_ROUNDS)]
            ratios.append(median(one / other for one, other in pairs))
    return median(ratios)


if __name__ == "__main__":
    main()
