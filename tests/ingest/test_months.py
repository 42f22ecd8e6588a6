"""Months and orders of the languages that CLDR has."""

from __future__ import annotations

import re
from datetime import date

import pytest
from babel import Locale
from babel.dates import format_date
from babel.localedata import locale_identifiers

from indexer.ingest.lines.date_forms import DateStyle
from indexer.ingest.lines.dates import read_date
from indexer.ingest.lines.months import NAMES, fold, month_number

DAYS = [date(2025, month, day) for month, day in enumerate(range(3, 27, 2), start=1)]
LANGUAGES = sorted(code for code in locale_identifiers() if "_" not in code)
SPOKEN = """
af ar az be bg bn bs ca cs cy da de el en es et fi fil fr gl gu he hi hr hu hy id is it ja ka kk km
kn ko ky lo lt lv mk ml mr ms my ne nl no pa pl pt ro ru si sk sl so sq sr sv sw ta te tr uk ur uz
vi zh zu
"""
"""Languages in which every date that CLDR prints is read."""

_PLACEHOLDER = re.compile(r"M\d\d")


def read(day: date, language: str) -> str | None:
    # Marks of writing from right to left are left out of what is read.
    printed = format_date(day, "long", locale=language).replace("\u200f", "")
    dating = read_date(printed, "line", DateStyle(language))
    return dating.published if dating and dating.is_day else None


@pytest.mark.parametrize("language", SPOKEN.split())
def test_dates_are_read_in_the_languages_of_most_pages(language: str) -> None:
    assert [read(day, language) for day in DAYS] == [day.isoformat() for day in DAYS]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_in_any_language_is_never_read_as_another(language: str) -> None:
    found = [(day.isoformat(), read(day, language)) for day in DAYS]
    assert [pair for pair in found if pair[1] not in (None, pair[0])] == []


@pytest.mark.parametrize("language", sorted(NAMES))
def test_the_rows_have_every_name_that_cldr_has(language: str) -> None:
    months = Locale.parse(language).months
    for width in ("wide", "abbreviated"):
        for number, name in months["format"][width].items():
            # Once another language is loaded, Babel may give placeholders in place of names.
            if not _PLACEHOLDER.fullmatch(name):
                assert month_number(name, language) == number, name


def test_no_full_name_means_two_months() -> None:
    numbers: dict[str, set[int]] = {}
    for full, _ in NAMES.values():
        for number, names in enumerate(full.split("|"), start=1):
            for name in names.split():
                numbers.setdefault(fold(name), set()).add(number)
    assert [name for name, found in numbers.items() if len(found) > 1] == []


def test_a_short_name_is_a_month_in_its_own_language_only() -> None:
    assert month_number("out", "pt") == 10
    assert month_number("out", "en") == month_number("out", None) == 0
