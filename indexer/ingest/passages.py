"""Turns to passages: an answer with its question, long ones split at the ends of paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, repeat
from typing import NamedTuple

from indexer.ingest.language import PassageLanguages
from indexer.people.roles import role_of
from indexer.records import Article, Passage, Speaker, Turn
from indexer.text.lengths import word_count
from indexer.text.sentences import sentences
from indexer.text.slugs import slug

WORDS = 250
"""Words of a passage, about; one is never cut inside a sentence."""

MAX_WORDS = 1.2 * WORDS
"""A paragraph that would make a passage longer begins the next one."""

MAX_PARAGRAPH_WORDS = 2 * WORDS
"""A longer paragraph is split between sentences."""


class _Question(NamedTuple):
    """The words of a question, and who asks it."""

    text: str | None = None
    asker: Speaker | None = None


class _Timed(NamedTuple):
    """A text, and the second of the recording at which it begins."""

    text: str
    time: int | None


def passages(article: Article, turns: Sequence[Turn]) -> tuple[Passage, ...]:
    """Return the passages of an article in reading order.

    Every passage of the answers to a question carries it, until the next question. A question that
    nobody answers, or that another asker's question follows, is a passage of its own. A long text
    without paragraphs is split between sentences. Each passage has its own language.
    """
    cut: list[Passage] = []
    languages = PassageLanguages((p.text for p in article.paragraphs), article.language)
    for turn, question in _with_questions(turns):
        for part in _split(turn):
            passage = _passage(article, turn, part, question, len(cut) + 1)
            language = languages.of(part.text)
            is_other = language != passage.language
            cut.append(replace(passage, language=language) if is_other else passage)
    return tuple(cut)


def _with_questions(turns: Iterable[Turn]) -> Iterator[tuple[Turn, _Question]]:
    """Yield turns except answered questions, each answer with the question before it."""
    waiting: list[Turn] = []
    question = _Question()
    for turn in turns:
        if turn.role == "question":
            waiting.append(turn)
        elif turn.role == "answer":
            if waiting:
                own = [earlier for earlier in waiting if _asker(earlier) == _asker(waiting[-1])]
                yield from ((earlier, _Question()) for earlier in waiting if earlier not in own)
                question = _Question("\n\n".join(one.text for one in own), waiting[-1].speaker)
                waiting = []
            yield turn, question
        else:
            yield from ((unanswered, _Question()) for unanswered in waiting)
            waiting = []
            yield turn, _Question()
    yield from ((unanswered, _Question()) for unanswered in waiting)


def _asker(turn: Turn) -> str | None:
    return turn.speaker.name if turn.speaker else None


def _split(turn: Turn) -> Iterator[_Timed]:
    """Split a turn into parts of about `WORDS` words, between paragraphs where that is possible."""
    parts: list[_Timed] = []
    size = 0
    for paragraph in _short_paragraphs(turn):
        words = word_count(paragraph.text)
        if parts and size + words > MAX_WORDS:
            yield _joined(parts)
            parts, size = [], 0
        parts.append(paragraph)
        size += words
        if size >= WORDS:
            yield _joined(parts)
            parts, size = [], 0
    if parts:
        yield _joined(parts)


def _joined(parts: Sequence[_Timed]) -> _Timed:
    return _Timed("\n\n".join(part.text for part in parts), parts[0].time)


def _short_paragraphs(turn: Turn) -> Iterator[_Timed]:
    """Yield the paragraphs of a turn, those that are far too long in several pieces."""
    times = chain(turn.times, repeat(None))
    for paragraph, time in zip(turn.text.split("\n\n"), times, strict=False):
        if word_count(paragraph) <= MAX_PARAGRAPH_WORDS:
            yield _Timed(paragraph, time)
            continue
        begin = 0
        for _, end in sentences(paragraph):
            if word_count(paragraph[begin:end]) >= WORDS:
                yield _Timed(paragraph[begin:end].strip(), time)
                begin = end
        if rest := paragraph[begin:].strip():
            yield _Timed(rest, time)


def _passage(
    article: Article, turn: Turn, part: _Timed, question: _Question, position: int
) -> Passage:
    speaker, asker = turn.speaker, question.asker
    return Passage(
        id=f"{article.id}#{position}",
        article_id=article.id,
        position=position,
        title=article.title,
        role=turn.role,
        text=part.text,
        question=question.text,
        asker=asker.name if asker else None,
        asker_id=(slug(asker.name) or None) if asker else None,
        asker_as_printed=asker.as_printed if asker else None,
        asker_evidence=asker.evidence if asker else None,
        speaker=speaker.name if speaker else None,
        speaker_id=(slug(speaker.name) or None) if speaker else None,
        as_printed=speaker.as_printed if speaker else None,
        speaker_role=role_of(speaker.role) if speaker else None,
        attribution=speaker.attribution if speaker else None,
        evidence=speaker.evidence if speaker else None,
        indirect=turn.indirect,
        time=part.time,
        published=article.published,
        date_precision=article.date_precision,
        outlet=article.outlet,
        url=article.url,
        article_language=article.language,
        author=article.author,
    )
