"""A text and a query -> the part to show and the spans to mark. Plain text, never HTML.

The cost grows with the length of the text, not with what is asked of it: a text is taken in the
pieces between its spaces, whose words are known already, and words are looked for in all of them
joined, at the speed of looking for a string.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

from indexer.records import (
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
from indexer.text.analysis import tokens, words_of_pieces

WIDTH = 45
"""Words in a snippet."""

_CHARACTERS_PER_WORD = 16
_CLOSING = re.compile(r"([!?…։.])[^\w\s]*$")
_FEW = 8
_ABBREVIATION = 4
"""Letters, with the full stop: Mr. Dr. Gov. What has a full stop inside is one too: J.F.K."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A stretch of a text, in the pieces ``first`` to ``last``, and the part of the query that it
    stands for."""

    first: int
    last: int
    span: Span
    wanted: Leaf


class _Words:
    """The words of a text, piece by piece, each after a space."""

    def __init__(self, of_pieces: Sequence[str]) -> None:
        self._of_pieces = of_pieces
        self._joined = "".join(of_pieces) + " "

    def present(self, words: Mapping[str, Leaf]) -> Collection[str]:
        """Those of some words that are there, if not all of them: few are as fast to look for."""
        return words.keys() & set(self._joined.split(" ")) if len(words) > _FEW else words

    def runs(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """First and last letter of each place where words stand one after the other."""
        wanted = " ".join(["", *words, ""])
        at = self._joined.find(wanted) if words else -1
        while at >= 0:
            end = at + len(wanted) - 1
            yield at + 1, end - 1
            at = self._joined.find(wanted, end)

    def place(self, at: int) -> int:
        """How many words stand before the one with a letter."""
        return self._joined.count(" ", 0, at) - 1

    def piece(self, at: int) -> tuple[int, int]:
        """The piece that has a letter, and how many of its words stand before it."""
        piece = bisect_right(self._ends, at)
        return piece, self._joined.count(" ", self._ends[piece - 1] if piece else 0, at) - 1

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(map(len, self._of_pieces)))


class _Text:
    """A text in pieces."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.pieces = text.replace("\n", " ").split(" ")
        self._words = words_of_pieces(self.pieces)
        self.terms = _Words([terms for terms, _ in self._words])
        self._letters = list(accumulate(map(len, self.pieces), initial=0))

    @cached_property
    def forms(self) -> _Words:
        return _Words([forms for _, forms in self._words])

    def start(self, piece: int) -> int:
        """Where a piece begins in the text."""
        return self._letters[piece] + piece  # a space after each

    def end(self, piece: int) -> int:
        return self._letters[piece + 1] + piece

    def begins_sentence(self, piece: int) -> bool:
        return piece == 0 or (self.pieces[piece] != "" and self.ends_sentence(piece - 1))

    def ends_sentence(self, piece: int) -> bool:
        if _ends_sentence(self.pieces[piece]):
            return True
        end = self.end(piece)
        return self._text[end : end + 1] in ("", "\n")

    def mark(self, words: _Words, run: tuple[int, int], wanted: Leaf) -> _Mark:
        """The stretch of the text in which some of its words stand."""
        first, nth = words.piece(run[0])
        last, other = words.piece(run[1])
        start = self.start(first) + self._word(first, nth)[0]
        end = self.start(last) + self._word(last, other)[1]
        return _Mark(first, last, (start, end), wanted)

    def _word(self, piece: int, nth: int) -> Span:
        return _edges_of_words(self.pieces[piece])[nth]


@lru_cache(maxsize=1 << 12)
def _edges_of_words(piece: str) -> list[Span]:
    return [(token.start, token.end) for token in tokens(piece)]


@lru_cache(maxsize=1 << 12)
def _ends_sentence(piece: str) -> bool:
    closing = _CLOSING.search(piece)
    if closing is None:
        return False
    printed = piece[: closing.start()].lstrip("“‘\"'([«„")
    is_short = len(printed) < _ABBREVIATION or "." in printed
    return not (closing[1] == "." and is_short and printed[:1].isupper())


def marked(text: str, query: Query, field: str) -> Snippet:
    """The whole text with the searched words marked."""
    return Snippet(text, _joined(_marks(_Text(text), query, field)))


