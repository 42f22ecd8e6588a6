"""Finds what was printed where a quotation in marks is almost, but not quite, what was typed."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import combinations

from indexer.records import (
    And,
    MostOf,
    Near,
    ParsedQuery,
    Passage,
    Phrase,
    Query,
    SearchRequest,
    Stems,
    Suggestion,
    Token,
)
from indexer.scopes import CONTEXT_FIELDS, CONTEXTS, contexts_of
from indexer.search.lexemes import QUOTES
from indexer.search.matching import RequestMatcher
from indexer.storage.library import Library
from indexer.text.analysis import tokens
from indexer.text.sentences import STOPS

_MIN_WORDS = 4
"""Words of the shortest quotation that is looked for."""

_WORDS_PER_EDIT = 3
"""One of so many words may be another one, be missing, or have a word before it."""

_REACH = 3
"""Words further apart are not compared as pairs."""

_MAX_PAIRED = 12
"""Words of the longest quotation that is found by pairs of its words. A longer one is by runs."""

_RUN = 3

_MAX_CANDIDATES = 50
"""Passages that are compared with the quotation, those with most of its pairs or runs."""

_BREAK = re.compile(rf"[{STOPS};:\n]")


class AlmostQuoted:
    """Finds the wording of quotations that are almost there."""

    def __init__(self, library: Library, matcher: RequestMatcher) -> None:
        self._library = library
        self._matcher = matcher

    def suggestions(self, request: SearchRequest, parsed: ParsedQuery) -> Iterator[Suggestion]:
        """Yield the query with each quotation as it was printed, with the total of that query.

        The query itself should find nothing.
        """
        for clause, tree in parsed.clauses:
            if not (clause.startswith('"') and isinstance(tree, Phrase)):
                continue
            printed = self._printed(request, parsed, tree)
            if printed is not None:
                query = parsed.understood.replace(clause, f'"{printed}"', 1)
                if total := self._matcher.total(replace(request, query=query)):
                    yield Suggestion(query, total, is_nearly=True)

    def _printed(self, request: SearchRequest, parsed: ParsedQuery, phrase: Phrase) -> str | None:
        """Return the closest wording. Of several, that of the oldest passage is returned."""
        loose = nearly(phrase)
        if loose is None:
            return None
        query = _with(parsed.tree, phrase, loose)
        found = self._matcher.candidates(request, query, _MAX_CANDIDATES)
        candidates = self._library.articles.passages([match.id for match in found.page])
        closest = [
            (-words, passage.published or "9", passage.id, printed)
            for passage in candidates
            for words, printed in _wordings(passage, phrase, request)
        ]
        return min(closest)[-1] if closest else None


def nearly(phrase: Phrase) -> Query | None:
    """Return a query for passages with most words of a phrase, close together.

    No passage in which only a third of the words are others is missed, if the phrase is short.
    Returns ``None`` for a phrase of few words.
    """
    words = phrase.words
    if len(words) < _MIN_WORDS or not all(words):
        return None
    if len(words) > _MAX_PAIRED:
        starts = range(0, len(words) - _RUN + 1, _RUN)
        runs = tuple(Phrase(words[at : at + _RUN], phrase.fields) for at in starts)
        return MostOf(runs, math.ceil(len(runs) / 2))
    places = range(len(words))
    pairs = [pair for pair in combinations(places, 2) if pair[1] - pair[0] <= _REACH]
    least = min(
        sum(pair[0] not in others and pair[1] not in others for pair in pairs)
        for others in combinations(places, len(words) // _WORDS_PER_EDIT)
    )
    # A word between the two may be one more.
    near = (Near(((words[a],), (words[b],)), b - a + 1, phrase.fields) for a, b in pairs)
    return MostOf(tuple(near), least)


def _with(tree: Query, phrase: Phrase, loose: Query) -> Query:
    """Return a query with a loose form of one of its phrases."""
    if isinstance(tree, And):
        return And(tuple(loose if part == phrase else part for part in tree.parts))
    return loose


def _wordings(
    passage: Passage, phrase: Phrase, request: SearchRequest
) -> Iterator[tuple[int, str]]:
    """Yield the closest wording in each field of the scope, with the words that are as typed."""
    texts = {"text": passage.text, "question": passage.question, "title": passage.title}
    shown = {CONTEXT_FIELDS[one] for one in contexts_of(request.scope) if one != CONTEXTS[-1]}
    for field in phrase.fields:
        if (text := texts[field]) and field in shown:
            found = wording(text, list(tokens(text, passage.language)), phrase.words)
            if found is not None:
                yield found


def wording(text: str, printed: Sequence[Token], words: Sequence[Stems]) -> tuple[int, str] | None:
    """Return how many words of a phrase a text has in order, and the text around them.

    Returns ``None`` if it has too few in one place.
    """
    numbers = {stem: words.index(stems) for stems in words for stem in stems}
    typed = [words.index(stems) for stems in words]
    theirs = [numbers.get(token.term, -1) for token in printed]
    edits = len(words) // _WORDS_PER_EDIT
    at = _best_start(typed, theirs, edits)
    if at is None:
        return None
    begin, end = max(0, at - edits), at + len(words) + edits
    blocks = SequenceMatcher(None, typed, theirs[begin:end], autojunk=False).get_matching_blocks()
    if sum(block.size for block in blocks) < len(words) - edits:
        return None
    first, last = blocks[0], blocks[-2]  # the last one is empty
    start = _extended(text, printed, begin + first.b, first.a, -1)
    stop = begin + last.b + last.size - 1
    stop = _extended(text, printed, stop, len(words) - last.a - last.size, 1)
    cut = text[printed[start].start : printed[stop].end]
    unmarked = "".join(" " if letter in QUOTES else letter for letter in cut)
    return sum(block.size for block in blocks), " ".join(unmarked.split())


def _best_start(typed: Sequence[int], theirs: Sequence[int], edits: int) -> int | None:
    """Return the place of the phrase in a text at which most words are as typed, or nearly."""
    places = defaultdict(list)
    for place, word in enumerate(typed):
        places[word].append(place)
    starts = Counter(
        place - own for place, word in enumerate(theirs) if word >= 0 for own in places[word]
    )
    return max(
        starts,
        key=lambda start: (sum(starts[start + by] for by in range(-edits, edits + 1)), -start),
        default=None,
    )


def _extended(text: str, printed: Sequence[Token], place: int, words: int, step: int) -> int:
    """Return the place some words before or after a word, at most that of the sentence's end."""
    for _ in range(words):
        if not 0 <= place + step < len(printed):
            break
        one, other = sorted((place, place + step))
        if _BREAK.search(text, printed[one].end, printed[other].start):
            break
        place += step
    return place
