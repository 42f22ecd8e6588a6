"""``python -m bench.garbling``: no words under another's name, whatever becomes of a label.

Each label of the transcripts in ``bench/gold`` is made unreadable, one at a time and in several
ways, as bad scans, encodings and typists do it. Its words may then be nobody's, never another's.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.speakers import GOLD, judged, judged_turns

_LETTER = re.compile(r"[^\W\d_]")
_MARKUP = re.compile(r"<[^<>]*>")
_BETWEEN = r"(?:\s|<[^<>]{0,60}>|\*{1,2}|&nbsp;)*"
_SMALL = "bcdfgklmnprstvxz"


def _strangers(label: str) -> str:
    """Return names that nobody bears in the place of the capitalised words of a label."""
    return re.sub(r"[^\W\d_a-zа-яё][^\W\d_]*", _stranger, label)


def _stranger(word: re.Match[str]) -> str:
    letters = "".join(
        _SMALL[(3 * n + ord(letter)) % len(_SMALL)] for n, letter in enumerate(word[0])
    )
    return letters.upper() if word[0].isupper() else letters.capitalize()


def _every_second(label: str) -> str:
    return "".join("8" if n % 2 and _LETTER.match(c) else c for n, c in enumerate(label))


def _nothing(label: str) -> str:
    """Return what is left of a label without its words: the marks that end it."""
    return re.sub(r"[\w(),’'/&\[\]\s]|(?<=\w)[-.–—](?=\w)|\.(?! ?[–—-]$)", "", label)


WAYS: Mapping[str, Callable[[str], str]] = {
    "blocks": lambda label: _LETTER.sub("■", label),
    "question marks": lambda label: _LETTER.sub("?", label),
    "replacement characters": lambda label: _LETTER.sub("\ufffd", label),
    "dots": lambda label: _LETTER.sub(".", label),
    "digits": _every_second,
    "a stranger": _strangers,
    "small letters": str.lower,
    "nothing": _nothing,
}
"""Ways of making a label unreadable."""


class Garbled(NamedTuple):
    """A transcript in which one label is unreadable; ``turns`` is the gold of its paragraphs."""

    way: str
    label: str
    file: str
    text: str
    turns: list[dict[str, str]]


def garbled(gold: Path = GOLD) -> Iterator[Garbled]:
    """Yield each transcript once for each label and way."""
    for row in map(json.loads, (gold / "transcripts.jsonl").read_text("utf-8").splitlines()):
        text = (gold / "transcripts" / row["file"]).read_text("utf-8")
        for label, start, end in _places(text, row["turns"]):
            for way, garble in WAYS.items():
                broken = _without_markup(garble, text[start:end])
                if _MARKUP.sub("", broken).strip():  # of a label that is not there nobody knows
                    whole = f"{text[:start]}{broken}{text[end:]}"
                    yield Garbled(way, label, row["file"], whole, row["turns"])


def _places(text: str, turns: Sequence[Mapping[str, str]]) -> Iterator[tuple[str, int, int]]:
    """Yield the labels of a transcript with their places."""
    place = 0
    for turn in turns:
        begins = text.find(turn["begins"][:20], place)
        if begins < 0 or not turn.get("label"):
            continue
        pattern = _BETWEEN.join(map(re.escape, turn["label"].split()))
        for found in list(re.finditer(pattern, text[place:begins]))[-1:]:
            yield turn["label"], place + found.start(), place + found.end()
            place = begins


def _without_markup(garble: Callable[[str], str], text: str) -> str:
    return re.sub(r"<[^<>]*>|[^<>]+", lambda m: m[0] if m[0][0] == "<" else garble(m[0]), text)


def main() -> None:
    """Print how many of the labels that are made unreadable leave words under another's name."""
    rows: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    known = {(one.file, one.begins) for one in judged("transcripts") if one.verdict == "wrong"}
    for one in garbled():
        rows[one.way] += 1
        read = judged_turns(one.text.encode(), "transcripts", "", one.file, one.turns)
        named = (row for row in read if row.verdict == "wrong")
        wrong[one.way] += any((row.file, row.begins) not in known for row in named)
    for way in WAYS:
        print(f"{way:<24} {wrong[way]:>5} of {rows[way]:>5} leave words under another's name")
    print(f"{'all':<24} {wrong.total():>5} of {rows.total():>5}")


if __name__ == "__main__":
    main()
