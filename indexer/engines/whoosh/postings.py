"""Where a word stands: as arrays, for engines that answer with numpy."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.columns import Mask, Numbers


class Postings(NamedTuple):
    """The passages with a stem in a field, each once; how often each has it, and where.

    ``positions`` are those of one passage after those of another, each in order. ``kinds`` tells of
    each which of the ``forms`` stands there; it is empty if there is but one.
    """

    passages: Numbers
    counts: NDArray[Any]
    positions: NDArray[Any]
    forms: Sequence[str]
    kinds: NDArray[Any]

    def among(self, chosen: Mask) -> Postings:
        """The same in some passages: for each passage there is, whether it is wanted."""
        kept = chosen[self.passages]
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
        """Where these forms stand, of all that the stem has. ``kinds`` is not kept."""
        wanted = [form in forms for form in self.forms]
        if all(wanted):
            return self
        if len(self.forms) == 1:
            return nowhere()
        chosen = np.array(wanted)[self.kinds]
        rows = np.repeat(np.arange(len(self.passages)), self.counts)[chosen]
        counts = np.bincount(rows, minlength=len(self.passages))
        kept = counts > 0
        return Postings(
            self.passages[kept], counts[kept], self.positions[chosen], ("",), self.kinds[:0]
        )

    def places(self) -> Numbers:
        """All positions, in order, as ``passage << 32 | position``."""
        places: Numbers = (np.repeat(self.passages, self.counts) << 32) + self.positions
        # Those of one segment are in order already, which costs little to see.
        return np.sort(places, kind="stable")


def nowhere() -> Postings:
    """No places at all."""
    nothing = np.empty(0, np.int64)
    return Postings(nothing, nothing, nothing, ("",), nothing)


def joined(parts: Sequence[Postings]) -> Postings:
    """Postings in one; no passage may be in two of them."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return nowhere()
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
    """The passages of places that are in order, and how many places each has."""
    passages = places >> 32
    firsts = np.flatnonzero(np.diff(passages, prepend=-1))
    return passages[firsts], np.diff(firsts, append=len(passages))


def _renamed(part: Postings, numbers: dict[str, int]) -> Numbers:
    known = np.array([numbers[form] for form in part.forms])
    return known[part.kinds] if len(part.forms) > 1 else np.full(len(part.positions), known[0])
