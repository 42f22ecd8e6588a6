"""``python -m bench.relevance --data DIR``: ranking quality compared with plain BM25, as one table.

Ours and plain BM25 get the same questions, as sentences and as keywords. The figures are those
of the transcripts that the ranking was not tuned on, unless ``--tuned`` is given.
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

Measurement = tuple[Figures, Figures]
"""Figures of whole questions, and of keywords."""


def main() -> None:
    """Index the passages, rank the answers, and print the table."""
    options = _options()
    if not (options.data / FILE).exists():
        sys.exit(f"{options.data} has no {FILE}")
    whole = task(options.data, options.sample)
    questions = [question for question in whole.questions if question.tuned == options.tuned]
    try:
        rankers = others(whole.passages)
    except ImportError as missing:
        sys.exit(f"{missing}: install the dependency group bench")
    print(_summary(whole, questions, options.tuned))
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        ours(Path(folder), options.engine, whole.passages) as rank,
    ):
        rows = {_OURS: _measure(rank, questions)}
        rows |= {name: _measure(other, questions) for name, other in rankers.items()}
        best = [_best(rows[name][kind] for name in rankers) for kind in (0, 1)]
        print(_table(rows))
        print(_line(f"{_OURS} against the best of them", map(_ahead, rows[_OURS], best)))
        if options.parts:
            print(f"\n{_table(_by_parts(rank, questions))}")


def _options() -> argparse.Namespace:
    about = "Measure ranking quality against plain BM25, and print one table."
    parser = argparse.ArgumentParser(prog="python -m bench.relevance", description=about)
    parser.add_argument("--data", type=Path, required=True, help=f"folder of {FILE}")
    parser.add_argument("--sample", type=int, default=1500, help="number of questions (1500)")
    parser.add_argument("--engine", choices=engine_names(), default="whoosh")
    parser.add_argument(
        "--tuned", action="store_true", help="use the half that the ranking was tuned on"
    )
    parser.add_argument(
        "--parts", action="store_true", help="measure what each part of the ranking adds"
    )
    return parser.parse_args()


def _summary(whole: Task, questions: Sequence[Question], tuned: bool) -> str:
    return (
        f"{len(whole.passages):,} passages; {whole.total:,} questions, {whole.suitable:,} of them"
        f" with four distinctive words and an answer; {len(whole.questions):,} drawn,"
        f" {len(questions):,} of them in the half for {'tuning' if tuned else 'testing'}\n"
    )


def _measure(rank: Ranker, questions: Sequence[Question]) -> Measurement:
    return (
        mean([figures(rank(question.typed), question.answers) for question in questions]),
        mean([figures(rank(question.keywords), question.answers) for question in questions]),
    )


def _by_parts(rank: Ranker, questions: Sequence[Question]) -> dict[str, Measurement]:
    """Measure BM25F alone, with one part more each, and with all parts but one."""
    rows: dict[str, Measurement] = {}
    names = list(PARTS)
    for place, name in enumerate(["BM25F alone", *(f"+ {name}" for name in names)]):
        with without(*names[place:]):
            rows[name] = _measure(rank, questions)
    for name in names:
        with without(name):
            rows[f"all but {name}"] = _measure(rank, questions)
    return rows


def _best(every: Iterable[Figures]) -> Figures:
    return Figures(*map(max, zip(*every, strict=True)))


def _ahead(mine: Figures, best: Figures) -> list[str]:
    return [f"{(one / other - 1) * 100:+.0f} %" for one, other in zip(mine, best, strict=True)]


def _table(rows: dict[str, Measurement]) -> str:
    kinds = "".join(f"{kind:>36}" for kind in ("whole question", "any of two to four keywords"))
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
