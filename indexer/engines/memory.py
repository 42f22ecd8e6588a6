"""The reference engine: looks at every passage. Slow, and plain enough to be the specification."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from operator import attrgetter
from pathlib import Path

import indexer.text.periods as periods
from indexer.ranking import ARTICLE, ARTICLE_B, DECIMALS, K1, WEIGHTS, B, most_frequent, rarity
from indexer.records import (
    FACETS,
    FIELDS,
    AnalyzedPassage,
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
    Passage,
    Phrase,
    Preferring,
    Query,
    Sort,
    Term,
    Words,
)

EXACT_SCORES = True

_FILE = "passages.jsonl"

_VALUES: Mapping[str, Callable[[Passage], str | None]] = {
    facet.name: attrgetter(facet.passage_field) for facet in FACETS.values()
}


@dataclass(frozen=True, slots=True)
class _Entry:
    """A passage and, for each field, its words as lists."""

    passage: Passage
    stems: Mapping[str, list[str]]
    forms: Mapping[str, list[str]]


def build(directory: Path, passages: Iterable[AnalyzedPassage]) -> None:
    """Writes every passage as one line of JSON."""
    new = directory / f"{_FILE}.new"
    with new.open("w", encoding="ascii") as file:
        file.writelines(json.dumps(asdict(passage)) + "\n" for passage in passages)
    os.replace(new, directory / _FILE)


def update(directory: Path, removed: Collection[str], passages: Iterable[AnalyzedPassage]) -> None:
    """Writes all lines anew, but for the removed articles, and the new ones after them."""
    kept = [row for row in _read(directory) if row.passage.article_id not in removed]
    build(directory, (row for rows in (kept, passages) for row in rows))


def open_searcher(directory: Path) -> _Searcher:
    """Reads every passage."""
    return _Searcher(_read(directory))


class _Searcher:
    def __init__(self, passages: Iterable[AnalyzedPassage]) -> None:
        self._entries = [
            _Entry(row.passage, _split(row.terms), _split(row.forms)) for row in passages
        ]
        self._entries.sort(key=lambda entry: (entry.passage.article_id, entry.passage.position))
        self._articles: dict[str, list[str]] = defaultdict(list)
        for entry in self._entries:
            self._articles[entry.passage.article_id] += entry.stems["text"]
        lengths = [len(words) for words in self._articles.values()]
        self._mean_article = sum(lengths) / max(1, len(lengths)) or 1.0
        self._mean_lengths = {
            field: sum(len(entry.stems[field]) for entry in self._entries)
            / max(1, len(self._entries))
            for field in FIELDS
        }

    def match(self, query: Query, dates: Dated, page: Page) -> Matches:
        found = [entry for entry in self._entries if _matches(query, entry)]
        undated = 0
        if dates != Dated():
            undated = sum(entry.passage.published is None for entry in found)
            found = [entry for entry in found if _matches(dates, entry)]
        scores = self._scores(query, found)
        ordered = sorted(found, key=lambda entry: _rank(entry.passage, scores, page.sort))
        passages = [entry.passage for entry in ordered]
        published = [passage.published for passage in passages if passage.published]
        values = {
            facet: [value(passage) for passage in passages] for facet, value in _VALUES.items()
        }
        counts = {
            facet: Counter(one for one in of_all if one is not None)
            for facet, of_all in values.items()
        }
        facets = {facet: most_frequent(of_all, page.values) for facet, of_all in counts.items()}
        years = Counter(date[:4] for date in published)
        return Matches(
            total=len(passages),
            articles=len({passage.article_id for passage in passages}),
            page=_page(passages, scores, page),
            facets={**facets, "year": years},
            sizes={facet: len(of_all) for facet, of_all in {**counts, "year": years}.items()},
            spans=_spans(one for one in passages if one.speaker_id in facets["speaker"]),
            timeline=Counter(date[:10] for date in published),
            undated=undated,
        )

    def best(self, query: Query, limit: int) -> list[Match]:
        found = self.match(query, Dated(), Page(limit=limit)).page
        return [replace(match, in_article=1) for match in found]

    def words(self) -> Mapping[str, int]:
        counts: Counter[str] = Counter()
        for entry in self._entries:
            for forms in entry.forms.values():
                counts.update(forms)
        return counts

    def values(self, facet: str) -> Collection[str]:
        values = map(_VALUES[facet], (entry.passage for entry in self._entries))
        return {value for value in values if value is not None}

    def close(self) -> None:
        """Nothing is open."""

    def _scores(self, query: Query, found: list[_Entry]) -> dict[str, float]:
        """The score of each found passage, by its id."""
        weights = {leaf: self._weight(leaf) for leaf in _leaves(query)}
        return {
            entry.passage.id: round(self._score(query, entry, weights), DECIMALS) for entry in found
        }

    def _score(self, query: Query, entry: _Entry, weights: Mapping[Leaf, float]) -> float:
        """The sum over the leaves that match; see `indexer.ranking`."""
        if isinstance(query, Term) and "text" in query.fields:
            evidence = weights[query] * self._evidence(query, entry)
        else:
            evidence = 0.0
        if not _matches(query, entry):
            return evidence
        match query:
            case Term() | Words() | Phrase() | Near():
                frequency = sum(self._frequency(query, entry, field) for field in query.fields)
                return evidence + weights[query] * frequency / (K1 + frequency)
            case And(parts) | Or(parts) | MostOf(parts):
                return sum(self._score(part, entry, weights) for part in parts)
            case Preferring(part, better, weight):
                more = sum(self._score(one, entry, weights) for one in better)
                return self._score(part, entry, weights) + weight * more
            case _:
                return 0.0

    def _evidence(self, term: Term, entry: _Entry) -> float:
        """What the article around a passage says of a word."""
        article = self._articles[entry.passage.article_id]
        length = len(article) / self._mean_article
        times = article.count(term.term) / (1 - ARTICLE_B + ARTICLE_B * length)
        return ARTICLE * times / (K1 + times)

    def _frequency(self, leaf: Leaf, entry: _Entry, field: str) -> float:
        count = _occurrences(leaf, entry, field)
        if not count:
            return 0.0
        length = len(entry.stems[field]) / self._mean_lengths[field]
        return WEIGHTS[field] * count / (1 - B[field] + B[field] * length)

    def _weight(self, leaf: Leaf) -> float:
        return rarity(len(self._entries), sum(_matches(leaf, entry) for entry in self._entries))


def _matches(query: Query, entry: _Entry) -> bool:
    passage = entry.passage
    match query:
        case Everything():
            return True
        case Term() | Words() | Phrase() | Near():
            return any(_occurrences(query, entry, field) for field in query.fields)
        case Having(facet, values):
            return _VALUES[facet](passage) in values
        case Dated(since, until):
            return _between(passage.published, since, until)
        case And(parts):
            return all(_matches(part, entry) for part in parts)
        case Or(parts):
            return any(_matches(part, entry) for part in parts)
        case MostOf(parts, least):
            return sum(_matches(part, entry) for part in parts) >= least
        case Not(part):
            return not _matches(part, entry)
        case Preferring(part):
            return _matches(part, entry)


def _occurrences(leaf: Leaf, entry: _Entry, field: str) -> int:
    """How often a field has a word, the words of a phrase in a row, or words close together."""
    match leaf:
        case Term(term):
            return entry.stems[field].count(term)
        case Words(forms):
            return sum(form in forms for form in entry.forms[field])
        case Phrase(terms):
            return len(_starts(terms, entry.stems[field]))
        case Near(parts, distance):
            return _times_near(parts, distance, entry.stems[field])


def _starts(phrase: Sequence[str], words: Sequence[str]) -> list[int]:
    """Where words stand one after the other."""
    wanted = list(phrase)
    starts = range(len(words) - len(wanted) + 1) if wanted else ()
    return [start for start in starts if words[start : start + len(wanted)] == wanted]


def _times_near(parts: Sequence[tuple[str, ...]], distance: int, words: Sequence[str]) -> int:
    """At how many places a part stands, with all others at most so many words before it."""
    starts = {part: _starts(part, words) for part in parts}
    needed = Counter(parts)
    places = {start for part in starts.values() for start in part}
    return sum(
        all(
            sum(place - distance <= start <= place for start in starts[part]) >= times
            for part, times in needed.items()
        )
        for place in places
    )


def _between(published: str | None, since: int | None, until: int | None) -> bool:
    if published is None:
        return False
    first, last = periods.first_day(published), periods.last_day(published)
    first = first if since is None else max(first, since)
    last = last if until is None else min(last, until)
    return first <= last


def _leaves(query: Query) -> Iterator[Leaf]:
    """The parts of a query that score; what is under a ``Not`` does not."""
    match query:
        case Term() | Words() | Phrase() | Near():
            yield query
        case And(parts) | Or(parts) | MostOf(parts):
            for part in parts:
                yield from _leaves(part)
        case Preferring(part, better):
            for one in (part, *better):
                yield from _leaves(one)


def _page(
    passages: Sequence[Passage], scores: Mapping[str, float], page: Page
) -> tuple[Match, ...]:
    """The wanted passages; grouped, the first one of each article with the next ones of it."""
    by_article: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        by_article[passage.article_id].append(passage)

    def match(passage: Passage, more: Sequence[Passage] = ()) -> Match:
        in_article = len(by_article[passage.article_id])
        return Match(passage.id, scores[passage.id], in_article, tuple(map(match, more)))

    window = slice(page.offset, page.offset + page.limit)
    if page.group == "article":
        groups = list(by_article.values())[window]
        return tuple(match(first, more[: page.more]) for first, *more in groups)
    return tuple(match(passage) for passage in passages[window])


def _spans(passages: Iterable[Passage]) -> dict[str, tuple[str, str]]:
    """The first and the last period of each speaker's dated passages."""
    periods_of: dict[str, list[str]] = defaultdict(list)
    for passage in passages:
        if passage.speaker_id is not None and passage.published:
            periods_of[passage.speaker_id].append(passage.published[:10])
    return {speaker: (min(periods), max(periods)) for speaker, periods in periods_of.items()}


def _rank(passage: Passage, scores: Mapping[str, float], sort: Sort) -> tuple[bool, float]:
    """What to sort by; ties keep the order of articles and positions."""
    if sort == "relevance":
        return False, -scores[passage.id]
    if passage.published is None:
        return True, 0
    minute = periods.minute(passage.published)
    return False, minute if sort == "oldest" else -minute


def _split(fields: Mapping[str, str]) -> dict[str, list[str]]:
    # A word is kept once, however often it stands in the corpus: a tenth of the memory.
    return {field: [sys.intern(word) for word in words.split()] for field, words in fields.items()}


def _read(directory: Path) -> Iterator[AnalyzedPassage]:
    with (directory / _FILE).open(encoding="ascii") as file:
        for line in file:
            row = json.loads(line)
            yield AnalyzedPassage(Passage(**row["passage"]), row["terms"], row["forms"])
