"""Dates in the ways outlets print them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.ingest.lines.dates import _FORMS, is_date_line, read_date, stated_date


def published(text: str) -> str | None:
    dating = read_date(text, "line")
    return dating.published if dating else None


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("May 03 2025, 11:55", "2025-05-03T11:55"),
        ("10.Jan.2026", "2026-01-10"),
        ("14.01.2026", "2026-01-14"),
        ("14 Jan 2026", "2026-01-14"),
        ("2025-05-03T11:55:09+04:00", "2025-05-03T11:55+04:00"),
        ("2021-02-03 18:28:32-05:00", "2021-02-03T18:28-05:00"),
        ("2025-05-03", "2025-05-03"),
        ("2025/05/03", "2025-05-03"),
        ("Monday, May 3rd, 2025", "2025-05-03"),
        ("3rd of May 2025 at 4:05 p.m. GMT+4", "2025-05-03T16:05+04:00"),
        ("12:05 a.m., 3 May 2025", "2025-05-03T00:05"),
        ("3 мая 2025, 14:05", "2025-05-03T14:05"),
        ("9 декабря 2009 года", "2009-12-09"),
        ("2025 թ. մայիսի 3", "2025-05-03"),
        ("3 մայիսի, 2025", "2025-05-03"),
        ("Dec. 5, 2020", "2020-12-05"),
        ("May 2025", "2025-05"),
        ("08/14/2020", "2020-08-14"),
        ("14/08/2020", "2020-08-14"),
    ],
)
def test_a_printed_date_is_read(printed: str, expected: str) -> None:
    assert published(printed) == expected


@pytest.mark.parametrize(
    "printed",
    [
        "03/04/2025",
        "31 February 2024",
        "2025-02-31",
        "In 2020",
        "Room 2025",
        "13.13.2025",
        "",
        "7:3",
    ],
)
def test_what_is_unclear_or_impossible_is_no_date(printed: str) -> None:
    assert published(printed) is None


def test_a_day_and_a_month_that_are_the_same_are_clear() -> None:
    assert published("04/04/2025") == "2025-04-04"


@pytest.mark.parametrize(
    "line",
    [
        "14 Jan 2026",
        "Published: 3 May 2025, 11:55",
        "10.01.2026",
        "Updated on May 3, 2025 10:52 A.M.",
    ],
)
def test_a_line_of_a_date_alone_is_told(line: str) -> None:
    assert is_date_line(line)


@pytest.mark.parametrize(
    "line",
    ["The war of May 2025 was long", "Budget 2026: 3 May 2025 is the day", "2025", "On Monday", ""],
)
def test_a_line_that_says_more_than_a_date_is_told(line: str) -> None:
    assert not is_date_line(line)


@pytest.mark.parametrize("example", _FORMS)
def test_each_form_reads_its_own_example(example: str) -> None:
    assert (published(example) or "").startswith(("2025-05", "2026-01-14"))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2025, 5, 3), "2025-05-03"),
        (datetime(2025, 5, 3, 11, 55), "2025-05-03T11:55"),
        (
            datetime(2025, 5, 3, 11, 55, tzinfo=timezone(timedelta(hours=4))),
            "2025-05-03T11:55+04:00",
        ),
        (2021, "2021"),
        ("2021-10", "2021-10"),
        (None, None),
        ("", None),
    ],
)
def test_metadata_states_dates_as_text_and_as_values(value: object, expected: str | None) -> None:
    dating = stated_date(value, "front matter")
    assert (dating.published if dating else None) == expected


@pytest.mark.parametrize("value", ["2021-02-31", "soon", "2021-13", ["2021"]])
def test_stated_nonsense_is_an_error_and_no_guess(value: object) -> None:
    with pytest.raises(ValueError, match="date"):
        stated_date(value, "front matter")


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_in_the_common_forms(day: date) -> None:
    iso = day.isoformat()
    assert published(iso) == published(f"{day:%d.%m.%Y}") == iso
    assert (
        published(f"{day:%B} {day.day}, {day.year}")
        == published(f"{day.day} {day:%b} {day.year}")
        == iso
    )


@given(st.text())
def test_any_text_is_read_without_an_error(text: str) -> None:
    is_date_line(text)
    read_date(text, "line")
