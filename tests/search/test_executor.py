"""Searches that words alone do not decide: preference, what was meant, no result."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from conftest import SITE, CorpusFolder, OpenCorpus, Run, found_ids
from hypothesis import given
from hypothesis import strategies as st

from indexer import (
    GROUPS,
    SORTS,
    Index,
    InvalidSearchRequest,
    Nearly,
    SearchRequest,
    SearchResults,
    Suggestion,
    open_index,
)
from indexer.records import Group, Sort
from indexer.reindex.run import ReindexOptions, reindex


@pytest.fixture
def index(corpus: CorpusFolder, engine: str, open_corpus: OpenCorpus) -> Index:
    """Open an index of two people's words on harbours and herring, with each engine."""
    lind = {"speaker": "Ada Lind", "outlet": "Lantern", "date": "2023-05-03"}
    corpus.interview(
        "lantern/lind",
        "The harbour wall guards the herring fleet from the winter storms.",
        "A wall for the harbour was guarding nobody.",
        "We eat herring at the café on the quay, and the herring is good.",
        title="Ada Lind on walls",
        **lind,
    )
    corpus.interview(
        "review/brandt",
        "Herring is a fish. The fleet is old, and the winter is long.",
        "The cafe guards its secrets.",
        title="Walls that guard nobody",
        speaker="Ilse Brandt",
        outlet="Review",
        date="2024-10",
    )
    return open_corpus(engine=engine)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Index, Index]]:
    """Open the same articles with the default engine and with the reference."""
    folder = tmp_path_factory.mktemp("both")
    with ExitStack() as stack:
        indexes = []
        for engine in ("whoosh", "memory"):
            reindex(ReindexOptions(SITE, folder / engine, engine=engine, jobs=1))
            indexes.append(stack.enter_context(open_index(folder / engine)))
        yield indexes[0], indexes[1]


PIECES = [
    *("promise", "promises", '"promised"', "postcard", "harbour", "wall", "café", "the", "of"),
    *("prom*", "h?rbour", "harbuor~1", "promise~", "speaker:lind", "by:ekman", "speaker:=x"),
    *("source:lantern", "in:answer", "said:", "asked:", "about:", "title:", "language:en"),
    *("date:2025", "after:2019", "before:2025-05", "date:2019..2025", '"we were"', '"the wall"~3'),
    *("OR", "AND", "NOT", "NEAR", "NEAR/4", "-", "(", ")", '"', "~", "*", "what", "was"),
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join),
    st.sampled_from(SORTS),
    st.sampled_from(GROUPS),
)
def test_whatever_is_typed_is_answered_alike_by_every_engine(
    both: tuple[Index, Index], typed: str, sort: Sort, group: Group
) -> None:
    request = SearchRequest(typed, sort=sort, group=group)
    found, expected = (index.search(request) for index in both)
    assert shown(found) == shown(expected)


def shown(results: SearchResults) -> object:
    """All that a reader sees, but for the time taken and the index."""
    hits = [(h.passage, h.snippet, h.in_article, [m.passage for m in h.more]) for h in results.hits]
    counts = results.total, results.articles, results.undated, results.timeline, results.facets
    told = results.understood, results.notices, results.nearly
    return hits, counts, told, results.did_you_mean, results.explanations


def test_words_in_a_row_rank_higher_than_the_same_words_apart(index: Index) -> None:
    assert found_ids(index, "harbour wall")[0] == "lantern/lind#1"
    assert found_ids(index, "wall for the harbour")[0] == "lantern/lind#2"


def test_the_form_as_typed_ranks_higher_than_other_forms_of_the_stem(index: Index) -> None:
    assert found_ids(index, "guarding said:wall")[0] == "lantern/lind#2"
    assert found_ids(index, "guards said:wall")[0] == "lantern/lind#1"


def test_the_accent_as_typed_ranks_higher_and_both_are_found(index: Index) -> None:
    assert found_ids(index, "said:café")[0] == "lantern/lind#3"
    assert found_ids(index, "said:cafe")[0] == "review/brandt#2"
    assert set(found_ids(index, "café")) == set(found_ids(index, "cafe"))


def test_a_word_in_quotes_is_found_in_this_form_with_any_accent(index: Index) -> None:
    assert found_ids(index, '"guarding"') == ["lantern/lind#2"]
    assert set(found_ids(index, 'said:"cafe"')) == {"lantern/lind#3", "review/brandt#2"}


