"""URL arguments -> `SearchRequest`, and back: the one place that knows the arguments' names.

The page, every format and every link mean the same by the same arguments.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any, TypeVar

from werkzeug.datastructures import MultiDict

from indexer import (
    FACETS,
    GROUPS,
    SORTS,
    Facet,
    InvalidSearchRequest,
    Message,
    SearchRequest,
    chosen_values,
)
from search_app.urls.cursors import read_cursor, write_cursor

MOST_PER_PAGE = 100
LAST_PAGE = 100_000
MOST_VALUES = 64
LONGEST_NAME = 200

_LONGEST_QUERY = 2000
"""More than is read of any query, and not too much to be repeated in every link of an answer."""

DEFAULTS = SearchRequest(group="article")
"""What is asked where an address does not say otherwise."""

_Choice = TypeVar("_Choice", bound=str)


def search_request(args: MultiDict[str, str], fingerprint: str) -> SearchRequest:
    """What the arguments of a URL ask. A blank one counts as absent, an unknown one is ignored.

    Without words to be relevant to, the newest come first unless ``sort`` says otherwise. A cursor
    holds for the index of this ``fingerprint`` only. Raises `InvalidSearchRequest`, which names the
    argument. Whether a date is one, the index says.
    """
    query = args.get("q", "")
    offset, limit = place(args)
    request = SearchRequest(
        query=query,
        since=args.get("from", "").strip() or None,
        until=args.get("to", "").strip() or None,
        sort=_one_of(SORTS, "sort", args.get("sort") or _default_sort(query)),
        group=_one_of(GROUPS, "group", args.get("group") or DEFAULTS.group),
        offset=offset,
        limit=limit,
    )
    filters: dict[str, Any] = {one.request_field: _values(args, one) for one in FACETS.values()}
    request = replace(request, **filters)
    cursor = args.get("cursor", "").strip()
    if not cursor:
        return request
    if args.get("page", "").strip():
        raise InvalidSearchRequest(Message("Give either `cursor` or `page`."), "cursor")
    return replace(request, offset=read_cursor(cursor, _search(request), fingerprint))


def place(args: MultiDict[str, str]) -> tuple[int, int]:
    """How many to leave out and how many to show, as ``page`` and ``per_page`` say."""
    per_page = whole_number(args, "per_page", DEFAULTS.limit, most=MOST_PER_PAGE)
    page = whole_number(args, "page", 1, most=LAST_PAGE)
    return (page - 1) * per_page, per_page


def arguments(request: SearchRequest) -> dict[str, str | list[str]]:
    """The URL arguments that ask this again, without those at their default values."""
    every: dict[str, str | list[str]] = {
        "q": request.query[:_LONGEST_QUERY],
        **{name: list(chosen_values(request, facet)) for name, facet in FACETS.items()},
        "from": request.since or "",
        "to": request.until or "",
        "sort": "" if request.sort == _default_sort(request.query) else request.sort,
        "group": "" if request.group == DEFAULTS.group else request.group,
        "page": str(request.offset // request.limit + 1) if request.offset else "",
        "per_page": "" if request.limit == DEFAULTS.limit else str(request.limit),
    }
    return {name: value for name, value in every.items() if value}


def arguments_by_cursor(request: SearchRequest, fingerprint: str) -> dict[str, str | list[str]]:
    """The same with a cursor in the place of a page: it holds for the index of this fingerprint."""
    cursor = write_cursor(request.offset, _search(request), fingerprint)
    return {**arguments(replace(request, offset=0)), "cursor": cursor}


def _search(request: SearchRequest) -> str:
    """A search as one text, the same for all its pages."""
    return json.dumps(arguments(replace(request, offset=0)))


def _default_sort(query: str) -> str:
    return DEFAULTS.sort if query.strip() else "newest"


def _several(args: MultiDict[str, str], name: str) -> tuple[str, ...]:
    values = [value for value in args.getlist(name) if value.strip()]
    if len(values) > MOST_VALUES:
        raise InvalidSearchRequest(
            Message("Give at most %(most)s of them.", most=MOST_VALUES), name
        )
    if any(len(value) > LONGEST_NAME for value in values):
        message = Message("Give a name of at most %(most)s characters.", most=LONGEST_NAME)
        raise InvalidSearchRequest(message, name)
    return tuple(dict.fromkeys(values))


def _values(args: MultiDict[str, str], facet: Facet) -> tuple[str, ...]:
    """The values of a facet that an address asks for. Raises `InvalidSearchRequest`."""
    values = _several(args, facet.name)
    if facet.kind == "choices":
        return tuple(_one_of(tuple(facet.labels), facet.name, value) for value in values)
    return tuple(_code(facet, value) for value in values) if facet.kind == "codes" else values


def _code(facet: Facet, typed: str) -> str:
    if re.fullmatch(facet.pattern, typed.strip()):
        return typed.strip().lower()
    raise InvalidSearchRequest(Message(facet.invalid), facet.name)


def whole_number(args: MultiDict[str, str], name: str, default: int, *, most: int) -> int:
    """The number from 1 that an argument gives. Raises `InvalidSearchRequest`."""
    typed = args.get(name, "").strip()
    if not typed:
        return default
    if re.fullmatch(r"0*[1-9][0-9]{0,8}", typed) and int(typed) <= most:
        return int(typed)
    message = Message("Write a whole number from 1 to %(most)s.", most=most)
    raise InvalidSearchRequest(message, name)


def _one_of(choices: tuple[_Choice, ...], name: str, typed: str) -> _Choice:
    for choice in choices:
        if choice == typed:
            return choice
    message = Message("Choose one of: %(choices)s.", choices=", ".join(choices))
    raise InvalidSearchRequest(message, name)
