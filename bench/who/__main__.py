"""``python -m bench.who``: is one person one speaker, in a whole corpus.

``invented`` is a corpus in ``bench/gold/people``, ``second`` a later one. ``pages`` are the White
House and Kremlin pages, ``sittings`` those of a parliament, in the archives of the folder
``--data``. Each is indexed and compared with its gold. The pages take minutes, unless ``--index``
is one made of them before.
"""

from __future__ import annotations

import argparse
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.who import golds, sittings
from bench.who.measures import Judged, b_cubed, f1, is_name_of, scores, verdicts
from indexer.reindex.run import ReindexOptions, reindex

GOLD = Path(__file__).parents[1] / "gold" / "people"
SECOND = GOLD.parent / "second" / "people"
PARTS = ("invented", "second", "pages", "sittings")
ARCHIVES = ("whitehouse", "kremlin")


def invented(folder: Path, gold: Path = GOLD) -> Sequence[Judged]:
    """Index the invented corpus of a gold in a folder, and judge its labels."""
    return _judged(gold / "invented.jsonl", gold / "corpus", folder / "index")


def pages(options: argparse.Namespace, folder: Path) -> Sequence[Judged]:
    """Judge the labels of real pages, in an index that is there or is made in a folder."""
    if options.index:
        return list(golds.judged(golds.read(GOLD / "offices.jsonl"), options.index))
    for name in ARCHIVES:
        with tarfile.open(options.data / f"{name}.tar.xz") as archive:
            archive.extractall(folder / "corpus", filter="data")
    return _judged(GOLD / "offices.jsonl", folder / "corpus", folder / "index")


def record(data: Path, folder: Path) -> tuple[float, float]:
    """Index the sittings of the archives in a folder; return B-cubed precision and recall."""
    speeches = sittings.write_corpus(data / "parliaments.tar.xz", folder / "sittings")
    index = folder / "sittings-index"
    reindex(ReindexOptions(corpus=folder / "sittings", index=index))
    return b_cubed(sittings.pairs(speeches, index))


def _judged(gold: Path, corpus: Path, index: Path) -> Sequence[Judged]:
    reindex(ReindexOptions(corpus=corpus, index=index))
    return list(golds.judged(golds.read(gold), index))


def _rows(part: str, options: argparse.Namespace, folder: Path) -> Sequence[Judged]:
    if part == "pages":
        return pages(options, folder)
    return invented(folder, SECOND if part == "second" else GOLD)


def table(rows: Sequence[Judged]) -> Iterator[str]:
    """Write the scores, a line each."""
    found, labels = scores(rows), verdicts(rows)
    yield f"{found.passages:>9,} passages of people"
    for name in ("precision", "recall", "f1", "mixed", "wrong_name", "full_name"):
        yield f"{getattr(found, name):>9.4f} {name.replace('_', ' ')}"
    yield f"{found.crowds:>9} crowds listed as people"
    yield f"{found.others:>9} bodies and others listed as people"
    for verdict in ("right", "wrong", "apart", "unknown"):
        yield f"{labels[verdict]:>9,} labels {verdict}"


def errors(rows: Sequence[Judged]) -> Iterator[str]:
    """Write each label that is not shown under the person whom it means."""
    for row in sorted(rows, key=lambda row: -row.passages):
        is_right = row.person and row.kind == "person" and is_name_of(row)
        if not is_right and (row.kind == "person" or row.shown_kind == "person"):
            yield (
                f"{row.passages:>5} {row.article}: {row.label!r}: {row.kind} {row.person} "
                f"shown as {row.shown_kind} {row.shown} ({row.key})"
            )


def main() -> None:
    """Print the tables, and with ``--errors`` the labels that are not right."""
    parser = argparse.ArgumentParser(prog="python -m bench.who", description=__doc__)
    parser.add_argument("parts", nargs="*", default=["invented"], help=f"any of: {PARTS}")
    parser.add_argument("--data", type=Path, default=Path(), help="folder of the archives")
    parser.add_argument("--index", type=Path, help="index of the real pages, made before")
    parser.add_argument("--errors", action="store_true", help="list what is not right")
    options = parser.parse_args()
    for part in options.parts:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            if part == "sittings":
                precision, recall = record(options.data, folder)
                lines = [f"{precision:.4f} precision, {recall:.4f} recall (B-cubed)"]
                lines.append(f"{f1(precision, recall):.4f} f1")
            else:
                rows = _rows(part, options, folder)
                lines = [*table(rows), *(errors(rows) if options.errors else ())]
        print(part, *lines, sep="\n")


if __name__ == "__main__":
    main()
