"""Dates in web addresses."""

from __future__ import annotations

import pytest

from indexer.ingest.lines.address_dates import FORMS, AddressForm, date_in_address

SITE = "https://gazette.example"


@pytest.mark.parametrize("form", FORMS, ids=[form.taken for form in FORMS])
def test_each_form_takes_its_example_and_spares_another(form: AddressForm) -> None:
    assert date_in_address(SITE + form.taken) is not None
    assert date_in_address(SITE + form.spared) is None


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/2022/05/04/a-crane", ("2022-05-04", "day")),
        ("/seguridad/2022/5/3/policia-330199.htm", ("2022-05-03", "day")),
        ("/202205/t20220504_123.html", ("2022-05-04", "day")),
        ("/2022/05/a-crane", ("2022-05", "month")),
        ("/2022/a-crane", None),
        ("/a-crane-2022", None),
        ("/2022/02/30/", None),
        ("/a?date=2022/05/04/", None),
    ],
)
def test_an_address_shows_a_day_or_a_month(path: str, expected: tuple[str, str] | None) -> None:
    dating = date_in_address(SITE + path)
    assert (dating and (dating.published, dating.precision)) == expected


def test_the_day_of_archiving_is_none_of_the_article() -> None:
    archived = "https://web.archive.org/web/20200808063632/https://gazette.example"
    assert date_in_address(f"{archived}/a-crane") is None
    dating = date_in_address(f"{archived}/2019/05/04/a-crane")
    assert dating is not None
    assert dating.published == "2019-05-04"


@pytest.mark.parametrize("address", [None, "", "http://[broken", "no address"])
def test_what_is_no_address_shows_nothing(address: str | None) -> None:
    assert date_in_address(address) is None
