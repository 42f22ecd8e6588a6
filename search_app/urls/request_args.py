"""Between URL arguments and `SearchRequest`: the one place that knows the arguments' names.

An argument means the same on the page, in every format and in every link.
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
    SCOPES,
    SORTS,
    Facet,
    InvalidSearchRequest,
    Message,
    SearchRequest,
    chosen_values,
)
from search_app.urls.cursors import read_cursor, write_cursor

MAX_PER_PAGE = 100
LAST_PAGE = 100_000
MAX_VALUES = 64
"""Values of one filter."""

MAX_NAME_LENGTH = 200
"""Characters of a filter value, and of the part of a name that filters the list of speakers."""

_MAX_QUERY_LENGTH = 2000
"""Characters of a query in links. More than is read of a query, and not too many to repeat."""

DEFAULTS = SearchRequest(group="article")
"""The request of an address without arguments."""

_Choice = TypeVar("_Choice", bound=str)


def search_request(args: MultiDict[str, str], fingerprint: str) -> SearchRequest:
    """Read the arguments of a URL. Blank ones count as absent, unknown ones are ignored.

    Without a query, the newest passages come first unless ``sort`` is given. A cursor must be of
    the index with this ``fingerprint``. Dates are checked by the index. Raises
    `InvalidSearchRequest`, which names the argument.
    """
    query = args.get("q", "")
    offset, limit = offset_and_limit(args)
    request = SearchRequest(
        query=query,
        since=args.get("from", "").strip() or None,
        until=args.get("to", "").strip() or None,
        scope=_choice(SCOPES, "scope", args.get("scope") or DEFAULTS.scope),
        sort=_choice(SORTS, "sort", args.get("sort") or _default_sort(query)),
        group=_choice(GROUPS, "group", args.get("group") or DEFAULTS.group),
        offset=offset,
        limit=limit,
    )
    filters: dict[str, Any] = {one.request_field: _values(args, one) for one in FACETS.values()}
    request = replace(request, **filters)
    cursor = args.get("cursor", "").strip()
    if not cursor:
        return request
    if args.get("page", "").strip():
        raise InvalidSearchRequest(Message("Use either `cursor` or `page`, not both."), "cursor")
    return replace(request, offset=read_cursor(cursor, _search_key(request), fingerprint))


def offset_and_limit(args: MultiDict[str, str]) -> tuple[int, int]:
    """Read ``page`` and ``per_page`` as results to skip and results to show."""
    per_page = whole_number(args, "per_page", DEFAULTS.limit, maximum=MAX_PER_PAGE)
    page = whole_number(args, "page", 1, maximum=LAST_PAGE)
    return (page - 1) * per_page, per_page


def arguments(request: SearchRequest) -> dict[str, str | list[str]]:
    """Write a request as URL arguments, without those at their default values."""
    every: dict[str, str | list[str]] = {
        "q": request.query[:_MAX_QUERY_LENGTH],
        **{name: list(chosen_values(request, facet)) for name, facet in FACETS.items()},
        "from": request.since or "",
        "to": request.until or "",
        "scope": "" if request.scope == DEFAULTS.scope else request.scope,
        "sort": "" if request.sort == _default_sort(request.query) else request.sort,
        "group": "" if request.group == DEFAULTS.group else request.group,
        "page": str(request.offset // request.limit + 1) if request.offset else "",
        "per_page": "" if request.limit == DEFAULTS.limit else str(request.limit),
    }
    return {name: value for name, value in every.items() if value}


def arguments_by_cursor(request: SearchRequest, fingerprint: str) -> dict[str, str | list[str]]:
    """Write a request with a cursor instead of a page, for the index with this fingerprint."""
    cursor = write_cursor(request.offset, _search_key(request), fingerprint)
    return {**arguments(replace(request, offset=0)), "cursor": cursor}


def whole_number(args: MultiDict[str, str], name: str, default: int, *, maximum: int) -> int:
    """Read an argument that is a number from 1. Raises `InvalidSearchRequest`."""
    typed = args.get(name, "").strip()
    if not typed:
        return default
    if re.fullmatch(r"0*[1-9][0-9]{0,8}", typed) and int(typed) <= maximum:
        return int(typed)
    message = Message("Give a whole number from 1 to %(maximum)s.", maximum=maximum)
    raise InvalidSearchRequest(message, name)


def _search_key(request: SearchRequest) -> str:
    """Text that is the same for all pages of a search."""
    return json.dumps(arguments(replace(request, offset=0)))


def _default_sort(query: str) -> str:
    return DEFAULTS.sort if query.strip() else "newest"


def _values(args: MultiDict[str, str], facet: Facet) -> tuple[str, ...]:
    """Read the values of a facet. Raises `InvalidSearchRequest`."""
    values = _typed_values(args, facet.name)
    if facet.kind == "choices":
        return tuple(_choice(tuple(facet.labels), facet.name, value) for value in values)
    return tuple(_code(facet, value) for value in values) if facet.kind == "codes" else values


def _typed_values(args: MultiDict[str, str], name: str) -> tuple[str, ...]:
    values = [value for value in args.getlist(name) if value.strip()]
    if len(values) > MAX_VALUES:
        message = Message("Give at most %(maximum)s values.", maximum=MAX_VALUES)
        raise InvalidSearchRequest(message, name)
    if any(len(value) > MAX_NAME_LENGTH for value in values):
        message = Message("Give at most %(maximum)s characters.", maximum=MAX_NAME_LENGTH)
        raise InvalidSearchRequest(message, name)
    return tuple(dict.fromkeys(values))


def _code(facet: Facet, typed: str) -> str:
    if re.fullmatch(facet.pattern, typed.strip()):
        return typed.strip().lower()
    raise InvalidSearchRequest(Message(facet.invalid), facet.name)


def _choice(choices: tuple[_Choice, ...], name: str, typed: str) -> _Choice:
    for choice in choices:
        if choice == typed:
            return choice
    message = Message("Choose one of: %(choices)s.", choices=", ".join(choices))
    raise InvalidSearchRequest(message, name)
