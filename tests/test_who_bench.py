"""The measures of who is who count right, wrong and nobody as they are defined."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bench.who import golds
from bench.who.measures import Judged, b_cubed, is_name_of, scores, verdicts
from indexer.reindex.run import ReindexOptions, reindex

ADA = Judged("a", "MS. LIND", 3, "Ada Lind", "person", "ada-lind", "Ada Lind", "person")


def test_one_person_under_two_ids_costs_recall() -> None:
    assert b_cubed([("Ada", "a", 1), ("Ada", "b", 1)]) == (1.0, 0.5)


def test_two_people_under_one_id_cost_precision() -> None:
    assert b_cubed([("Ada", "a", 1), ("Bo", "a", 1)]) == (0.5, 1.0)


def test_a_label_that_means_nobody_known_is_a_group_of_its_own() -> None:
    nobody = replace(ADA, key=None, shown="The speaker", shown_kind="unnamed")
    assert scores([ADA, nobody]).recall == 0.5


@pytest.mark.parametrize(
    ("shown", "expected"),
    [("Ada Lind", True), ("A. Lind", True), ("Eva Lind", False), ("Ada Ekman", False)],
)
def test_a_name_is_right_by_surname_and_first_name(shown: str, expected: bool) -> None:
    assert is_name_of(replace(ADA, shown=shown)) is expected


def test_a_surname_alone_is_neither_a_wrong_nor_a_full_name() -> None:
    found = scores([replace(ADA, shown="Ms. Lind")])
    assert (found.wrong_name, found.full_name) == (0, 0)


def test_passages_under_the_id_of_another_are_mixed() -> None:
    other = replace(ADA, person="Bo Lind", passages=1, label="MR. LIND")
    assert scores([ADA, other]).mixed == 0.25


def test_an_id_that_two_people_share_makes_the_labels_of_both_wrong() -> None:
    namesake = replace(ADA, person="Ada Lind 2", article="b")
    assert verdicts([ADA, namesake]) == {"wrong": 2}


def test_a_label_under_a_second_id_is_apart_and_one_by_the_surname_alone_is_unknown() -> None:
    other = replace(ADA, article="b", key="a-lind", shown="A. Lind")
    unnamed = replace(ADA, article="c", key="ms-lind", shown="Ms. Lind")
    assert verdicts([ADA, ADA, other, unnamed]) == {"right": 2, "apart": 1, "unknown": 1}


def test_a_crowd_that_is_listed_as_a_person_is_counted() -> None:
    crowd = replace(ADA, person=None, kind="unnamed", label="AUDIENCE")
    assert scores([ADA, crowd]).crowds == 1


def test_a_gold_may_name_articles_by_digest(tmp_path: Path) -> None:
    article = tmp_path / "corpus" / "quay" / "talk.txt"
    article.parent.mkdir(parents=True)
    article.write_text("Talk at the quay\n\nADA LIND: The ferry waits for the tide.\n\n" * 2)
    row = {"label": "ADA LIND", "person": "Ada Lind", "kind": "person"}
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({**row, "articles": [golds.digest("quay/talk")]}))
    reindex(ReindexOptions(corpus=tmp_path / "corpus", index=tmp_path / "index", jobs=1))
    (found,) = golds.judged(golds.read(gold), tmp_path / "index")
    assert (found.person, found.shown, found.shown_kind) == ("Ada Lind", "Ada Lind", "person")
