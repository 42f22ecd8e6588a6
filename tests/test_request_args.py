"""The arguments of a URL: what they ask, what they refuse, and the way back to a URL."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from indexer import ROLES, SORTS, InvalidSearchRequest, SearchRequest
from search_app.request_args import MOST_PER_PAGE, arguments, search_request


def asked(*pairs: tuple[str, str]) -> SearchRequest:
    return search_request(MultiDict(pairs))


def test_no_arguments_ask_for_the_first_page_of_everything() -> None:
    assert asked() == SearchRequest(sort="newest")


def test_every_argument_reaches_the_request() -> None:
    request = asked(
        ("q", "grain corridor"),
        ("speaker", "ada-lind"),
        ("speaker", "Bo Ekman"),
        ("source", "The Lantern"),
        ("role", "answer"),
        ("from", "2020-10"),
        ("to", "2021-02-28"),
        ("sort", "oldest"),
        ("page", "3"),
        ("per_page", "10"),
    )
    assert request == SearchRequest(
        query="grain corridor",
        speakers=("ada-lind", "Bo Ekman"),
        sources=("The Lantern",),
        roles=("answer",),
        since="2020-10",
        until="2021-02-28",
        sort="oldest",
        offset=20,
        limit=10,
    )


def test_blank_arguments_count_as_absent() -> None:
    names = ("q", "speaker", "source", "role", "from", "to", "sort", "page", "per_page")
    assert asked(*((name, "") for name in names)) == asked()


def test_unknown_arguments_are_ignored() -> None:
    assert asked(("utm_source", "letter"), ("q", "grain")) == SearchRequest("grain")


def test_a_value_given_twice_filters_once() -> None:
    assert asked(("speaker", "ada-lind"), ("speaker", "ada-lind")).speakers == ("ada-lind",)


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
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(InvalidSearchRequest) as refused:
        asked((name, value))
    assert refused.value.parameter == name
    assert str(refused.value).endswith(".")


def test_defaults_are_left_out_of_links() -> None:
    assert arguments(SearchRequest("grain")) == {"q": "grain"}
    assert arguments(SearchRequest(sort="newest")) == {}


def test_words_are_answered_by_relevance_and_no_words_by_date() -> None:
    assert asked(("q", "grain")).sort == "relevance"
    assert asked(("q", " ")).sort == "newest"
    assert asked(("sort", "relevance")).sort == "relevance"


words = st.text(min_size=1).filter(lambda text: text.strip() != "")


@given(
    st.builds(
        SearchRequest,
        query=st.text(),
        speakers=st.lists(words, unique=True, max_size=3).map(tuple),
        sources=st.lists(words, unique=True, max_size=3).map(tuple),
        roles=st.lists(st.sampled_from(ROLES), unique=True).map(tuple),
        since=st.sampled_from([None, "2019", "2019-04", "2019-04-30"]),
        until=st.sampled_from([None, "2020", "2020-02", "2020-02-29"]),
        sort=st.sampled_from(SORTS),
        limit=st.integers(1, MOST_PER_PAGE),
    ),
    st.integers(1, 1000),
)
def test_a_request_survives_its_own_url(request: SearchRequest, page: int) -> None:
    request = replace(request, offset=(page - 1) * request.limit)
    assert search_request(MultiDict(arguments(request))) == request
