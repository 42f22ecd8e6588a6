"""Pages of results before, after and around the one shown."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexer import SearchRequest, SearchResults
from search_app.urls.request_args import LAST_PAGE

_PAGES_AROUND = 2
"""Numbered links before and after the page shown."""


@dataclass(frozen=True, slots=True)
class Paging:
    """The page shown, the number of pages, and searches for others; ``None`` if there is none.

    ``numbered`` are the first page, the last, and those around the page shown.
    """

    page: int
    pages: int
    previous: SearchRequest | None
    next: SearchRequest | None
    numbered: tuple[tuple[int, SearchRequest], ...]


def paging(results: SearchResults) -> Paging:
    """Return the pages around this one. Past the end, ``previous`` is the last page of results."""
    request = results.request
    page = request.offset // request.limit + 1
    items = results.articles if request.group == "article" else results.total
    pages = min(-(-items // request.limit), LAST_PAGE)
    around = sorted({1, pages, *range(page - _PAGES_AROUND, page + _PAGES_AROUND + 1)})
    return Paging(
        page,
        pages,
        _at_page(request, min(page - 1, pages)) if page > 1 and pages else None,
        _at_page(request, page + 1) if page < pages else None,
        tuple((number, _at_page(request, number)) for number in around if 1 <= number <= pages),
    )


def _at_page(request: SearchRequest, page: int) -> SearchRequest:
    return replace(request, offset=(page - 1) * request.limit)
