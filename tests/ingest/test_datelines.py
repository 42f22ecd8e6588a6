"""Datelines, told from the dates of a list of headlines."""

from __future__ import annotations

import pytest

from indexer.ingest.lines.datelines import dateline

PROSE = (
    "The wall of Port Ilven held against the spring tide on Monday. Nobody in the port was hurt."
)


def published(*lines: str, alone: bool = True) -> str | None:
    dating = dateline(lines, alone=alone)
    return dating.published if dating else None


@pytest.mark.parametrize(
    "lines",
    [
        ("4 March 2025", PROSE),
        ("By Ruta Jansen", "4 March 2025", PROSE),
        ("4 March 2025", "Latest news", "Two whales", "3 March 2025", "A crane", "2 March 2025"),
        ("4 March 2025", "Two whales", "3 March 2025", "A crane", "2 March 2025", PROSE),
    ],
)
def test_the_first_date_under_the_title_is_the_dateline(lines: tuple[str, ...]) -> None:
    assert published(*lines) == "2025-03-04"


@pytest.mark.parametrize(
    "lines",
    [
        ("4 March 2025", "Two whales", "3 March 2025", "A crane becomes a monument", PROSE),
        ("Two whales", "4 March 2025", "A crane", "3 March 2025", PROSE),
        ("Latest news", "4 March 2025", "Two whales"),
        ("Updated: 4 March 2025", PROSE),
        (PROSE, PROSE, "4 March 2025"),
        (),
    ],
)
def test_a_date_of_a_list_or_of_an_update_is_none(lines: tuple[str, ...]) -> None:
    assert published(*lines) is None


def test_the_time_may_stand_in_the_next_line() -> None:
    assert published("4 March 2025", "14:30", PROSE) == "2025-03-04T14:30"


def test_beside_its_byline_a_date_counts_where_lines_may_say_more() -> None:
    assert published("By Ruta Jansen | 4 March 2025", PROSE, alone=False) == "2025-03-04"
    assert published("By Ruta Jansen | 4 March 2025", PROSE) is None
