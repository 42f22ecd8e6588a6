"""Labels in letters without capitals: "记者：为什么？", "기자: 왜?", and names that answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from indexer.ingest.dialogue.speaker_marks import GENERIC_ANSWER, GENERIC_QUESTION, Mark
from indexer.records import Paragraph, Role
from indexer.text.sentences import ends_with_question

MIN_TURNS = 2
"""Questions, and turns of whoever answers, from which labels are a dialogue."""

_OPENING = 7
"""Paragraphs in which the people of an interview are named."""

_LETTER = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3々"
_LABEL = re.compile(
    rf"(?P<name>[{_LETTER}][{_LETTER}·\s]{{0,13}}?)(?:先生|女士|さん|氏| 씨)?"
    r"(?:[（(](?P<office>[^（()）：:\n]{2,20})[)）])?\s?[：:]\s*(?=\S)"
)


def wide_marks(paragraphs: Sequence[Paragraph], title: str) -> list[Mark | None]:
    """Read labels of askers, and names that answer them and recur or are in the opening too.

    Any other label, as that of a note, ends the turn before it and is nobody's.
    """
    found = [_LABEL.match(paragraph.text) for paragraph in paragraphs]
    labels = [one["name"].strip() if one else "" for one in found]
    asks = [GENERIC_QUESTION.fullmatch(label) is not None for label in labels]
    counts = Counter(labels)
    unlabelled = [p.text for p, label in zip(paragraphs, labels, strict=True) if not label]
    opening = "\n".join((title, *unlabelled[:_OPENING]))
    answering = {
        label for (asked, _), (_, label) in pairwise(zip(asks, labels, strict=True)) if asked
    }
    names = {
        label
        for label in answering - {""}
        if not GENERIC_QUESTION.fullmatch(label)
        and (
            GENERIC_ANSWER.fullmatch(label)
            or (len(label) > 1 and (label in opening or counts[label] >= MIN_TURNS))
        )
    }
    turns = max((counts[name] for name in names), default=0)
    questions = sum(
        is_asked and ends_with_question(paragraph.text)
        for is_asked, paragraph in zip(asks, paragraphs, strict=True)
    )
    if questions < MIN_TURNS or turns < MIN_TURNS:
        return [None] * len(paragraphs)
    return [
        _mark(one, label, is_asked, names) if one else None
        for one, label, is_asked in zip(found, labels, asks, strict=True)
    ]


def _mark(label: re.Match[str], name: str, is_asked: bool, names: set[str]) -> Mark:
    if is_asked:
        return Mark("label", label.end(), name, "question")
    if name not in names:
        return Mark("label", label="")
    role: Role | None = "answer" if GENERIC_ANSWER.fullmatch(name) else None
    return Mark("label", label.end(), name, role, label["office"])
