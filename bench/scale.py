"""``python -m bench.scale --index DIR``: how building and asking grow with the passages.

The passages of an index are recombined, the beginning of one with the end of another, so that words
are as frequent as they were; ten times more, and ten times more again. Each size is built and asked
in a process of its own.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TypeAlias

from bench.building import peak_bytes
from bench.opened import Opened, opened
from bench.queries import draw
from bench.rivals import TOP, passages
from bench.timing import milliseconds
from indexer.engines import Searcher, engine_names, load_engine
from indexer.records import FIELDS, AnalyzedPassage, Dated, Page, Query
from indexer.text.analysis import analyze

_QUERIES = 20
_SEED = 7

Asked: TypeAlias = dict[str, list[Query]]
"""What is asked, by the kind of search."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One size: seconds of building, bytes on disk, bytes of memory while building and while
    asking, and for each kind of search the p50 in ms of the ten best ids, and of all counts."""

    passages: int
    seconds: float
    size: int
    building_bytes: int
    asking_bytes: int
    milliseconds: dict[str, tuple[float, float]]


def main() -> None:
    """Builds and asks every size with every engine, and prints a table for each engine."""
    options = _options()
    with opened(options.index) as index:
        asked = _asked(index)
    for engine in options.engine:
        print(f"\n{engine}, on {options.index}\n")
        rows = [_in_process(measure, options, engine, size, asked) for size in options.passages]
        print(table(rows))


def _options() -> argparse.Namespace:
    about = "How building and asking grow with the passages."
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=about)
    parser.add_argument("--index", type=Path, required=True, help="whose passages are recombined")
    parser.add_argument("--engine", action="append", choices=engine_names(), required=True)
    parser.add_argument(
        "--passages", type=int, nargs="+", default=[15_000, 150_000, 1_500_000], help="the sizes"
    )
    return parser.parse_args()


def _asked(index: Opened) -> Asked:
    return {
        kind: [index.plan(request).query for request in requests]
        for kind, requests in draw(index.index, _QUERIES).items()
    }


def _in_process(
    measure: Callable[..., Measured], options: argparse.Namespace, *rest: object
) -> Measured:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(measure, options.index, *rest).result()


def measure(index: Path, engine_name: str, size: int, asked: Asked) -> Measured:
    """Builds so many recombined passages, and asks them."""
    engine = load_engine(engine_name)
    with opened(index) as source:
        found = [analyze(passage) for passage in passages(source.index)]
    with tempfile.TemporaryDirectory(prefix="scale-") as scratch:
        folder = Path(scratch)
        before, began = peak_bytes(), time.perf_counter()
        engine.build(folder, recombined(found, size))
        seconds, after = time.perf_counter() - began, peak_bytes()
        with closing(engine.open_searcher(folder)) as searcher:
            times = {kind: _times(searcher, queries) for kind, queries in asked.items()}
        files = sum(file.stat().st_size for file in folder.iterdir())
        return Measured(size, seconds, files, after - before, peak_bytes() - before, times)


def recombined(found: Sequence[AnalyzedPassage], size: int) -> Iterator[AnalyzedPassage]:
    """So many passages, each the first half of one and the second half of another, in articles as
    long as they were; the first round are those that were found."""
    choose = random.Random(_SEED)

    def of_round(number: int) -> Iterator[AnalyzedPassage]:
        for one in found:
            yield one if not number else _joined(one, choose.choice(found), number)

    rounds = (row for number in range(1 + size // len(found)) for row in of_round(number))
    few = choose.sample(found, min(size, len(found)))
    return iter(few) if size <= len(found) else islice(rounds, size)


def _joined(one: AnalyzedPassage, other: AnalyzedPassage, number: int) -> AnalyzedPassage:
    passage = one.passage
    article = f"{number}/{passage.article_id}"
    return AnalyzedPassage(
        replace(passage, article_id=article, id=f"{article}#{passage.position}"),
        {field: _halves(one.terms[field], other.terms[field]) for field in FIELDS},
        {field: _halves(one.forms[field], other.forms[field]) for field in FIELDS},
    )


def _halves(one: str, other: str) -> str:
    first, second = one.split(), other.split()
    return " ".join([*first[: len(first) // 2], *second[len(second) // 2 :]])


def _times(searcher: Searcher, queries: Sequence[Query]) -> tuple[float, float]:
    ids = (partial(searcher.best, query, TOP) for query in queries)
    counts = (partial(searcher.match, query, Dated(), Page(limit=TOP)) for query in queries)
    return median(map(milliseconds, ids)), median(map(milliseconds, counts))


def table(rows: Sequence[Measured]) -> str:
    """A column for each size; of times those of the ten best ids, and of these with all counts."""
    lines = [
        ["passages", *(f"{one.passages:,}" for one in rows)],
        ["build", *(f"{one.seconds:.1f} s" for one in rows)],
        ["a thousand", *(f"{one.seconds / one.passages * 1e6:.0f} ms" for one in rows)],
        ["size", *(f"{one.size / 1e6:,.0f} MB" for one in rows)],
        ["memory to build", *(f"{one.building_bytes / 1e6:,.0f} MB" for one in rows)],
        ["and to ask", *(f"{one.asking_bytes / 1e6:,.0f} MB" for one in rows)],
    ]
    for kind in rows[0].milliseconds:
        times = [one.milliseconds[kind] for one in rows]
        lines.append([kind, *(f"{ids:.2f} / {counts:.1f} ms" for ids, counts in times)])
    return "\n".join(
        f"{line[0]:18}" + "".join(f"{cell:>20}" for cell in line[1:]) for line in lines
    )


if __name__ == "__main__":
    main()
