"""``python -m bench --corpus DIR``: build and search times of every engine, as one table.

Each engine builds in its own process. Then all engines run the same searches in turn: one round to
warm up, then those that are measured. Ours are measured three times: for the ids of the ten best
hits, for these with all counts, and for whole searches through `Index.search`.
"""

from __future__ import annotations

import argparse
import gc
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles
from typing import TypeAlias

from bench.building import Build, build, index_passages
from bench.opened import Opened, opened
from bench.queries import draw
from bench.rivals import TOP, Rival, all_passages, rival_query, rivals
from indexer import IndexerError, SearchRequest
from indexer.corpus.files import scan
from indexer.engines import engine_names, load_engine
from indexer.errors import EngineUnavailable

_QUERIES = 50
_REFERENCE = "memory"
_REFERENCE_QUERIES = 5
"""Queries of each kind for the reference engine, which compares every passage: run once each."""


Times: TypeAlias = dict[str, list[float]]
"""Milliseconds of each search, by the name of an engine or rival."""

Search: TypeAlias = Callable[[SearchRequest], object]
"""Runs a search. Returns ``None`` if the library does not support it."""

_BASELINE = "raw Tantivy"
"""The rival that all times are divided by."""


_LEGEND = """
p50 / p95 / p99 in ms of {queries} searches of each kind, each the median of {rounds} rounds, and
p50 as a ratio to {baseline}. Engines: ids of the ten best hits; these with totals, facets and
timeline; whole searches with ten snippets. Rivals: ids of the ten best hits. {reference} runs only
{reference_queries} searches of each kind.
"""


