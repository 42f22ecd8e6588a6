"""Dates in the ways outlets print them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.ingest.lines.date_forms import _FORMS, DateStyle, is_day_first
from indexer.ingest.lines.dates import ends_with_date, is_date_line, printed_dates, read_date
from indexer.ingest.lines.stated_dates import every_stated, stated_date


def published(text: str, language: str | None = None) -> str | None:
    dating = read_date(text, "line", DateStyle(language))
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
        ("08/27/2020", "2020-08-27"),
        ("3. Mai 2025, 9.05 Uhr", "2025-05-03T09:05"),
        ("Samedi 3 mai 2025 à 9h05", "2025-05-03T09:05"),
        ("04 de mayo 2022, 12:00 A. M.", "2022-05-04T00:00"),
        ("26, Abril, 2022", "2022-04-26"),
        ("3 Mayıs 2025 Cumartesi", "2025-05-03"),
        ("3 MAYIS 2025", "2025-05-03"),
        ("3 DECEMBRE 2024", "2024-12-03"),
        ("2016年10月14日07:17", "2016-10-14T07:17"),
        ("2025년 5월 3일", "2025-05-03"),
        ("3 tháng 5, 2025", "2025-05-03"),
        ("8 فيفري 2019", "2019-02-08"),
        ("٣ مايو ٢٠٢٥", "2025-05-03"),
        ("2022-5-3T23:57:00", "2022-05-03T23:57"),
        ("2022-05-04T03:00:00 UTC", "2022-05-04T03:00Z"),
        ("2018-11-28CET11:59:00+0100", "2018-11-28T11:59+01:00"),
        ("Published May 3, 2025Updated May 4, 2025", "2025-05-03"),
        ("3 May 2025 11:55 +99:00", "2025-05-03T11:55"),
        ("14/08/2020", "2020-08-14"),
    ],
)
def test_a_printed_date_is_read(printed: str, expected: str) -> None:
    assert published(printed) == expected


@pytest.mark.parametrize(
    "printed",
    [
        "03/04/2025",
        "03-04-2025",
        "31 February 2024",
        "Mars 2020",
        "the 3 out 2020",
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
    ("language", "printed", "expected"),
    [
        ("pt", "3 out 2020", "2020-10-03"),
        ("fr-CH", "mars 2020", "2020-03"),
        ("pl", "3 listopada 2025", "2025-11-03"),
        ("hr", "3. listopada 2025.", "2025-10-03"),
        ("hu", "2025. május 3.", "2025-05-03"),
        ("lv", "2025. gada 3. maijs", "2025-05-03"),
        ("lt", "2025 m. gegužės 3 d.", "2025-05-03"),
        ("fi", "3. toukokuuta 2025", "2025-05-03"),
        ("el", "3 ΜΑΪΟΥ 2025", "2025-05-03"),
        ("he", "3 במאי 2025", "2025-05-03"),
        ("hi", "3 मई 2025", "2025-05-03"),
        ("xx", "3 maijs 2025", None),
        ("en", "3 listopada 2025", "2025-11-03"),
        ("es", "03/04/2025", "2025-04-03"),
        ("nl", "03-04-2025", "2025-04-03"),
        ("en-GB", "03/04/2025", "2025-04-03"),
        ("en-US", "03/04/2025", None),
        ("es-PR", "03/04/2025", None),
        ("de", "05/08/2019", None),
    ],
)
def test_the_language_of_a_page_tells_months_and_their_place(
    language: str, printed: str, expected: str | None
) -> None:
    assert published(printed, language) == expected


def test_a_page_may_prove_which_number_is_the_day() -> None:
    assert is_day_first(["27/02/2022", "03/04/2025"]) is True
    assert is_day_first(["02/27/2022", "03/04/2025"]) is False
    assert is_day_first(["27/02/2022", "02/27/2022"]) is None
    month_first = DateStyle("en", day_first=False)
    assert [one.dating.day for one in printed_dates("03/04/2025", month_first)] == ["2025-03-04"]


def test_dates_of_one_line_are_told_apart_by_the_words_before_them() -> None:
    line = "Actualizado el 9 de mayo de 2025 a las 10:00 | Publicado el 3 de mayo de 2025"
    found = [(one.dating.published, one.label) for one in printed_dates(line)]
    assert found == [("2025-05-09T10:00", "updated"), ("2025-05-03", "published")]


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
    [
        "Deadline: 3 May 2025",
        "Jon Berg, 3 May 2025",
        "The war of May 2025 was long",
        "Budget 2026: 3 May 2025 is the day",
        "2025",
        "On Monday",
        "",
    ],
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
        ("20211003", "2021-10-03"),
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


def test_what_is_stated_and_is_no_date_is_passed_over() -> None:
    stated = [("first", "soon"), ("second", "2021-02-31"), ("third", "2021-02-28")]
    assert [dating.evidence for dating in every_stated(stated)] == ["third: 2021-02-28"]


def test_a_long_text_of_dates_is_no_headline() -> None:
    assert ends_with_date("Two whales in the harbour, 3 May 2025")
    assert not ends_with_date("3 May 2025 " * 20_000)


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
