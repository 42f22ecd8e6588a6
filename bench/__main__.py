"""``python -m bench --corpus DIR``: how fast every engine builds and answers, as one table.

Each engine builds in a process of its own. Then all are asked the same searches in turn through
`Index.search`, facets, snippets and all: once to warm up, and so many rounds that count.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles
from typing import TypeAlias

from bench.building import Build, build
from bench.queries import draw
from indexer import Index, IndexerError, SearchRequest, open_index
from indexer.corpus import scan
from indexer.engines import engine_names, load_engine
from indexer.errors import EngineUnavailable

_QUERIES = 50
_SLOW = "memory"
_QUERIES_OF_SLOW = 5
"""The reference looks at every passage: it is asked a few searches of each kind, once."""


Times: TypeAlias = dict[str, list[float]]
"""Milliseconds of each search, by engine."""


def main() -> None:
    """Builds, asks, prints."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch, ExitStack() as stack:
        corpus = options.corpus
        if options.articles:
            corpus = _part_of(corpus, options.articles, Path(scratch) / "corpus")
        folders = {engine: Path(scratch) / engine for engine in options.engine or _installed()}
        builds = {}
        for engine, folder in folders.items():
            print(f"Building with {engine} …", file=sys.stderr)
            builds[engine] = build(corpus, folder, engine)
        indexes = {
            engine: stack.enter_context(open_index(folder)) for engine, folder in folders.items()
        }
        times = _ask(indexes, options.rounds)
        first = next(iter(indexes.values())).info
    print(f"{first.articles:,} articles, {first.passages:,} passages; {_machine()}")
    print(f"p50 / p95 of {_QUERIES} searches of each kind, median of {options.rounds} rounds")
    print(f"({_SLOW}: {_QUERIES_OF_SLOW} searches, once)\n")
    print(_table(builds, times))


def _options() -> argparse.Namespace:
    about = "How fast every engine builds and answers, as one table."
    parser = argparse.ArgumentParser(prog="python -m bench", description=about)
    parser.add_argument("--corpus", type=Path, required=True, help="the articles to index")
    parser.add_argument("--articles", type=int, help="take only so many, evenly from the corpus")
    parser.add_argument(
        "--engine",
        action="append",
        choices=engine_names(),
        help="may be repeated; all that are installed",
    )
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def _installed() -> list[str]:
    found = []
    for name in engine_names():
        try:
            load_engine(name)
        except EngineUnavailable as missing:
            print(missing, file=sys.stderr)
        else:
            found.append(name)
    return found


def _part_of(corpus: Path, articles: int, copy: Path) -> Path:
    files = sorted(file.path for file in scan(corpus)[0])
    for path in files[:: max(1, len(files) // articles)][:articles]:
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(corpus / path, copy / path)
    return copy


def _ask(indexes: dict[str, Index], rounds: int) -> dict[str, Times]:
    """How long the searches of each kind took."""
    times = {}
    for kind, requests in draw(next(iter(indexes.values())), _QUERIES).items():
        print(f"Asking for {kind} …", file=sys.stderr)
        times[kind] = _ask_kind(indexes, requests, rounds)
    return times


def _ask_kind(indexes: dict[str, Index], requests: list[SearchRequest], rounds: int) -> Times:
    times: Times = {engine: [] for engine in indexes}
    for number, request in enumerate(requests):
        asked = [e for e in indexes if e != _SLOW or number < _QUERIES_OF_SLOW]
        taken: Times = {engine: [] for engine in asked}
        for turn in range(1 + rounds):
            for engine in asked:
                if engine != _SLOW or turn == 1:
                    taken[engine].append(_took(indexes[engine], request))
        for engine, milliseconds in taken.items():
            times[engine].append(median(milliseconds[engine != _SLOW :]))
    return times


def _took(index: Index, request: SearchRequest) -> float:
    began = time.perf_counter()
    index.search(request)
    return (time.perf_counter() - began) * 1000


def _table(builds: dict[str, Build], times: dict[str, Times]) -> str:
    rows = [
        ["", *builds],
        ["build", *(f"{b.seconds:.1f} s" for b in builds.values())],
        ["passages a second", *(f"{b.passages / b.seconds:,.0f}" for b in builds.values())],
        ["index size", *(f"{b.index_bytes / 1e6:,.1f} MB" for b in builds.values())],
        ["peak memory", *(f"{b.peak_bytes / 1e6:,.0f} MB" for b in builds.values())],
        *([kind, *map(_percentiles, by_engine.values())] for kind, by_engine in times.items()),
    ]
    return "\n".join(f"{row[0]:20}" + "".join(f"{cell:>20}" for cell in row[1:]) for row in rows)


def _percentiles(milliseconds: list[float]) -> str:
    return f"{median(milliseconds):.1f} / {quantiles(milliseconds, n=20)[-1]:.1f} ms"


def _machine() -> str:
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"


if __name__ == "__main__":
    try:
        main()
    except IndexerError as problem:
        sys.exit(str(problem))
