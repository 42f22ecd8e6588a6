"""Compares passages with queries, word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import indexer.text.periods as periods
from indexer.records import (
    FACETS,
    And,
    Context,
    Dated,
    Everything,
    Having,
    Leaf,
    MostOf,
    Near,
    Not,
    Or,
    Passage,
    Phrase,
    Preferring,
    Query,
    Stems,
    Term,
    Words,
)
from indexer.scopes import CONTEXT_FIELDS, in_field


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage with the words of each field as lists."""

    passage: Passage
    stems: Mapping[str, list[str]]
    forms: Mapping[str, list[str]]


def matches(query: Query, entry: Entry) -> bool:
    """Return True if a passage matches a query."""
    passage = entry.passage
    match query:
        case Everything():
            return True
        case Term() | Words() | Phrase() | Near():
            return any(occurrences(query, entry, field) for field in query.fields)
        case Having(facet, values):
            return getattr(passage, FACETS[facet].passage_field) in values
        case Dated(since, until):
            return _between(passage.published, since, until)
        case And(parts):
            return all(matches(part, entry) for part in parts)
        case Or(parts):
            return any(matches(part, entry) for part in parts)
        case MostOf(parts, least):
            return sum(matches(part, entry) for part in parts) >= least
        case Not(part):
            return not matches(part, entry)
        case Preferring(part):
            return matches(part, entry)


def occurrences(leaf: Leaf, entry: Entry, field: str) -> int:
    """Return the number of occurrences of a word, phrase or group of near words in a field."""
    match leaf:
        case Term(stems):
            return sum(map(entry.stems[field].count, stems))
        case Words(forms):
            return sum(form in forms for form in entry.forms[field])
        case Phrase(words):
            return len(_starts(words, entry.stems[field]))
        case Near(parts, distance):
            return _times_near(parts, distance, entry.stems[field])


def _starts(phrase: Sequence[Stems], words: Sequence[str]) -> list[int]:
    """Return the positions at which a phrase begins."""
    starts = range(len(words) - len(phrase) + 1) if phrase else ()
    return [
        start
        for start in starts
        if all(word in stems for word, stems in zip(words[start:], phrase, strict=False))
    ]


def _times_near(parts: Sequence[tuple[Stems, ...]], distance: int, words: Sequence[str]) -> int:
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


def leaves(query: Query) -> Iterator[Leaf]:
    """Yield the parts of a query that score, which those below a ``Not`` do not."""
    match query:
        case Term() | Words() | Phrase() | Near():
            yield query
        case And(parts) | Or(parts) | MostOf(parts):
            for part in parts:
                yield from leaves(part)
        case Preferring(part, better):
            for one in (part, *better):
                yield from leaves(one)


def context_of(query: Query, entry: Entry) -> Context:
    """Return the context of a passage that matches; see `indexer.scopes`."""
    for context, field in CONTEXT_FIELDS.items():
        if matches(in_field(query, field), entry):
            return context
    return "mixed"
