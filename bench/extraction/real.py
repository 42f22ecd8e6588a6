"""Real pages with their gold standard, from the archives of a folder.

``whitehouse`` are transcripts whose labels are the gold standard. ``kremlin`` are pages whose
schema.org markup is the gold standard of text and date; it is removed before the pages are read.
"""

from __future__ import annotations

import json
import lzma
import re
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bench.extraction.turns import Page, Spoken

_CLOSING = re.compile(r"(?:\n|^)(?:END\b.*|\d{1,2}:\d\d [AP]\.?M\b[\s\S]*)\Z")
_ROLES = {"speech": "statement", "narration": "narrative"}
_MARKUP = re.compile(
    r"""\s(?:itemprop|itemtype|itemscope)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+))?"""
)


class RealPage(NamedTuple):
    """Page without its markup. ``text`` does not include ``lead``."""

    name: str
    html: str
    text: str
    lead: str
    published: str | None


def has_archives(folder: Path) -> bool:
    """Return true if the archives are in a folder."""
    return (folder / "kremlin.tar.xz").is_file() and (folder / "whitehouse.tar.xz").is_file()


def kremlin(folder: Path, sample: int | None = None) -> list[RealPage]:
    """Read all pages, or an even sample."""
    golds = {f"{gold['id']}.html": gold for gold in _golds(folder / "kremlin-gold.jsonl.xz")}
    names = _evenly(sorted(golds), sample)
    return [
        RealPage(
            name,
            _MARKUP.sub("", data.decode("utf-8")),
            golds[name]["text"],
            golds[name]["lead"] or "",
            golds[name]["date"] or None,
        )
        for name, data in _files(folder / "kremlin.tar.xz", "kremlin/", names)
    ]


def kremlin_interviews(folder: Path, sample: int | None = None) -> list[Page]:
    """Read interviews. Only roles that the page prints as ``Question:`` are certain."""
    golds = _golds(folder / "kremlin-gold.jsonl.xz")
    turns = {f"{gold['id']}.html": gold["turns"] for gold in golds if gold.get("turns")}
    names = _evenly(sorted(turns), sample)
    return [
        Page(name, data, _turns(turns[name], is_certain=False))
        for name, data in _files(folder / "kremlin.tar.xz", "kremlin/", names)
    ]


def whitehouse(folder: Path, sample: int | None = None) -> list[Page]:
    """Read transcripts, in which every turn has a label."""
    golds = _golds(folder / "whitehouse-turns.jsonl.xz")
    turns = {f"{gold['id'].removeprefix('wh-')}.md": gold["turns"] for gold in golds}
    names = _evenly(sorted(turns), sample)
    return [
        Page(name.rpartition("/")[2], data, _turns(turns[name], is_certain=True))
        for name, data in _files(folder / "whitehouse.tar.xz", "whitehouse/", names)
    ]


def _golds(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _evenly(names: list[str], sample: int | None) -> list[str]:
    if sample is None or sample >= len(names):
        return names
    return [names[number * len(names) // sample] for number in range(sample)]


def _files(archive: Path, folder: str, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Read the named files of an archive, in its order."""
    remaining = frozenset(names)
    with tarfile.open(archive, "r|xz") as members:
        for member in members:
            name = member.name.removeprefix(folder)
            if name in remaining and (file := members.extractfile(member)):
                yield name, file.read()


def _turns(turns: Sequence[dict[str, Any]], *, is_certain: bool) -> list[Spoken]:
    """Convert turns of the gold standard.

    It attributes the closing time to the last speaker; here it is narrative.
    """
    spoken = []
    for turn in turns:
        has_role = is_certain or turn["role_source"] == "none" or _is_question(turn)
        role = _ROLES.get(turn["role"], turn["role"]) if has_role else None
        spoken.append(Spoken(role, turn["speaker"], turn["text"]))
    if spoken and (closing := _CLOSING.search(spoken[-1].text)):
        last = spoken.pop()
        spoken.append(last._replace(text=last.text[: closing.start()]))
        spoken.append(Spoken("narrative", None, closing.group()))
    return spoken


def _is_question(turn: dict[str, Any]) -> bool:
    """Return true if the page prints ``Question:``. Remarks may be anything."""
    return turn["role_source"] == "label" and str(turn["speaker"]).startswith("Question")
