"""Paragraphs, cut where another voice begins inside them, so that a mark covers a whole piece."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.ingest.dialogue.speaker_marks import by_dash, by_label, by_letter, covers, moved
from indexer.records import Paragraph, Span
from indexer.text.sentences import STOPS, ends_with_question

MIN_REMARK_WORDS = 3
"""Words of a bold remark that takes the place of a question; fewer are a label."""


def pieces_of(
    paragraphs: Sequence[Paragraph], left_out: int | None
) -> Iterator[tuple[int, Paragraph]]:
    """Yield paragraphs with their numbers, cut where another voice begins inside.

    That is at a line with a mark, and after a bold question that goes on in plain letters.
    ``left_out`` is the number of a paragraph to leave out.
    """
    bold_asks = sum(_leading_question(p.bold, p.text) is not None for p in paragraphs) >= 2
    for number, paragraph in enumerate(paragraphs):
        if number == left_out:
            continue
        rest = paragraph
        while (cut := _cut(rest, bold_asks)) is not None:
            yield number, part_of(rest, 0, cut)
            rest = part_of(rest, cut, len(rest.text))
        yield number, rest


def _leading_question(spans: Sequence[Span], text: str) -> int | None:
    """Return the end of a marked question at the beginning of a paragraph; ``None`` without one."""
    if not spans or spans[0][0] > 0 or not ends_with_question(text[: spans[0][1]]):
        return None
    return spans[0][1]


def _cut(paragraph: Paragraph, bold_asks: bool) -> int | None:
    text = paragraph.text
    if paragraph.speaker is not None:
        return None
    for spans in (paragraph.bold, paragraph.italic):
        end = _leading_question(spans, text)
        if end is None and bold_asks and spans is paragraph.bold:
            end = _leading_remark(spans, text)
        if end is not None and text[end:].strip():
            return end + len(text[end:]) - len(text[end:].lstrip())
    for line in re.finditer(r"\n", text):
        after = part_of(paragraph, line.end(), len(text))
        bold_before = covers(part_of(paragraph, 0, line.start()).bold, text[: line.start()])
        bold_after = bool(after.bold) and after.bold[0][0] == 0
        bold_changes = bool(paragraph.bold) and bold_before != bold_after
        if bold_changes or by_dash(after) or by_label(after) or by_letter(after):
            return line.end()
    return None


def _leading_remark(spans: Sequence[Span], text: str) -> int | None:
    """Return the end of a bold sentence at the beginning of a paragraph; ``None`` without one."""
    if not spans or spans[0][0] > 0 or len(text[: spans[0][1]].split()) < MIN_REMARK_WORDS:
        return None
    return spans[0][1] if text[: spans[0][1]].rstrip()[-1] in STOPS else None


def part_of(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    """Return a part of a paragraph, trimmed, with the marks that are in it."""
    text = paragraph.text[start:end]
    kept = text.strip()
    shift = start + len(text) - len(text.lstrip())
    return replace(
        paragraph,
        text=kept,
        bold=moved(paragraph.bold, shift, len(kept)),
        italic=moved(paragraph.italic, shift, len(kept)),
    )
