"""The table of facets, and values found by the words that people type."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields

import pytest

from indexer.records import FACETS, ROLES, Passage, SearchRequest
from indexer.search.facet_values import FacetValues
from indexer.search.query_fields import TEXT_FIELDS

OUTLETS = FacetValues({"source": ["The Lantern", "The Lantern Weekly", "Review"]}.__getitem__)


def test_every_facet_is_a_field_of_passages_and_of_requests() -> None:
    passage, request = ({field.name for field in fields(one)} for one in (Passage, SearchRequest))
    assert {facet.passage_field for facet in FACETS.values()} <= passage
    assert {facet.request_field for facet in FACETS.values()} <= request


def test_no_two_facets_have_a_query_field_in_common() -> None:
    typed = Counter(name for facet in FACETS.values() for name in facet.query_fields)
    assert set(typed.values()) == {1}
    assert typed.keys() & TEXT_FIELDS.keys() == set()


def test_every_facet_says_what_its_kind_needs() -> None:
    for facet in FACETS.values():
        assert bool(facet.labels) == (facet.kind == "choices"), facet.name
        assert bool(facet.pattern and facet.invalid) == (facet.kind == "codes"), facet.name
        assert bool(facet.unknown) == (facet.kind in ("people", "names")), facet.name
    assert tuple(FACETS["role"].labels) == ROLES


@pytest.mark.parametrize(
    ("typed", "outlets"),
    [
        ("The Lantern", {"The Lantern"}),
        ("the lantern", {"The Lantern"}),
        ("lantern", {"The Lantern", "The Lantern Weekly"}),
        ("weekly", {"The Lantern Weekly"}),
        ("Nowhere", set()),
        ("", set()),
    ],
)
def test_a_value_is_found_by_its_name_or_by_words_of_it(typed: str, outlets: set[str]) -> None:
    assert OUTLETS.named("source", typed) == outlets
