"""URL arguments -> `SearchRequest`, and back: the one place that knows the arguments' names.

The page, every format and every link mean the same by the same arguments.
"""

from __future__ import annotations

import re
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from indexer import ROLES, SORTS, InvalidSearchRequest, SearchRequest

MOST_PER_PAGE = 100
LAST_PAGE = 100_000

_DEFAULTS = SearchRequest()
_Choice = TypeVar("_Choice", bound=str)


def search_request(args: MultiDict[str, str]) -> SearchRequest:
    """What the arguments of a URL ask. A blank one counts as absent, an unknown one is ignored.

    Without words to be relevant to, the newest come first unless ``sort`` says otherwise.
    Raises `InvalidSearchRequest`, which names the argument. Whether a date is one, the index says.
    """
    per_page = _number(args, "per_page", _DEFAULTS.limit, most=MOST_PER_PAGE)
    query = args.get("q", "")
    page = _number(args, "page", 1, most=LAST_PAGE)
    return SearchRequest(
        query=query,
        speakers=_several(args, "speaker"),
        sources=_several(args, "source"),
        roles=tuple(_one_of(ROLES, "role", role) for role in _several(args, "role")),
        since=args.get("from", "").strip() or None,
        until=args.get("to", "").strip() or None,
        sort=_one_of(SORTS, "sort", args.get("sort") or _default_sort(query)),
        offset=(page - 1) * per_page,
        limit=per_page,
    )


def arguments(request: SearchRequest) -> dict[str, str | list[str]]:
    """The URL arguments that ask this again, without those at their default values."""
    every: dict[str, str | list[str]] = {
        "q": request.query,
        "speaker": list(request.speakers),
        "source": list(request.sources),
        "role": list(request.roles),
        "from": request.since or "",
        "to": request.until or "",
        "sort": "" if request.sort == _default_sort(request.query) else request.sort,
        "page": str(request.offset // request.limit + 1) if request.offset else "",
        "per_page": "" if request.limit == _DEFAULTS.limit else str(request.limit),
    }
    return {name: value for name, value in every.items() if value}


def _default_sort(query: str) -> str:
    return _DEFAULTS.sort if query.strip() else "newest"


def _several(args: MultiDict[str, str], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in args.getlist(name) if value.strip()))


def _number(args: MultiDict[str, str], name: str, default: int, *, most: int) -> int:
    typed = args.get(name, "").strip()
    if not typed:
        return default
    if re.fullmatch(r"0*[1-9][0-9]{0,8}", typed) and int(typed) <= most:
        return int(typed)
    raise InvalidSearchRequest(f"Write a whole number from 1 to {most}.", name)


def _one_of(choices: tuple[_Choice, ...], name: str, typed: str) -> _Choice:
    for choice in choices:
        if choice == typed:
            return choice
    raise InvalidSearchRequest(f"Choose one of: {', '.join(choices)}.", name)
