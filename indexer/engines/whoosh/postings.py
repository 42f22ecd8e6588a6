"""Postings of a stem, as arrays."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.columns import Mask, Numbers


class Postings(NamedTuple):
    """The passages with a stem in a field, each once, and the number of its occurrences in each.

    ``positions`` are the places of the stem in the field, passage by passage, in order. ``kinds``
    has for each position the index of its form in ``forms``; it is empty if there is only one form.
    """

    passages: Numbers
    counts: NDArray[Any]
    positions: NDArray[Any]
    forms: Sequence[str]
    kinds: NDArray[Any]

    def among(self, mask: Mask) -> Postings:
        """Return the postings in some passages, given as a mask over all passages."""
        kept = mask[self.passages]
        if kept.all():
            return self
        in_kept = np.repeat(kept, self.counts)
        return self._replace(
            passages=self.passages[kept],
            counts=self.counts[kept],
            positions=self.positions[in_kept],
            kinds=self.kinds[in_kept] if len(self.forms) > 1 else self.kinds,
        )

    def of(self, forms: Collection[str]) -> Postings:
        """Return the postings of some of the forms. ``kinds`` is not kept."""
        is_chosen = [form in forms for form in self.forms]
        if all(is_chosen):
            return self
        if len(self.forms) == 1:
            return no_postings()
        chosen = np.array(is_chosen)[self.kinds]
        rows = np.repeat(np.arange(len(self.passages)), self.counts)[chosen]
        counts = np.bincount(rows, minlength=len(self.passages))
        kept = counts > 0
        return Postings(
            self.passages[kept], counts[kept], self.positions[chosen], ("",), self.kinds[:0]
        )

    def places(self) -> Numbers:
        """Return all positions as ``passage << 32 | position``, sorted."""
        places: Numbers = (np.repeat(self.passages, self.counts) << 32) + self.positions
        # Those of one segment are sorted already, which a stable sort finds out at little cost.
        return np.sort(places, kind="stable")


def no_postings() -> Postings:
    """Return postings without a passage."""
    nothing = np.empty(0, np.int64)
    return Postings(nothing, nothing, nothing, ("",), nothing)


def joined(parts: Sequence[Postings]) -> Postings:
    """Join postings. No passage may be in two of them."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return no_postings()
    forms = sorted({form for part in parts for form in part.forms})
    numbers = {form: number for number, form in enumerate(forms)}
    kinds = [_renamed(part, numbers) for part in parts] if len(forms) > 1 else [parts[0].kinds[:0]]
    return Postings(
        np.concatenate([part.passages for part in parts]),
        np.concatenate([part.counts for part in parts]),
        np.concatenate([part.positions for part in parts]),
        forms,
        np.concatenate(kinds),
    )


def counted(places: Numbers) -> tuple[Numbers, Numbers]:
    """Return the passages of sorted places, and the number of places in each."""
    passages = places >> 32
    firsts = np.flatnonzero(np.diff(passages, prepend=-1))
    return passages[firsts], np.diff(firsts, append=len(passages))


def _renamed(part: Postings, numbers: dict[str, int]) -> Numbers:
    known = np.array([numbers[form] for form in part.forms])
    return known[part.kinds] if len(part.forms) > 1 else np.full(len(part.positions), known[0])
