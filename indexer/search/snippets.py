"""A text and a query -> the part to show and the spans to mark. Plain text, never HTML.

The cost grows with the length of the text, not with what is asked of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from indexer.analysis import analyzed_words
from indexer.records import (
    AnalyzedWords,
    And,
    Leaf,
    MostOf,
    Near,
    Or,
    Phrase,
    Preferring,
    Query,
    Snippet,
    Span,
    Term,
    Words,
)

WIDTH = 45
"""Words in a snippet."""

_CHARACTERS_PER_WORD = 16
_SENTENCE_END = re.compile(r"[!?…։]|\.(?=\W*\s)|\n")
_OPENING = re.compile(r"(?<=\s)\S*$")
_CLOSING = re.compile(r"\S*(?=\s)")


@dataclass(frozen=True, slots=True)
class _Mark:
    """Words ``first`` to ``last`` of a text, which a word or phrase of the query stands for."""

    first: int
    last: int
    wanted: Leaf


def marked(text: str, query: Query, field: str) -> Snippet:
    """The whole text with the searched words marked."""
    words = analyzed_words(text)
    return Snippet(text, _spans(words, _marks(words, query, field)))


def snippet(text: str, query: Query, field: str, width: int = WIDTH) -> Snippet:
    """The window of about ``width`` words with the most searched words, the closest together.

    Begins and ends with a sentence where one is near. Without a searched word, the beginning.
    """
    words = analyzed_words(text)
    marks = _marks(words, query, field)
    best = _best_run(marks, width)
    start, end = _edges(text, words, best, width)
    spans = (
        (max(at, start) - start, min(until, end) - start)
        for at, until in _spans(words, marks)
        if at < end and until > start
    )
    return Snippet(text[start:end], tuple(spans), before=start > 0, after=end < len(text))


def _wanted(query: Query, field: str) -> Iterator[Leaf]:
    """What may stand in a field; what is excluded is not among it."""
    match query:
        case Term() | Words() | Phrase() | Near():
            if field in query.fields:
                yield query
        case And(parts) | Or(parts) | MostOf(parts):
            for part in parts:
                yield from _wanted(part, field)
        case Preferring(part):
            yield from _wanted(part, field)


def _marks(words: AnalyzedWords, query: Query, field: str) -> list[_Mark]:
    wanted = set(_wanted(query, field))
    stems: dict[str, Leaf] = {leaf.term: leaf for leaf in wanted if isinstance(leaf, Term)}
    forms: dict[str, Leaf] = {
        form: leaf for leaf in wanted if isinstance(leaf, Words) for form in leaf.forms
    }
    marks = [
        _Mark(place, place, leaves[word])
        for leaves, present in ((stems, words.terms), (forms, words.forms))
        if leaves
        for place, word in enumerate(present)
        if word in leaves
    ]
    for leaf in wanted:
        if isinstance(leaf, Phrase):
            marks.extend(_Mark(*run, leaf) for run in _runs(words, leaf.terms))
        elif isinstance(leaf, Near):
            marks.extend(_near_marks(words, leaf))
    return sorted(marks, key=lambda mark: (mark.last, mark.first))


def _near_marks(words: AnalyzedWords, near: Near) -> Iterator[_Mark]:
    """The parts that stand close to all others."""
    runs = {part: list(_runs(words, part)) for part in dict.fromkeys(near.parts)}
    for last in sorted({first for of_part in runs.values() for first, _ in of_part}):
        close = [
            [run for run in of_part if last - near.distance <= run[0] <= last]
            for of_part in runs.values()
        ]
        if all(close):
            yield from (_Mark(*run, near) for of_part in close for run in of_part)


def _runs(words: AnalyzedWords, stems: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First and last word of each place where stems stand one after the other."""
    # Searching one string is linear also where words repeat; comparing word by word is not.
    starts = [0, *accumulate(len(term) + 1 for term in words.terms)]
    joined = " ".join(["", *words.terms, ""])
    wanted = " ".join(["", *stems, ""])
    at = joined.find(wanted)
    while at >= 0:
        first = bisect_left(starts, at)
        last = first + len(stems) - 1
        yield first, last
        at = joined.find(wanted, starts[last + 1])


