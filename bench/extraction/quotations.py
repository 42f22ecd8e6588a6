"""Quotations in invented running text: are they found, and attributed correctly?

Two quotations are the same if four fifths of the words of the longer are in both. Only those of
five words or more count, as shorter ones are mostly not speech. A speaker is right if the full name
is the same, or unknown in both. End to end, a quotation counts if it is found and its speaker is
right.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Any, NamedTuple

from bench.extraction.ours import read
from bench.extraction.scores import NONE, Score, words
from indexer.records import Speaker

_MIN_WORDS = 5
_SAME_SHARE = 0.8


class Quotation(NamedTuple):
    """Words and their speaker."""

    speaker: str | None
    text: str


@dataclass(slots=True)
class QuotationScores:
    """Counts over all passages, and the errors."""

    passages: int = 0
    found: Score = field(default=NONE)
    speakers: Score = field(default=NONE)
    whole: Score = field(default=NONE)
    indirect: Score = field(default=NONE)
    errors: list[str] = field(default_factory=list)


def measure() -> QuotationScores:
    """Compare the quotations of all passages."""
    scores = QuotationScores()
    for passage in _passages():
        scores.passages += 1
        page = "\n\n".join(["What was said this week in Kesten", *passage["paragraphs"]])
        ingested = read(page.encode(), "passage.txt")
        if ingested is None:
            continue
        gold = [Quotation(speaker or None, text) for speaker, text in passage["said"]]
        mine = [Quotation(_name(one.speaker), one.text) for one in ingested.quotations]
        _compare(passage["about"], _long(gold), _long(mine), scores)
        indirect = [
            Quotation(_name(turn.speaker), turn.text) for turn in ingested.turns if turn.indirect
        ]
        _compare_indirect(passage, indirect, scores)
    return scores


def _compare(
    about: str, gold: Sequence[Quotation], mine: Sequence[Quotation], scores: QuotationScores
) -> None:
    left = list(mine)
    found = right = 0
    for one in gold:
        same = next((other for other in left if is_same(other.text, one.text)), None)
        if same is None:
            scores.errors.append(f"{about}\tnot found\t{one.speaker}: {one.text}")
            continue
        left.remove(same)
        found += 1
        right += same.speaker == one.speaker
        if same.speaker != one.speaker:
            scores.errors.append(f"{about}\tsays {one.speaker}, read {same.speaker}\t{one.text}")
    scores.errors += [f"{about}\tnone\t{other.speaker}: {other.text}" for other in left]
    missed = len(gold) - found
    scores.found = scores.found.plus(Score(found, len(left), missed))
    scores.speakers = scores.speakers.plus(Score(right, found - right, found - right))
    scores.whole = scores.whole.plus(Score(right, len(mine) - right, len(gold) - right))


def _compare_indirect(passage: Any, mine: Sequence[Quotation], scores: QuotationScores) -> None:
    gold = [Quotation(speaker, text) for speaker, text in passage.get("indirect", ())]
    right = sum(any(one.speaker == g.speaker and g.text in one.text for one in mine) for g in gold)
    if right < len(gold) or len(mine) > len(gold):
        scores.errors.append(f"{passage['about']}\tindirect\t{gold} read {list(mine)}")
    counts = Score(right, max(0, len(mine) - right), len(gold) - right)
    scores.indirect = scores.indirect.plus(counts)


def _name(speaker: Speaker | None) -> str | None:
    return speaker.name if speaker else None


def is_same(one: str, other: str) -> bool:
    """Return whether two quotations are one: they share four fifths of their words."""
    mine, gold = Counter(words(one)), Counter(words(other))
    return (mine & gold).total() >= _SAME_SHARE * max(mine.total(), gold.total())


def _long(quotations: Sequence[Quotation]) -> list[Quotation]:
    return [one for one in quotations if len(words(one.text)) >= _MIN_WORDS]


def _passages() -> Iterator[Any]:
    text = resources.files(__package__).joinpath("quotations.toml").read_text("utf-8")
    yield from tomllib.loads(text)["passage"]
