"""Finds the passages of words, phrases and groups of near words, and counts their occurrences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import reduce
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.budget import checked
from indexer.engines.whoosh.columns import Mask, Numbers
from indexer.engines.whoosh.postings import Postings, counted, joined
from indexer.records import Leaf, Near, Phrase, Stems, Term, Words


class PostingsSource(Protocol):
    """The postings of an index."""

    def postings(self, field: str, stem: str) -> Postings:
        """Return the postings of a stem in a field."""

    def stems(self, form: str) -> Collection[str]:
        """Return the stems of an unstemmed form; none if the index does not have it."""


class Occurrences(NamedTuple):
    """Passages with something in a field, each once, and the number of its occurrences in each."""

    field: str
    passages: Numbers
    counts: NDArray[Any]


class Locator:
    """Locates the leaves of one query. Its parts share what was read."""

    def __init__(self, source: PostingsSource, passages: int) -> None:
        self._source = source
        self._passages = passages
        self._postings: dict[tuple[str, Stems], Postings] = {}
        self._occurrences: dict[tuple[object, str], list[Occurrences]] = {}
        self._masks: dict[Leaf, Mask] = {}

    def mask(self, leaf: Leaf) -> Mask:
        """Return the passages that match a leaf."""
        if leaf not in self._masks:
            self._masks[leaf] = self._mask(one.passages for one in self.occurrences(leaf))
        return self._masks[leaf]

    def occurrences(self, leaf: Leaf) -> list[Occurrences]:
        """Return the occurrences of a leaf. If a field comes twice, its counts add up."""
        # Scopes ask for the same words in one field, so what is kept is kept by field.
        words, every = _words_of(leaf), []
        for field in leaf.fields:
            if (words, field) not in self._occurrences:
                self._occurrences[words, field] = [
                    Occurrences(field, passages, counts)
                    for passages, counts in self._counts(leaf, field)
                ]
            every += self._occurrences[words, field]
        return every

    def _counts(self, leaf: Leaf, field: str) -> Iterator[tuple[Numbers, NDArray[Any]]]:
        match leaf:
            case Term(stems):
                yield self._read(field, stems)[:2]
            case Words(forms):
                stems_of_forms = (stem for form in forms for stem in self._source.stems(form))
                for stem in checked(dict.fromkeys(stems_of_forms)):
                    yield self._read(field, (stem,)).of(forms)[:2]
            case Phrase(words):
                yield counted(self._starts(field, words, self._having_all(field, words)))
            case Near():
                yield counted(self._near_places(leaf, field))

    def _starts(self, field: str, words: Sequence[Stems], among: Mask) -> Numbers:
        """Return the places at which a phrase begins in some passages, as `Postings.places`."""
        if not words:
            return np.empty(0, np.int64)
        places = (self._read(field, stems).among(among).places() for stems in checked(words))
        starts, *others = sorted((p - i for i, p in enumerate(places)), key=len)
        for other in checked(others):
            starts = starts[_is_in(starts, other)]
        return starts

    def _near_places(self, near: Near, field: str) -> Numbers:
        """Return the places of a part that have all other parts within the distance before them."""
        required = Counter(near.parts)
        among = self._having_all(field, [word for part in required for word in part])
        starts = {part: self._starts(field, part, among) for part in required}
        places = np.sort(np.concatenate([np.empty(0, np.int64), *starts.values()]), kind="stable")
        places = places[np.diff(places, prepend=-1) > 0]
        for part, times in checked(required.items()):
            # The first words of a passage are far from the last ones of the passage before.
            first = np.searchsorted(starts[part], places - near.distance)
            last = np.searchsorted(starts[part], places, side="right")
            places = places[last - first >= times]
        return places

    def _having_all(self, field: str, words: Iterable[Stems]) -> Mask:
        """Return the passages that have all words in a field."""
        each = checked(dict.fromkeys(words))
        masks = [self._mask([self._read(field, stems).passages]) for stems in each]
        return reduce(np.logical_and, masks, np.ones(self._passages, np.bool_))

    def _read(self, field: str, stems: Stems) -> Postings:
        if (field, stems) not in self._postings:
            if len(stems) == 1:
                read = self._source.postings(field, stems[0])
            else:
                # No passage has stems of two languages, so none is in two parts.
                parts = [self._read(field, (stem,)) for stem in checked(stems)]
                read = joined([part for part in parts if len(part.passages)])
            self._postings[field, stems] = read
        return self._postings[field, stems]

    def _mask(self, parts: Iterable[Numbers]) -> Mask:
        mask = np.zeros(self._passages, np.bool_)
        for passages in parts:
            mask[passages] = True
        return mask


def _words_of(leaf: Leaf) -> object:
    """Return what distinguishes a leaf from all others, apart from its fields."""
    match leaf:
        case Term(stems):
            return Term, stems
        case Words(forms):
            return Words, forms
        case Phrase(words):
            return Phrase, words
        case Near(parts, distance):
            return Near, parts, distance


def _is_in(values: Numbers, others: Numbers) -> Mask:
    """Return a mask of the values that are among the others. Both must be sorted."""
    places = np.searchsorted(others, values)
    mask = places < len(others)
    mask[mask] = others[places[mask]] == values[mask]
    return mask
