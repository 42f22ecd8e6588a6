"""A request as a whole: is it meant to be, and what does it ask of the engine."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from indexer.errors import InvalidSearchRequest
from indexer.messages import Message
from indexer.records import (
    GROUPS,
    ROLES,
    SORTS,
    And,
    Dated,
    Everything,
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
)
from indexer.search.clauses import Directory, no_outlet_named, nobody_named
from indexer.text.periods import first_day, last_day

MOST_PER_PAGE = 100


class Names(Directory, Protocol):
    """A directory that also knows speakers by id."""

    def speaker(self, name_or_id: str) -> frozenset[str]:
        """The speaker of this id, or the ids of those who may be meant by a name."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an engine is asked, and what the reader should know about it."""

    query: Query
    dates: Dated
    notices: tuple[Notice, ...] = ()


def check(request: SearchRequest) -> None:
    """Raises `InvalidSearchRequest`, which names the parameter as it is called in the URL."""
    if request.sort not in SORTS:
        raise InvalidSearchRequest(_one_of(SORTS), "sort")
    for role in request.roles:
        if role not in ROLES:
            raise InvalidSearchRequest(_one_of(ROLES), "role")
    if request.group not in GROUPS:
        raise InvalidSearchRequest(_one_of(GROUPS), "group")
    if request.offset < 0:
        raise InvalidSearchRequest(Message("Pages count from 1."), "page")
    if not 1 <= request.limit <= MOST_PER_PAGE:
        message = Message("A page has 1 to %(most)s results.", most=MOST_PER_PAGE)
        raise InvalidSearchRequest(message, "per_page")
    dates = _dates(request)
    if dates.since is not None and dates.until is not None and dates.since > dates.until:
        message = Message(
            "%(since)s is later than %(until)s.", since=request.since, until=request.until
        )
        raise InvalidSearchRequest(message, "from")


def asked(request: SearchRequest, tree: Query, names: Names) -> Asked:
    """The query with the filters of a request around it.

    Dates that hold for the whole query are taken out of it, so that undated passages are counted.
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
    if request.speakers:
        speakers = _any(request.speakers, names.speaker, nobody_named, notices)
        rest.append(Having("speaker", speakers))
    if request.sources:
        rest.append(
            Having("source", _any(request.sources, names.outlets, no_outlet_named, notices))
        )
    if request.roles:
        rest.append(Having("role", frozenset(request.roles)))
    if request.languages:
        rest.append(Having("language", frozenset(request.languages)))
    if dates.since is not None and dates.until is not None and dates.since > dates.until:
        rest.append(Or(()))
    query = And(tuple(rest)) if len(rest) > 1 else next(iter(rest), Everything())
    return Asked(query, dates, tuple(notices))


_FEW_WORDS, _ENOUGH = 5, 0.1
"""Up to so many words, more than half of them are enough; of a sentence, a part of them."""


def loosened(tree: Query) -> Query | None:
    """The query with only most of its words and phrases required; ``None`` if it has not three."""
    parts = tree.parts if isinstance(tree, And) else ()
    wanted = tuple(part for part in parts if isinstance(part, Term | Words | Phrase | Near))
    others = tuple(part for part in parts if part not in wanted)
    if len(wanted) < 3:
        return None
    most = len(wanted) // 2 + 1
    least = most if len(wanted) <= _FEW_WORDS else max(2, math.ceil(_ENOUGH * len(wanted)))
    return And((MostOf(wanted, least), *others))


def _any(
    names: Iterable[str],
    find: Callable[[str], frozenset[str]],
    unknown: Callable[[str], Message],
    notices: list[Notice],
) -> frozenset[str]:
    found: set[str] = set()
    for name in names:
        meant = find(name)
        if not meant:
            notices.append(Notice(unknown(name)))
        found |= meant
    return frozenset(found)


def _one_of(choices: tuple[str, ...]) -> Message:
    return Message("Choose one of: %(choices)s.", choices=", ".join(choices))


def _dates(request: SearchRequest) -> Dated:
    return Dated(
        _day(first_day, request.since, "from"),
        _day(last_day, request.until, "to"),
    )


def _day(which: Callable[[str], int], period: str | None, parameter: str) -> int | None:
    if not period:
        return None
    try:
        return which(period)
    except ValueError:
        message = Message(
            "There is no date %(date)s: write 2020, 2020-10 or 2020-10-05.", date=period
        )
        raise InvalidSearchRequest(message, parameter) from None


def _both(one: Dated, other: Dated) -> Dated:
    since = [day for day in (one.since, other.since) if day is not None]
    until = [day for day in (one.until, other.until) if day is not None]
    return Dated(max(since, default=None), min(until, default=None))
