"""Answers a query with numpy, for an engine that has columns and can give postings as arrays.

Passages are numbered in the order of articles and positions, so that ties need no care. Every part
of a query becomes one array of yes and no and one of scores, over all passages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from indexer.columns import Columns, Mask, Numbers
from indexer.ranking import ARTICLE, ARTICLE_B, DECIMALS, K1, WEIGHTS, B, rarity
from indexer.records import (
    FIELDS,
    And,
    Dated,
    Everything,
    Having,
    Leaf,
    Match,
    Matches,
    MostOf,
    Near,
    Not,
    Or,
    Page,
    Phrase,
    Preferring,
    Query,
    Sort,
    Term,
    Words,
)

Floats: TypeAlias = NDArray[np.float64]

_FACETS = {"speaker": "speaker", "source": "outlet", "role": "role", "language": "language"}
"""The facets, and the columns that they count."""


class Postings(NamedTuple):
    """The passages with a word, in order, how often each has it, and all its positions in them."""

    passages: Numbers
    counts: Numbers
    positions: Numbers


class PostingsSource(Protocol):
    """What an engine has to have."""

    def postings(self, field: str, word: str, *, exact: bool) -> Iterable[Postings]:
        """Where a stem, or an unstemmed form if ``exact``, stands in a field.

        May come in several pieces that have passages in common, but no positions.
        """


class Matcher:
    """A searcher over columns and postings; safe to use from several threads at once."""

    def __init__(self, columns: Columns, source: PostingsSource) -> None:
        self._columns = columns
        self._dated, self._minutes = columns.dated(), columns.minutes()
        self._source = source
        self._gains = {field: _gain(field, columns[field]) for field in FIELDS}
        self._article_gains = _article_gains(columns)

    def match(self, query: Query, dates: Dated, page: Page) -> Matches:
        """As `Searcher.match`."""
        found = _Question(self._columns, self._source, self._gains, self._article_gains).find(query)
        matching, undated = found.matching, 0
        if dates != Dated():
            undated = int(np.count_nonzero(matching & ~self._dated))
            matching = matching & self._columns.between(dates)
        numbers = np.flatnonzero(matching)
        scores = np.round(found.scores[numbers], DECIMALS)
        timeline = self._columns.count("period", numbers)
        facets = {facet: self._columns.count(name, numbers) for facet, name in _FACETS.items()}
        years = {period[:4] for period in timeline}
        articles, in_article = np.unique(self._columns["article"][numbers], return_counts=True)
        found_in = dict(zip(articles.tolist(), in_article.tolist(), strict=True))
        return Matches(
            total=len(numbers),
            articles=len(articles),
            page=self._page(numbers, scores, page, found_in),
            facets={
                **facets,
                "year": {y: sum(n for p, n in timeline.items() if p[:4] == y) for y in years},
            },
            spans=self._columns.spans("speaker", "period", numbers),
            timeline=timeline,
            undated=undated,
        )

    def _page(
        self, numbers: Numbers, scores: Floats, page: Page, found_in: Mapping[int, int]
    ) -> tuple[Match, ...]:
        keys = self._sort_keys(numbers, scores, page.sort)
        until = page.offset + page.limit
        if page.group == "none":
            groups: Iterable[Numbers] = _smallest(keys, until)[page.offset :].reshape(-1, 1)
        else:
            groups = _groups(keys, self._columns["article"][numbers], until, 1 + page.more)
            groups = list(groups)[page.offset :]

        def match(place: int, more: Iterable[int] = ()) -> Match:
            number = numbers[place]
            article = int(self._columns["article"][number])
            others = tuple(match(int(other)) for other in more)
            passage_id = self._columns.passage_id(number)
            return Match(passage_id, float(scores[place]), found_in[article], others)

        return tuple(match(int(first), more) for first, *more in groups)

    def _sort_keys(self, numbers: Numbers, scores: Floats, sort: Sort) -> Floats | Numbers:
        if sort == "relevance":
            return -scores
        minutes = self._minutes[numbers] * (1 if sort == "oldest" else -1)
        return np.where(self._dated[numbers], minutes, np.iinfo(np.int64).max)


class _Question:
    """One query being answered; what two of its parts need is read once."""

    def __init__(
        self,
        columns: Columns,
        source: PostingsSource,
        gains: Mapping[str, Floats],
        article_gains: Floats,
    ) -> None:
        self._columns = columns
        self._source = source
        self._gains = gains
        self._article_gains = article_gains
        self._read: dict[tuple[str, str], Numbers] = {}

    def find(self, query: Query) -> _Found:
        """Which passages match, and their scores."""
        match query:
            case Term() | Words() | Phrase() | Near():
                return self._leaf(query)
            case And(parts) | Or(parts) | MostOf(parts):
                return self._combined(query, [self.find(part) for part in parts])
            case Preferring(part, better, weight):
                found = self.find(part)
                if not found.matching.any():
                    return found
                more = sum((self.find(one).scores for one in better), np.zeros(1))
                return _Found(found.matching, found.scores + weight * more * found.matching)
            case Not(part):
                return _unscored(~self.find(part).matching)
            case Everything():
                return _unscored(np.ones(len(self._columns), np.bool_))
            case Having(facet, values):
                return _unscored(self._columns.having(_FACETS[facet], values))
            case Dated():
                return _unscored(self._columns.between(query))

    def _leaf(self, leaf: Leaf) -> _Found:
        """BM25F: see `indexer.ranking`."""
        frequency = np.zeros(len(self._columns))
        for field in leaf.fields:
            for passages, counts in self._counts(leaf, field):
                frequency[passages] += counts * self._gains[field][passages]
        matching = frequency > 0
        weight = rarity(len(matching), int(np.count_nonzero(matching)))
        scores = weight * frequency / (K1 + frequency)
        if isinstance(leaf, Term) and "text" in leaf.fields:
            scores += weight * self._evidence(leaf)
        return _Found(matching, scores)

    def _evidence(self, term: Term) -> Floats:
        """What the articles say of a word, for every passage; see `indexer.ranking`."""
        of_article = self._columns["article"]
        count = np.zeros(len(self._article_gains))
        for passages, counts in self._counts(term, "text"):
            count += np.bincount(of_article[passages], counts, len(count))
        times = count * self._article_gains
        evidence: Floats = (ARTICLE * times / (K1 + times))[of_article]
        return evidence

    def _counts(self, leaf: Leaf, field: str) -> Iterator[tuple[Numbers, Numbers]]:
        """How often passages have what is looked for in a field. No passage comes twice in one
        piece; what comes in two pieces adds up."""
        match leaf:
            case Term(term):
                pieces = self._source.postings(field, term, exact=False)
                yield from ((piece.passages, piece.counts) for piece in pieces)
            case Words(forms):
                for form in dict.fromkeys(forms):
                    pieces = self._source.postings(field, form, exact=True)
                    yield from ((piece.passages, piece.counts) for piece in pieces)
            case Phrase(terms):
                yield np.unique(self._starts(field, terms) >> 32, return_counts=True)
            case Near():
                yield np.unique(self._places_near(leaf, field) >> 32, return_counts=True)

    def _starts(self, field: str, terms: Sequence[str]) -> Numbers:
        """Where stems stand one after the other, in order: ``passage << 32 | position``."""
        if not terms:
            return np.empty(0, np.int64)
        starts = (self._places(field, stem) - i for i, stem in enumerate(terms))
        found, *others = sorted(starts, key=len)
        for places in others:
            found = found[_is_in(found, places)]
        return found

    def _places_near(self, near: Near, field: str) -> Numbers:
        """Where a part stands, with all others at most so many words before it."""
        needed = Counter(near.parts)
        starts = {part: self._starts(field, part) for part in needed}
        places = np.unique(np.concatenate([np.empty(0, np.int64), *starts.values()]))
        for part, times in needed.items():
            # The first words of a passage are far from the last ones of the passage before.
            first = np.searchsorted(starts[part], places - near.distance)
            last = np.searchsorted(starts[part], places, side="right")
            places = places[last - first >= times]
        return places

    def _places(self, field: str, stem: str) -> Numbers:
        """Where a stem stands, in order: ``passage << 32 | position``."""
        if (field, stem) not in self._read:
            self._read[field, stem] = self._read_places(field, stem)
        return self._read[field, stem]

    def _read_places(self, field: str, stem: str) -> Numbers:
        places = [np.empty(0, np.int64)]
        for passages, counts, positions in self._source.postings(field, stem, exact=False):
            places.append((np.repeat(passages, counts) << 32) + positions)
        return np.sort(np.concatenate(places), kind="stable")

    def _combined(self, query: And | Or | MostOf, parts: list[_Found]) -> _Found:
        match query:
            case And():
                least = len(parts)
            case Or():
                least = 1
            case MostOf():
                least = query.least
        fitting = np.zeros(len(self._columns), np.int16)
        scores = np.zeros(len(fitting))
        for part in parts:
            fitting += part.matching
            scores += part.scores
        matching = fitting >= least
        return _Found(matching, scores * matching)


class _Found(NamedTuple):
    """For every passage: whether it matches, and its score (0 where it does not)."""

    matching: Mask
    scores: Floats


def _unscored(matching: Mask) -> _Found:
    return _Found(matching, np.zeros(len(matching)))


def _smallest(keys: Floats | Numbers, count: int) -> Numbers:
    """The indexes of the ``count`` smallest keys in order; of equal keys, the earlier first."""
    if count >= len(keys):
        return np.argsort(keys, kind="stable")
    if count == 0:
        return np.empty(0, np.int64)
    bound = np.partition(keys, count - 1)[count - 1]
    below = np.flatnonzero(keys < bound)
    ties = np.flatnonzero(keys == bound)[: count - len(below)]
    return np.concatenate((below[np.argsort(keys[below], kind="stable")], ties))


def _groups(
    keys: Floats | Numbers, articles: NDArray[np.int32], count: int, size: int
) -> Iterator[Numbers]:
    """The first ``count`` articles in order of their smallest key, and for each the indexes of its
    ``size`` smallest keys, in order."""
    order = np.argsort(keys, kind="stable")
    _, first = np.unique(articles[order], return_index=True)
    by_article = order[np.argsort(articles[order], kind="stable")]
    bounds = np.searchsorted(articles[by_article], articles[order[np.sort(first)[:count]]])
    for start in bounds:
        group = by_article[start : start + size]
        yield group[articles[group] == articles[group[0]]]


def _gain(field: str, lengths: NDArray[np.int32]) -> Floats:
    """What one occurrence in a field adds to the frequency, for every passage."""
    mean = lengths.mean() if lengths.any() else 1.0
    gain: Floats = WEIGHTS[field] / (1 - B[field] + B[field] * lengths / mean)
    return gain


def _article_gains(columns: Columns) -> Floats:
    """What one occurrence in an article's texts adds to its times, for every article."""
    words = np.bincount(columns["article"], columns["text"], len(columns.values["article"]))
    mean = words.mean() if words.any() else 1.0
    gains: Floats = 1 / (1 - ARTICLE_B + ARTICLE_B * words / mean)
    return gains


def _is_in(wanted: Numbers, places: Numbers) -> Mask:
    """Which of ``wanted`` are in ``places``; both are in order."""
    found = np.searchsorted(places, wanted)
    within = found < len(places)
    within[within] = places[found[within]] == wanted[within]
    return within