def main() -> None:
    """Build with every engine, run the searches, and print the table."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch, ExitStack() as stack:
        corpus = options.corpus
        if options.articles:
            corpus = _part_of(corpus, options.articles, Path(scratch) / "corpus")
        folders = {engine: Path(scratch) / engine for engine in options.engine or _installed()}
        builds, ready = {}, {}
        for engine, folder in folders.items():
            print(f"Building with {engine} …", file=sys.stderr)
            builds[engine] = build(corpus, folder, engine)
        ours = {engine: stack.enter_context(opened(folder)) for engine, folder in folders.items()}
        first = next(iter(ours.values())).index
        info, passages, others = first.info, list(all_passages(first)), {}
        for engine in ours:
            print(f"Indexing the passages with {engine} …", file=sys.stderr)
            ready[engine] = index_passages(passages, Path(scratch) / f"{engine}-ready", engine)
        if not options.alone:
            print("Building the rivals …", file=sys.stderr)
            others = rivals(passages, Path(scratch))
        # Otherwise the garbage collector scans the rivals' indexes during the searches of others.
        gc.freeze()
        times = _measure(ours, others, options.rounds)
    print(f"{info.articles:,} articles, {info.passages:,} passages; {_machine()}")
    print(_legend(options.rounds))
    print(_table(_builds(builds, ready, others), times))


def _legend(rounds: int) -> str:
    return _LEGEND.format(
        queries=_QUERIES,
        rounds=rounds,
        baseline=_BASELINE,
        reference=_REFERENCE,
        reference_queries=_REFERENCE_QUERIES,
    )


def _options() -> argparse.Namespace:
    about = "Measure how fast every engine builds and searches, and print one table."
    parser = argparse.ArgumentParser(prog="python -m bench", description=about)
    parser.add_argument("--corpus", type=Path, required=True, help="the articles to index")
    parser.add_argument(
        "--articles", type=int, help="number of articles to take, evenly from the corpus"
    )
    parser.add_argument(
        "--engine",
        action="append",
        choices=engine_names(),
        help="engine to measure; repeatable; default: all that are installed",
    )
    parser.add_argument("--rounds", type=int, default=3, help="runs of each search (3)")
    parser.add_argument("--alone", action="store_true", help="measure no rivals")
    return parser.parse_args()


def _installed() -> list[str]:
    installed = []
    for name in engine_names():
        try:
            load_engine(name)
        except EngineUnavailable as missing:
            print(missing, file=sys.stderr)
        else:
            installed.append(name)
    return installed


def _part_of(corpus: Path, articles: int, copy: Path) -> Path:
    files = sorted(file.path for file in scan(corpus).files)
    for path in files[:: max(1, len(files) // articles)][:articles]:
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(corpus / path, copy / path)
    return copy


def _measure(ours: dict[str, Opened], others: dict[str, Rival], rounds: int) -> dict[str, Times]:
    """Time the searches of each kind."""
    times = {}
    for kind, drawn in draw(next(iter(ours.values())).index, _QUERIES).items():
        requests = [replace(request, limit=TOP) for request in drawn]
        print(f"Searching: {kind} …", file=sys.stderr)
        searches: dict[str, Search] = {
            f"{engine} {part}": search
            for engine, one in ours.items()
            for part, search in (("ids", one.best), ("counts", one.match), ("whole", one.search))
        }
        searches |= {name: _rival_search(other, kind) for name, other in others.items()}
        supported = {
            name: search for name, search in searches.items() if search(requests[0]) is not None
        }
        times[kind] = _measure_kind(supported, requests, rounds)
    return times


def _rival_search(rival: Rival, kind: str) -> Search:
    return lambda request: rival.search(rival_query(kind, request))


def _measure_kind(searches: dict[str, Search], requests: list[SearchRequest], rounds: int) -> Times:
    """Time searches in turns, so that other load on the machine affects all of them alike."""
    times: Times = {name: [] for name in searches}
    for number, request in enumerate(requests):
        names = [one for one in searches if not _is_reference(one) or number < _REFERENCE_QUERIES]
        milliseconds: Times = {name: [] for name in names}
        for turn in range(1 + rounds):
            for name in names:
                if not _is_reference(name) or turn == 1:
                    milliseconds[name].append(_milliseconds(searches[name], request))
        for name, rounds_of_name in milliseconds.items():
            times[name].append(median(rounds_of_name[not _is_reference(name) :]))
    return times


def _is_reference(name: str) -> bool:
    return name.startswith(_REFERENCE)


def _milliseconds(search: Search, request: SearchRequest) -> float:
    start = time.perf_counter()
    search(request)
    return (time.perf_counter() - start) * 1000


def _builds(
    builds: dict[str, Build], ready: dict[str, float], others: dict[str, Rival]
) -> list[list[str]]:
    rows = [["", "with reading", "passages only", "size", "peak memory"]]
    for engine, one in builds.items():
        size, peak = (f"{number / 1e6:,.0f} MB" for number in (one.index_bytes, one.peak_bytes))
        rows.append([engine, f"{one.seconds:.1f} s", f"{ready[engine]:.1f} s", size, peak])
    for name, other in others.items():
        rows.append([name, "", f"{other.seconds:.1f} s", f"{other.size_bytes / 1e6:,.0f} MB", ""])
    return rows


def _table(builds: list[list[str]], times: dict[str, Times]) -> str:
    """Print the builds, then a line for each engine and a column for each kind of search."""
    rows = [*builds, [], ["", *times]]
    for name in dict.fromkeys(name for by_name in times.values() for name in by_name):
        of_name = [(by_name.get(name), by_name.get(_BASELINE)) for by_name in times.values()]
        rows.append([name, *(_percentiles(own) for own, _ in of_name)])
        rows.append(["", *(_ratio(own, base) for own, base in of_name)])
    return "\n".join(
        f"{row[0]:16}" + "".join(f"{c:>26}" for c in row[1:]) if row else "" for row in rows
    )


def _percentiles(milliseconds: list[float] | None) -> str:
    if not milliseconds:
        return "-"
    hundredths = quantiles(milliseconds, n=100)
    return " / ".join(
        f"{one:.2g}" if one < 1 else f"{one:.1f}"
        for one in (median(milliseconds), hundredths[94], hundredths[98])
    )


def _ratio(milliseconds: list[float] | None, base: list[float] | None) -> str:
    return f"{median(milliseconds) / median(base):.1f} x" if milliseconds and base else ""


def _machine() -> str:
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"


if __name__ == "__main__":
    try:
        main()
    except IndexerError as problem:
        sys.exit(str(problem))
