"""Quotations in marks that are almost there, in every engine."""

from __future__ import annotations

import pytest
from conftest import CorpusFolder, OpenCorpus

from indexer import Index, SearchRequest, Suggestion

HARBOUR = "Whatever they offer, we will never leave this harbour. The fog may stay, and so may we."
LONG = (
    "The committee of the ferries has met nine times since the winter, and nine times it has found "
    "that the tide is late, that the bell is cracked, and that nobody is to blame for either."
)


@pytest.fixture
def index(corpus: CorpusFolder, open_corpus: OpenCorpus, engine: str) -> Index:
    """Open an index of a few answers, built for each engine in turn."""
    corpus.interview("a", HARBOUR, LONG, speaker="Nara Velidze", date="2022-03")
    corpus.interview("b", HARBOUR, speaker="Tomas Arel", date="2023-01", outlet="The Lantern")
    corpus.interview("c", "We may leave. This will be the harbour that never was, shall it not?")
    return open_corpus(engine=engine)


def offered(index: Index, query: str, **request: object) -> list[Suggestion]:
    found = index.search(SearchRequest(query, **request))  # type: ignore[arg-type]
    return [one for one in found.did_you_mean if one.is_nearly]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('"we shall never leave this harbor"', '"we will never leave this harbour"'),
        ('"we will leave this harbour"', '"we will never leave this harbour"'),
        ('"we will never ever leave this harbour"', '"we will never leave this harbour"'),
        ('"she will never leave this harbour"', '"we will never leave this harbour"'),
        ('"will never leave this place"', '"will never leave this harbour"'),
    ],
)
def test_the_printed_words_are_offered(index: Index, typed: str, printed: str) -> None:
    assert offered(index, typed) == [Suggestion(printed, 2, is_nearly=True)]
    assert index.search(SearchRequest(printed)).total == 2


def test_a_long_quotation_is_found_by_runs_of_its_words(index: Index) -> None:
    typed = LONG.replace("nine times since", "ten times since").replace("cracked", "broken")
    (offer,) = offered(index, f'"{typed}"')
    assert offer == Suggestion(f'"{LONG.rstrip(".")}"', 1, is_nearly=True)


def test_the_rest_of_the_query_and_its_filters_stay(index: Index) -> None:
    typed = '"we shall never leave this harbor"'
    printed = '"we will never leave this harbour"'
    assert offered(index, f"{typed} fog") == [Suggestion(f"{printed} fog", 2, is_nearly=True)]
    one = offered(index, typed, sources=("The Lantern",))
    assert one == [Suggestion(printed, 1, is_nearly=True)]
    assert offered(index, f"{typed} tide") == []


@pytest.mark.parametrize(
    "typed",
    [
        '"we will never leave this harbour"',  # is there
        '"never left harbor"',  # few words
        "we shall never leave this harbor",  # no marks
        '"the harbor that we may never leave"',  # the words are there, but not in a row
        '"this harbor will leave us never"',
    ],
)
def test_nothing_is_offered_for_other_queries(index: Index, typed: str) -> None:
    assert offered(index, typed) == []
