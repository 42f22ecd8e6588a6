"""Searches with the passages that they must find, over ``tests/articles``, with every engine.

``tests/searches.json`` promises an order where ``in_order`` is true: by score, or by date.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import SITE

from indexer import Index, SearchRequest, open_index
from indexer.engines import engine_names
from indexer.reindex.run import ReindexOptions, reindex
from indexer.search.query_fields import TEXT_FIELDS, VALUE_FIELDS

SEARCHES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "searches.json").read_text("utf-8")
)


@pytest.fixture(scope="module", params=engine_names())
def index(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Index]:
    """Open the articles, indexed by each engine in turn."""
    path = tmp_path_factory.mktemp("searches") / "index"
    reindex(ReindexOptions(SITE, path, engine=request.param, jobs=1))
    with open_index(path) as opened:
        yield opened


@pytest.mark.parametrize("row", SEARCHES, ids=lambda row: row["search"])
def test_a_search_finds_what_it_must(index: Index, row: dict[str, Any]) -> None:
    fields = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in row["request"].items()
    }
    results = index.search(SearchRequest(**fields, limit=100))
    ids = [hit.passage.id for hit in results.hits]
    nearly = [hit.passage.id for hit in results.nearly.hits] if results.nearly else []
    assert nearly == row.get("nearly", [])
    in_order = row.get("in_order", False)
    assert (ids if in_order else sorted(ids)) == (
        row["finds"] if in_order else sorted(row["finds"])
    )


@pytest.mark.parametrize("field", sorted({*VALUE_FIELDS, *TEXT_FIELDS}))
def test_every_query_field_has_a_search(field: str) -> None:
    queries = " ".join(row["request"].get("query", "") for row in SEARCHES)
    assert f"{field}:" in queries
