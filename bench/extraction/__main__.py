"""``python -m bench.extraction``: quality of reading articles, as one table.

Compares ours with other tools, on invented pages and on the real pages in the archives of
``--data``, if they are there. Fails if one of our figures is below its floor.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from pathlib import Path

from bench.extraction import measures, real
from bench.extraction.others import extractors
from bench.extraction.table import Row, below, table

_DATA = Path(__file__).parents[3] / "shared" / "data"


def main() -> None:
    """Measure, print the table, and fail with the floors that were missed."""
    warnings.simplefilter("ignore")
    options = _options()
    others, missing = extractors()
    for name in missing:
        print(f"{name} is not installed, and skipped (dependency group bench)")
    rows = list(measures.invented(others))
    missed = below(rows, "invented")
    if real.has_archives(options.data):
        real_rows = list(measures.on_real_pages(others, options.data, options.sample))
        missed += below(real_rows, "sample" if options.sample else "data")
        rows += [*real_rows, *measures.speeds(options.data)]
    else:
        print(f"{options.data} has no archives: only invented pages are measured")
    print(table(rows))
    if options.wrong:
        _write_errors(rows, options.wrong)
    if missed:
        sys.exit("\nBelow the floor:\n" + "\n".join(missed))


def _options() -> argparse.Namespace:
    about = "Measure how well articles are read, and print one table."
    parser = argparse.ArgumentParser(prog="python -m bench.extraction", description=about)
    parser.add_argument("--data", type=Path, default=_DATA, help="folder of the archives")
    parser.add_argument("--sample", type=int, help="number of real pages of each kind")
    parser.add_argument("--wrong", type=Path, help="folder for the errors of ours")
    return parser.parse_args()


def _write_errors(rows: list[Row], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for row in rows:
        if row.errors:
            (folder / f"{row.key}.txt").write_text("\n".join(row.errors) + "\n", "utf-8")


if __name__ == "__main__":
    main()
