"""``python -m bench.extraction.outlets``: pages of hundreds of outlets, beside trafilatura alone.

The pages and their gold are ``pages.tar.xz`` and ``pages-gold.jsonl.xz`` of ``--data``. A third of
them, chosen by the digest of their names, is ``unseen``: score it, but do not look at its pages.
``--part invented`` scores the pages of ``bench/gold``, which are written to be hard to read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import lzma
import tarfile
import warnings
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

import htmldate
import trafilatura

from bench.extraction.ours import read
from bench.extraction.scores import shared, words

_DATA = Path(__file__).parents[3] / "shared" / "data"
GOLD = Path(__file__).parents[1] / "gold"
PARTS = ("seen", "unseen", "all", "invented")
MAX_GAP = 0.05
"""The F1 that a page may be below trafilatura's before it is counted."""


class Found(NamedTuple):
    """What a program reads in a page: its title and text, and the day of publication."""

    title: str = ""
    text: str = ""
    published: str | None = None


class Outcome(NamedTuple):
    """How well one page was read, by ours and by the others.

    ``f1`` are ours and trafilatura's where the whole text is known; ``missing`` and ``leaked``
    count pieces of text where only pieces are known; ``date`` is the true day, ours, htmldate's.
    """

    name: str
    is_read: bool
    f1: tuple[float, float] | None
    missing: tuple[int, int]
    leaked: tuple[int, int]
    date: tuple[str, str | None, str | None] | None


def is_unseen(name: str) -> bool:
    """Return whether a page belongs to the third that nobody looks at."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 == 0


def pages(folder: Path, part: str) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Yield the gold and the bytes of the pages of a part."""
    with lzma.open(folder / "pages-gold.jsonl.xz", "rt", encoding="utf-8") as lines:
        golds = {gold["file"]: gold for gold in map(json.loads, lines)}
    with tarfile.open(folder / "pages.tar.xz", "r|xz") as members:
        for member in members:
            name = member.name.removeprefix("pages/")
            wanted = part == "all" or is_unseen(name) == (part == "unseen")
            if name in golds and wanted and (file := members.extractfile(member)):
                yield golds[name], file.read()


def invented(folder: Path = GOLD) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Yield the gold and the bytes of invented pages, in shapes that are often read wrong."""
    for gold in map(json.loads, (folder / "pages.jsonl").read_text("utf-8").splitlines()):
        text = "\n".join(gold["text"])
        yield {**gold, "text": text}, (folder / "pages" / gold["file"]).read_bytes()


def outcome(gold: dict[str, Any], data: bytes) -> Outcome:
    """Read a page with ours, trafilatura and htmldate, and compare each with the gold."""
    mine, html = _ours(data), data.decode("utf-8", "replace")
    theirs = trafilatura.extract(html, include_comments=False) or ""
    told = str(gold.get("published") or "")[:10]
    whole = gold.get("text")
    pieces = [[] if whole else gold.get(name) or [] for name in ("with", "without")]
    texts = f"{mine.title}\n{mine.text}", theirs
    held = [[_holds(text, piece) for text in texts] for piece in pieces[0]]
    leaked = [[_holds(text, piece) for text in texts] for piece in pieces[1]]
    return Outcome(
        name=gold["file"],
        is_read=bool(mine.text),
        f1=(shared(mine.text, whole).f1, shared(theirs, whole).f1) if whole else None,
        missing=(sum(not one[0] for one in held), sum(not one[1] for one in held)),
        leaked=(sum(one[0] for one in leaked), sum(one[1] for one in leaked)),
        date=(told, mine.published, _by_htmldate(html)) if len(told) == len("2025-05-03") else None,
    )


def table(outcomes: Sequence[Outcome]) -> str:
    """Return the figures over pages, ours beside trafilatura's or htmldate's."""
    whole = [one.f1 for one in outcomes if one.f1]
    means = [mean(column) for column in zip(*whole, strict=True)] or [0.0, 0.0]
    lines = [
        f"{len(outcomes)} pages, of which ours reads {sum(one.is_read for one in outcomes)}",
        _row(
            f"text, F1 ({len(whole)} pages)",
            *means,
        ),
        f"pages more than {MAX_GAP} below trafilatura: "
        f"{sum(mine < theirs - MAX_GAP for mine, theirs in whole)}",
        _row("pieces missing", *_sums(one.missing for one in outcomes)),
        _row("pieces leaked", *_sums(one.leaked for one in outcomes)),
    ]
    dates = [one.date for one in outcomes if one.date]
    for number, name in ((1, "ours"), (2, "htmldate")):
        right = sum(date[number] == date[0] for date in dates)
        none = sum(date[number] is None for date in dates)
        wrong = len(dates) - right - none
        lines.append(f"dates, {name}: {right} right, {wrong} wrong, {none} none")
    return "\n".join(lines)


def _row(label: str, mine: float, theirs: float) -> str:
    return f"{label}: ours {mine:.4g}, trafilatura {theirs:.4g}"


def _sums(pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    every = list(pairs)
    return sum(mine for mine, _ in every), sum(theirs for _, theirs in every)


def _ours(data: bytes) -> Found:
    found = read(data, "page.html")
    if found is None:
        return Found()
    article = found.article
    text = "\n".join(paragraph.text for paragraph in article.paragraphs)
    return Found(article.title, text, (article.published or "")[:10] or None)


def _holds(text: str, piece: str) -> bool:
    return f" {' '.join(words(piece))} " in f" {' '.join(words(text))} "


def _by_htmldate(html: str) -> str | None:
    try:
        found = htmldate.find_date(html, original_date=True)
    except ValueError:
        return None
    return str(found) if found else None


def main() -> None:
    """Measure a part, and print its table and, on request, what ours got wrong."""
    parser = argparse.ArgumentParser(prog="python -m bench.extraction.outlets")
    parser.add_argument("--data", type=Path, default=_DATA, help="folder of the archives")
    parser.add_argument("--gold", type=Path, default=GOLD, help="folder of the invented pages")
    parser.add_argument("--part", choices=PARTS, default="seen")
    parser.add_argument("--wrong", action="store_true", help="list pages that are read badly")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    is_invented = options.part == "invented"
    given = invented(options.gold) if is_invented else pages(options.data, options.part)
    outcomes = [outcome(gold, data) for gold, data in given]
    print(table(outcomes))
    for one in outcomes if options.wrong and options.part != "unseen" else ():
        if (one.f1 and one.f1[0] < one.f1[1]) or any((one.missing[0], one.leaked[0])):
            print(one)


if __name__ == "__main__":
    main()
