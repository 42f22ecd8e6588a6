"""Cuts snippets out of texts and marks the matched words. Plain text, never HTML.

The cost grows with the length of the text, not with the size of the query: the text is split at
spaces into pieces, their words are cached, and words are found by searching one joined string.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import NamedTuple

from indexer.budget import checked
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
    Stems,
    Term,
    Words,
)
from indexer.text.analysis import tokens, words_of_pieces
from indexer.text.marks import OPENING
from indexer.text.sentences import STOPS

WIDTH = 45
"""Words in a snippet."""

_MAX_CHARACTERS_PER_WORD = 16
"""A snippet with longer words on average is cut inside a word."""

_CLOSING = re.compile(rf"([{STOPS}])[^\w\s]*$")

_SMALL_SET = 8
"""Number of words up to which searching for each is as fast as filtering them first."""

_ABBREVIATION = 4
"""Letters, with the full stop: Mr. Dr. Gov. A word with a full stop inside is one too: J.F.K."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A span of a text, its first and last piece, and the number of the leaf that matched."""

    first: int
    last: int
    span: Span
    leaf: int


class _Wanted(NamedTuple):
    """The leaves of a query that are looked for in a field; by words and forms, their numbers."""

    leaves: Sequence[Leaf]
    stems: Mapping[str, int]
    forms: Mapping[str, int]
    sequences: Sequence[tuple[int, Phrase | Near]]


class _Words:
    """The words of a text, piece by piece, each after a space."""

    def __init__(self, of_pieces: Sequence[str]) -> None:
        self._of_pieces = of_pieces
        self._joined = "".join(of_pieces) + " "

    def present(self, words: Mapping[str, int]) -> Collection[str]:
        """Return the words that are in the text. A small set is returned as it is."""
        if len(words) <= _SMALL_SET:
            return words
        return words.keys() & set(self._joined.split(" "))

    def runs(self, words: Sequence[Stems]) -> Iterator[tuple[int, int]]:
        """Return first and last character of each place with these words one after another."""
        if not words or not all(words):
            return
        if any(len(stems) > 1 for stems in words):
            one_of = ("|".join(map(re.escape, stems)) for stems in words)
            pattern = "".join(f" (?:{stems})" for stems in one_of) + "(?= )"
            yield from (
                (run.start() + 1, run.end() - 1) for run in re.finditer(pattern, self._joined)
            )
            return
        yield from self.places(" ".join([stem for (stem,) in words]))

    def places(self, words: str) -> Iterator[tuple[int, int]]:
        """Return first and last character of each place with words that spaces part."""
        run = f" {words} "
        at = self._joined.find(run)
        while at >= 0:
            end = at + len(run) - 1
            yield at + 1, end - 1
            at = self._joined.find(run, end)

    def position(self, at: int) -> int:
        """Return the number of words before the word at a character."""
        return self._joined.count(" ", 0, at) - 1

    def piece(self, at: int) -> tuple[int, int]:
        """Return the piece at a character, and the number of its words before that."""
        piece = bisect_right(self._ends, at)
        return piece, self._joined.count(" ", self._ends[piece - 1] if piece else 0, at) - 1

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(map(len, self._of_pieces)))


class _Text:
    """A text in pieces."""

    def __init__(self, text: str, language: str | None) -> None:
        self._text = text
        self.pieces = text.replace("\n", " ").split(" ")
        self._words = words_of_pieces(self.pieces, language)
        self.terms = _Words([terms for terms, _ in self._words])
        self._letters = list(accumulate(map(len, self.pieces), initial=0))

    @cached_property
    def forms(self) -> _Words:
        return _Words([forms for _, forms in self._words])

    def start(self, piece: int) -> int:
        """Return the offset of the first character of a piece."""
        return self._letters[piece] + piece  # a space after each

    def end(self, piece: int) -> int:
        """Return the offset after the last character of a piece."""
        return self._letters[piece + 1] + piece

    def begins_sentence(self, piece: int) -> bool:
        return piece == 0 or (self.pieces[piece] != "" and self.ends_sentence(piece - 1))

    def ends_sentence(self, piece: int) -> bool:
        if _ends_sentence(self.pieces[piece]):
            return True
        end = self.end(piece)
        return self._text[end : end + 1] in ("", "\n")

    def mark(self, words: _Words, run: tuple[int, int], leaf: int) -> _Mark:
        """Return the mark of a run of words."""
        first, nth_of_first = words.piece(run[0])
        last, nth_of_last = words.piece(run[1])
        start = self.start(first) + self._word(first, nth_of_first)[0]
        end = self.start(last) + self._word(last, nth_of_last)[1]
        return _Mark(first, last, (start, end), leaf)

    def _word(self, piece: int, nth: int) -> Span:
        return _word_spans(self.pieces[piece])[nth]


@lru_cache(maxsize=1 << 12)
def _word_spans(piece: str) -> list[Span]:
    return [(token.start, token.end) for token in tokens(piece)]


@lru_cache(maxsize=1 << 12)
def _ends_sentence(piece: str) -> bool:
    closing = _CLOSING.search(piece)
    if closing is None:
        return False
    printed = piece[: closing.start()].lstrip(f"{OPENING}([")
    is_short = len(printed) < _ABBREVIATION or "." in printed
    return not (closing[1] == "." and is_short and printed[:1].isupper())


def marked(text: str, query: Query, field: str, language: str | None = None) -> Snippet:
    """Return the whole text, which is in a language, with the matched words marked."""
    return Snippet(text, _joined(_marks(_Text(text, language), query, field)))


