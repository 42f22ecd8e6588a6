"""The table of facets, and values found by the words that people type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from conftest import CorpusFolder, Run

from indexer import Index, InvalidSearchRequest, open_index
from indexer.records import EVIDENCE, FACETS, ROLES, Passage, SearchRequest
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
    assert tuple(FACETS["evidence"].labels) == EVIDENCE


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


@pytest.fixture
def index(corpus: CorpusFolder, index_path: Path, run: Run, engine: str) -> Iterator[Index]:
    """Two holders of an office, two of another, with each engine."""
    corpus.interview("lind", "The wall holds.", speaker="Press Secretary Ada Lind")
    corpus.interview("brandt", "The wall leaks.", speaker="Deputy Press Secretary Ilse Brandt")
    corpus.interview("arel", "A wall is a wall.", speaker="Mayor Tomas Arel")
    corpus.write(
        "report.md", "# A wall\n\n“The wall is a postcard,” Nara Velidze said on Monday.\n"
    )
    run(engine=engine)
    with open_index(index_path) as opened:
        yield opened


def articles(index: Index, query: str, **more: Any) -> set[str]:
    return {hit.passage.article_id for hit in index.search(SearchRequest(query, **more)).hits}


def test_an_office_is_found_by_its_words(index: Index) -> None:
    assert articles(index, "office:mayor wall") == {"arel"}
    assert articles(index, 'office:"press secretary"') == {"lind"}
    assert articles(index, "office:secretary") == {"lind", "brandt"}
    assert articles(index, "wall -office:secretary") == {"arel", "report"}
    assert articles(index, "", offices=("Deputy Press Secretary", "mayor")) == {"brandt", "arel"}


def test_an_office_that_nobody_has_is_named_in_a_notice(index: Index) -> None:
    for request in (SearchRequest("office:warden"), SearchRequest(offices=("warden",))):
        notices = [notice.message for notice in index.search(request).notices]
        assert notices == ["There is no office named “warden” in this corpus."]


def test_offices_and_evidence_are_counted(index: Index) -> None:
    facets = index.search(SearchRequest("wall")).facets
    assert {one.value: one.count for one in facets["office"]} == {
        "Press Secretary": 1,
        "Deputy Press Secretary": 1,
        "Mayor": 1,
    }
    assert {one.value: one.count for one in facets["evidence"]} == {"label": 3, "cue": 1}


def test_what_is_known_by_one_kind_of_evidence_is_found(index: Index) -> None:
    assert articles(index, "evidence:cue") == {"report"}
    assert articles(index, "evidence:CUE") == {"report"}
    assert articles(index, "wall", evidence=("label",)) == {"lind", "brandt", "arel"}
    (notice,) = index.search(SearchRequest("evidence:rumour")).notices
    assert notice.message.startswith("evidence:rumour is ignored: write one of label, cue, ")
    with pytest.raises(InvalidSearchRequest, match="Choose one of: label, cue"):
        index.search(SearchRequest(evidence=("rumour",)))  # type: ignore[arg-type]


@pytest.fixture
def written(corpus: CorpusFolder, index_path: Path, run: Run, engine: str) -> Iterator[Index]:
    """Index a report by Jane Reed, who is no speaker, and an opinion of hers, with each engine."""
    corpus.write(
        "report.md",
        "---\ntitle: A wall\nauthor: Jane Reed\n---\n\n“The wall holds,” said Nara Velidze.\n",
    )
    corpus.write(
        "opinion.md",
        "---\ntitle: No wall\nauthor: Jane Reed\nsection: Opinion\n---\n\nThe wall must go.\n",
    )
    corpus.write("other.md", "---\ntitle: Any wall\nauthor: Tomas Arel\n---\n\nA wall is a wall.\n")
    run(engine=engine)
    with open_index(index_path) as opened:
        yield opened


def test_an_author_is_found_apart_from_a_speaker(written: Index) -> None:
    assert articles(written, "author:reed wall") == {"report", "opinion"}
    assert articles(written, "wall", authors=("Jane Reed",)) == {"report", "opinion"}
    assert articles(written, "speaker:reed") == {"opinion"}
    assert articles(written, "by:reed") == {"report", "opinion"}
    assert articles(written, "by:velidze") == {"report"}
    assert articles(written, "by:arel") == {"other"}
    assert articles(written, "wall -by:reed") == {"other"}


def test_authors_are_counted_and_an_unknown_one_is_named(written: Index) -> None:
    results = written.search(SearchRequest("wall"))
    counts = {one.value: one.count for one in results.facets["author"]}
    assert counts == {"Jane Reed": 2, "Tomas Arel": 1}
    (notice,) = written.search(SearchRequest("author:nobody")).notices
    assert "no author named “nobody”" in str(notice.message)
