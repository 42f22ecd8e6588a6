"""The task: reporters' questions as queries, and the answers, without them, to be found.

The press briefings come from ``whitehouse-turns.jsonl.xz``: one transcript a line, with its turns.
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
_TYPED_WORDS, _TYPED_CHARACTERS = 60, 512
_TELLING_WORDS, _ANSWER_WORDS = 4, 8
_KEYWORDS = (2, 3, 4)
_COMMON = 0.05
"""A word that a larger share of the passages has tells little of what is asked."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it would be typed, as two to four keywords of which any will do, and the
    passages that answer it.

    Rankings are ``tuned`` on the questions of one half of the transcripts, and judged on the rest.
    """

    typed: str
    keywords: str
    answers: frozenset[str]
    tuned: bool


@dataclass(frozen=True, slots=True)
class Task:
    """What is searched, what is asked, and how many questions there were to choose from."""

    passages: Sequence[Passage]
    questions: Sequence[Question]
    asked: int
    fit: int


@dataclass(slots=True)
class _Asked:
    transcript: str
    text: str
    answers: list[str] = field(default_factory=list)


def task(data: Path, sample: int) -> Task:
    """A drawn sample of the questions, the same every time, and all that is no question.

    A question counts if it has four telling words, and an answer of eight words right behind it.
    """
    passages: list[Passage] = []
    asked: list[_Asked] = []
    for transcript in _transcripts(data / FILE):
        said, questions = _read(transcript)
        passages += said
        asked += questions
    known = _frequencies(passages)
    telling = [(one, _telling(one.text, known, len(passages))) for one in asked if one.answers]
    fit = [(one, words) for one, words in telling if len(words) >= _TELLING_WORDS]
    choose = random.Random(_SEED)
    names = sorted({passage.article_id for passage in passages})
    tuned = set(choose.sample(names, len(names) // 2))
    drawn = [
        Question(
            typed(one.text),
            _rarest(words, known, choose.choice(_KEYWORDS)),
            frozenset(one.answers),
            one.transcript in tuned,
        )
        for one, words in choose.sample(fit, min(sample, len(fit)))
    ]
    return Task(passages, drawn, len(asked), len(fit))


def typed(question: str) -> str:
    """As much of a question as people type, or paste."""
    text = " ".join(question.split()[:_TYPED_WORDS])
    return text if len(text) <= _TYPED_CHARACTERS else text[:_TYPED_CHARACTERS].rpartition(" ")[0]


def _transcripts(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _read(transcript: dict[str, Any]) -> tuple[list[Passage], list[_Asked]]:
    """The turns that are no questions as passages, and the questions with what answers them."""
    passages: list[Passage] = []
    questions: list[_Asked] = []
    name, title = transcript["id"], transcript["title"]
    for role, turns in groupby(transcript["turns"], key=lambda turn: turn["role"]):
        for turn in turns:
            text = turn["text"]
            if role == "question":
                questions.append(_Asked(name, text))
                continue
            place = len(passages) + 1
            kind: Role = "answer" if role == "answer" else "statement"
            passages.append(Passage(f"{name}#{place}", name, place, title, kind, text))
            if role == "answer" and questions and len(text.split()) >= _ANSWER_WORDS:
                questions[-1].answers.append(passages[-1].id)
    return passages, questions


def _frequencies(passages: Iterable[Passage]) -> Counter[str]:
    """How many passages have each stem."""
    return Counter(stem for one in passages for stem in {token.term for token in tokens(one.text)})


def _telling(question: str, known: Counter[str], passages: int) -> dict[str, str]:
    """The words as typed, by their stem, that some passages have, but not many."""
    return {
        token.term: token.form
        for token in tokens(typed(question))
        if 0 < known[token.term] <= _COMMON * passages
    }


def _rarest(words: dict[str, str], known: Counter[str], count: int) -> str:
    rarest = sorted(words, key=lambda stem: known[stem])[:count]
    # Those that do not know operators drop the word, like any stop word.
    return " OR ".join(form for stem, form in words.items() if stem in rarest)
