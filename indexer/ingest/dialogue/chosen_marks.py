"""The mark of each paragraph that counts, by the ways that the article as a whole confirms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.ingest.cast.context import ArticleContext
from indexer.ingest.cast.members import People
from indexer.ingest.dialogue.broken_labels import with_broken
from indexer.ingest.dialogue.chairs import with_chairs
from indexer.ingest.dialogue.interview_marks import interview_marks, without_terms
from indexer.ingest.dialogue.label_parts import has_label_words
from indexer.ingest.dialogue.labels import Labels, sure_labels
from indexer.ingest.dialogue.record_labels import record_of
from indexer.ingest.dialogue.speaker_marks import EMPHASIS, WAYS, Mark, covers, moved
from indexer.ingest.dialogue.speech import is_speech
from indexer.ingest.dialogue.witnesses import with_witnesses
from indexer.people.first_names import has_first_name
from indexer.people.names import could_be_name
from indexer.records import Paragraph
from indexer.text.sentences import ASKING, STOPS, WIDE_STOPS, ends_with_question

MIN_ASKING = 0.3
"""The share of questions among bold sentences from which all take the place of a question."""

MAX_NAME = 3
"""Words of a name that the labels of a record part from an office."""

_ASKS = re.compile(f"[{ASKING}]")
_STOPS = f"{STOPS}{WIDE_STOPS}"


def _marks(paragraph: Paragraph) -> dict[str, Mark]:
    marks = ((way.name, way.read(paragraph)) for way in WAYS)
    return {name: mark for name, mark in marks if mark is not None}


def chosen_marks(
    paragraphs: Sequence[Paragraph], context: ArticleContext, labels: Labels
) -> list[Mark | None]:
    """Return the mark of each paragraph that counts, by the ways that the article confirms."""
    people = context.people
    own = interview_marks(paragraphs, context.article.title)
    others = _confirmed_marks(without_terms(paragraphs, own), people, labels)
    marks = [mine or other for mine, other in zip(own, others, strict=True)]
    if not is_speech(marks, paragraphs, people):
        marks = [mark if mark and mark.way != "label" else None for mark in marks]
    marks = with_witnesses(with_broken(marks, paragraphs), paragraphs)
    return with_chairs(marks, paragraphs)


def _confirmed_marks(
    paragraphs: Sequence[Paragraph], people: People, labels: Labels
) -> list[Mark | None]:
    marks = [_marks(paragraph) for paragraph in paragraphs]
    ways = _sure_ways(marks, paragraphs)
    record = record_of(paragraphs)
    if record.is_certain and not ways & {*EMPHASIS, "class", "definition list"}:
        has_letters = _has_questions(marks, "letter")
        return [
            by_way.get("voice") or (by_way.get("letter") if has_letters else None) or recorded
            for by_way, recorded in zip(marks, record.marks, strict=True)
        ]
    sure = sure_labels(marks, paragraphs, people)
    chosen: list[Mark | None] = []
    for by_way, paragraph, in_record in zip(marks, paragraphs, record.marks, strict=True):
        label = by_way.get("label")
        after_question = bool(chosen) and chosen[-1] is not None and chosen[-1].role == "question"
        if label is not None and label.label is not None and label.label not in sure:
            asks = any(way in by_way and way in ways for way in EMPHASIS)
            is_answerer = label.start < len(paragraph.text) and (
                labels.is_introduced(label.label) or _is_named(paragraph, label)
            )
            if not asks and not (after_question and is_answerer):
                del by_way["label"]
                if paragraph.time is not None:
                    # In a recording each label is another voice, also one that names nobody.
                    by_way["voice"] = Mark("voice", label="")
        combined = _combined(by_way, ways)
        chosen.append(in_record if _is_fuller(in_record, combined) else combined or in_record)
    return chosen


def _is_fuller(in_record: Mark | None, mark: Mark | None) -> bool:
    """Return whether the labels of a record tell the full name in a label: "Poslanec Berg".

    A surname alone tells less than the office before it, which other articles may explain.
    """
    if in_record is None or mark is None or mark.way != "label" or mark.role is not None:
        return False
    name, label = (in_record.label or "").split(), (mark.label or "").split()
    is_end = len(name) > 1 and len(label) > 1 and label[-1] == name[-1]
    return is_end and has_label_words(" ".join(label)) and len(name) <= MAX_NAME


def _is_named(paragraph: Paragraph, label: Mark) -> bool:
    """Return whether a label is bold and the full name of somebody: "**Ada Lind:** It is."."""
    name = label.label or ""
    return (
        bool(moved(paragraph.bold, 0, label.start))
        and covers(moved(paragraph.bold, 0, label.start), name)
        and has_first_name(name)
        and could_be_name(name)
    )


def _sure_ways(marks: Sequence[dict[str, Mark]], paragraphs: Sequence[Paragraph]) -> frozenset[str]:
    """Return the ways that the article confirms, except labels, which are judged singly."""
    ways = {way for way in EMPHASIS if _mostly_asks(marks, paragraphs, way)}
    ways |= {way for way in ("class", "definition list") if _has_questions(marks, way)}
    if _has_questions(marks, "letter") and any("label" in by_way for by_way in marks):
        ways.add("letter")
    if ways & set(EMPHASIS) or _is_dialogue(marks, paragraphs):
        ways.add("dash")
    return frozenset({"voice", "label", *ways})


def _combined(by_way: dict[str, Mark], ways: frozenset[str]) -> Mark | None:
    """Return one mark of several ways.

    A label in a bold question gives the name, the bold gives the role; a dash next to bold
    questions marks an answer.
    """
    sure = [way.name for way in WAYS if way.name in by_way and way.name in ways]
    if not sure:
        return None
    mark = by_way[sure[0]]
    emphasis = next((way for way in sure if way in EMPHASIS), None)
    if mark.way == "label" and mark.role is None and emphasis is not None:
        return replace(mark, way=emphasis, role="question")
    if mark.way == "dash" and ways & set(EMPHASIS):
        return replace(mark, role="answer")
    return mark


def _has_questions(marks: Sequence[dict[str, Mark]], way: str) -> bool:
    return any(way in by_way and by_way[way].role == "question" for by_way in marks)


def _mostly_asks(
    marks: Sequence[dict[str, Mark]], paragraphs: Sequence[Paragraph], way: str
) -> bool:
    """Return whether paragraphs marked in a way are questions.

    At least two of them ask, or one, and then the others are whole sentences; and half of them ask,
    or all are whole sentences.
    """
    texts = [p.text for m, p in zip(marks, paragraphs, strict=True) if way in m]
    asking = sum(bool(_ASKS.search(text)) for text in texts)
    # A heading may ask too; a remark instead of a question is a whole sentence.
    remarks = [text for text in texts if not _ASKS.search(text)]
    are_sentences = all(text.rstrip()[-1] in _STOPS for text in remarks)
    is_sure = asking >= 2 or (asking == 1 and are_sentences)
    share = MIN_ASKING if are_sentences and way != "heading" else 0.5
    return len(texts) < len(marks) and is_sure and asking >= share * len(texts)


def _is_dialogue(marks: Sequence[dict[str, Mark]], paragraphs: Sequence[Paragraph]) -> bool:
    """Return whether dashes mark a dialogue, not a list.

    Every other paragraph asks, and those between do not.
    """
    texts = [p.text for m, p in zip(marks, paragraphs, strict=True) if "dash" in m]
    asking = [ends_with_question(text) for text in texts]
    if len(texts) < 2 or not any(asking):
        return False
    first, second = asking[0::2], asking[1::2]
    return sum(first) >= 0.6 * len(first) and sum(second) <= 0.4 * len(second)
