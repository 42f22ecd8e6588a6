"""URL arguments: read into a request, refused, and written again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from indexer import FACETS, GROUPS, SORTS, Facet, InvalidSearchRequest, SearchRequest
from search_app.urls.request_args import (
    DEFAULTS,
    LAST_PAGE,
    MAX_NAME_LENGTH,
    MAX_PER_PAGE,
    MAX_VALUES,
    arguments,
    arguments_by_cursor,
    search_request,
)

INDEX = "5eed"


def request_of(*pairs: tuple[str, str]) -> SearchRequest:
    return search_request(MultiDict(pairs), INDEX)


def test_without_arguments_the_request_is_the_first_page_of_everything() -> None:
    assert request_of() == replace(DEFAULTS, sort="newest")


def test_every_argument_reaches_the_request() -> None:
    request = request_of(
        ("q", "grain corridor"),
        ("speaker", "ada-lind"),
        ("speaker", "Bo Ekman"),
        ("source", "The Lantern"),
        ("role", "answer"),
        ("office", "mayor"),
        ("language", "EN"),
        ("evidence", "label"),
        ("from", "2020-10"),
        ("to", "2021-02-28"),
        ("sort", "oldest"),
        ("group", "none"),
        ("page", "3"),
        ("per_page", "10"),
    )
    assert request == SearchRequest(
        query="grain corridor",
        speakers=("ada-lind", "Bo Ekman"),
        sources=("The Lantern",),
        roles=("answer",),
        offices=("mayor",),
        languages=("en",),
        evidence=("label",),
        since="2020-10",
        until="2021-02-28",
        sort="oldest",
        group="none",
        offset=20,
        limit=10,
    )


def test_blank_arguments_count_as_absent() -> None:
    filters = ("q", *FACETS, "from", "to")
    names = (*filters, "sort", "group", "page", "per_page", "cursor")
    assert request_of(*((name, "") for name in names)) == request_of()


def test_unknown_arguments_are_ignored() -> None:
    assert request_of(("utm_source", "letter"), ("q", "grain")) == replace(DEFAULTS, query="grain")


def test_a_value_given_twice_filters_once() -> None:
    assert request_of(("speaker", "ada-lind"), ("speaker", "ada-lind")).speakers == ("ada-lind",)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("page", "0"),
        ("page", "-1"),
        ("page", "1000000000"),
        ("page", "9" * 5000),
        ("page", "two"),
        ("page", "1_0"),
        ("page", "٣"),
        ("per_page", "-1"),
        ("per_page", "101"),
        ("sort", "drop table"),
        ("role", "villain"),
        ("language", "drop table"),
        ("evidence", "rumour"),
        ("group", "x"),
        ("speaker", "a" * 1000),
        ("source", "a" * 1000),
        ("cursor", "nonsense"),
        ("cursor", "é"),
        ("cursor", "A" * 32),
        ("cursor", "A" * 5000),
    ],
)
def test_an_invalid_argument_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(InvalidSearchRequest) as refused:
        request_of((name, value))
    assert refused.value.parameter == name
    assert str(refused.value).endswith(".")


def test_defaults_are_left_out_of_links() -> None:
    assert arguments(replace(DEFAULTS, query="grain")) == {"q": "grain"}
    assert arguments(replace(DEFAULTS, sort="newest")) == {}


def test_results_are_sorted_by_relevance_to_a_query_and_by_date_without_one() -> None:
    assert request_of(("q", "grain")).sort == "relevance"
    assert request_of(("q", " ")).sort == "newest"
    assert request_of(("sort", "relevance")).sort == "relevance"


def test_a_filter_has_a_maximum_number_of_values() -> None:
    many = [("source", f"paper {number}") for number in range(MAX_VALUES)]
    assert len(request_of(*many).sources) == MAX_VALUES
    with pytest.raises(InvalidSearchRequest) as refused:
        request_of(*many, ("source", "one more"))
    assert refused.value.parameter == "source"


def test_links_repeat_only_the_beginning_of_a_very_long_query() -> None:
    request = request_of(("q", "grain " * 10_000))
    assert request.query == "grain " * 10_000
    assert 512 < len(str(arguments(request)["q"])) < 5_000


def cursor_of(request: SearchRequest, index: str = INDEX) -> str:
    return str(arguments_by_cursor(request, index)["cursor"])


def test_a_cursor_can_have_any_offset() -> None:
    deep = replace(DEFAULTS, query="grain", offset=20 * LAST_PAGE * 3)
    assert request_of(("q", "grain"), ("cursor", cursor_of(deep))) == deep


def test_a_cursor_is_valid_for_its_own_search_only() -> None:
    cursor = cursor_of(replace(DEFAULTS, query="grain", offset=40))
    for other in (("q", "salt"), ("per_page", "50"), ("sort", "oldest"), ("speaker", "ada-lind")):
        with pytest.raises(InvalidSearchRequest, match="another search"):
            request_of(*{"q": "grain", other[0]: other[1], "cursor": cursor}.items())


def test_a_cursor_of_another_index_says_to_start_again() -> None:
    cursor = cursor_of(replace(DEFAULTS, query="grain", offset=40), "another index")
    with pytest.raises(InvalidSearchRequest, match="Start again") as refused:
        request_of(("q", "grain"), ("cursor", cursor))
    assert refused.value.parameter == "cursor"


def test_a_cursor_and_a_page_are_refused_together() -> None:
    cursor = cursor_of(replace(DEFAULTS, query="grain", offset=40))
    with pytest.raises(InvalidSearchRequest, match="either"):
        request_of(("q", "grain"), ("page", "2"), ("cursor", cursor))


words = st.text(min_size=1, max_size=MAX_NAME_LENGTH).filter(lambda text: text.strip() != "")


def values_of(facet: Facet) -> st.SearchStrategy[tuple[str, ...]]:
    """Values that an address may ask for."""
    choices = st.sampled_from(list(facet.labels) or ["en", "ru", "hy"])
    values = choices if facet.kind in ("choices", "codes") else words
    return st.lists(values, unique=True, max_size=3).map(tuple)


requests = st.builds(
    SearchRequest,
    query=st.text(),
    **{facet.request_field: values_of(facet) for facet in FACETS.values()},
    since=st.sampled_from([None, "2019", "2019-04", "2019-04-30"]),
    until=st.sampled_from([None, "2020", "2020-02", "2020-02-29"]),
    sort=st.sampled_from(SORTS),
    group=st.sampled_from(GROUPS),
    limit=st.integers(1, MAX_PER_PAGE),
)


@given(requests, st.integers(1, 1000))
def test_a_request_is_read_back_from_its_arguments(request: SearchRequest, page: int) -> None:
    request = replace(request, offset=(page - 1) * request.limit)
    assert search_request(MultiDict(arguments(request)), INDEX) == request
    assert search_request(MultiDict(arguments_by_cursor(request, INDEX)), INDEX) == request


@given(st.text())
def test_any_other_text_is_refused_as_a_cursor(typed: str) -> None:
    if typed.strip():
        with pytest.raises(InvalidSearchRequest):
            request_of(("cursor", typed))
