"""Passages as JSON Lines: the receipt of the search, then one object for each passage."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from indexer import FoundPassage, SearchResults
from search_app.api.answers import query_resource
from search_app.api.resources import (
    Resource,
    context_resource,
    index_resource,
    notice_resource,
    passage_resource,
)
from search_app.exports.citation import receipt
from search_app.urls.links import search_url

NAME = "JSON Lines"
MEDIA_TYPE = "application/jsonl"

# JSON allows these unescaped, but some programs take them for the end of a line.
_LINE_ENDS = {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}


def render(results: SearchResults, found: Iterable[FoundPassage]) -> Iterator[str]:
    """Write a line ``{"receipt": …}``, then a line for each passage."""
    yield _line({"receipt": _receipt(results)})
    for one in found:
        yield _line({**passage_resource(one.passage), **context_resource(one.context)})


def _receipt(results: SearchResults) -> Resource:
    return {
        "text": receipt(results),
        "search": search_url(results.request, external=True),
        "query": query_resource(results),
        "total": results.total,
        "undated": results.undated,
        "notices": [notice_resource(notice) for notice in results.notices],
        "index": index_resource(results.index),
    }


def _line(value: Resource) -> str:
    return json.dumps(value, ensure_ascii=False).translate(_LINE_ENDS) + "\n"
