"""Masks of the passages in each context; see `indexer.scopes`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import reduce
from typing import TypeAlias

import numpy as np

from indexer.engines.whoosh.columns import Mask, Numbers
from indexer.engines.whoosh.filtering import QueryFilter
from indexer.records import Context, Query
from indexer.scopes import CONTEXT_FIELDS, CONTEXTS, has_bare_words, in_field

ContextMasks: TypeAlias = Mapping[Context, Mask]
"""The matches in each context. No passage is in two."""


def context_masks(query: Query, query_filter: QueryFilter, matching: Mask) -> ContextMasks:
    """Divide the matches of a query by context."""
    if not has_bare_words(query):
        return {"said": matching}
    masks, rest = {}, matching
    for context, field in CONTEXT_FIELDS.items():
        masks[context] = rest & query_filter.mask(in_field(query, field))
        rest = rest & ~masks[context]
    return {**masks, "mixed": rest}


def within(masks: ContextMasks, contexts: Collection[Context]) -> Mask:
    """Return the matches in any of some contexts."""
    first, *others = [mask for context, mask in masks.items() if context in contexts] or [
        np.zeros_like(masks["said"])
    ]
    return reduce(np.logical_or, others, first)


def places_of(masks: ContextMasks, passages: Numbers) -> Numbers:
    """Return for each of some matches the place of its context in `CONTEXTS`."""
    of_passages = np.zeros(len(passages), np.int64)
    for context, mask in masks.items():
        if place := CONTEXTS.index(context):
            of_passages[mask[passages]] = place
    return of_passages
