"""Who asks and who answers in the record of a hearing, where labels are ``Q.`` and ``A.``.

Such a record says who is sworn ("ADA LIND, sworn") and who examines ("Questioned by MR BERG"); both
hold until it names the next one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.ingest.dialogue.label_parts import label_parts
from indexer.ingest.dialogue.speaker_marks import Mark
from indexer.records import Paragraph

MAX_LINE = 120
"""Characters of a line that says who is sworn or who examines."""


@dataclass(frozen=True, slots=True)
class Row:
    """A form of such a line, with an example that it takes and one that it spares."""

    pattern: re.Pattern[str]
    takes: str
    spares: str


_EXAMINATION = (
    r"(?:further |re-?)?(?:questioned|questions|examined|cross-examined|re-examined"
    r"|(?:direct |cross[- ]?|re-?(?:direct |cross[- ]?)?)?examination)"
)

EXAMINES = (
    Row(
        re.compile(
            rf"^(?i:{_EXAMINATION}(?: continued| resumed)?,? by)[:\s]+"
            r"(?P<who>[^.,:;()]{3,60}(?:\.\s[^.,:;()]{2,40})?):?$"
        ),
        "Questioned by MR BERG",
        "Questioned by nobody, she left.",
    ),
    Row(
        re.compile(r"^BY (?P<who>(?:M[RSX]S?|DR|SIR|DAME|THE HON)\b\.?\s[^.,:;()]{3,60}):$"),
        "BY MR. BERG:",
        "BY SEA AND BY LAND:",
    ),
)
"""Lines that say who examines a witness."""

SWORN = (
    Row(
        re.compile(
            r"^\(?(?P<who>[^,:;()]{3,60}) \((?:re)?(?:affirmed|sworn|called|recalled|continued)\)$",
            re.I,
        ),
        "MS ADA LIND (affirmed)",
        "The tug (called Ada) was late.",
    ),
    Row(
        re.compile(
            r"^\(?(?P<who>[A-Z][^,:;()]{3,60}), (?:(?:having been|being|was) )?"
            r"(?:first |duly |previously )*(?:sworn|affirmed)\b"
        ),
        "ADA LIND, having been first duly sworn, testified as follows:",
        "Ada Lind, who was sworn at by the crew, left.",
    ),
)
"""Lines that say who is the witness."""

_LEAVES = re.compile(r"^\(?(?i:the )?(?i:witness) (?:withdrew|was excused|is excused|left)\b")
_WITNESS = re.compile(r"THE WITNESS\b", re.I)
_UNNAMED = re.compile(rf"{_EXAMINATION}\b[^.?!]{{0,60}}:?", re.I)
"""A heading over the questions of somebody whom it does not name."""

_PLAIN_ANSWER = re.compile(r"A\s+(?=[A-Z\"“])")
MIN_ANSWERS = 2
MIN_ANSWERED = 0.5
"""Paragraphs after a ``Q`` that begin with a lone "A", and their share, from which that answers."""


def with_witnesses(
    marks: Sequence[Mark | None], paragraphs: Sequence[Paragraph]
) -> list[Mark | None]:
    """Return the marks of paragraphs, with the people behind ``Q.``, ``A.`` and "THE WITNESS:"."""
    if not any(mark and mark.way == "letter" for mark in marks):
        return list(marks)
    asks: str | None = None
    answers: str | None = None
    found: list[Mark | None] = []
    for mark, paragraph in zip(_with_plain_answers(marks, paragraphs), paragraphs, strict=True):
        line = paragraph.text.replace("\n", " ")
        if (who := _named(SWORN, line)) is not None:
            asks, answers = None, who or None
            found.append(Mark("label", label=""))
        elif (who := _named(EXAMINES, line)) is not None:
            asks = who or None
            found.append(Mark("label", label=""))
        elif _LEAVES.match(line):
            asks = answers = None
            found.append(Mark("label", label=""))
        else:
            found.append(_told(mark, paragraph, asks, answers))
    return found


def _with_plain_answers(
    marks: Sequence[Mark | None], paragraphs: Sequence[Paragraph]
) -> list[Mark | None]:
    """Return the marks with one for each "A" without a full stop that follows a ``Q``."""
    asked = [bool(mark and mark.way == "letter" and mark.role == "question") for mark in marks]
    answers = {
        number: one.end()
        for number, (mark, paragraph) in enumerate(zip(marks, paragraphs, strict=True))
        if number and mark is None and asked[number - 1]
        if (one := _PLAIN_ANSWER.match(paragraph.text))
    }
    if len(answers) < max(MIN_ANSWERS, MIN_ANSWERED * sum(asked)):
        return list(marks)
    return [
        Mark("letter", answers[number], "A", "answer") if number in answers else mark
        for number, mark in enumerate(marks)
    ]


def _told(
    mark: Mark | None, paragraph: Paragraph, asks: str | None, answers: str | None
) -> Mark | None:
    if mark is None:
        return None
    if mark.way == "letter":
        who = asks if mark.role == "question" else answers
        return replace(mark, way="label", label=who) if who else mark
    if answers and _WITNESS.match(paragraph.text[: mark.start or mark.unread]):
        start = mark.start or mark.unread
        return replace(mark, start=start, unread=0, label=answers, role="answer")
    return mark


def _named(rows: Sequence[Row], line: str) -> str | None:
    """Return the name of whom a line swears in or lets examine; empty if nobody can read it."""
    if len(line) > MAX_LINE:
        return None
    for row in rows:
        if found := row.pattern.match(line):
            parts = label_parts(found["who"].strip())
            return (parts.name if parts is not None else None) or ""
    return "" if rows is EXAMINES and _UNNAMED.fullmatch(line) else None
