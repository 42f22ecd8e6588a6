"""The fields of the query language: ``speaker:``, ``date:``, ``said:`` …

`VALUE_FIELDS` take a value, `TEXT_FIELDS` take words and phrases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from indexer.messages import Message
from indexer.records import FACETS, And, Dated, Facet, Having, Leaf, Or, Query
from indexer.search.resolver import Resolver
from indexer.text.periods import first_day, last_day


class InvalidValue(Exception):
    """Raised if a field has a value that it cannot take; ``reason`` ends a sentence."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason


def _having(facet: Facet, value: str, resolver: Resolver) -> Query:
    match facet.kind:
        case "people":
            return Having(facet.name, resolver.speakers(value))
        case "names":
            return Having(facet.name, resolver.named(facet.name, value))
        case "choices" if value.lower() not in facet.labels:
            raise InvalidValue(Message("write one of %(choices)s", choices=", ".join(facet.labels)))
        case _:
            return Having(facet.name, frozenset({value.lower()}))


def _by(value: str, resolver: Resolver) -> Query:
    """Return what a person says or has written; only the former if neither is known."""
    said, written = (_having(FACETS[name], value, resolver) for name in ("speaker", "author"))
    if isinstance(written, Having) and not written.values:
        return said
    return Or((said, written))


def _date(value: str, _: Resolver) -> Query:
    since, dots, until = value.partition("..")
    if not dots:
        return Dated(_first_day(value), _last_day(value))
    dates = Dated(_first_day(since) if since else None, _last_day(until) if until else None)
    if dates == Dated():
        raise InvalidValue(Message("it has no date"))
    if dates.since is not None and dates.until is not None and dates.since > dates.until:
        raise InvalidValue(Message("it ends before it begins"))
    return dates


def _after(value: str, _: Resolver) -> Query:
    return Dated(since=_first_day(value))


def _before(value: str, _: Resolver) -> Query:
    return Dated(until=_first_day(value) - 1)


def _first_day(period: str) -> int:
    return _day(first_day, period)


def _last_day(period: str) -> int:
    return _day(last_day, period)


def _day(edge: Callable[[str], int], period: str) -> int:
    try:
        return edge(period)
    except ValueError:
        message = Message("it is not a date: write 2020, 2020-10 or 2020-10-05")
        raise InvalidValue(message) from None


VALUE_FIELDS: Mapping[str, Callable[[str, Resolver], Query]] = {
    **{name: partial(_having, facet) for facet in FACETS.values() for name in facet.query_fields},
    "by": _by,
    "date": _date,
    "after": _after,
    "before": _before,
}
"""Functions that turn the value of a field into a query. They raise `InvalidValue`."""


@dataclass(frozen=True, slots=True)
class TextField:
    """A field that takes words: the passage fields to search, and a filter around the match."""

    fields: tuple[str, ...]
    restrict: Callable[..., Query] = lambda words: words


def _said(words: Leaf) -> Query:
    return And((words, Having("role", frozenset({"answer", "statement"}))))


def _asked(words: Leaf) -> Query:
    in_text = replace(words, fields=("text",))
    return Or((words, And((in_text, Having("role", frozenset({"question"}))))))


TEXT_FIELDS: Mapping[str, TextField] = {
    "said": TextField(("text",), _said),
    "asked": TextField(("question",), _asked),
    "about": TextField(("title", "question")),
    "title": TextField(("title",)),
}
