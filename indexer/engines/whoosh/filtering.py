"""Turns queries into masks, which have one truth value for each passage."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np

from indexer.budget import checked
from indexer.engines.whoosh.columns import Columns, Mask
from indexer.engines.whoosh.occurrences import Locator
from indexer.records import (
    And,
    Dated,
    Everything,
    Having,
    MostOf,
    Near,
    Not,
    Or,
    Phrase,
    Preferring,
    Query,
    Term,
    Words,
)


class QueryFilter:
    """Finds the passages that match a query."""

    def __init__(self, columns: Columns, locator: Locator) -> None:
        self._columns = columns
        self._locator = locator

    def mask(self, query: Query) -> Mask:
        """Return the passages that match."""
        match query:
            case Term() | Words() | Phrase() | Near():
                return self._locator.mask(query)
            case And(parts):
                return self._at_least(len(parts), parts)
            case Or(parts):
                return self._at_least(1, parts)
            case MostOf(parts, least):
                return self._at_least(least, parts)
            case Preferring(part):
                return self.mask(part)
            case Not(part):
                return ~self.mask(part)
            case Everything():
                return np.ones(len(self._columns), np.bool_)
            case Having(facet, values):
                return self._columns.having(facet, values)
            case Dated():
                return self._columns.between(query)

    def _at_least(self, least: int, parts: Sequence[Query]) -> Mask:
        """Return the passages that match at least ``least`` of the parts."""
        masks = [self.mask(part) for part in checked(parts)]
        if least == len(masks):
            return reduce(np.logical_and, masks, np.ones(len(self._columns), np.bool_))
        if least == 1:
            return reduce(np.logical_or, masks, np.zeros(len(self._columns), np.bool_))
        matching = np.zeros(len(self._columns), np.int32)
        for mask in masks:
            matching += mask
        return matching >= least
