"""Turns against transcripts whose own labels tell who speaks: boundaries, roles and speakers.

A turn is found if it begins at the word at which it begins in the gold, words being in line as
`scores.in_line` puts them. Narrative paragraphs in a row are one. Roles and speakers are those of
the turns found; only roles that the gold is sure of count. Where the gold has ``Q`` or
``Question`` nobody is named, and nobody must be. A label that the gold overlooked, and so has as
words of a turn, is no fault of ours; nor are lines that it leaves out and that we give to nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bench.extraction.ours import read
from bench.extraction.scores import NONE, Score, in_line, words
from indexer.records import Turn

_NOBODY = re.compile(
    r"(?:q|question|remark|reply|answer|response|comment)(?: \d+| from .*)?(?: retranslated)?"
)
_ASKER_LABELS = (["q"], ["question"], ["retranslated"])
_LONGEST_LABEL = 30


class Spoken(NamedTuple):
    """A turn of the gold or of ours: ``role`` is ``None`` if unsure."""

    role: str | None
    speaker: str | None
    text: str


class Page(NamedTuple):
    """A page with the turns that it has."""

    name: str
    data: bytes
    turns: list[Spoken]


@dataclass(slots=True)
class TurnScores:
    """Counts over pages, and what went wrong."""

    boundaries: Score = field(default=NONE)
    roles: Score = field(default=NONE)
    speakers: Score = field(default=NONE)
    wrong: list[str] = field(default_factory=list)


def measure(pages: Iterable[Page], *, by_name: bool = False) -> TurnScores:
    """The scores over all pages; speakers are compared as printed, or by their full names."""
    scores = TurnScores()
    for page in pages:
        found = read(page.data, page.name)
        ours = (_ours(turn, by_name=by_name) for turn in (found.turns if found else ()))
        _compare(page.name, _one_narrative(page.turns), _one_narrative(ours), scores)
    return scores


def _compare(name: str, gold: list[Spoken], ours: list[Spoken], scores: TurnScores) -> None:
    right, starts = _laid_out(gold)
    found, our_starts = _laid_out(ours)
    line = in_line(right, found)
    matched = set()
    missed = 0
    for at, turn in starts.items():
        begins = _behind_label(at, right, line, our_starts)
        if begins is None:
            missed += 1
            scores.wrong.append(f"{name}\tmissed\t{turn.speaker}: {turn.text[:100]!r}")
            continue
        matched.add(begins)
        if begins == line.get(at):
            _judge(name, turn, our_starts[begins], scores)
    added = _added(our_starts.keys() - matched, our_starts, right, line)
    for at in added:
        mine = our_starts[at]
        scores.wrong.append(f"{name}\tadded {mine.role}\t{mine.speaker}: {mine.text[:100]!r}")
    counts = Score(len(matched), len(added), missed)
    scores.boundaries = scores.boundaries.plus(counts)


def _behind_label(
    at: int, right: Sequence[str], line: dict[int, int], ours: dict[int, Spoken]
) -> int | None:
    """Where our turn begins for the gold's at ``at``: at its first word, or behind the label that
    the gold has left in its text."""
    for ahead in range(at, min(at + _LONGEST_LABEL, len(right))):
        if ahead in line:
            mine = ours.get(line[ahead])
            label = words(mine.speaker or "") if mine else []
            return line[ahead] if mine and all(w in label for w in right[at:ahead]) else None
    return None


def _added(
    starts: Iterable[int], ours: dict[int, Spoken], right: Sequence[str], line: dict[int, int]
) -> list[int]:
    """Those of our starts that the gold has none for, but for turns behind a label that the gold
    has left in its text, and for turns that the gold has no word of."""
    back = {mine: gold for gold, mine in line.items()}
    wrong = []
    for start in sorted(starts):
        turn = ours[start]
        is_left_out = not any(start + n in back for n in range(len(words(turn.text))))
        if is_left_out and turn.speaker is None:
            continue
        before = right[max(0, back.get(start, 0) - _LONGEST_LABEL) : back.get(start, 0)]
        label = words(turn.speaker or "")
        if not (before[-len(label) :] == label if label else before[-1:] in _ASKER_LABELS):
            wrong.append(start)
    return wrong


def _judge(name: str, gold: Spoken, mine: Spoken, scores: TurnScores) -> None:
    if gold.role is not None:
        is_right = gold.role == mine.role
        scores.roles = scores.roles.plus(Score(is_right, not is_right, not is_right))
        if not is_right:
            told = f"is {gold.role}, read {mine.role}: {mine.text[:80]!r}"
            scores.wrong.append(f"{name}\trole\t{told}")
    # Who asks may be left unnamed: outlets print no more than their own name.
    is_right = _bare(mine.speaker) in (_bare(gold.speaker), None if _asks(gold) else "")
    scores.speakers = scores.speakers.plus(Score(is_right, not is_right, not is_right))
    if not is_right:
        told = f"is {gold.speaker}, read {mine.speaker}: {mine.text[:80]!r}"
        scores.wrong.append(f"{name}\tspeaker\t{told}")


def _laid_out(turns: Iterable[Spoken]) -> tuple[list[str], dict[int, Spoken]]:
    """The words of all turns, and at which of them each begins."""
    every: list[str] = []
    starts: dict[int, Spoken] = {}
    for turn in turns:
        found = words(turn.text)
        if found:
            starts[len(every)] = turn
            every += found
    return every, starts


def _one_narrative(turns: Iterable[Spoken]) -> list[Spoken]:
    whole: list[Spoken] = []
    for turn in turns:
        if whole and turn.role == whole[-1].role == "narrative":
            whole[-1] = turn._replace(text=f"{whole[-1].text}\n\n{turn.text}")
        else:
            whole.append(turn)
    return whole


def _ours(turn: Turn, *, by_name: bool) -> Spoken:
    speaker = turn.speaker
    printed = (speaker.name if by_name else speaker.as_printed) if speaker else None
    return Spoken(turn.role, printed, turn.text)


def _asks(gold: Spoken) -> bool:
    return gold.role == "question"


def _bare(speaker: str | None) -> str | None:
    bare = " ".join(words(speaker or "")).removeprefix("the ")
    return None if not bare or _NOBODY.fullmatch(bare) else bare
