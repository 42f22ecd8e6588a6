"""``python -m bench.extraction``: how well articles are read, beside other tools, as one table.

The real pages are those of the archives in ``--data``; without them only invented pages are read.
It ends with an error where a figure of ours is below its floor.
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
    """Measures, prints, and tells which floors were missed."""
    warnings.simplefilter("ignore")
    options = _options()
    others, missing = extractors()
    for name in missing:
        print(f"{name} is not installed and left out (dependency group bench)")
    rows = list(measures.invented(others))
    missed = below(rows, "invented")
    if real.is_at_hand(options.data):
        found = list(measures.on_real_pages(others, options.data, options.sample))
        missed += below(found, "sample" if options.sample else "data")
        rows += [*found, *measures.speeds(options.data)]
    else:
        print(f"{options.data} has no archives: only invented pages are read")
    print(table(rows))
    if options.wrong:
        _write_wrong(rows, options.wrong)
    if missed:
        sys.exit("\nBelow the floor:\n" + "\n".join(missed))


def _options() -> argparse.Namespace:
    about = "How well articles are read, beside other tools, as one table."
    parser = argparse.ArgumentParser(prog="python -m bench.extraction", description=about)
    parser.add_argument("--data", type=Path, default=_DATA, help="folder of the archives")
    parser.add_argument("--sample", type=int, help="read only so many real pages of each kind")
    parser.add_argument("--wrong", type=Path, help="folder to write what ours got wrong to")
    return parser.parse_args()


def _write_wrong(rows: list[Row], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for row in rows:
        if row.wrong:
            (folder / f"{row.key}.txt").write_text("\n".join(row.wrong) + "\n", "utf-8")


if __name__ == "__main__":
    main()
