"""The task: find the answers to reporters' questions in press briefings, by the question alone.

``whitehouse-turns.jsonl.xz`` has one transcript per line, with its turns.
"""

from __future__ import annotations

import json
import lzma
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from indexer.records import Passage, Role
from indexer.text.analysis import tokens

FILE = "whitehouse-turns.jsonl.xz"

_SEED = 4
_MAX_WORDS, _MAX_CHARACTERS = 60, 512
"""Longest query."""

_MIN_DISTINCTIVE_WORDS, _MIN_ANSWER_WORDS = 4, 8
_KEYWORD_COUNTS = (2, 3, 4)
_MAX_SHARE = 0.05
"""Greatest share of the passages that have a distinctive word."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as a sentence, as two to four keywords joined by OR, and the ids of its answers.

    ``tuned`` is true for one half of the transcripts, on which the ranking was tuned.
    """

    typed: str
    keywords: str
    answers: frozenset[str]
    tuned: bool


@dataclass(frozen=True, slots=True)
class Task:
    """Passages to search, questions drawn, and the numbers of all and of suitable questions."""

    passages: Sequence[Passage]
    questions: Sequence[Question]
    total: int
    suitable: int


@dataclass(slots=True)
class _ReporterQuestion:
    transcript: str
    text: str
    answers: list[str] = field(default_factory=list)


def task(data: Path, sample: int) -> Task:
    """Draw a sample of the questions, always the same, and take all other turns as passages.

    A question is suitable if it has four distinctive words, and an answer of eight words after it.
    """
    passages: list[Passage] = []
    questions: list[_ReporterQuestion] = []
    for transcript in _transcripts(data / FILE):
        own_passages, own_questions = _split(transcript)
        passages += own_passages
        questions += own_questions
    counts = _frequencies(passages)
    answered = [question for question in questions if question.answers]
    words = [_distinctive_words(one.text, counts, len(passages)) for one in answered]
    suitable = [
        (one, own)
        for one, own in zip(answered, words, strict=True)
        if len(own) >= _MIN_DISTINCTIVE_WORDS
    ]
    choose = random.Random(_SEED)
    names = sorted({passage.article_id for passage in passages})
    tuned = set(choose.sample(names, len(names) // 2))
    drawn = [
        Question(
            typed(one.text),
            _rarest(own, counts, choose.choice(_KEYWORD_COUNTS)),
            frozenset(one.answers),
            one.transcript in tuned,
        )
        for one, own in choose.sample(suitable, min(sample, len(suitable)))
    ]
    return Task(passages, drawn, len(questions), len(suitable))


def typed(question: str) -> str:
    """Cut a question to the length of a query."""
    text = " ".join(question.split()[:_MAX_WORDS])
    return text if len(text) <= _MAX_CHARACTERS else text[:_MAX_CHARACTERS].rpartition(" ")[0]


def _transcripts(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _split(transcript: dict[str, Any]) -> tuple[list[Passage], list[_ReporterQuestion]]:
    """Split a transcript into passages, and questions with the ids of their answers."""
    passages: list[Passage] = []
    questions: list[_ReporterQuestion] = []
    name, title = transcript["id"], transcript["title"]
    for role, turns in groupby(transcript["turns"], key=lambda turn: turn["role"]):
        for turn in turns:
            text = turn["text"]
            if role == "question":
                questions.append(_ReporterQuestion(name, text))
                continue
            place = len(passages) + 1
            kind: Role = "answer" if role == "answer" else "statement"
            passages.append(Passage(f"{name}#{place}", name, place, title, kind, text))
            if role == "answer" and questions and len(text.split()) >= _MIN_ANSWER_WORDS:
                questions[-1].answers.append(passages[-1].id)
    return passages, questions


def _frequencies(passages: Iterable[Passage]) -> Counter[str]:
    """Count the passages that have each stem."""
    return Counter(stem for one in passages for stem in {token.term for token in tokens(one.text)})


def _distinctive_words(question: str, counts: Counter[str], passages: int) -> dict[str, str]:
    """Return the words, by their stems, that some passages have, but few."""
    return {
        token.term: token.form
        for token in tokens(typed(question))
        if 0 < counts[token.term] <= _MAX_SHARE * passages
    }


def _rarest(words: dict[str, str], counts: Counter[str], count: int) -> str:
    rarest = sorted(words, key=lambda stem: counts[stem])[:count]
    # Libraries without operators drop OR as a stop word.
    return " OR ".join(form for stem, form in words.items() if stem in rarest)
