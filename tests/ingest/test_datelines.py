"""Datelines, told from the dates of a list of headlines."""

from __future__ import annotations

import pytest

from indexer.ingest.lines.datelines import dateline

PROSE = (
    "The wall of Port Ilven held against the spring tide on Monday. Nobody in the port was hurt."
)


def published(*lines: str) -> str | None:
    dating = dateline(lines)
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


def test_an_update_before_the_date_of_publication_is_passed_over() -> None:
    assert published("Обновлено: 5 марта 2025", "Опубликовано: 4 марта 2025", PROSE) == "2025-03-04"


def test_a_date_next_to_other_words_is_none() -> None:
    assert published("By Ruta Jansen | 4 March 2025", PROSE) is None
