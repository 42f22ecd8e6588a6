"""Rows of the table, the floors of our figures, and their printing."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Literal, NamedTuple

from bench.extraction.others import OURS

Section = Literal["invented", "data", "sample"]


class Row(NamedTuple):
    """One measure: a figure of each extractor, and the errors of ours."""

    key: str
    label: str
    figures: Mapping[str, float]
    errors: Sequence[str] = ()


def floors(section: Section) -> dict[str, tuple[float, bool]]:
    """Load the floors by the keys of rows: a figure, and true if more is better."""
    text = resources.files(__package__).joinpath("floors.toml").read_text("utf-8")
    pinned = tomllib.loads(text)[section]
    least = {key: (float(figure), True) for key, figure in pinned["at_least"].items()}
    return least | {key: (float(figure), False) for key, figure in pinned["at_most"].items()}


def below(rows: Sequence[Row], section: Section) -> list[str]:
    """List the rows whose figure of ours misses its floor, with both figures."""
    missed = []
    for key, (floor, more_is_better) in floors(section).items():
        figure = next((row.figures[OURS] for row in rows if row.key == key), None)
        if figure is None:
            missed.append(f"{key} was not measured")
        elif (figure < floor) if more_is_better else (figure > floor):
            missed.append(f"{key} is {_printed(figure)}, not {_printed(floor)}")
    return missed


def table(rows: Sequence[Row]) -> str:
    """Print all rows, with a column for each extractor."""
    names = list(dict.fromkeys(name for row in rows for name in row.figures))
    width = max(len(row.label) for row in rows) + 2
    lines = ["".ljust(width) + "".join(f"{name:>20}" for name in names)]
    for row in rows:
        cells = (_printed(row.figures[n]) if n in row.figures else "–" for n in names)
        lines.append(row.label.ljust(width) + "".join(f"{cell:>20}" for cell in cells))
    return "\n".join(lines)


def _printed(figure: float) -> str:
    return f"{figure:,}" if isinstance(figure, int) else f"{figure:.4f}"
