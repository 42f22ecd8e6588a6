"""Boundaries, roles and speakers of turns, compared with transcripts that label their speakers.

A turn is found if it begins at the same word as in the gold standard, after alignment by
`scores.align`. Narrative paragraphs in a row are one turn. Roles and speakers are compared for the
turns found; only roles that the gold standard is certain of count. ``Q`` and ``Question`` are
unknown speakers. Two things are not errors: a label that the gold standard has left in the text of
a turn, and lines missing from it that ours attributes to nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bench.extraction.ours import read
from bench.extraction.scores import NONE, Score, align, words
from indexer.records import Turn

_NOBODY = re.compile(
    r"(?:q|question|remark|reply|answer|response|comment)(?: \d+| from .*)?(?: retranslated)?"
)
_ASKER_LABELS = (["q"], ["question"], ["retranslated"])
_MAX_LABEL_WORDS = 30


class Spoken(NamedTuple):
    """A turn of the gold standard or of ours. ``role`` is ``None`` if uncertain."""

    role: str | None
    speaker: str | None
    text: str


class Page(NamedTuple):
    """A page with its turns in the gold standard."""

    name: str
    data: bytes
    turns: list[Spoken]


@dataclass(slots=True)
class TurnScores:
    """Counts over pages, and the errors."""

    boundaries: Score = field(default=NONE)
    roles: Score = field(default=NONE)
    speakers: Score = field(default=NONE)
    errors: list[str] = field(default_factory=list)


def measure(pages: Iterable[Page], *, by_name: bool = False) -> TurnScores:
    """Compare the turns of all pages. Speakers are compared as printed, or by full name."""
    scores = TurnScores()
    for page in pages:
        ingested = read(page.data, page.name)
        turns = ingested.turns if ingested else ()
        ours = (_ours(turn, by_name=by_name) for turn in turns)
        _compare(page.name, _one_narrative(page.turns), _one_narrative(ours), scores)
    return scores


def _compare(name: str, gold: list[Spoken], ours: list[Spoken], scores: TurnScores) -> None:
    gold_words, starts = _words_and_starts(gold)
    our_words, our_starts = _words_and_starts(ours)
    aligned = align(gold_words, our_words)
    matched = set()
    missed = 0
    for at, turn in starts.items():
        begins = _start_after_label(at, gold_words, aligned, our_starts)
        if begins is None:
            missed += 1
            scores.errors.append(f"{name}\tmissed\t{turn.speaker}: {turn.text[:100]!r}")
            continue
        matched.add(begins)
        if begins == aligned.get(at):
            _judge(name, turn, our_starts[begins], scores)
    added = _added(our_starts.keys() - matched, our_starts, gold_words, aligned)
    for at in added:
        mine = our_starts[at]
        scores.errors.append(f"{name}\tadded {mine.role}\t{mine.speaker}: {mine.text[:100]!r}")
    counts = Score(len(matched), len(added), missed)
    scores.boundaries = scores.boundaries.plus(counts)


def _start_after_label(
    at: int, gold_words: Sequence[str], aligned: dict[int, int], ours: dict[int, Spoken]
) -> int | None:
    """Find the start of our turn for that of the gold standard at ``at``.

    It is the first word, or the one after a label that the gold standard has left in the text.
    """
    for ahead in range(at, min(at + _MAX_LABEL_WORDS, len(gold_words))):
        if ahead in aligned:
            mine = ours.get(aligned[ahead])
            label = words(mine.speaker or "") if mine else []
            is_label = all(word in label for word in gold_words[at:ahead])
            return aligned[ahead] if mine and is_label else None
    return None


def _added(
    starts: Iterable[int],
    ours: dict[int, Spoken],
    gold_words: Sequence[str],
    aligned: dict[int, int],
) -> list[int]:
    """Find turns of ours that are not in the gold standard.

    Not counted are turns after a label in its text, and unattributed ones that it has no word of.
    """
    back = {mine: gold for gold, mine in aligned.items()}
    added = []
    for start in sorted(starts):
        turn = ours[start]
        is_missing = not any(start + n in back for n in range(len(words(turn.text))))
        if is_missing and turn.speaker is None:
            continue
        before = gold_words[max(0, back.get(start, 0) - _MAX_LABEL_WORDS) : back.get(start, 0)]
        label = words(turn.speaker or "")
        if not (before[-len(label) :] == label if label else before[-1:] in _ASKER_LABELS):
            added.append(start)
    return added


def _judge(name: str, gold: Spoken, mine: Spoken, scores: TurnScores) -> None:
    if gold.role is not None:
        is_right = gold.role == mine.role
        scores.roles = scores.roles.plus(Score(is_right, not is_right, not is_right))
        if not is_right:
            error = f"is {gold.role}, read {mine.role}: {mine.text[:80]!r}"
            scores.errors.append(f"{name}\trole\t{error}")
    # Reporters may be unnamed, as transcripts often print only their outlet.
    is_right = _bare(mine.speaker) in (_bare(gold.speaker), None if _asks(gold) else "")
    scores.speakers = scores.speakers.plus(Score(is_right, not is_right, not is_right))
    if not is_right:
        error = f"is {gold.speaker}, read {mine.speaker}: {mine.text[:80]!r}"
        scores.errors.append(f"{name}\tspeaker\t{error}")


def _words_and_starts(turns: Iterable[Spoken]) -> tuple[list[str], dict[int, Spoken]]:
    """Join the words of all turns, and map the place of the first word to its turn."""
    every: list[str] = []
    starts: dict[int, Spoken] = {}
    for turn in turns:
        of_turn = words(turn.text)
        if of_turn:
            starts[len(every)] = turn
            every += of_turn
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