def test_patterns_find_what_they_stand_for(index: Index) -> None:
    assert set(found_ids(index, "herr*")) == {"lantern/lind#1", "lantern/lind#3", "review/brandt#1"}
    assert found_ids(index, "guar?ing") == ["lantern/lind#2"]
    assert set(found_ids(index, "herrnig~1")) == set(found_ids(index, "herring"))
    assert found_ids(index, "winter NEAR/3 long") == ["review/brandt#1"]
    assert set(found_ids(index, '"fleet winter"~9')) == {"review/brandt#1", "lantern/lind#1"}


def test_most_of_the_words_are_enough_where_no_passage_has_all(index: Index) -> None:
    pasted = "The harbour wall guards the herring fleet from all the summer storms and pirates"
    found = index.search(SearchRequest(pasted))
    assert (found.total, found.hits, found.timeline) == (0, (), ())
    assert found.nearly
    assert found.nearly.hits[0].passage.id == "lantern/lind#1"
    assert "pirates" in found.nearly.hits[0].missing
    assert "harbour" not in found.nearly.hits[0].missing
    assert index.search(SearchRequest("harbour wall")).nearly == Nearly(0, ())


def near_ids(index: Index, query: str, **more: Any) -> list[str]:
    nearly = index.search(SearchRequest(query, **more)).nearly
    return [hit.passage.id for hit in nearly.hits] if nearly else []


def test_passages_with_some_of_the_words_fill_the_first_page_by_relevance(index: Index) -> None:
    words = "harbour herring winter"
    exact = [passage.id for passage in index.every(SearchRequest(words))]
    near = near_ids(index, words)
    assert exact
    assert near
    assert set(near).isdisjoint(exact)
    assert near_ids(index, words, limit=len(exact) + 1) == near[:1]
    others: list[dict[str, Any]] = [{"limit": len(exact)}, {"sort": "newest"}, {"offset": 20}]
    for other in others:
        assert index.search(SearchRequest(words, **other)).nearly is None


def test_filters_and_exclusions_hold_when_words_are_let_go(index: Index) -> None:
    words = "herring fleet pirates"
    assert near_ids(index, words, scope="all", sources=("Review",)) == ["review/brandt#1"]
    assert near_ids(index, f"{words} -winter", scope="all") == []
    assert near_ids(index, f"{words} speaker:Brandt") == ["review/brandt#1"]


def test_a_mistyped_name_among_other_words_is_asked_about(index: Index) -> None:
    found = index.search(SearchRequest("brant winter"))
    assert (found.total, [one.query for one in found.did_you_mean]) == (
        0,
        ['speaker:"Ilse Brandt" winter'],
    )
    clause = index.search(SearchRequest("speaker:ilse-brant winter"))
    assert [one.query for one in clause.did_you_mean] == ['speaker:"Ilse Brandt" winter']
    assert index.search(SearchRequest("harbour wall")).did_you_mean == ()


def test_a_mistyped_word_is_asked_about(index: Index) -> None:
    found = index.search(SearchRequest("harbuor"))
    assert (found.total, found.did_you_mean) == (0, (Suggestion("harbour", 2),))
    twice = index.search(SearchRequest('"harbuor wall" -speaker:Brandt'))
    assert [one.query for one in twice.did_you_mean] == ['"harbour wall" -speaker:Brandt']
    assert not index.search(SearchRequest("herring")).did_you_mean


def test_a_mistyped_name_is_asked_about(index: Index) -> None:
    found = index.search(SearchRequest("herring speaker:Brnadt"))
    assert [one.query for one in found.did_you_mean] == ['herring speaker:"Ilse Brandt"']


def test_two_people_of_one_name_are_named_both(
    corpus: CorpusFolder, index_path: Path, run: Run
) -> None:
    corpus.interview("a", "The quay is mine.", speaker="Ada Lind")
    corpus.interview("b", "The quay is mine too.", speaker="Bo Lind")
    run()
    with open_index(index_path) as index:
        both = index.search(SearchRequest("quay speaker:Lind"))
        assert (both.total, both.notices[0].message) == (2, "speaker:Lind means Ada Lind, Bo Lind.")
        one = index.search(SearchRequest('quay speaker:"B. Lind"'))
        assert ([hit.passage.speaker for hit in one.hits], one.notices) == (["Bo Lind"], ())
        exact = index.search(SearchRequest('speaker:="Ada Lind"'))
        assert [hit.passage.speaker for hit in exact.hits] == ["Ada Lind"]


