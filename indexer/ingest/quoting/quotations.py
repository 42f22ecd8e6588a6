"""Quotations: the spans between quotation marks of every kind, over paragraphs too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.records import Span
from indexer.text.marks import CLOSED_BY, DOUBLE, OPENING_DOUBLE

_MARK = re.compile(f"[{DOUBLE}]")
_OPENING = re.compile(
    rf"[{OPENING_DOUBLE}‟]|(?<![\w.,!?…\"])\"(?=[\w(\[‘'“$£€…—–-])|(?<![\w.,!?…])”(?=\w)"
)
_SINGLE = re.compile(r"(?<!\w)‘(?P<words>[^‘\n]{2,2000}?(?:[,.?!…](?=’(?!\w))|\w(?=’[.,;])))’")
_OTHER_CLOSING = {
    "”": re.compile(r"(?<=[\w.,!?…])\"(?!\w)"),
    '"': re.compile(r"(?<=[\w.,!?…])”(?!\w)"),
}
"""The end of quoted words with one curly and one straight mark, by the mark that is missing."""
MAX_SMALL_WORD = 3
"""Letters of a word that is small in titles too."""

_MAX_PARAGRAPHS = 12
"""Paragraphs of one quotation; an opening mark before them was never closed."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Quoted words: a span in each paragraph that they run over, without the marks."""

    parts: tuple[tuple[int, Span], ...]


def quoted(texts: Sequence[str]) -> list[Quoted]:
    """Return the quotations in paragraphs, in order.

    One may be opened once and closed some paragraphs later, or opened again in each of them. One
    that is never closed is none.
    """
    single = _in_single_marks(texts)
    if all(
        any(_holds(quote, number, opening.start()) for quote in single)
        for number, text in enumerate(texts)
        for opening in _OPENING.finditer(text)
    ):
        return single
    quotations: list[Quoted] = []
    number, position = 0, 0
    while number < len(texts):
        opening = _OPENING.search(texts[number], position)
        if opening is None:
            number, position = number + 1, 0
            continue
        parts = list(_parts(texts, number, opening.end(), CLOSED_BY[opening.group()]))
        if parts:
            quotations.append(Quoted(tuple(parts)))
            number, position = parts[-1][0], parts[-1][1][1] + 1
        else:
            position = opening.end()
    return quotations


def is_title(words: str) -> bool:
    """Return whether quoted words are a title: capitalised, and without a stop at the end.

    >>> is_title("The Night Ferry"), is_title("The night ferry"), is_title("Never.")
    (True, False, False)
    """
    long_words = [word for word in words.split() if len(word) > MAX_SMALL_WORD]
    capitals = all(not word[0].islower() for word in long_words)
    return capitals and bool(long_words) and words[-1:] not in ".,!?…"


def _in_single_marks(texts: Sequence[str]) -> list[Quoted]:
    """Return the quotations in single marks, as in British print, with double marks inside them."""
    return [
        Quoted(((number, match.span("words")),))
        for number, text in enumerate(texts)
        for match in _SINGLE.finditer(text)
    ]


def _holds(quote: Quoted, number: int, place: int) -> bool:
    return any(number == n and start <= place < end for n, (start, end) in quote.parts)


def _parts(
    texts: Sequence[str], number: int, start: int, closing: str
) -> Iterator[tuple[int, Span]]:
    """Yield the spans from an opening mark to its closing one; none if it is not closed."""
    spans: list[tuple[int, Span]] = []
    for index in range(number, min(number + _MAX_PARAGRAPHS, len(texts))):
        text = texts[index]
        begin = start
        if index > number:
            begin = 1 if text[:1] in CLOSED_BY and text[:1] != "”" else 0
        if index > number and _opens_before_it_closes(text, begin, closing):
            return
        end = _closing(text, begin, closing)
        if end is not None:
            yield from (*spans, (index, (begin, end)))
            return
        spans.append((index, (begin, len(text))))


def _closing(text: str, begin: int, closing: str) -> int | None:
    """Return the end of quoted words: the closing mark of their level, after nested ones."""
    depth = 0
    for match in _MARK.finditer(text, begin):
        mark, place = match.group(), match.start()
        if mark in closing and (mark != "“" or closing[0] == "“"):
            if depth == 0:
                return place
            depth -= 1
        elif mark in OPENING_DOUBLE and mark not in closing and closing != '"':
            depth += 1
        elif mark == "»" and depth:
            depth -= 1
    other = _OTHER_CLOSING.get(closing)
    mixed = other.search(text, begin) if other else None
    if mixed is None or (closing == '"' and "“" in text[begin : mixed.start()]):
        return None
    return mixed.start()


def _opens_before_it_closes(text: str, begin: int, closing: str) -> bool:
    """Return whether a mark opens again inside a later paragraph.

    Then the earlier one was never closed.
    """
    marks = [mark for mark in text[begin:] if mark in closing or CLOSED_BY.get(mark) == closing]
    return bool(marks) and marks[0] not in closing