def matching_leaves(text: str, query: Query, field: str, language: str | None = None) -> set[Leaf]:
    """Return the words, phrases and near words of a query that are in a text."""
    leaves = _wanted(query, field).leaves
    return {leaves[mark.leaf] for mark in _marks(_Text(text, language), query, field)}


def snippet(
    text: str, query: Query, field: str, language: str | None = None, width: int = WIDTH
) -> Snippet:
    """Cut out about ``width`` words around the best matches, and mark them.

    The best window has the most different matched words, closest together. It starts and ends
    with a sentence if one is near. A text without matches is cut from its start.
    """
    read = _Text(text, language)
    marks = _marks(read, query, field)
    best = _best_run(marks, width)
    start, end = _window(read, best, width)
    if end - start > width * _MAX_CHARACTERS_PER_WORD:
        start, end = _cut(start, end, best[0].span[0] if best else 0, width)
    spans = (
        (max(at, start) - start, min(until, end) - start)
        for at, until in _joined(marks)
        if at < end and until > start
    )
    return Snippet(text[start:end], tuple(spans), before=start > 0, after=end < len(text))


def _leaves(query: Query, field: str) -> Iterator[Leaf]:
    """Return the parts of a query that can match in a field, without excluded ones."""
    match query:
        case Term() | Words() | Phrase() | Near():
            if field in query.fields:
                yield query
        case And(parts) | Or(parts) | MostOf(parts):
            for part in parts:
                yield from _leaves(part, field)
        case Preferring(part):
            yield from _leaves(part, field)


@lru_cache(maxsize=256)
def _wanted(query: Query, field: str) -> _Wanted:
    leaves = tuple(dict.fromkeys(_leaves(query, field)))
    numbered = tuple(enumerate(leaves))
    return _Wanted(
        leaves,
        {stem: n for n, leaf in numbered if isinstance(leaf, Term) for stem in leaf.stems},
        {form: n for n, leaf in numbered if isinstance(leaf, Words) for form in leaf.forms},
        [(n, leaf) for n, leaf in numbered if isinstance(leaf, Phrase | Near)],
    )


def _marks(text: _Text, query: Query, field: str) -> list[_Mark]:
    """Return all marks in order of their ends."""
    wanted = _wanted(query, field)
    marks = []
    sources = [(wanted.stems, text.terms)]
    if wanted.forms:
        sources.append((wanted.forms, text.forms))
    for numbers, words in sources:
        for word in words.present(numbers):
            marks += [text.mark(words, run, numbers[word]) for run in words.places(word)]
    for number, leaf in checked(wanted.sequences):
        runs = text.terms.runs(leaf.words) if isinstance(leaf, Phrase) else _near(text.terms, leaf)
        marks += [text.mark(text.terms, run, number) for run in runs]
    return sorted(marks, key=lambda mark: (mark.last, mark.span))


def _near(words: _Words, near: Near) -> Iterator[tuple[int, int]]:
    """Return the runs of parts that are close to all other parts."""
    runs = {
        part: [(words.position(run[0]), run) for run in words.runs(part)]
        for part in dict.fromkeys(near.parts)
    }
    for last in sorted({position for of_part in runs.values() for position, _ in of_part}):
        close = [
            [run for position, run in of_part if last - near.distance <= position <= last]
            for of_part in runs.values()
        ]
        if all(close):
            yield from (run for of_part in close for run in of_part)


def _joined(marks: Sequence[_Mark]) -> tuple[Span, ...]:
    """Return the spans of marks in order, joined where they overlap."""
    spans: list[Span] = []
    for start, end in sorted(mark.span for mark in marks):
        if spans and start < spans[-1][1]:
            spans[-1] = spans[-1][0], max(end, spans[-1][1])
        else:
            spans.append((start, end))
    return tuple(spans)


def _best_run(marks: Sequence[_Mark], width: int) -> Sequence[_Mark]:
    """Return the run of marks with the most different leaves, then the shortest."""
    best, best_worth = (0, 0), (0, 0)
    inside: Counter[int] = Counter()
    left = 0
    for right, mark in enumerate(marks):
        inside[mark.leaf] += 1
        while left < right and (
            mark.last - marks[left].first >= width or inside[marks[left].leaf] > 1
        ):
            _take_one(inside, marks[left].leaf)
            left += 1
        worth = (len(inside), min(marks[left].first, mark.first) - mark.last)
        if worth > best_worth:
            best, best_worth = (left, right + 1), worth
    return marks[slice(*best)]


def _take_one(counts: Counter[int], leaf: int) -> None:
    counts[leaf] -= 1
    if not counts[leaf]:
        del counts[leaf]


def _window(text: _Text, run: Sequence[_Mark], width: int) -> Span:
    """Return start and end, in characters, of ``width`` pieces around a run of marks."""
    first_mark = min((mark.first for mark in run), default=0)
    last_mark = run[-1].last if run else 0
    spare = max(0, width - (last_mark - first_mark + 1))
    earliest = max(0, first_mark - spare // 2)
    openings = (at for at in range(earliest, first_mark + 1) if text.begins_sentence(at))
    first = next(openings, earliest)
    latest = min(len(text.pieces), first + width) - 1
    shortest = max(last_mark, latest - width // 3)
    endings = (at for at in range(latest, shortest - 1, -1) if text.ends_sentence(at))
    return text.start(first), text.end(next(endings, latest))


def _cut(start: int, end: int, match: int, width: int) -> Span:
    """Shorten a window whose words are absurdly long, so that it keeps the first match."""
    most = width * _MAX_CHARACTERS_PER_WORD
    start = max(start, min(match, end - most))
    return start, min(end, start + most)