def test_a_search_without_results_is_explained_clause_by_clause(index: Index) -> None:
    found = index.search(SearchRequest('"old herring" café -quay', sources=("Review",)))
    told = {one.label: (one.alone, one.without) for one in found.explanations}
    assert told == {
        '"old herring"': (0, 1),
        "café": (2, 0),
        "-quay": (4, 0),
        "Review": (2, 0),
    }
    assert [one.parameter for one in found.explanations][-1] == "source"
    assert found.explanations[0].rest == "café -quay"
    assert not index.search(SearchRequest("herring")).explanations


def test_results_are_grouped_by_article_with_the_best_passages_inside(index: Index) -> None:
    found = index.search(SearchRequest("herring", group="article", limit=1))
    (hit,) = found.hits
    assert (found.total, found.articles, hit.in_article) == (3, 2, 2)
    assert hit.passage.id == "lantern/lind#3"
    assert [more.passage.id for more in hit.more] == ["lantern/lind#1"]
    (second,) = index.search(SearchRequest("herring", group="article", offset=1, limit=1)).hits
    assert second.passage.id == "review/brandt#1"


def test_speakers_are_counted_with_the_time_between_first_and_last(index: Index) -> None:
    speakers = index.search(SearchRequest("herring")).facets["speaker"]
    assert [(one.label, one.count, one.first, one.last) for one in speakers] == [
        ("Ada Lind", 2, "2023-05-03", "2023-05-03"),
        ("Ilse Brandt", 1, "2024-10", "2024-10"),
    ]


def test_every_passage_is_given_in_the_order_shown(index: Index) -> None:
    request = SearchRequest("herring", limit=1, offset=2)
    assert [passage.id for passage in index.every(request)] == found_ids(index, "herring")
    assert list(index.every(SearchRequest("nothing such"))) == []
    with pytest.raises(InvalidSearchRequest):
        index.every(SearchRequest(since="2020-02-31"))


@pytest.mark.parametrize("portion", range(1, 6))
@pytest.mark.parametrize("sort", SORTS)
def test_passages_that_are_found_in_portions_are_given_once(
    index: Index, sort: Sort, portion: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = SearchRequest("herring OR harbour", sort=sort)
    whole = [passage.id for passage in index.every(request)]
    monkeypatch.setattr("indexer.search.executor._PORTION", portion)
    monkeypatch.setattr("indexer.search.executor._GROWTH", 2)
    assert [passage.id for passage in index.every(request)] == whole
    assert len(whole) == index.search(request).total > 3


def test_the_timeline_alone_is_that_of_the_search(index: Index) -> None:
    for request in (
        SearchRequest("herring"),
        SearchRequest("herring lantern tide"),
        SearchRequest(),
    ):
        assert index.timeline(request) == index.search(request).timeline
    assert index.timeline(SearchRequest("nothing such")) == ()
    with pytest.raises(InvalidSearchRequest):
        index.timeline(SearchRequest(since="2020-02-31"))


def test_similar_passages_are_of_other_articles(index: Index) -> None:
    similar = index.similar("lantern/lind#1")
    assert [hit.passage.article_id for hit in similar] == ["review/brandt"]
    assert index.similar("no/such#1") == ()


def test_a_passage_is_found_by_its_id(index: Index) -> None:
    found = index.passage("review/brandt#2")
    assert found is not None
    assert found.text == "The cafe guards its secrets."
    assert index.passage("review/brandt#9") is None


def test_a_beginning_is_completed_to_speakers_words_and_titles(index: Index) -> None:
    assert [(one.kind, one.text) for one in index.completions("wall")] == [
        ("word", "walls"),
        ("word", "wall"),
        ("title", "Walls that guard nobody"),
    ]
    (speaker, *_) = index.completions("bran")
    assert (speaker.kind, speaker.query) == ("speaker", 'speaker:"Ilse Brandt"')
    assert [one.query for one in index.completions("harbour herr")] == ["harbour herring"]
    assert index.completions("h") == ()
    assert all(index.search(SearchRequest(one.query)).total for one in index.completions("wa"))
