"""``python -m bench.scale --index DIR``: cost of building and searching by number of passages.

Larger corpora are made of the passages of an index: the first half of one with the second half of
another, so that words stay as frequent as they were. Each size is built and searched in its own
process.
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
from bench.rivals import TOP, all_passages
from bench.timing import milliseconds
from indexer.engines import Searcher, engine_names, load_engine
from indexer.records import FIELDS, AnalyzedPassage, Dated, Page, Query
from indexer.text.analysis import analyze

_QUERIES = 20
_SEED = 7

Queries: TypeAlias = dict[str, list[Query]]
"""Queries by the kind of search."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """Cost of building and searching one number of passages.

    ``milliseconds`` are the p50 of each kind of search: ids of the ten best hits, and these with
    all counts.
    """

    passages: int
    seconds: float
    index_bytes: int
    building_bytes: int
    searching_bytes: int
    milliseconds: dict[str, tuple[float, float]]


def main() -> None:
    """Measure every size with every engine, and print a table for each engine."""
    options = _options()
    with opened(options.index) as index:
        queries = _queries(index)
    for engine in options.engine:
        print(f"\n{engine}, on {options.index}\n")
        rows = [_in_process(measure, options, engine, size, queries) for size in options.passages]
        print(table(rows))


def _options() -> argparse.Namespace:
    about = "Measure building and searching by number of passages."
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=about)
    parser.add_argument("--index", type=Path, required=True, help="index to take the passages from")
    parser.add_argument("--engine", action="append", choices=engine_names(), required=True)
    parser.add_argument(
        "--passages",
        type=int,
        nargs="+",
        default=[15_000, 150_000, 1_500_000],
        help="numbers of passages",
    )
    return parser.parse_args()


def _queries(index: Opened) -> Queries:
    return {
        kind: [index.plan(request).query for request in requests]
        for kind, requests in draw(index.index, _QUERIES).items()
    }


def _in_process(
    measure: Callable[..., Measurement], options: argparse.Namespace, *rest: object
) -> Measurement:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(measure, options.index, *rest).result()


def measure(index: Path, engine_name: str, size: int, queries: Queries) -> Measurement:
    """Build and search an index of ``size`` recombined passages."""
    engine = load_engine(engine_name)
    with opened(index) as source:
        passages = [analyze(passage) for passage in all_passages(source.index)]
    with tempfile.TemporaryDirectory(prefix="scale-") as scratch:
        folder = Path(scratch)
        before, start = peak_bytes(), time.perf_counter()
        engine.build(folder, recombined(passages, size))
        seconds, after = time.perf_counter() - start, peak_bytes()
        with closing(engine.open_searcher(folder)) as searcher:
            times = {kind: _times(searcher, of_kind) for kind, of_kind in queries.items()}
        files = sum(file.stat().st_size for file in folder.iterdir())
        return Measurement(size, seconds, files, after - before, peak_bytes() - before, times)


def recombined(passages: Sequence[AnalyzedPassage], size: int) -> Iterator[AnalyzedPassage]:
    """Iterate over ``size`` passages: first the given ones, then recombined ones.

    Articles keep their lengths. A smaller size is a sample of the given passages.
    """
    choose = random.Random(_SEED)

    def of_round(number: int) -> Iterator[AnalyzedPassage]:
        for one in passages:
            yield one if not number else _joined(one, choose.choice(passages), number)

    rounds = (row for number in range(1 + size // len(passages)) for row in of_round(number))
    sample = choose.sample(passages, min(size, len(passages)))
    return iter(sample) if size <= len(passages) else islice(rounds, size)


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


def table(rows: Sequence[Measurement]) -> str:
    """Print a column for each size. Times are those of ids, and of ids with all counts."""
    lines = [
        ["passages", *(f"{one.passages:,}" for one in rows)],
        ["build", *(f"{one.seconds:.1f} s" for one in rows)],
        ["per thousand", *(f"{one.seconds / one.passages * 1e6:.0f} ms" for one in rows)],
        ["size", *(f"{one.index_bytes / 1e6:,.0f} MB" for one in rows)],
        ["memory to build", *(f"{one.building_bytes / 1e6:,.0f} MB" for one in rows)],
        ["memory to search", *(f"{one.searching_bytes / 1e6:,.0f} MB" for one in rows)],
    ]
    for kind in rows[0].milliseconds:
        times = [one.milliseconds[kind] for one in rows]
        lines.append([kind, *(f"{ids:.2f} / {counts:.1f} ms" for ids, counts in times)])
    return "\n".join(
        f"{line[0]:18}" + "".join(f"{cell:>20}" for cell in line[1:]) for line in lines
    )


if __name__ == "__main__":
    main()
