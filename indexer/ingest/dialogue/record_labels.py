"""Labels of records: transcripts in which offices, titles, parties and brackets mark who speaks."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.ingest.dialogue.label_parts import LabelParts, label_parts
from indexer.ingest.dialogue.speaker_marks import GENERIC_QUESTION, LABEL, Mark
from indexer.people.names import NOT_A_SPEAKER
from indexer.records import Paragraph

MIN_LABELS = 3
MIN_SPEAKERS = 2
"""Marked labels, and names in them, from which an article is a record."""

MIN_SHARE_OF_CAPITALS = 0.7
"""The share of labels in capitals from which those in small letters are none."""


def recorded_labels(paragraphs: Sequence[Paragraph]) -> list[Mark | None]:
    """Return the label of each paragraph of a record; all ``None`` for other articles.

    A label that is marked as a person's but names nobody is there too, with an empty name.
    """
    found = [_label_of(paragraph.text) for paragraph in paragraphs]
    capitals = [p.text[: one[0]].isupper() for p, one in zip(paragraphs, found, strict=True) if one]
    if sum(capitals) > MIN_SHARE_OF_CAPITALS * len(capitals):
        # Labels of one record look alike: others are the words of somebody.
        found = [
            one if one and paragraph.text[: one[0]].isupper() else None
            for one, paragraph in zip(found, paragraphs, strict=True)
        ]
    marked = [one[1].name for one in found if one is not None]
    if len(marked) < MIN_LABELS or len({name for name in marked if name}) < MIN_SPEAKERS:
        return [None] * len(paragraphs)
    return [None if one is None else _mark(*one) for one in found]


def _label_of(text: str) -> tuple[int, LabelParts] | None:
    """Return where the words after a label begin, and its parts."""
    found = LABEL.match(text)
    if found is None or found["mark"] or NOT_A_SPEAKER.fullmatch(found["label"].strip()):
        return None
    label = found["label"].strip()
    if GENERIC_QUESTION.fullmatch(label) or "\n" in label:
        return None
    parts = label_parts(label)
    if parts is None or not parts.is_marked:
        return None
    return found.end() + len(text[found.end() :]) - len(text[found.end() :].lstrip()), parts


def _mark(start: int, parts: LabelParts) -> Mark:
    if parts.name is None:
        return Mark("label", 0, label="")
    return Mark("label", start, parts.name, office=parts.office)
