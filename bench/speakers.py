"""``python -m bench.speakers``: are words under the person who says them, in invented texts.

The gold is in ``bench/gold``: transcripts in forty ways of printing labels, interviews, and
quotations in fifteen languages, each with the speaker of every paragraph. Right, wrong and unknown
are three numbers; wrong is the worst.
"""

from __future__ import annotations

import argparse
import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path, PurePosixPath
from typing import Any

from indexer.errors import CorpusError
from indexer.ingest.pipeline import ingest
from indexer.people.honorifics import HONORIFICS
from indexer.people.names import is_office
from indexer.people.spellings import sounds
from indexer.records import Turn
from indexer.text.marks import with_printed_marks

GOLD = Path(__file__).parent / "gold"
PARTS = ("transcripts", "interviews", "quotations")

_LETTERS = 46
"""Letters of a paragraph's beginning by which its turn is found."""

_WITHOUT_WORDS = frozenset(("heading", "stage"))
"""Kinds of paragraphs that are nobody's, and may be left out."""


_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Judged:
    """A paragraph of the gold, and how its speaker was read."""

    part: str
    group: str
    file: str
    begins: str
    speaker: str | None
    read: str | None
    verdict: str


def articles(part: str, gold: Path = GOLD) -> Iterator[tuple[dict[str, Any], str, bytes]]:
    """Yield the rows of a part of the gold, with the names and the bytes of their texts."""
    for row in map(json.loads, (gold / f"{part}.jsonl").read_text("utf-8").splitlines()):
        if part == "quotations":
            yield row, f"{row['id']}.md", _article(row)
        else:
            yield row, row["file"], (gold / part / row["file"]).read_bytes()


def judged(part: str, gold: Path = GOLD) -> Iterator[Judged]:
    """Read the texts of a part, and judge the speaker of each paragraph."""
    for row, file, data in articles(part, gold):
        is_quoted = part == "quotations"
        words = row["quotations"] if is_quoted else row["turns"]
        group = row["language"] if is_quoted else row["style"]
        yield from judged_turns(data, part, group, file, words)


def judged_turns(
    data: bytes, part: str, group: str, file: str, words: Sequence[dict[str, Any]]
) -> Iterator[Judged]:
    """Read one text, and judge the speaker of each of its paragraphs."""
    turns = _turns(data, file)
    people = {one["speaker"] for one in words if one["speaker"]}
    place = 0
    for one in words:
        if one.get("kind") in _WITHOUT_WORDS:
            continue
        place, read = _read(turns, one["begins"], place)
        verdict = _verdict(one["speaker"], read, people)
        yield Judged(part, group, file, one["begins"], one["speaker"], read, verdict)


def _article(row: dict[str, Any]) -> bytes:
    text = "\n\n".join(row["paragraphs"])
    return f"---\ntitle: {json.dumps(row['title'])}\n---\n\n{text}\n".encode()


def _turns(data: bytes, file: str) -> Sequence[Turn]:
    try:
        articles = ingest(data, PurePosixPath(file)).articles
    except CorpusError:
        return ()
    return [turn for article in articles for turn in article.turns]


def _read(turns: Sequence[Turn], begins: str, place: int) -> tuple[int, str | None]:
    """Return the end of these words among the letters of all turns, and their speaker.

    They are looked for from a place on, and only then before it; best is where a line begins.
    """
    key = _letters(begins)[:_LETTERS]
    lines = [(_letters(line), turn) for turn in turns for line in turn.text.split("\n")]
    starts = [0, *accumulate(len(line) for line, _ in lines)]
    letters = "".join(line for line, _ in lines)
    found = [one.start() for one in re.finditer(f"(?={re.escape(key)})", letters)]
    if not found:
        return place, None
    start = min(found, key=lambda at: (at < place, at not in starts, at))
    speaker = lines[bisect_right(starts, start) - 1][1].speaker
    return max(place, start + len(key)), speaker.name if speaker else None


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", with_printed_marks(text)).lower()


def _verdict(speaker: str | None, read: str | None, people: set[str]) -> str:
    """Return right, wrong or unknown. A chair or a crowd whose name nobody tells is unknown."""
    if read is None or not any(is_one(read, person) for person in people):
        return "unknown" if speaker else "right"
    return "right" if speaker and is_one(read, speaker) else "wrong"


def is_one(read: str, person: str) -> bool:
    """Return whether one of two names has all words of the other, but titles and initials."""
    own = [sounds(word) for word in _WORD.findall(person)]
    words = [word for word in _WORD.findall(read) if len(word) > 1 and not is_office(word)]
    names = [sounds(word) for word in words if word.lower() not in HONORIFICS]
    if not names:
        return False
    is_part = all(any(name & one for one in own) for name in names)
    return is_part or all(any(name & one for name in names) for one in own)


def table(rows: Sequence[Judged]) -> Iterator[str]:
    """Write right, wrong and unknown for each group of a part, and in all."""
    groups = Counter((row.group, row.verdict) for row in rows)
    for group in sorted({row.group for row in rows}):
        yield _line(group, [groups[group, verdict] for verdict in ("right", "wrong", "unknown")])
    counts = Counter(row.verdict for row in rows)
    yield _line("all", [counts[verdict] for verdict in ("right", "wrong", "unknown")])


def _line(name: str, counts: Sequence[int]) -> str:
    right, wrong, unknown = counts
    share = right / max(sum(counts), 1)
    return f"{name:<34} {right:>6} right {wrong:>5} wrong {unknown:>5} unknown   {share:.3f}"


def main() -> None:
    """Print the tables, and with ``--errors`` each paragraph that is not right."""
    parser = argparse.ArgumentParser(prog="python -m bench.speakers", description=__doc__)
    parser.add_argument("parts", nargs="*", default=PARTS, help=f"any of: {', '.join(PARTS)}")
    parser.add_argument("--gold", type=Path, default=GOLD, help="folder of the gold")
    parser.add_argument("--errors", action="store_true", help="list what is not right")
    options = parser.parse_args()
    for part in options.parts:
        rows = list(judged(part, options.gold))
        print(f"\n{part}", *table(rows), sep="\n")
        for row in rows if options.errors else ():
            if row.verdict != "right":
                print(
                    f"{row.verdict}: {row.file}: {row.begins!r}: {row.speaker} read as {row.read}"
                )


if __name__ == "__main__":
    main()
