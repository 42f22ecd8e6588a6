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
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles
from typing import TypeAlias

from bench.building import Build, build
from bench.queries import draw
from bench.rivals import Rival, passages, rivals, wanted
from indexer import Index, IndexerError, SearchRequest, open_index
from indexer.corpus import scan
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
        first = next(iter(indexes.values()))
        others = {}
        if not options.alone:
            print("Building the rivals …", file=sys.stderr)
            others = rivals(list(passages(first)), Path(scratch))
        times = _ask(indexes, others, options.rounds)
        info = first.info
    print(f"{info.articles:,} articles, {info.passages:,} passages; {_machine()}")
    print(f"p50 / p95 / p99 in ms of {_QUERIES} searches of each kind, each the median of")
    print(f"{options.rounds} rounds, and p50 as a ratio to {_FIRST}. Ours: whole searches with")
    print("facets, timeline and twenty snippets; the rivals: the ids of the ten best")
    print(f"({_SLOW}: {_QUERIES_OF_SLOW} searches, once)\n")
    print(_table(builds, others, times))


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


def _ask(indexes: dict[str, Index], others: dict[str, Rival], rounds: int) -> dict[str, Times]:
    """How long the searches of each kind took."""
    times = {}
    for kind, requests in draw(next(iter(indexes.values())), _QUERIES).items():
        print(f"Asking for {kind} …", file=sys.stderr)
        asked: dict[str, Ask] = {engine: index.search for engine, index in indexes.items()}
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
        asked = [name for name in able if name != _SLOW or number < _QUERIES_OF_SLOW]
        taken: Times = {name: [] for name in asked}
        for turn in range(1 + rounds):
            for name in asked:
                if name != _SLOW or turn == 1:
                    taken[name].append(_took(able[name], request))
        for name, milliseconds in taken.items():
            times[name].append(median(milliseconds[name != _SLOW :]))
    return times


def _took(ask: Ask, request: SearchRequest) -> float:
    began = time.perf_counter()
    ask(request)
    return (time.perf_counter() - began) * 1000


def _table(builds: dict[str, Build], others: dict[str, Rival], times: dict[str, Times]) -> str:
    """A line for each kind of search: builds first, then times and ratios."""
    names = [*builds, *others]
    sizes = [b.index_bytes for b in builds.values()] + [o.size for o in others.values()]
    seconds = [b.seconds for b in builds.values()] + [o.seconds for o in others.values()]
    peaks = [f"{b.peak_bytes / 1e6:,.0f} MB" for b in builds.values()] + ["" for _ in others]
    rows = [
        ["", *names],
        ["build", *(f"{one:.1f} s" for one in seconds)],
        ["size", *(f"{one / 1e6:,.0f} MB" for one in sizes)],
        ["peak memory", *peaks],
    ]
    for kind, by_name in times.items():
        rows.append([kind, *(_percentiles(by_name.get(name)) for name in names)])
        base = by_name.get(_FIRST)
        rows.append(["", *(_ratio(by_name.get(name), base) for name in names)])
    return "\n".join(f"{row[0]:16}" + "".join(f"{cell:>22}" for cell in row[1:]) for row in rows)


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
