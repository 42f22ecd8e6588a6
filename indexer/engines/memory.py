"""The reference engine: looks at every passage. Slow, and plain enough to be the specification."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from indexer import periods
from indexer.ranking import DECIMALS, K1, WEIGHTS, B, idf
from indexer.records import (
    FIELDS,
    AnalyzedPassage,
    And,
    Dated,
    Everything,
    InRole,
    Matches,
    Not,
    Or,
    Passage,
    Phrase,
    PublishedIn,
    Query,
    SaidBy,
    Sort,
    Term,
)

_FILE = "passages.jsonl"


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
        self._mean_lengths = {
            field: sum(len(entry.stems[field]) for entry in self._entries)
            / max(1, len(self._entries))
            for field in FIELDS
        }

    def match(self, query: Query, dates: Dated, *, sort: Sort, offset: int, limit: int) -> Matches:
        found = [entry for entry in self._entries if _matches(query, entry)]
        undated = 0
        if dates != Dated():
            undated = sum(entry.passage.published is None for entry in found)
            found = [entry for entry in found if _matches(dates, entry)]
        scores = self._scores(query, found)
        ordered = sorted(found, key=lambda entry: _rank(entry.passage, scores, sort))
        passages = [entry.passage for entry in ordered]
        published = [passage.published for passage in passages if passage.published]
        return Matches(
            total=len(passages),
            articles=len({passage.article_id for passage in passages}),
            page=tuple((p.id, scores[p.id]) for p in passages[offset : offset + limit]),
            facets={
                "speaker": Counter(p.speaker_id for p in passages if p.speaker_id is not None),
                "source": Counter(p.outlet for p in passages if p.outlet is not None),
                "role": Counter(p.role for p in passages),
                "year": Counter(date[:4] for date in published),
            },
            timeline=Counter(date[:7] for date in published),
            undated=undated,
        )

    def close(self) -> None:
        """Nothing is open."""

    def _scores(self, query: Query, found: list[_Entry]) -> dict[str, float]:
        """The score of each found passage, by its id."""
        rarity = {leaf: self._idf(leaf) for leaf in _leaves(query)}
        return {
            entry.passage.id: round(self._score(query, entry, rarity), DECIMALS) for entry in found
        }

    def _score(self, query: Query, entry: _Entry, rarity: Mapping[Term | Phrase, float]) -> float:
        """The sum over the leaves that match; see `indexer.ranking`."""
        match query:
            case Term() | Phrase():
                frequency = sum(self._frequency(query, entry, field) for field in query.fields)
                return rarity[query] * frequency / (K1 + frequency)
            case And(parts) | Or(parts):
                return sum(
                    self._score(part, entry, rarity) for part in parts if _matches(part, entry)
                )
            case _:
                return 0.0

    def _frequency(self, leaf: Term | Phrase, entry: _Entry, field: str) -> float:
        count = _occurrences(leaf, entry, field)
        if not count:
            return 0.0
        length = len(entry.stems[field]) / self._mean_lengths[field]
        return WEIGHTS[field] * count / (1 - B[field] + B[field] * length)

    def _idf(self, leaf: Term | Phrase) -> float:
        return idf(len(self._entries), sum(_matches(leaf, entry) for entry in self._entries))


def _matches(query: Query, entry: _Entry) -> bool:
    passage = entry.passage
    match query:
        case Everything():
            return True
        case Term() | Phrase():
            return any(_occurrences(query, entry, field) for field in query.fields)
        case SaidBy(speaker_ids):
            return passage.speaker_id in speaker_ids
        case PublishedIn(outlets):
            return passage.outlet in outlets
        case InRole(roles):
            return passage.role in roles
        case Dated(since, until):
            return _between(passage.published, since, until)
        case And(parts):
            return all(_matches(part, entry) for part in parts)
        case Or(parts):
            return any(_matches(part, entry) for part in parts)
        case Not(part):
            return not _matches(part, entry)


def _occurrences(leaf: Term | Phrase, entry: _Entry, field: str) -> int:
    """How often a word, or the words of a phrase one after the other, stand in a field."""
    if isinstance(leaf, Term):
        return (entry.forms if leaf.exact else entry.stems)[field].count(leaf.term)
    words, phrase = entry.stems[field], list(leaf.terms)
    starts = range(len(words) - len(phrase) + 1) if phrase else ()
    return sum(words[start : start + len(phrase)] == phrase for start in starts)


def _between(published: str | None, since: int | None, until: int | None) -> bool:
    if published is None:
        return False
    first, last = periods.first_day(published), periods.last_day(published)
    first = first if since is None else max(first, since)
    last = last if until is None else min(last, until)
    return first <= last


def _leaves(query: Query) -> Iterator[Term | Phrase]:
    """The parts of a query that score; what is under a ``Not`` does not."""
    match query:
        case Term() | Phrase():
            yield query
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part)


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
