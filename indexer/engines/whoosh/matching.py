"""Answers a query with numpy, for an engine that has columns and can give postings as arrays.

Passages are numbered in the order of articles and positions, so that ties need no care. First every
part of a query becomes a mask, one yes or no a passage; then only what matches is scored. The cost
is that of the words asked for and of what is found, and a few bits for every other passage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, reduce
from itertools import islice
from typing import Any, NamedTuple, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.columns import Columns, Mask, Numbers, smallest
from indexer.engines.whoosh.postings import Postings, counted
from indexer.ranking import ARTICLE, ARTICLE_B, DECIMALS, K1, WEIGHTS, B, rarity
from indexer.records import (
    FACETS,
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
    Term,
    Words,
)

Floats: TypeAlias = NDArray[np.float64]


class PostingsSource(Protocol):
    """What an engine has to have."""

    def postings(self, field: str, stem: str) -> Postings:
        """Where a stem stands in a field."""

    def stems(self, form: str) -> Collection[str]:
        """The stems of an unstemmed form: one, or none if it stands nowhere."""


class Matcher:
    """A searcher over columns and postings; safe to use from several threads at once."""

    def __init__(self, columns: Columns, source: PostingsSource) -> None:
        self._columns = columns
        self._dated = columns.dated()
        self._source = source
        self._gains = _Gains(columns)

    @cached_property
    def _minutes(self) -> Numbers:
        return self._columns.minutes()

    def match(self, query: Query, dates: Dated, page: Page) -> Matches:
        """As `Searcher.match`."""
        question = _Question(self._columns, self._source, self._gains)
        matching, undated = question.matching(query), 0
        if dates != Dated():
            undated = int(np.count_nonzero(matching & ~self._dated))
            matching = matching & self._columns.between(dates)
        numbers = np.flatnonzero(matching)
        chosen = self._chosen(numbers, question, query, page)
        timeline = self._columns.count("period", numbers).most
        years: Counter[str] = Counter()
        for period, count in timeline.items():
            years[period[:4]] += count
        counts = {facet: self._columns.count(facet, numbers, page.values) for facet in FACETS}
        sizes = {facet: each.size for facet, each in counts.items()}
        facets = {facet: each.most for facet, each in counts.items()}
        return Matches(
            total=len(numbers),
            articles=chosen.articles,
            page=tuple(self._matches(chosen)),
            facets={**facets, "year": years},
            sizes={**sizes, "year": len(years)},
            spans=self._columns.spans(facets["speaker"], numbers),
            timeline=timeline,
            undated=undated,
        )

    def best(self, query: Query, limit: int) -> list[Match]:
        """As `Searcher.best`."""
        question = _Question(self._columns, self._source, self._gains)
        numbers = np.flatnonzero(question.matching(query))
        scores = question.scores(query, numbers)
        first = smallest(-scores, limit)
        found = zip(numbers[first].tolist(), scores[first].tolist(), strict=True)
        return [Match(self._columns.passage_id(number), score, 1) for number, score in found]

    def _chosen(self, numbers: Numbers, question: _Question, query: Query, page: Page) -> _Chosen:
        """The passages of a page."""
        keys: Floats | Numbers
        if not page.limit:  # only what is counted is wanted
            scores = keys = np.zeros(len(numbers))
        elif page.sort == "relevance":
            scores = question.scores(query, numbers)
            keys = -scores
        else:
            minutes = self._minutes[numbers] * (1 if page.sort == "oldest" else -1)
            keys = np.where(self._dated[numbers], minutes, np.iinfo(np.int64).max)
        firsts = np.flatnonzero(np.diff(self._columns["article"][numbers], prepend=-1))
        until = page.offset + page.limit
        if page.group == "none":
            groups = smallest(keys, until)[page.offset :].reshape(-1, 1).tolist()
        else:
            groups = _groups(keys, firsts, until, 1 + page.more)[page.offset :]
        places = [place for group in groups for place in group]
        if page.sort == "relevance":
            scored = scores[places]
        else:
            scored = question.scores(query, numbers[places])
        articles = np.searchsorted(firsts, places, side="right") - 1
        in_article = np.diff(firsts, append=len(numbers))[articles]
        shown = zip(numbers[places].tolist(), scored.tolist(), in_article.tolist(), strict=True)
        return _Chosen(list(map(len, groups)), list(shown), len(firsts))

    def _matches(self, chosen: _Chosen) -> Iterator[Match]:
        shown = iter(chosen.shown)
        for size in chosen.sizes:
            best, *others = (
                Match(self._columns.passage_id(number), score, in_article)
                for number, score, in_article in islice(shown, size)
            )
            yield replace(best, more=tuple(others))


class _Chosen(NamedTuple):
    """How many passages of each group are shown; for each of them its number, its score and how
    many passages of its article match; and how many articles there are in all."""

    sizes: Sequence[int]
    shown: Sequence[tuple[int, float, int]]
    articles: int


class _Gains:
    """What one occurrence of a word adds: to its frequency in a passage, by field, for every
    passage; to its times in an article, for every article."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    @cached_property
    def in_field(self) -> Mapping[str, Floats]:
        return {field: _gain(field, self._columns[field]) for field in FIELDS}

    @cached_property
    def in_article(self) -> Floats:
        return _article_gains(self._columns)