def snippet(text: str, query: Query, field: str, width: int = WIDTH) -> Snippet:
    """The window of about ``width`` words with the most searched words, the closest together.

    Begins and ends with a sentence where one is near. Without a searched word, the beginning.
    """
    read = _Text(text)
    marks = _marks(read, query, field)
    best = _best_run(marks, width)
    start, end = _window(read, best, width)
    if end - start > width * _CHARACTERS_PER_WORD:
        start, end = _cut(start, end, best[0].span[0] if best else 0, width)
    spans = (
        (max(at, start) - start, min(until, end) - start)
        for at, until in _joined(marks)
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


def _marks(text: _Text, query: Query, field: str) -> list[_Mark]:
    """All marks, by where they end."""
    wanted = set(_wanted(query, field))
    stems: dict[str, Leaf] = {leaf.term: leaf for leaf in wanted if isinstance(leaf, Term)}
    forms: dict[str, Leaf] = {
        form: leaf for leaf in wanted if isinstance(leaf, Words) for form in leaf.forms
    }
    marks = [
        text.mark(words, run, leaves[word])
        for words, leaves in ((text.terms, stems), (text.forms if forms else text.terms, forms))
        for word in words.present(leaves)
        for run in words.runs([word])
    ]
    for leaf in wanted:
        if isinstance(leaf, Phrase):
            marks.extend(text.mark(text.terms, run, leaf) for run in text.terms.runs(leaf.terms))
        elif isinstance(leaf, Near):
            marks.extend(text.mark(text.terms, run, leaf) for run in _near(text.terms, leaf))
    return sorted(marks, key=lambda mark: (mark.last, mark.span))


def _near(words: _Words, near: Near) -> Iterator[tuple[int, int]]:
    """The parts that stand close to all others."""
    runs = {
        part: [(words.place(run[0]), run) for run in words.runs(part)]
        for part in dict.fromkeys(near.parts)
    }
    for last in sorted({place for of_part in runs.values() for place, _ in of_part}):
        close = [
            [run for place, run in of_part if last - near.distance <= place <= last]
            for of_part in runs.values()
        ]
        if all(close):
            yield from (run for of_part in close for run in of_part)


def _joined(marks: Sequence[_Mark]) -> tuple[Span, ...]:
    """Where the marks are in the text: in order, and joined where they overlap."""
    spans: list[Span] = []
    for start, end in sorted(mark.span for mark in marks):
        if spans and start < spans[-1][1]:
            spans[-1] = spans[-1][0], max(end, spans[-1][1])
        else:
            spans.append((start, end))
    return tuple(spans)


def _best_run(marks: Sequence[_Mark], width: int) -> Sequence[_Mark]:
    """The run of marks with most different wanted words, then the shortest; none without marks."""
    best, best_worth = (0, 0), (0, 0)
    inside: Counter[Leaf] = Counter()
    left = 0
    for right, mark in enumerate(marks):
        inside[mark.wanted] += 1
        while left < right and (
            mark.last - marks[left].first >= width or inside[marks[left].wanted] > 1
        ):
            _take_one(inside, marks[left].wanted)
            left += 1
        worth = (len(inside), min(marks[left].first, mark.first) - mark.last)
        if worth > best_worth:
            best, best_worth = (left, right + 1), worth
    return marks[slice(*best)]


def _take_one(counts: Counter[Leaf], wanted: Leaf) -> None:
    counts[wanted] -= 1
    if not counts[wanted]:
        del counts[wanted]


def _window(text: _Text, run: Sequence[_Mark], width: int) -> Span:
    """Start and end, in characters, of ``width`` pieces around a run of marks."""
    found = min((mark.first for mark in run), default=0)
    until = run[-1].last if run else 0
    spare = max(0, width - (until - found + 1))
    earliest = max(0, found - spare // 2)
    openings = (at for at in range(earliest, found + 1) if text.begins_sentence(at))
    first = next(openings, earliest)
    latest = min(len(text.pieces), first + width) - 1
    shortest = max(until, latest - width // 3)
    endings = (at for at in range(latest, shortest - 1, -1) if text.ends_sentence(at))
    return text.start(first), text.end(next(endings, latest))


def _cut(start: int, end: int, found: int, width: int) -> Span:
    """What can be shown of a window, where words are of absurd length."""
    most = width * _CHARACTERS_PER_WORD
    start = max(start, min(found, end - most))
    return start, min(end, start + most)
