"""What ``python -m bench.extraction`` measures of ours keeps its floors (``floors.toml``)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from bench.extraction import interviews, measures, real, turns
from bench.extraction.others import OURS
from bench.extraction.scores import align, shared, words
from bench.extraction.table import Row, Section, below, floors, table

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("extraction")]

DATA = Path(__file__).parents[3] / "shared" / "data"
REAL_PAGES = 6


@pytest.fixture(scope="module")
def invented() -> list[Row]:
    """Every measure on invented pages, of ours alone."""
    return list(measures.invented({}))


@pytest.fixture(scope="module")
def on_real_pages() -> list[Row]:
    """Every measure on a few real pages, of ours alone."""
    if not real.has_archives(DATA):
        pytest.skip("the archives of real pages are not at hand")
    return list(measures.on_real_pages({}, DATA, REAL_PAGES))


def test_what_is_read_on_invented_pages_keeps_its_floors(invented: Sequence[Row]) -> None:
    assert below(invented, "invented") == []


def test_what_is_read_on_real_pages_keeps_its_floors(on_real_pages: Sequence[Row]) -> None:
    assert below(on_real_pages, "sample") == []


def test_every_measure_on_invented_pages_has_a_floor(invented: Sequence[Row]) -> None:
    assert {row.key for row in invented} == set(floors("invented"))


def test_the_floors_of_a_sample_are_those_of_all_real_pages() -> None:
    assert set(floors("sample")) == set(floors("data"))


@pytest.mark.parametrize("section", ["invented", "data"])
def test_a_figure_below_its_floor_is_told(section: Section) -> None:
    rows = [
        Row(key, key, {OURS: floor - 0.1 if more_is_better else floor + 1})
        for key, (floor, more_is_better) in floors(section).items()
    ]
    assert len(below(rows, section)) == len(rows)
    assert len(below([], section)) == len(rows)


def test_the_table_has_a_column_for_each_extractor() -> None:
    rows = [Row("a", "first", {OURS: 0.5, "other": 3}), Row("b", "second", {OURS: 1})]
    lines = [line.split() for line in table(rows).splitlines()]
    assert lines == [[OURS, "other"], ["first", "0.5000", "3"], ["second", "1", "–"]]


def test_text_is_compared_by_runs_of_four_words() -> None:
    score = shared("one two three four five", "One, two, three, four. Six!")
    assert (score.precision, score.recall, score.f1) == (0.5, 0.5, 0.5)
    assert shared("", "one two").f1 == 0
    assert shared("one two", "One – two").f1 == 1


def test_words_are_aligned_again_after_a_difference() -> None:
    gold = words("a b c X Y d e f g h")
    own = words("a b c Z d e f g h")
    assert align(gold, own) == {0: 0, 1: 1, 2: 2, 5: 4, 6: 5, 7: 6, 8: 7, 9: 8}


def test_a_turn_that_begins_elsewhere_and_one_of_another_speaker_are_counted() -> None:
    page = next(interviews.invented_interviews())
    narrative, question, answer, *others = page.turns
    first, second = answer.text.split("\n\n")
    errors = [answer._replace(text=first, speaker="Bo Ek"), answer._replace(text=second)]
    assert len(turns.measure([page], by_name=True).errors) == 0
    scores = turns.measure(
        [page._replace(turns=[narrative, question, *errors, *others])], by_name=True
    )
    assert (scores.boundaries.false, scores.boundaries.missed) == (0, 1)
    assert (scores.speakers.false, scores.roles.false) == (1, 0)