class _Occurrences(NamedTuple):
    """The passages that have something in a field, each once, and how often."""

    field: str
    passages: Numbers
    counts: NDArray[Any]


class _Wanted(NamedTuple):
    """The passages that are scored, in order; of every passage whether it is among them, and if so
    at which place."""

    passages: Numbers
    among: Mask
    places: Numbers


class _Question:
    """One query being answered; what several of its parts need is read once."""

    def __init__(self, columns: Columns, source: PostingsSource, gains: _Gains) -> None:
        self._columns = columns
        self._source = source
        self._gains = gains
        self._read: dict[tuple[str, str], Postings] = {}
        self._found: dict[Leaf, list[_Occurrences]] = {}
        self._masks: dict[Leaf, Mask] = {}

    def matching(self, query: Query) -> Mask:
        """Which passages match."""
        match query:
            case Term() | Words() | Phrase() | Near():
                return self._leaf(query)
            case And(parts):
                return self._at_least(len(parts), parts)
            case Or(parts):
                return self._at_least(1, parts)
            case MostOf(parts, least):
                return self._at_least(least, parts)
            case Preferring(part):
                return self.matching(part)
            case Not(part):
                return ~self.matching(part)
            case Everything():
                return np.ones(len(self._columns), np.bool_)
            case Having(facet, values):
                return self._columns.having(facet, values)
            case Dated():
                return self._columns.between(query)

    def scores(self, query: Query, passages: Numbers) -> Floats:
        """The scores of passages that match, rounded; see `indexer.ranking`."""
        among = np.zeros(len(self._columns), np.bool_)
        among[passages] = True
        places = np.empty(len(self._columns), np.int64)
        places[passages] = np.arange(len(passages))
        return np.round(self._scores(query, _Wanted(passages, among, places)), DECIMALS)

    def _scores(self, query: Query, wanted: _Wanted) -> Floats:
        if not len(wanted.passages):
            return np.empty(0)
        match query:
            case Term() | Words() | Phrase() | Near():
                return self._bm25f(query, wanted)
            case And(parts) | Or(parts) | MostOf(parts):
                scores = self._sum(parts, wanted)
            case Preferring(part, better, weight):
                scores = self._scores(part, wanted) + weight * self._sum(better, wanted)
            case _:
                return np.zeros(len(wanted.passages))
        # What does not match as a whole scores nothing, whatever its parts do.
        scores[~self.matching(query)[wanted.passages]] = 0.0
        return scores

    def _sum(self, parts: Iterable[Query], wanted: _Wanted) -> Floats:
        scores = np.zeros(len(wanted.passages))
        for part in parts:
            scores += self._scores(part, wanted)
        return scores

    def _bm25f(self, leaf: Leaf, wanted: _Wanted) -> Floats:
        found = self._occurrences(leaf)
        frequency = np.zeros(len(wanted.passages))
        for field, passages, counts in found:
            kept = wanted.among[passages]
            passages = passages[kept]
            gains = self._gains.in_field[field][passages]
            frequency[wanted.places[passages]] += counts[kept] * gains
        weight = rarity(len(self._columns), int(np.count_nonzero(self._leaf(leaf))))
        scores: Floats = weight * frequency / (K1 + frequency)
        if isinstance(leaf, Term):
            for field, passages, counts in found:
                if field == "text":
                    scores += weight * self._evidence(passages, counts, wanted.passages)
        return scores

    def _evidence(self, having: Numbers, counts: NDArray[Any], passages: Numbers) -> Floats:
        """What the articles of passages say of a word, in all their texts together."""
        of_article = self._columns["article"]
        gains = self._gains.in_article
        times = np.bincount(of_article[having], counts, len(gains)) * gains
        evidence: Floats = (ARTICLE * times / (K1 + times))[of_article[passages]]
        return evidence

    # --- Where things stand ----------------------------------------------------------------------

    def _occurrences(self, leaf: Leaf) -> list[_Occurrences]:
        """Where what is looked for stands; what comes in two pieces adds up."""
        if leaf not in self._found:
            self._found[leaf] = [
                _Occurrences(field, passages, counts)
                for field in leaf.fields
                for passages, counts in self._counts(leaf, field)
            ]
        return self._found[leaf]

    def _leaf(self, leaf: Leaf) -> Mask:
        if leaf not in self._masks:
            self._masks[leaf] = self._mask(each.passages for each in self._occurrences(leaf))
        return self._masks[leaf]

    def _counts(self, leaf: Leaf, field: str) -> Iterator[tuple[Numbers, NDArray[Any]]]:
        match leaf:
            case Term(term):
                yield self._postings(field, term)[:2]
            case Words(forms):
                for stem in dict.fromkeys(s for form in forms for s in self._source.stems(form)):
                    yield self._postings(field, stem).of(forms)[:2]
            case Phrase(terms):
                yield counted(self._starts(field, terms, self._having_all(field, terms)))
            case Near():
                yield counted(self._places_near(leaf, field))

    def _starts(self, field: str, terms: Sequence[str], among: Mask) -> Numbers:
        """Where stems stand one after the other in some passages, in order, as
        `Postings.places`."""
        if not terms:
            return np.empty(0, np.int64)
        places = (self._postings(field, stem).among(among).places() for stem in terms)
        found, *others = sorted((p - i for i, p in enumerate(places)), key=len)
        for starts in others:
            found = found[_is_in(found, starts)]
        return found

    def _places_near(self, near: Near, field: str) -> Numbers:
        """Where a part stands, with all others at most so many words before it."""
        needed = Counter(near.parts)
        among = self._having_all(field, [stem for part in needed for stem in part])
        starts = {part: self._starts(field, part, among) for part in needed}
        places = np.sort(np.concatenate([np.empty(0, np.int64), *starts.values()]), kind="stable")
        places = places[np.diff(places, prepend=-1) > 0]
        for part, times in needed.items():
            # The first words of a passage are far from the last ones of the passage before.
            first = np.searchsorted(starts[part], places - near.distance)
            last = np.searchsorted(starts[part], places, side="right")
            places = places[last - first >= times]
        return places

    def _having_all(self, field: str, stems: Iterable[str]) -> Mask:
        """The passages that have each of some stems in a field."""
        parts = [
            self._mask([self._postings(field, stem).passages]) for stem in dict.fromkeys(stems)
        ]
        return reduce(np.logical_and, parts, np.ones(len(self._columns), np.bool_))

    def _postings(self, field: str, stem: str) -> Postings:
        if (field, stem) not in self._read:
            self._read[field, stem] = self._source.postings(field, stem)
        return self._read[field, stem]

    def _mask(self, found: Iterable[Numbers]) -> Mask:
        mask = np.zeros(len(self._columns), np.bool_)
        for passages in found:
            mask[passages] = True
        return mask

    def _at_least(self, least: int, parts: Sequence[Query]) -> Mask:
        """The passages that so many of the parts fit."""
        masks = [self.matching(part) for part in parts]
        if least == len(masks):
            return _all(masks, len(self._columns))
        if least == 1:
            return reduce(np.logical_or, masks, np.zeros(len(self._columns), np.bool_))
        fitting = np.zeros(len(self._columns), np.int32)
        for mask in masks:
            fitting += mask
        return fitting >= least


def _all(masks: Sequence[Mask], length: int) -> Mask:
    return reduce(np.logical_and, masks, np.ones(length, np.bool_))


def _groups(keys: Floats | Numbers, firsts: Numbers, count: int, size: int) -> list[list[int]]:
    """The first ``count`` groups in order of their smallest key, and of each the indexes of its
    ``size`` smallest keys, in order. Groups begin where ``firsts`` says."""
    if not len(firsts):
        return []
    ends = np.append(firsts[1:], len(keys))
    best = smallest(np.minimum.reduceat(keys, firsts), count)
    bounds = zip(firsts[best].tolist(), ends[best].tolist(), strict=True)
    return [(first + smallest(keys[first:end], size)).tolist() for first, end in bounds]


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
