"""The reference engine: it looks at every passage, and is plain enough to be the specification."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import chain
from operator import attrgetter
from pathlib import Path

from indexer.budget import checked
from indexer.engines.memory.matching import Entry, context_of, leaves, matches, occurrences
from indexer.engines.memory.paging import Ranking
from indexer.ranking import ARTICLE, ARTICLE_B, DECIMALS, K1, WEIGHTS, B, most_frequent, rarity
from indexer.records import (
    FACETS,
    FIELDS,
    AnalyzedPassage,
    And,
    Dated,
    Leaf,
    Match,
    Matches,
    MostOf,
    Near,
    Or,
    Page,
    Passage,
    Phrase,
    Preferring,
    Query,
    Term,
    Words,
)
from indexer.scopes import contexts_of, scope_totals

EXACT_SCORES = True

_FILE = "passages.jsonl"


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
            Entry(row.passage, _split(row.terms), _split(row.forms)) for row in passages
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
            for entry in checked(self._entries)
            if articles is None or entry.passage.article_id in articles
            if matches(query, entry)
        ]
        contexts = {entry.passage.id: context_of(query, entry) for entry in checked(entries)}
        shown = contexts_of(page.scope)
        undated = 0
        if dates != Dated():
            undated = sum(
                entry.passage.published is None and contexts[entry.passage.id] in shown
                for entry in entries
            )
            entries = [entry for entry in entries if matches(dates, entry)]
        ranking = Ranking(self._scores(query, entries), contexts, page.sort)
        every = sorted((entry.passage for entry in entries), key=ranking.key)
        passages = [one for one in every if contexts[one.id] in shown]
        published = [passage.published for passage in passages if passage.published]
        counts = {facet: Counter(_values(facet, _counted(facet, passages))) for facet in FACETS}
        facets = {facet: most_frequent(of_all, page.values) for facet, of_all in counts.items()}
        years = Counter(date[:4] for date in published)
        return Matches(
            total=len(passages),
            articles=len({passage.article_id for passage in passages}),
            page=ranking.page(passages, page),
            facets={**facets, "year": years},
            sizes={facet: len(of_all) for facet, of_all in {**counts, "year": years}.items()},
            spans=_spans(_counted("speaker", passages), facets["speaker"]),
            timeline=Counter(date[:10] for date in published),
            scopes=scope_totals(Counter(contexts[one.id] for one in every)),
            others=ranking.others(every, page),
            undated=undated,
        )

    def best(self, query: Query, limit: int) -> list[Match]:
        entries = [entry for entry in checked(self._entries) if matches(query, entry)]
        scores = self._scores(query, entries)
        entries.sort(key=lambda entry: -scores[entry.passage.id])
        ids = [entry.passage.id for entry in entries[:limit]]
        return [Match(passage_id, scores[passage_id], 1) for passage_id in ids]

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

    def _scores(self, query: Query, entries: Iterable[Entry]) -> dict[str, float]:
        """Return the scores of matching passages by their ids."""
        weights = {leaf: self._weight(leaf) for leaf in leaves(query)}
        return {
            entry.passage.id: round(self._score(query, entry, weights), DECIMALS)
            for entry in checked(entries)
        }

    def _score(self, query: Query, entry: Entry, weights: Mapping[Leaf, float]) -> float:
        """Return the sum of the scores of all leaves that match; see `indexer.ranking`."""
        if isinstance(query, Term) and "text" in query.fields:
            of_article = weights[query] * self._article_score(query, entry)
        else:
            of_article = 0.0
        if not matches(query, entry):
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

    def _article_score(self, term: Term, entry: Entry) -> float:
        """Return the score of a word in the whole article of a passage, without its weight."""
        article = self._articles[entry.passage.article_id]
        length = len(article) / self._mean_article
        times = sum(map(article.count, term.stems)) / (1 - ARTICLE_B + ARTICLE_B * length)
        return ARTICLE * times / (K1 + times)

    def _frequency(self, leaf: Leaf, entry: Entry, field: str) -> float:
        count = occurrences(leaf, entry, field)
        if not count:
            return 0.0
        length = len(entry.stems[field]) / self._mean_lengths[field]
        return WEIGHTS[field] * count / (1 - B[field] + B[field] * length)

    def _weight(self, leaf: Leaf) -> float:
        return rarity(len(self._entries), sum(matches(leaf, one) for one in checked(self._entries)))


def _counted(facet: str, passages: Iterable[Passage]) -> list[Passage]:
    return [one for one in passages if one.speaker_kind not in FACETS[facet].uncounted]


def _values(facet: str, passages: Iterable[Passage]) -> Iterator[str]:
    values = map(attrgetter(FACETS[facet].passage_field), passages)
    return (value for value in values if value is not None)


def _spans(passages: Iterable[Passage], speakers: Collection[str]) -> dict[str, tuple[str, str]]:
    """Return the first and last period of those speakers who have dated passages."""
    periods_of: dict[str, list[str]] = defaultdict(list)
    for passage in passages:
        if passage.speaker_id is not None and passage.published:
            periods_of[passage.speaker_id].append(passage.published[:10])
    return {
        one: (min(periods_of[one]), max(periods_of[one])) for one in speakers if one in periods_of
    }


def _split(fields: Mapping[str, str]) -> dict[str, list[str]]:
    # Each word is kept once, which takes a tenth of the memory.
    return {field: [sys.intern(word) for word in words.split()] for field, words in fields.items()}


def _read(folder: Path) -> Iterator[AnalyzedPassage]:
    with (folder / _FILE).open(encoding="ascii") as file:
        for line in file:
            row = json.loads(line)
            yield AnalyzedPassage(Passage(**row["passage"]), row["terms"], row["forms"])
