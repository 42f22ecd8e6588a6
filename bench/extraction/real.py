"""Real pages with what is right about them, out of the archives of a folder.

``whitehouse``: transcripts whose labels are the gold. ``kremlin``: pages whose schema.org marks are
the gold of text and date; the marks are taken out of the pages before anybody reads them.
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
_MARKS = re.compile(r"""\s(?:itemprop|itemtype|itemscope)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+))?""")


class RealPage(NamedTuple):
    """A page without its marks; ``lead`` stands in no ``text``."""

    name: str
    html: str
    text: str
    lead: str
    published: str | None


def is_at_hand(folder: Path) -> bool:
    """Whether the archives are in a folder."""
    return (folder / "kremlin.tar.xz").is_file() and (folder / "whitehouse.tar.xz").is_file()


def kremlin(folder: Path, sample: int | None = None) -> list[RealPage]:
    """All pages, or so many, evenly."""
    golds = {f"{gold['id']}.html": gold for gold in _golds(folder / "kremlin-gold.jsonl.xz")}
    names = _evenly(sorted(golds), sample)
    return [
        RealPage(
            name,
            _MARKS.sub("", data.decode("utf-8")),
            golds[name]["text"],
            golds[name]["lead"] or "",
            golds[name]["date"] or None,
        )
        for name, data in _files(folder / "kremlin.tar.xz", "kremlin/", names)
    ]


def kremlin_interviews(folder: Path, sample: int | None = None) -> list[Page]:
    """Interviews; their roles are sure only where the page prints ``Question:``."""
    golds = _golds(folder / "kremlin-gold.jsonl.xz")
    turns = {f"{gold['id']}.html": gold["turns"] for gold in golds if gold.get("turns")}
    names = _evenly(sorted(turns), sample)
    return [
        Page(name, data, _turns(turns[name], sure=False))
        for name, data in _files(folder / "kremlin.tar.xz", "kremlin/", names)
    ]


def whitehouse(folder: Path, sample: int | None = None) -> list[Page]:
    """Transcripts whose every turn is labelled."""
    golds = _golds(folder / "whitehouse-turns.jsonl.xz")
    turns = {f"{gold['id'].removeprefix('wh-')}.md": gold["turns"] for gold in golds}
    names = _evenly(sorted(turns), sample)
    return [
        Page(name.rpartition("/")[2], data, _turns(turns[name], sure=True))
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
    """The named files of an archive, in its order."""
    wanted = frozenset(names)
    with tarfile.open(archive, "r|xz") as members:
        for member in members:
            name = member.name.removeprefix(folder)
            if name in wanted and (file := members.extractfile(member)):
                yield name, file.read()


def _turns(turns: Sequence[dict[str, Any]], *, sure: bool) -> list[Spoken]:
    """The turns as ours are told; the time of the end, which the gold gives to the last speaker, is
    the transcript's own."""
    found = []
    for turn in turns:
        is_sure = sure or turn["role_source"] == "none" or _is_question(turn)
        role = _ROLES.get(turn["role"], turn["role"]) if is_sure else None
        found.append(Spoken(role, turn["speaker"], turn["text"]))
    if found and (closing := _CLOSING.search(found[-1].text)):
        last = found.pop()
        found.append(last._replace(text=last.text[: closing.start()]))
        found.append(Spoken("narrative", None, closing.group()))
    return found


def _is_question(turn: dict[str, Any]) -> bool:
    """Whether the page prints ``Question:``; what it prints as a remark may be anything."""
    return turn["role_source"] == "label" and str(turn["speaker"]).startswith("Question")
