"""Validates a search request, and combines its query and filters for the engine."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from indexer.errors import InvalidSearchRequest
from indexer.messages import Message
from indexer.records import (
    FACETS,
    GROUPS,
    SCOPES,
    SORTS,
    And,
    Dated,
    Everything,
    Facet,
    Having,
    MostOf,
    Near,
    Notice,
    Or,
    Phrase,
    Query,
    SearchRequest,
    Term,
    Words,
    chosen_values,
)
from indexer.search.resolver import Resolver, unknown_value
from indexer.text.periods import first_day, last_day

MAX_PER_PAGE = 100

_MIN_RELAXED = 3
"""Words and phrases of the shortest query that is relaxed."""

_MAX_SHORT_QUERY = 5
"""Words up to which a query is short: more than half of them are required."""

_SHARE_OF_LONG_QUERY = 0.1
"""The share of a longer query, such as a pasted sentence, that is required."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The arguments of an engine's ``match``, and the notices for the reader."""

    query: Query
    dates: Dated
    notices: tuple[Notice, ...] = ()


def validate(request: SearchRequest) -> None:
    """Raise `InvalidSearchRequest` if an argument is invalid. Any query text is valid.

    The error names the parameter as in the URL.
    """
    if request.sort not in SORTS:
        raise InvalidSearchRequest(_one_of(SORTS), "sort")
    for facet in FACETS.values():
        unknown = set(chosen_values(request, facet)) - facet.labels.keys()
        if unknown and facet.kind == "choices":
            raise InvalidSearchRequest(_one_of(tuple(facet.labels)), facet.name)
    if request.scope not in SCOPES:
        raise InvalidSearchRequest(_one_of(SCOPES), "scope")
    if request.group not in GROUPS:
        raise InvalidSearchRequest(_one_of(GROUPS), "group")
    if request.offset < 0:
        raise InvalidSearchRequest(Message("Page numbers start at 1."), "page")
    if not 1 <= request.limit <= MAX_PER_PAGE:
        message = Message("A page has 1 to %(most)s results.", most=MAX_PER_PAGE)
        raise InvalidSearchRequest(message, "per_page")
    dates = _dates(request)
    if dates.since is not None and dates.until is not None and dates.since > dates.until:
        message = Message(
            "%(since)s is later than %(until)s.", since=request.since, until=request.until
        )
        raise InvalidSearchRequest(message, "from")


def plan(request: SearchRequest, tree: Query, resolver: Resolver) -> Plan:
    """Combine a query tree with the filters of a request.

    Dates that apply to the whole query are taken out of the tree, so that the engine can count
    the undated passages.
    """
    notices: list[Notice] = []
    parts = tree.parts if isinstance(tree, And) else (tree,)
    dates = _dates(request)
    rest: list[Query] = []
    for part in parts:
        if isinstance(part, Dated):
            dates = _both(dates, part)
        elif part != Everything():
            rest.append(part)
    for facet in FACETS.values():
        if typed := chosen_values(request, facet):
            values = [_resolved(facet, value, resolver, notices) for value in typed]
            rest.append(Having(facet.name, frozenset().union(*values)))
    if dates.since is not None and dates.until is not None and dates.since > dates.until:
        rest.append(Or(()))
    query = And(tuple(rest)) if len(rest) > 1 else next(iter(rest), Everything())
    return Plan(query, dates, tuple(notices))


def relax(tree: Query) -> Query | None:
    """Require only some of the words and phrases. Returns ``None`` for a query of one or two."""
    parts = tree.parts if isinstance(tree, And) else ()
    words = tuple(part for part in parts if isinstance(part, Term | Words | Phrase | Near))
    others = tuple(part for part in parts if part not in words)
    if len(words) < _MIN_RELAXED:
        return None
    if len(words) <= _MAX_SHORT_QUERY:
        least = len(words) // 2 + 1
    else:
        least = max(2, math.ceil(_SHARE_OF_LONG_QUERY * len(words)))
    return And((MostOf(words, least), *others))


def _resolved(
    facet: Facet, value: str, resolver: Resolver, notices: list[Notice]
) -> frozenset[str]:
    """Return the values that a filter may mean, and add a notice if there are none."""
    match facet.kind:
        case "people":
            values = resolver.speaker(value)
        case "names":
            values = resolver.named(facet.name, value)
        case _:
            values = frozenset({value})
    if not values:
        notices.append(Notice(unknown_value(facet, value, resolver)))
    return values


def _one_of(choices: tuple[str, ...]) -> Message:
    return Message("Choose one of: %(choices)s.", choices=", ".join(choices))


def _dates(request: SearchRequest) -> Dated:
    return Dated(
        _day(first_day, request.since, "from"),
        _day(last_day, request.until, "to"),
    )


def _day(edge: Callable[[str], int], period: str | None, parameter: str) -> int | None:
    if not period:
        return None
    try:
        return edge(period)
    except ValueError:
        message = Message(
            "There is no date %(date)s: write 2020, 2020-10 or 2020-10-05.", date=period
        )
        raise InvalidSearchRequest(message, parameter) from None


def _both(one: Dated, other: Dated) -> Dated:
    since = [day for day in (one.since, other.since) if day is not None]
    until = [day for day in (one.until, other.until) if day is not None]
    return Dated(max(since, default=None), min(until, default=None))
