"""The paragraphs of an authored text that are not its author's."""

from __future__ import annotations

from indexer.ingest.authored.body import MAX_LINE_WORDS, Body
from indexer.ingest.authored.writers import Writer
from indexer.text.lengths import word_count

MAX_LAST_WORDS = 5 * MAX_LINE_WORDS
"""Words of the last paragraph of a letter, which its signature ends."""


def spared(body: Body, writer: Writer) -> frozenset[int]:
    """Return the numbers of the paragraphs that are not the writer's.

    An editor's lead and notes, a biography at the end with all after it, what is set off as a
    quotation, and letters of readers inside the text.
    """
    lead = [number for number in body.told_of(writer) if number < body.begins]
    numbers = {*range(max(lead, default=-1) + 1)} if body.begins < len(body.own) else set()
    for number, text in body.closing():
        if 2 * number >= len(body.texts) and _presents(body, text, writer):
            numbers.update(range(number, len(body.texts)))
    numbers.update(n for n, text in enumerate(body.texts) if body.rows.fits("note", text))
    numbers.update(n for n, text in enumerate(body.own) if not text and body.texts[n])
    return frozenset(numbers | _letters(body))


def is_told_of(body: Body, *writers: Writer) -> bool:
    """Return whether a text tells of one of its writers by name, in paragraphs that are theirs."""
    return any(set(body.told_of(writer)) - spared(body, writer) for writer in writers)


def _presents(body: Body, text: str, writer: Writer) -> bool:
    """Return whether a paragraph is a biography of the writer."""
    presented = body.presented(text)
    names = [one.name for one in presented or ()]
    return presented is not None and (not presented or writer.name in names)


def _letters(body: Body) -> set[int]:
    """Return the paragraphs of letters inside the text, from "Dear Ada," to their signature."""
    numbers: set[int] = set()
    begun: int | None = None
    for number, text in enumerate(body.texts):
        first, last = text.split("\n")[0], text.split("\n")[-1].lstrip()
        if number and body.rows.fits("salutation", first):
            begun = number
        is_signed = last.startswith(("—", "–", "- ")) and word_count(text) <= MAX_LAST_WORDS
        if begun is not None and is_signed:
            numbers.update(range(begun, number + 1))
            begun = None
    return numbers
