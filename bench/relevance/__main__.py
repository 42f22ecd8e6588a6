"""``python -m bench.relevance --data DIR``: how well answers are found, as one table.

The same questions, typed whole and as keywords, are asked of ours and of plain BM25. The figures
are those of the transcripts that nothing was tuned on, unless ``--tuned``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.relevance.measures import Figures, figures, mean
from bench.relevance.others import Ranker, others
from bench.relevance.ours import PARTS, ours, without
from bench.relevance.questions import FILE, Question, Task, task
from indexer.engines import engine_names

_OURS = "ours"
_WIDTH = 34

Measured = tuple[Figures, Figures]
"""Of whole questions, and of keywords."""


def main() -> None:
    """Indexes, asks, prints."""
    options = _options()
    if not (options.data / FILE).exists():
        sys.exit(f"{options.data} has no {FILE}")
    given = task(options.data, options.sample)
    asked = [question for question in given.questions if question.tuned == options.tuned]
    try:
        rankers = others(given.passages)
    except ImportError as missing:
        sys.exit(f"{missing}: install the dependency group bench")
    print(_about(given, asked, options.tuned))
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        ours(Path(folder), options.engine, given.passages) as rank,
    ):
        rows = {_OURS: _measure(rank, asked)}
        rows |= {name: _measure(other, asked) for name, other in rankers.items()}
        best = [_best(rows[name][kind] for name in rankers) for kind in (0, 1)]
        print(_table(rows))
        print(_line(f"{_OURS} against the best of them", map(_ahead, rows[_OURS], best)))
        if options.parts:
            print(f"\n{_table(_by_parts(rank, asked))}")


def _options() -> argparse.Namespace:
    about = "How well answers are found, beside plain BM25, as one table."
    parser = argparse.ArgumentParser(prog="python -m bench.relevance", description=about)
    parser.add_argument("--data", type=Path, required=True, help=f"the folder of {FILE}")
    parser.add_argument("--sample", type=int, default=1500, help="so many questions (1500)")
    parser.add_argument("--engine", choices=engine_names(), default="whoosh")
    parser.add_argument("--tuned", action="store_true", help="the half that was tuned on")
    parser.add_argument("--parts", action="store_true", help="what each part of ours adds")
    return parser.parse_args()


def _about(given: Task, asked: Sequence[Question], tuned: bool) -> str:
    return (
        f"{len(given.passages):,} passages; {given.asked:,} questions, {given.fit:,} of them with"
        f" four telling words and an answer; {len(given.questions):,} drawn,"
        f" {len(asked):,} of them in the half that is {'tuned' if tuned else 'judged'} on\n"
    )


def _measure(rank: Ranker, asked: Sequence[Question]) -> Measured:
    return (
        mean([figures(rank(question.typed), question.answers) for question in asked]),
        mean([figures(rank(question.keywords), question.answers) for question in asked]),
    )


def _by_parts(rank: Ranker, asked: Sequence[Question]) -> dict[str, Measured]:
    """BM25F alone, each part added to those before, and each left out of the whole."""
    rows: dict[str, Measured] = {}
    names = list(PARTS)
    for place, name in enumerate(["BM25F alone", *(f"+ {name}" for name in names)]):
        with without(*names[place:]):
            rows[name] = _measure(rank, asked)
    for name in names:
        with without(name):
            rows[f"all but {name}"] = _measure(rank, asked)
    return rows


def _best(every: Iterable[Figures]) -> Figures:
    return Figures(*map(max, zip(*every, strict=True)))


def _ahead(mine: Figures, best: Figures) -> list[str]:
    return [f"{(one / other - 1) * 100:+.0f} %" for one, other in zip(mine, best, strict=True)]


def _table(rows: dict[str, Measured]) -> str:
    kinds = "".join(f"{kind:>36}" for kind in ("the whole question", "any of two to four keywords"))
    columns = [["MRR@10", "nDCG@10", "recall@100"]] * 2
    lines = [
        _line(name, ([f"{one:.3f}" for one in of_kind] for of_kind in measured))
        for name, measured in rows.items()
    ]
    return "\n".join([f"{'':{_WIDTH}}{kinds}", _line("", columns), *lines])


def _line(name: str, kinds: Iterable[Sequence[str]]) -> str:
    return f"{name:{_WIDTH}}" + "".join(f"{cell:>12}" for cells in kinds for cell in cells)


if __name__ == "__main__":
    main()
