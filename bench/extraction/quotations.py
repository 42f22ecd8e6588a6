"""Quotations in invented passages of running text: found, and given to the right person.

A quotation of ours is one of the gold's if four fifths of the words of the longer are in both.
Only those of five words or more count; shorter ones are mostly nobody's. A speaker is right if it
is the full name, or if the passage names nobody and neither do we. End to end, a quotation counts
if it is found and its speaker is right.
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

_FEWEST_WORDS = 5


class Said(NamedTuple):
    """Words, and who says them."""

    speaker: str | None
    text: str


@dataclass(slots=True)
class QuotationScores:
    """Counts over all passages, and what went wrong."""

    passages: int = 0
    found: Score = field(default=NONE)
    speakers: Score = field(default=NONE)
    whole: Score = field(default=NONE)
    indirect: Score = field(default=NONE)
    wrong: list[str] = field(default_factory=list)


def measure() -> QuotationScores:
    """The scores over all passages."""
    scores = QuotationScores()
    for passage in _passages():
        scores.passages += 1
        page = "\n\n".join(["What was said this week in Kesten", *passage["paragraphs"]])
        ingested = read(page.encode(), "passage.txt")
        if ingested is None:
            continue
        gold = [Said(speaker or None, text) for speaker, text in passage["said"]]
        mine = [Said(_name(one.speaker), one.text) for one in ingested.quotations]
        _compare(passage["about"], _long(gold), _long(mine), scores)
        told = [Said(_name(turn.speaker), turn.text) for turn in ingested.turns if turn.indirect]
        _compare_told(passage, told, scores)
    return scores


def _compare(
    about: str, gold: Sequence[Said], mine: Sequence[Said], scores: QuotationScores
) -> None:
    left = list(mine)
    found = right = 0
    for one in gold:
        same = next((said for said in left if _alike(said.text, one.text)), None)
        if same is None:
            scores.wrong.append(f"{about}\tnot found\t{one.speaker}: {one.text}")
            continue
        left.remove(same)
        found += 1
        right += same.speaker == one.speaker
        if same.speaker != one.speaker:
            scores.wrong.append(f"{about}\tsays {one.speaker}, read {same.speaker}\t{one.text}")
    scores.wrong += [f"{about}\tnone\t{said.speaker}: {said.text}" for said in left]
    missed = len(gold) - found
    scores.found = scores.found.plus(Score(found, len(left), missed))
    scores.speakers = scores.speakers.plus(Score(right, found - right, found - right))
    scores.whole = scores.whole.plus(Score(right, len(mine) - right, len(gold) - right))


def _compare_told(passage: Any, mine: Sequence[Said], scores: QuotationScores) -> None:
    gold = [Said(speaker, text) for speaker, text in passage.get("told", ())]
    right = sum(
        any(said.speaker == g.speaker and g.text in said.text for said in mine) for g in gold
    )
    if right < len(gold) or len(mine) > len(gold):
        scores.wrong.append(f"{passage['about']}\tindirect\t{gold} read {list(mine)}")
    counts = Score(right, max(0, len(mine) - right), len(gold) - right)
    scores.indirect = scores.indirect.plus(counts)


def _name(speaker: Speaker | None) -> str | None:
    return speaker.name if speaker else None


def _alike(one: str, other: str) -> bool:
    mine, gold = Counter(words(one)), Counter(words(other))
    return (mine & gold).total() >= 0.8 * max(mine.total(), gold.total())


def _long(said: Sequence[Said]) -> list[Said]:
    return [one for one in said if len(words(one.text)) >= _FEWEST_WORDS]


def _passages() -> Iterator[Any]:
    text = resources.files(__package__).joinpath("quotations.toml").read_text("utf-8")
    yield from tomllib.loads(text)["passage"]
