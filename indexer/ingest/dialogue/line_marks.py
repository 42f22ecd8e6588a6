"""Labels that a line and its form alone tell: company calls, and assemblies in Japan.

A call prints "Ada Lind -- Harbour Bank -- Analyst" on a line of its own, and later the name alone;
an assembly begins each speech with a circle: "○知事（…君）".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from indexer.ingest.dialogue.speaker_marks import Mark
from indexer.people.names import NAME_WORD, could_be_name
from indexer.records import Paragraph
from indexer.text.sentences import STOPS

MIN_LABELS = 3
MIN_SPEAKERS = 2
"""Labels, and different people in them, from which lines are a call or circles an assembly."""

_NAME = rf"{NAME_WORD}(?:\s(?:{NAME_WORD}|de|van|von|der|la)){{1,4}}"
_CALLER = re.compile(rf"(?P<name>{_NAME})\s(?:--?|[–—])\s(?P<office>[^\n]{{3,90}})")
_OPERATOR = re.compile(r"operator|(?:unknown|unidentified) \w+(?: \w+)?|moderator", re.I)
_HEADING = re.compile(r"[^\n.?!]{3,60}:")

_CIRCLED = re.compile(r"[○◯◆◎●◇](?P<head>[^\s。、]{2,40})[\s　]+(?=\S)")
_OF_OFFICE = re.compile(
    r"(?P<office>[^（()）]+)[（(](?P<name>[^（()）]{2,20}?)(?:君|さん|氏|議員)?[)）]"
)
_TITLED = re.compile(r"(?P<name>[^（()）]{2,15}?)(?:君|さん|氏|議員)")


def call_marks(paragraphs: Sequence[Paragraph], title: str) -> list[Mark | None]:
    """Read the names of a call on lines of their own: first with firm and office, then alone."""
    callers = [_caller(paragraph) for paragraph in paragraphs]
    offices = {one["name"]: one["office"] for one in callers if one}
    if sum(map(bool, callers)) < MIN_LABELS or len(offices) < MIN_SPEAKERS:
        return [None] * len(paragraphs)
    is_line = [
        bool(one) or p.text in offices or _OPERATOR.fullmatch(p.text) is not None
        for one, p in zip(callers, paragraphs, strict=True)
    ]
    marks: list[Mark | None] = []
    for number, (one, p) in enumerate(zip(callers, paragraphs, strict=True)):
        name = one["name"] if one else p.text
        is_listed = is_line[number] and any(
            is_line[number - 1 : number] + is_line[number + 1 :][:1]
        )
        if is_line[number] and name in offices and not is_listed:
            marks.append(Mark("label", len(p.text), name, office=offices[name]))
        elif is_line[number] or _HEADING.fullmatch(p.text):
            marks.append(Mark("label", label=""))
        else:
            marks.append(None)
    return marks


def _caller(paragraph: Paragraph) -> re.Match[str] | None:
    found = _CALLER.fullmatch(paragraph.text)
    is_label = (
        found is not None and could_be_name(found["name"]) and found["office"][-1] not in STOPS
    )
    return found if is_label else None


def circle_marks(paragraphs: Sequence[Paragraph], title: str) -> list[Mark | None]:
    """Read the circles of an assembly's record: "○議長（…君）", "○…君", "○議長"."""
    found = [_CIRCLED.match(paragraph.text) for paragraph in paragraphs]
    heads = [_person(one["head"]) if one else None for one in found]
    names = {head[0] for head in heads if head and head[0]}
    if sum(map(bool, found)) < MIN_LABELS or len(names) < MIN_SPEAKERS:
        return [None] * len(paragraphs)
    holders: dict[str, set[str]] = {}
    for name, office in filter(None, heads):
        holders.setdefault(office, set()).update([name] if name else [])
    return [
        _circled(one.end(), *head, holders) if one and head else None
        for one, head in zip(found, heads, strict=True)
    ]


def _circled(start: int, name: str, office: str, holders: Mapping[str, set[str]]) -> Mark:
    """Return the mark of a circle; an office alone is its only holder, or nobody."""
    own = holders[office]
    name = name or (next(iter(own)) if len(own) == 1 else "")
    if not name:
        return Mark("label", label="", unread=start)
    return Mark("label", start, name, office=office or None)


def _person(head: str) -> tuple[str, str]:
    """Return the name and the office of a circled label; the name is empty if it has none.

    >>> _person("知事（森田花子君）"), _person("森田花子君"), _person("議長")
    (('森田花子', '知事'), ('森田花子', ''), ('', '議長'))
    """
    if found := _OF_OFFICE.fullmatch(head):
        return found["name"], found["office"]
    if found := _TITLED.fullmatch(head):
        return found["name"], ""
    return "", head
