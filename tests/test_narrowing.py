"""The ways from one search to its neighbours lead there, and back again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from indexer import SearchRequest
from search_app.narrowing import FACETS, excluding, filters, with_value, without_value

VALUES = st.text(
    st.characters(categories=["L", "N", "P", "Zs"], exclude_characters='"“”„«»'), min_size=1
).filter(str.strip)


@given(facet=st.sampled_from(sorted(FACETS)), value=VALUES)
def test_a_value_that_is_added_can_be_taken_off(facet: str, value: str) -> None:
    request = SearchRequest("grain", since="2020")
    assert without_value(with_value(request, facet, value), facet, value) == request


@given(value=VALUES)
def test_whatever_is_left_out_is_a_filter_that_can_be_taken_off(app: Flask, value: str) -> None:
    request = SearchRequest("grain corridor")
    with app.test_request_context():
        (one,) = filters(excluding(request, "source", value), {})
    assert one.without == request
    assert one.label == f"not {value}"


def test_several_that_are_left_out_are_taken_off_one_by_one(app: Flask) -> None:
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
def test_what_is_no_exclusion_of_a_value_is_no_filter(app: Flask, query: str) -> None:
    with app.test_request_context():
        assert filters(replace(SearchRequest(), query=query), {}) == []
