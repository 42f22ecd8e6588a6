"""``speakers.toml`` and ``commentary speakers``: one person under all names, file to search."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Commentary, CorpusFolder, OpenCorpus, Run, found_ids

from indexer import Index, SearchRequest, open_index
from indexer.people.aliases import FILE
from indexer.reindex.check import check
from indexer.storage.generations import read_manifest

ROW = """
[[speaker]]
name = "Tigran Setyan"
aliases = ["Тигран Сетян", "T. Sethian", "President Sethian"]
"""


@pytest.fixture
def three_spellings(corpus: CorpusFolder) -> CorpusFolder:
    """Three articles in which one man's name is printed in three ways."""
    corpus.interview("hall/2021/one", "A word.", speaker="Tigran Setyan", date="2021-03-04")
    corpus.interview("hall/2022/two", "Слово.", speaker="Тигран Сетян", date="2022-03-04")
    corpus.interview("hall/2023/three", "More words.", speaker="T. Sethian", date="2023-03-04")
    return corpus


def articles(index: Index, query: str = "", **request: Any) -> list[str]:
    return sorted(id_.partition("#")[0] for id_ in found_ids(index, query, **request))


@pytest.mark.parametrize(
    "query",
    [
        "speaker:setyan",
        "speaker:sethian",
        'by:"Tigran Setyan"',
        'by:"T. Sethian"',
        "speaker:сетян",
        'by:"President Sethian"',
        "speaker:tigran-setyan",
    ],
)
def test_any_spelling_finds_all_that_a_person_said(
    three_spellings: CorpusFolder, query: str, open_corpus: OpenCorpus
) -> None:
    three_spellings.write(FILE, ROW)
    index = open_corpus()
    assert articles(index, query) == ["hall/2021/one", "hall/2022/two", "hall/2023/three"]


def test_a_filter_takes_any_spelling_the_id_and_ids_of_before(
    three_spellings: CorpusFolder, open_corpus: OpenCorpus
) -> None:
    three_spellings.write(FILE, ROW)
    index = open_corpus()
    for speaker in ("tigran-setyan", "t-sethian", "Тигран Сетян"):
        assert len(articles(index, speakers=(speaker,))) == 3


def test_without_rows_spellings_in_any_script_are_one_person_and_an_initial_is_not(
    three_spellings: CorpusFolder, open_corpus: OpenCorpus
) -> None:
    facets = open_corpus().search(SearchRequest()).facets["speaker"]
    assert [(one.label, one.count) for one in facets] == [("Tigran Setyan", 2), ("T. Sethian", 1)]


def test_what_was_printed_stays_beside_the_canonical_name(
    three_spellings: CorpusFolder, open_corpus: OpenCorpus
) -> None:
    three_spellings.write(FILE, ROW)
    index = open_corpus()
    (hit,) = index.search(SearchRequest("Слово")).hits
    facets = index.search(SearchRequest()).facets["speaker"]
    assert (hit.passage.speaker, hit.passage.as_printed) == ("Tigran Setyan", "Тигран Сетян")
    assert hit.passage.attribution == "Тигран Сетян:"
    assert [(one.value, one.label, one.count) for one in facets] == [
        ("tigran-setyan", "Tigran Setyan", 3)
    ]


def test_a_changed_row_reads_no_article_again_and_a_comment_changes_nothing(
    three_spellings: CorpusFolder, index_path: Path, run: Run
) -> None:
    run()
    before = read_manifest(index_path).info.fingerprint
    three_spellings.write(FILE, ROW)
    report = run()
    assert (report.read, report.generation is None) == (0, False)
    assert read_manifest(index_path).info.fingerprint != before
    with open_index(index_path) as index:
        assert len(articles(index, "speaker:sethian")) == 3
    three_spellings.write(FILE, f"# People\n{ROW}")
    assert (run().read, run().generation) == (0, None)
    three_spellings.remove(FILE)
    assert run().read == 0
    assert read_manifest(index_path).info.fingerprint == before


def test_new_articles_are_resolved_as_old_ones_were(
    three_spellings: CorpusFolder, run: Run, open_corpus: OpenCorpus
) -> None:
    three_spellings.write(FILE, ROW)
    run()
    three_spellings.interview("hall/2024/four", "Yet more.", speaker="Тигран Сетян")
    assert run().read == 1
    assert len(articles(open_corpus(), "speaker:sethian")) == 4


