"""A text that a page gives twice: for telephones, for paper, or for readers who print it."""

from __future__ import annotations

from dataclasses import replace

from indexer.ingest.html.main_text import MainText
from indexer.records import Dropped
from indexer.text.bare_words import bare_words
from indexer.text.lengths import letter_count

MIN_COPIED = 2
MIN_COPIED_LETTERS = 200
"""Paragraphs in a row, and their letters, that are a second copy and no refrain."""


def without_second_copy(main: MainText) -> MainText:
    """Leave out a text that the page gives a second time, as it does for paper or telephones.

    A refrain is kept: only several paragraphs in a row are a copy.
    """
    words = [bare_words(paragraph.text) for paragraph in main.kept]
    first: dict[str, int] = {}
    copies: set[int] = set()
    run: list[int] = []
    for number, text in enumerate([*words, ""]):
        before = first.setdefault(text, number)
        if run and before != first[words[run[-1]]] + 1:
            if (
                len(run) >= MIN_COPIED
                and sum(letter_count(main.kept[n].text) for n in run) >= MIN_COPIED_LETTERS
            ):
                copies.update(run)
            run = []
        if before != number:
            run.append(number)
    kept = tuple(p for number, p in enumerate(main.kept) if number not in copies)
    dropped = (Dropped(main.kept[number].text, "given twice") for number in sorted(copies))
    return replace(main, kept=kept, dropped=(*main.dropped, *dropped))
