"""The timeline of a page: bars, labels, and chosen periods."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import SearchRequest
from search_app.pages.parts.timeline import HEIGHT, Timeline, timeline

EVERYTHING = SearchRequest("promise")


def drawn(
    counts: list[tuple[str, int]], since: str | None = None, until: str | None = None
) -> Timeline:
    request = replace(EVERYTHING, since=since, until=until)
    line = timeline(counts, request, lambda there: f"{there.since}..{there.until}")
    assert line is not None
    return line


def test_a_period_without_passages_keeps_its_place() -> None:
    bars = drawn([("2019", 3), ("2022", 1)]).bars
    assert [(bar.period, bar.count, bar.height) for bar in bars] == [
        ("2019", 3, HEIGHT),
        ("2020", 0, 0),
        ("2021", 0, 0),
        ("2022", 1, HEIGHT // 3),
    ]


def test_a_single_passage_among_thousands_is_still_seen() -> None:
    assert drawn([("2019", 5000), ("2020", 1)]).bars[1].height > 0


def test_a_bar_links_to_its_period_alone() -> None:
    assert drawn([("2019-12", 1), ("2020-01", 1)]).bars[1].url == "2020-01..2020-01"


@pytest.mark.parametrize(
    ("since", "until", "chosen"),
    [
        (None, None, []),
        ("2020", "2020", ["2020"]),
        ("2020-05-03", "2021-02", ["2020", "2021"]),
        ("2021", None, ["2021", "2022"]),
        (None, "2019", ["2019"]),
    ],
)
def test_the_bars_within_the_dates_of_a_search_are_chosen(
    since: str | None, until: str | None, chosen: list[str]
) -> None:
    line = drawn([(str(year), 1) for year in range(2019, 2023)], since, until)
    assert [bar.period for bar in line.bars if bar.is_chosen] == chosen


def test_months_of_several_years_are_labelled_by_year() -> None:
    ticks = drawn([("2019-03", 1), ("2022-11", 1)]).ticks
    assert [tick.label for tick in ticks] == ["2020", "2021", "2022"]


def test_there_is_no_timeline_of_one_bar_or_of_too_many() -> None:
    def address(_: SearchRequest) -> str:
        return ""

    assert timeline([("2019", 3)], EVERYTHING, address) is None
    assert timeline([("0001", 3), ("2019", 3)], EVERYTHING, address) is None
    assert timeline([], EVERYTHING, address) is None


@given(
    first=st.integers(1900, 2030),
    length=st.integers(2, 100),
    unit=st.sampled_from(["year", "month"]),
)
def test_labels_never_touch_each_other_or_the_edge(first: int, length: int, unit: str) -> None:
    months = [f"{first + month // 12}-{month % 12 + 1:02}" for month in (0, length - 1)]
    years = [str(first), str(first + length - 1)]
    line = drawn([(period, 1) for period in (years if unit == "year" else months)])
    ends = [line.width * tick.x / 100 + 6.5 * len(tick.label) for tick in line.ticks]
    starts = [line.width * tick.x / 100 for tick in line.ticks]
    assert all(end < start for end, start in zip(ends, starts[1:], strict=False))
    assert all(end <= line.width for end in ends)