def test_check_tells_that_the_rows_were_changed(
    three_spellings: CorpusFolder, index_path: Path, run: Run
) -> None:
    run()
    assert check(three_spellings.path, index_path) == []
    three_spellings.write(FILE, ROW)
    assert check(three_spellings.path, index_path) == [
        f"{FILE} has changed since the index was built."
    ]


def test_a_row_that_contradicts_another_is_named_and_the_rest_holds(
    three_spellings: CorpusFolder, index_path: Path, run: Run
) -> None:
    three_spellings.write(FILE, f"{ROW}{ROW}")
    (named,) = run().skipped
    assert named.path == FILE
    assert "'tigran-setyan' is the id of Tigran Setyan already" in named.reason
    with open_index(index_path) as index:
        assert "hall/2023/three" in articles(index, "speaker:sethian")


def test_the_language_of_an_article_is_kept_with_its_passages(
    corpus: CorpusFolder, open_corpus: OpenCorpus
) -> None:
    corpus.interview("one", "The minister said that the corridor would stay closed for a year.")
    index = open_corpus()
    (hit,) = index.search(SearchRequest()).hits
    assert hit.passage.language == "en"


# --- The command ---------------------------------------------------------------------------------


def test_the_review_lists_inferred_names_the_least_certain_first(
    corpus: CorpusFolder, commentary: Commentary
) -> None:
    for number in range(6):
        corpus.interview(
            f"{number}", "A word.", speaker="Katarina Wesselink", date="2022-03", outlet="Hall"
        )
    corpus.interview("a", "One.", speaker="Ms. Wesselink", date="2022-03", outlet="Hall")
    corpus.interview("b", "Two.", speaker="Ms. Wesselimk", date="2022-03", outlet="Hall")
    commentary("reindex")
    assert commentary("speakers", "--review").stdout.splitlines() == [
        "Ms. Wesselimk (1) is Katarina Wesselink: one letter is different",
        "Ms. Wesselink (1) is Katarina Wesselink: the only bearer of the surname in the outlet",
    ]
    (first, _) = json.loads(commentary("speakers", "--review", "--json").stdout)["review"]
    assert (first["id"], first["form"]) == ("katarina-wesselink", "Ms. Wesselimk")


def test_the_same_words_of_two_speakers_are_a_contradiction(
    corpus: CorpusFolder, commentary: Commentary
) -> None:
    said = "The tide was late in the port of Ilven, and so was the ferry to it."
    corpus.interview("a", said, "It rained on.", speaker="Ada Lind", date="2021")
    corpus.interview("b", said, "It stopped.", speaker="Otto Brandt", date="2022")
    commentary("reindex")
    assert commentary("speakers", "--contradictions").stdout.splitlines() == [
        said,
        "  Ada Lind · a#1",
        "  Otto Brandt · b#1",
    ]
    (one,) = json.loads(commentary("speakers", "--contradictions", "--json").stdout)[
        "contradictions"
    ]
    assert [passage["speaker"]["id"] for passage in one["passages"]] == ["ada-lind", "otto-brandt"]
    assert commentary("speakers", "--contradictions", "--review").exit_code == 2


def test_the_command_lists_names_forms_and_dates(
    three_spellings: CorpusFolder, run: Run, commentary: Commentary
) -> None:
    three_spellings.write(FILE, ROW)
    run()
    assert commentary("speakers").stdout.splitlines() == [
        "Tigran Setyan · 3 passages in 3 articles · 2021-03-04 – 2023-03-04",
        "  printed  T. Sethian (1): speakers.toml",
        "  printed  Тигран Сетян (1): speakers.toml",
    ]
    (entry,) = json.loads(commentary("speakers", "--json").stdout)["speakers"]
    assert (entry["id"], entry["passages"], entry["first"]) == ("tigran-setyan", 3, "2021-03-04")


def test_roles_are_listed_as_printed_with_their_dates(
    corpus: CorpusFolder, run: Run, commentary: Commentary
) -> None:
    for year, office in ((2019, "Governor"), (2023, "President")):
        label = f"{office} Tigran Setyan"
        corpus.interview(f"hall/{year}/a", "One.", "Two.", speaker=label, date=f"{year}-05-06")
    run()
    lines = commentary("speakers").stdout.splitlines()
    assert "  role     Governor (2) · 2019-05-06" in lines
    assert "  role     President (2) · 2023-05-06" in lines