def _spans(words: AnalyzedWords, marks: Sequence[_Mark]) -> tuple[Span, ...]:
    """Where the marks are in the text: in order, and joined where they overlap."""
    spans: list[Span] = []
    for start, end in sorted(
        (words.spans[mark.first][0], words.spans[mark.last][1]) for mark in marks
    ):
        if spans and start < spans[-1][1]:
            spans[-1] = spans[-1][0], max(end, spans[-1][1])
        else:
            spans.append((start, end))
    return tuple(spans)


def _best_run(marks: Sequence[_Mark], width: int) -> tuple[int, int]:
    """First and last word of the run of marks with most different wanted words, then shortest."""
    best, best_worth = (0, 0), (0, 0)
    inside: Counter[Leaf] = Counter()
    left = 0
    for mark in marks:
        inside[mark.wanted] += 1
        while mark.last - marks[left].first >= width or inside[marks[left].wanted] > 1:
            if marks[left] is mark:
                break
            _take_one(inside, marks[left].wanted)
            left += 1
        first = min(marks[left].first, mark.first)
        worth = (len(inside), first - mark.last)
        if worth > best_worth:
            best, best_worth = (first, mark.last), worth
    return best


def _take_one(counts: Counter[Leaf], wanted: Leaf) -> None:
    counts[wanted] -= 1
    if not counts[wanted]:
        del counts[wanted]


def _edges(text: str, words: AnalyzedWords, run: tuple[int, int], width: int) -> Span:
    """Start and end, in characters, of a window of ``width`` words around a run of words."""
    if not words.spans:
        return 0, min(len(text), width * _CHARACTERS_PER_WORD)
    spare = max(0, width - (run[1] - run[0] + 1))
    earliest = max(0, run[0] - spare // 2)
    openings = (at for at in range(earliest, run[0] + 1) if _begins_sentence(text, words, at))
    first = next(openings, earliest)
    latest = min(len(words.spans), first + width) - 1
    shortest = max(run[1], latest - width // 3)
    endings = (at for at in range(latest, shortest - 1, -1) if _ends_sentence(text, words, at))
    last = next(endings, latest)
    return _within(
        _start(text, words, first), _end(text, words, last), words.spans[run[0]][0], width
    )


def _within(start: int, end: int, found: int, width: int) -> Span:
    """The window cut to what can be shown, where words are of absurd length."""
    most = width * _CHARACTERS_PER_WORD
    if end - start > most:
        start = max(start, min(found, end - most))
        end = min(end, start + most)
    return start, end


def _gap(text: str, words: AnalyzedWords, place: int) -> str:
    """What stands between a word and the next."""
    end = words.spans[place + 1][0] if place + 1 < len(words.spans) else len(text)
    return text[words.spans[place][1] : end]


def _ends_sentence(text: str, words: AnalyzedWords, place: int) -> bool:
    if place == len(words.spans) - 1:
        return True
    ending = _SENTENCE_END.search(_gap(text, words, place))
    if ending is None:
        return False
    printed = text[slice(*words.spans[place])]
    is_abbreviation = ending[0] == "." and len(printed) < 4 and printed[0].isupper()  # Mr. Dr.
    return not is_abbreviation


def _begins_sentence(text: str, words: AnalyzedWords, place: int) -> bool:
    return place == 0 or _ends_sentence(text, words, place - 1)


def _start(text: str, words: AnalyzedWords, place: int) -> int:
    """Where a word begins, with the opening quotation mark before it."""
    if place == 0:
        return 0
    opening = _OPENING.search(_gap(text, words, place - 1))
    return words.spans[place][0] - (len(opening[0]) if opening else 0)


def _end(text: str, words: AnalyzedWords, place: int) -> int:
    """Where a word ends, with the full stop and quotation mark after it."""
    if place == len(words.spans) - 1:
        return len(text)
    closing = _CLOSING.match(_gap(text, words, place))
    return words.spans[place][1] + (len(closing[0]) if closing else 0)
