"""``python -m bench --corpus DIR``: how fast every engine builds and answers, as one table.

Each engine builds in a process of its own. Then all are asked the same searches in turn: once to
warm up, and so many rounds that count. Ours are asked for the ids of the ten best, for these with
all counts, and for whole searches through `Index.search`, facets, snippets and all.
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

from bench.building import Build, build, index_ready
from bench.opened import Opened, opened
from bench.queries import draw
from bench.rivals import TOP, Rival, passages, rivals, wanted
from indexer import IndexerError, SearchRequest
from indexer.corpus.files import scan
from indexer.engines import engine_names, load_engine
from indexer.errors import EngineUnavailable

_QUERIES = 50
_SLOW = "memory"
_QUERIES_OF_SLOW = 5
"""The reference looks at every passage: it is asked a few searches of each kind, once."""


Times: TypeAlias = dict[str, list[float]]
"""Milliseconds of each search, by engine or rival."""

Ask: TypeAlias = Callable[[SearchRequest], object]
"""Does a search; ``None`` if it cannot."""

_FIRST = "raw Tantivy"
"""What all others are measured against."""


_ABOUT = """
p50 / p95 / p99 in ms of {queries} searches of each kind, each the median of {rounds} rounds, and
p50 as a ratio to {first}. Ours: the ids of the ten best; these with totals, facets and timeline;
whole searches, with ten snippets too. The rivals: the ids of the ten best. {slow} is asked little.
"""


def main() -> None:
    """Builds, asks, prints."""
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
        info, found, others = first.info, list(passages(first)), {}
        for engine in ours:
            print(f"Indexing what is read with {engine} …", file=sys.stderr)
            ready[engine] = index_ready(found, Path(scratch) / f"{engine}-ready", engine)
        if not options.alone:
            print("Building the rivals …", file=sys.stderr)
            others = rivals(found, Path(scratch))
        # All that the rivals keep in memory would be looked through while others answer.
        gc.freeze()
        times = _ask(ours, others, options.rounds)
    print(f"{info.articles:,} articles, {info.passages:,} passages; {_machine()}")
    print(_ABOUT.format(queries=_QUERIES, rounds=options.rounds, first=_FIRST, slow=_SLOW))
    print(_table(_builds(builds, ready, others), times))


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
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--alone", action="store_true", help="leave out the rivals")
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


def _ask(ours: dict[str, Opened], others: dict[str, Rival], rounds: int) -> dict[str, Times]:
    """How long the searches of each kind took."""
    times = {}
    for kind, drawn in draw(next(iter(ours.values())).index, _QUERIES).items():
        requests = [replace(request, limit=TOP) for request in drawn]
        print(f"Asking for {kind} …", file=sys.stderr)
        asked: dict[str, Ask] = {
            f"{engine} {part}": ask
            for engine, one in ours.items()
            for part, ask in (("ids", one.best), ("counts", one.match), ("whole", one.search))
        }
        asked |= {name: _asking(other, kind) for name, other in others.items()}
        able = {name: ask for name, ask in asked.items() if ask(requests[0]) is not None}
        times[kind] = _ask_kind(able, requests, rounds)
    return times


def _asking(rival: Rival, kind: str) -> Ask:
    return lambda request: rival.search(wanted(kind, request))


def _ask_kind(able: dict[str, Ask], requests: list[SearchRequest], rounds: int) -> Times:
    """In turns, so that a busy moment of the machine falls on all alike."""
    times: Times = {name: [] for name in able}
    for number, request in enumerate(requests):
        asked = [name for name in able if not _is_slow(name) or number < _QUERIES_OF_SLOW]
        taken: Times = {name: [] for name in asked}
        for turn in range(1 + rounds):
            for name in asked:
                if not _is_slow(name) or turn == 1:
                    taken[name].append(_took(able[name], request))
        for name, milliseconds in taken.items():
            times[name].append(median(milliseconds[not _is_slow(name) :]))
    return times


def _is_slow(name: str) -> bool:
    return name.startswith(_SLOW)


def _took(ask: Ask, request: SearchRequest) -> float:
    began = time.perf_counter()
    ask(request)
    return (time.perf_counter() - began) * 1000


def _builds(
    builds: dict[str, Build], ready: dict[str, float], others: dict[str, Rival]
) -> list[list[str]]:
    rows = [["", "with reading", "passages only", "size", "peak memory"]]
    for engine, one in builds.items():
        size, peak = (f"{number / 1e6:,.0f} MB" for number in (one.index_bytes, one.peak_bytes))
        rows.append([engine, f"{one.seconds:.1f} s", f"{ready[engine]:.1f} s", size, peak])
    for name, other in others.items():
        rows.append([name, "", f"{other.seconds:.1f} s", f"{other.size / 1e6:,.0f} MB", ""])
    return rows


def _table(builds: list[list[str]], times: dict[str, Times]) -> str:
    """What building took; then a line for each of those asked, a column for each kind of search."""
    rows = [*builds, [], ["", *times]]
    for name in dict.fromkeys(name for by_name in times.values() for name in by_name):
        of_name = [(by_name.get(name), by_name.get(_FIRST)) for by_name in times.values()]
        rows.append([name, *(_percentiles(found) for found, _ in of_name)])
        rows.append(["", *(_ratio(found, base) for found, base in of_name)])
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
