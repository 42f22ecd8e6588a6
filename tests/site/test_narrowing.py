"""Links from a search to similar ones, and back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from indexer import FACETS, FacetCount, SearchRequest, SearchResults
from search_app.served_index import current_index
from search_app.urls.facets import facet_links
from search_app.urls.links import search_url
from search_app.urls.narrowing import (
    excluding,
    filters,
    is_chosen,
    with_value,
    without_value,
)

VALUES = st.text(
    st.characters(categories=["L", "N", "P", "Zs"], exclude_characters='"“”„«»'), min_size=1
).filter(str.strip)


@given(facet=st.sampled_from(sorted(FACETS)), value=VALUES)
def test_a_value_that_was_added_can_be_removed(facet: str, value: str) -> None:
    request = SearchRequest("grain", since="2020")
    assert without_value(with_value(request, facet, value), facet, value) == request


@given(value=VALUES)
def test_an_excluded_value_is_a_filter_that_can_be_removed(app: Flask, value: str) -> None:
    request = SearchRequest("grain corridor")
    with app.test_request_context():
        (one,) = filters(excluding(request, "source", value), {})
    assert one.without == request
    assert one.label == f"not {value}"


@given(
    facet=st.sampled_from([*sorted(FACETS), "year"]),
    values=st.lists(VALUES | st.text(min_size=1, max_size=9), unique=True, max_size=4),
    typed=st.sampled_from(["grain", 'grain OR "the \ue000 corridor"', "grain -source:%EF%BF%BF"]),
    chosen=st.integers(0, 4),
)
def test_the_link_of_a_value_is_the_address_of_its_search(
    app: Flask, facet: str, values: list[str], typed: str, chosen: int
) -> None:
    request = SearchRequest(typed)
    for value in values[:chosen]:
        request = with_value(request, facet, value)
    counts = tuple(FacetCount(value, value, 1) for value in values)
    with app.test_request_context():
        results = replace(searched(request), facets={facet: counts})
        links = facet_links(results, facet, search_url)
        for value, link in zip(values, links, strict=True):
            is_on = is_chosen(request, facet, value)
            way = without_value if is_on else with_value
            assert link.url == search_url(way(request, facet, value))
            assert link.exclude_url == search_url(excluding(request, facet, value))


def searched(request: SearchRequest) -> SearchResults:
    """Make the results of a search that was understood as typed."""
    results = current_index().search(SearchRequest())
    return replace(results, request=request, understood=request.query)


def test_excluded_values_are_removed_one_by_one(app: Flask) -> None:
    request = excluding(SearchRequest("grain"), "source", "The Lantern")
    request = excluding(request, "speaker", "ada-lind")
    with app.test_request_context():
        lantern, lind = filters(request, {"ada-lind": "Ada Lind"})
    assert (lantern.label, lind.label) == ("not The Lantern", "not Ada Lind")
    assert lantern.without.query == "grain -speaker:=ada-lind"
    assert lind.without.query == 'grain -source:"The Lantern"'


@pytest.mark.parametrize(
    "query",
    ['"grain -source:Lantern corridor"', "grain source:Lantern", "grain -corridor", "a-source:b"],
)
def test_other_clauses_of_a_query_are_no_filters(app: Flask, query: str) -> None:
    with app.test_request_context():
        assert filters(replace(SearchRequest(), query=query), {}) == []
