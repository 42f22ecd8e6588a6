"""The reference engine: it looks at every passage, and is plain enough to be the specification."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain
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


@dataclass(frozen=True, slots=True)
class _Entry:
    """A passage with the words of each field as lists."""

    passage: Passage
    stems: Mapping[str, list[str]]
    forms: Mapping[str, list[str]]


def build(folder: Path, passages: Iterable[AnalyzedPassage]) -> None:
    """Write each passage as a line of JSON."""
    new = folder / f"{_FILE}.new"
    with new.open("w", encoding="ascii") as file:
        file.writelines(json.dumps(asdict(passage)) + "\n" for passage in passages)
    os.replace(new, folder / _FILE)


def update(folder: Path, removed: Collection[str], passages: Iterable[AnalyzedPassage]) -> None:
    """Write the passages of all other articles again, and the new ones after them."""
    kept = [row for row in _read(folder) if row.passage.article_id not in removed]
    build(folder, chain(kept, passages))


def open_searcher(folder: Path) -> _Searcher:
    """Read all passages."""
    return _Searcher(_read(folder))


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

    def match(
        self, query: Query, dates: Dated, page: Page, articles: Collection[str] | None = None
    ) -> Matches:
        entries = [
            entry
            for entry in self._entries
            if articles is None or entry.passage.article_id in articles
            if _matches(query, entry)
        ]
        undated = 0
        if dates != Dated():
            undated = sum(entry.passage.published is None for entry in entries)
            entries = [entry for entry in entries if _matches(dates, entry)]
        scores = self._scores(query, entries)
        entries.sort(key=lambda entry: _sort_key(entry.passage, scores, page.sort))
        passages = [entry.passage for entry in entries]
        published = [passage.published for passage in passages if passage.published]
        counts = {facet: Counter(_values(facet, passages)) for facet in FACETS}
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
        matches = self.match(query, Dated(), Page(limit=limit))
        return [replace(match, in_article=1) for match in matches.page]

    def words(self) -> Mapping[str, int]:
        counts: Counter[str] = Counter()
        for entry in self._entries:
            for forms in entry.forms.values():
                counts.update(forms)
        return counts

    def values(self, facet: str) -> Collection[str]:
        return set(_values(facet, [entry.passage for entry in self._entries]))

    def close(self) -> None:
        """Do nothing: no file is open."""

    def _scores(self, query: Query, entries: Iterable[_Entry]) -> dict[str, float]:
        """Return the scores of matching passages by their ids."""
        weights = {leaf: self._weight(leaf) for leaf in _leaves(query)}
        return {
            entry.passage.id: round(self._score(query, entry, weights), DECIMALS)
            for entry in entries
        }

    def _score(self, query: Query, entry: _Entry, weights: Mapping[Leaf, float]) -> float:
        """Return the sum of the scores of all leaves that match; see `indexer.ranking`."""
        if isinstance(query, Term) and "text" in query.fields:
            of_article = weights[query] * self._article_score(query, entry)
        else:
            of_article = 0.0
        if not _matches(query, entry):
            return of_article
        match query:
            case Term() | Words() | Phrase() | Near():
                frequency = sum(self._frequency(query, entry, field) for field in query.fields)
                return of_article + weights[query] * frequency / (K1 + frequency)
            case And(parts) | Or(parts) | MostOf(parts):
                return sum(self._score(part, entry, weights) for part in parts)
            case Preferring(part, better, weight):
                more = sum(self._score(one, entry, weights) for one in better)
                return self._score(part, entry, weights) + weight * more
            case _:
                return 0.0

    def _article_score(self, term: Term, entry: _Entry) -> float:
        """Return the score of a word in the whole article of a passage, without its weight."""
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


def _values(facet: str, passages: Iterable[Passage]) -> Iterator[str]:
    values = map(attrgetter(FACETS[facet].passage_field), passages)
    return (value for value in values if value is not None)


def _matches(query: Query, entry: _Entry) -> bool:
    passage = entry.passage
    match query:
        case Everything():
            return True
        case Term() | Words() | Phrase() | Near():
            return any(_occurrences(query, entry, field) for field in query.fields)
        case Having(facet, values):
            return getattr(passage, FACETS[facet].passage_field) in values
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
    """Return the number of occurrences of a word, phrase or group of near words in a field."""
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
    """Return the positions at which a phrase begins."""
    stems = list(phrase)
    starts = range(len(words) - len(stems) + 1) if stems else ()
    return [start for start in starts if words[start : start + len(stems)] == stems]


def _times_near(parts: Sequence[tuple[str, ...]], distance: int, words: Sequence[str]) -> int:
    """Count the positions of a part that have all other parts within the distance before them."""
    starts = {part: _starts(part, words) for part in parts}
    required = Counter(parts)
    positions = {start for part in starts.values() for start in part}
    return sum(
        all(
            sum(position - distance <= start <= position for start in starts[part]) >= times
            for part, times in required.items()
        )
        for position in positions
    )


def _between(published: str | None, since: int | None, until: int | None) -> bool:
    if published is None:
        return False
    first, last = periods.first_day(published), periods.last_day(published)
    first = first if since is None else max(first, since)
    last = last if until is None else min(last, until)
    return first <= last


def _leaves(query: Query) -> Iterator[Leaf]:
    """Yield the parts of a query that score, which those below a ``Not`` do not."""
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
    """Return one page: passages, or the first passage of each article with its next ones."""
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
    """Return the first and last period of each speaker's dated passages."""
    periods_of: dict[str, list[str]] = defaultdict(list)
    for passage in passages:
        if passage.speaker_id is not None and passage.published:
            periods_of[passage.speaker_id].append(passage.published[:10])
    return {speaker: (min(periods), max(periods)) for speaker, periods in periods_of.items()}


def _sort_key(passage: Passage, scores: Mapping[str, float], sort: Sort) -> tuple[bool, float]:
    """Return the key of a passage. Ties keep the order of articles and positions."""
    if sort == "relevance":
        return False, -scores[passage.id]
    if passage.published is None:
        return True, 0
    minute = periods.minute(passage.published)
    return False, minute if sort == "oldest" else -minute


def _split(fields: Mapping[str, str]) -> dict[str, list[str]]:
    # Each word is kept once, which takes a tenth of the memory.
    return {field: [sys.intern(word) for word in words.split()] for field, words in fields.items()}


def _read(folder: Path) -> Iterator[AnalyzedPassage]:
    with (folder / _FILE).open(encoding="ascii") as file:
        for line in file:
            row = json.loads(line)
            yield AnalyzedPassage(Passage(**row["passage"]), row["terms"], row["forms"])
