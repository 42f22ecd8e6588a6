"""The pages of results around one of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexer import SearchRequest, SearchResults
from search_app.urls.request_args import LAST_PAGE


@dataclass(frozen=True, slots=True)
class Paging:
    """Where in the results one is, and the searches beside it; ``None`` where there is none."""

    page: int
    pages: int
    previous: SearchRequest | None
    next: SearchRequest | None
    numbered: tuple[tuple[int, SearchRequest], ...]


def paging(results: SearchResults) -> Paging:
    """The pages around this one; past the end, ``previous`` is the last page that has results."""
    request = results.request
    page = request.offset // request.limit + 1
    items = results.articles if request.group == "article" else results.total
    pages = min(-(-items // request.limit), LAST_PAGE)
    around = sorted({1, pages, *range(page - 2, page + 3)})
    return Paging(
        page,
        pages,
        _at(request, min(page - 1, pages)) if page > 1 and pages else None,
        _at(request, page + 1) if page < pages else None,
        tuple((number, _at(request, number)) for number in around if 1 <= number <= pages),
    )


def _at(request: SearchRequest, page: int) -> SearchRequest:
    return replace(request, offset=(page - 1) * request.limit)
