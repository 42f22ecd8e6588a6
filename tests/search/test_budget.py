"""A search that is stopped in the middle gives no results at all, wherever it is stopped."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from conftest import CorpusFolder

from indexer import Budget, Index, OutOfTime, SearchRequest, SearchResults, open_index
from indexer.budget import check_time, checked, uncounted
from indexer.engines import engine_names
from indexer.reindex.run import ReindexOptions, reindex
from indexer.search.vocabulary import Vocabulary

MAX_STOPS = 12
"""Places at which each search is stopped."""


class Clock:
    """A clock that goes on by a second whenever it is read."""

    def __init__(self) -> None:
        self.now = 0

    def __call__(self) -> float:
        self.now += 1
        return self.now


@pytest.fixture(scope="module", params=engine_names())
def index_path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("budget")
    corpus = CorpusFolder(folder / "corpus")
    corpus.interview("fog", "The fog over the harbour came late.", "Fog, and no ferry.")
    corpus.interview("ferry", "The ferry waits in the fog.", "A foggy harbour.", date="2024-02-03")
    corpus.interview("bread", "Bread is dear.", speaker="Bo Ekman", title="The harbour in fog")
    reindex(ReindexOptions(corpus.path, folder / "index", engine=request.param, jobs=1))
    return folder / "index"


@pytest.fixture
def index(index_path: Path) -> Iterator[Index]:
    with open_index(index_path) as index:
        yield index


def searched(index: Index, request: SearchRequest) -> SearchResults:
    return replace(index.search(request, others=3), took_ms=0.0)


@pytest.mark.parametrize(
    "request_",
    [
        SearchRequest("fog"),
        SearchRequest("fog OR ferry OR bread", group="none", sort="newest"),
        SearchRequest('"the fog" -bread', scope="all"),
        SearchRequest("fog* har?our ferri~1"),
        SearchRequest("fog NEAR/5 harbour NEAR/5 late", limit=1),
        SearchRequest("(fog (ferry OR bread)) speaker:lind after:2024"),
        SearchRequest("fog bread ferry storm"),  # nothing has all of them
        SearchRequest("harbor foogy", sources=("Lantern",)),  # nothing is found
    ],
    ids=lambda request: request.query,
)
def test_a_search_that_is_stopped_anywhere_gives_nothing(
    index: Index, request_: SearchRequest
) -> None:
    whole = searched(index, request_)
    clock = Clock()
    with Budget(1_000_000, clock).limiting():
        assert searched(index, request_) == whole
    steps = clock.now - 1
    assert steps > len(request_.query.split())
    for seconds in {*range(0, steps, 1 + steps // MAX_STOPS), steps - 1}:
        with pytest.raises(OutOfTime), Budget(seconds, Clock()).limiting():
            searched(index, request_)
    assert searched(index, request_) == whole


def test_other_questions_to_an_index_are_stopped_too(index: Index) -> None:
    index.suggested_searches()
    for ask in (
        lambda: index.article("fog", "harbour"),
        lambda: index.similar("fog#1"),
        lambda: index.timeline(SearchRequest("fog")),
        lambda: index.every(SearchRequest("fog")),
    ):
        with pytest.raises(OutOfTime), Budget(0, Clock()).limiting():
            ask()


def test_what_is_read_once_for_all_searches_is_not_counted(index: Index) -> None:
    cold, warm = Clock(), Clock()
    for clock in (cold, warm):
        with Budget(0, clock).limiting():
            assert index.suggested_searches()
            index.telling_words("ada-lind")


def test_no_time_counts_without_a_budget() -> None:
    check_time()
    assert list(checked("abc")) == ["a", "b", "c"]
    with uncounted():
        check_time()


def test_a_pause_moves_the_end() -> None:
    clock = Clock()
    budget = Budget(5, clock)
    with budget.limiting(), uncounted():
        clock.now += 1000
    budget.check()
    clock.now += 5
    with pytest.raises(OutOfTime, match=r"more than 5 s\..*filter"):
        budget.check()


def test_many_asterisks_cost_no_more_than_one() -> None:
    long = "a" * 200
    vocabulary = Vocabulary({long: 1, f"{long}b": 1})
    assert vocabulary.matching("aaa" + "*a" * 60 + "*c") == ()
    assert vocabulary.matching("aaa" + "*a" * 60 + "*b") == (f"{long}b",)


def test_what_others_do_meanwhile_is_not_counted() -> None:
    with Budget(0.2).limiting():
        time.sleep(0.4)
        check_time()
    with pytest.raises(OutOfTime), Budget(0.2).limiting():
        all(check_time() is None for _ in count())
