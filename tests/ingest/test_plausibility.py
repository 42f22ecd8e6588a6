"""Dates that cannot be dates of publication."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from indexer.errors import UnreadableArticle
from indexer.ingest.lines.plausibility import implausible
from indexer.ingest.pipeline import ingest
from indexer.records import Article

PROSE = "The wall of Port Ilven held against the spring tide, and nobody in the port was hurt."


def article(name: str, text: str, sidecar: str | None = None) -> Article:
    noted = sidecar.encode() if sidecar else None
    return ingest(text.encode(), PurePosixPath(name), noted).articles[0].article


def page(stated: str, dateline: str = "") -> str:
    return (
        f'<html><head><meta property="article:published_time" content="{stated}"></head><body>'
        f"<article><h1>The wall held</h1>{dateline}<p>{PROSE}</p><p>{PROSE}</p></article></body>"
    )


@pytest.mark.parametrize(
    ("published", "reason"),
    [
        ("0001-01-01", "before 1900"),
        ("1899-12-31", "before 1900"),
        ("1969-12-31T23:00-01:00", "the beginning of computer time"),
        ("1970-01-01T01:00+01:00", "the beginning of computer time"),
        ("9999-12-31", "in the future"),
        ("2941", "in the future"),
        ("1900-01-01", None),
        ("2024-02-29", None),
        ("2024", None),
    ],
)
def test_a_date_is_refused_with_a_reason(published: str, reason: str | None) -> None:
    assert implausible(published) == reason


@pytest.mark.parametrize(
    ("saved", "reason"),
    [
        ("2025-05-03T11:55Z", None),
        ("2025-05-02", None),
        ("2025-05-01T23:00:00+02:00", "after the file was saved"),
        ("2025", None),
        ("soon", None),
    ],
)
def test_nothing_is_published_after_it_was_saved(saved: str, reason: str | None) -> None:
    assert implausible("2025-05-03", saved) == reason


@pytest.mark.parametrize("stated", ["0001-01-01T00:00:00", "1970-01-01", "9999-12-31"])
def test_a_page_without_another_date_has_none_and_says_why(stated: str) -> None:
    found = article("wall.html", page(stated))
    assert found.published is None
    assert f"meta article:published_time: {stated}" in str(found.date_evidence)
    assert str(found.date_evidence).startswith("refused, ")


def test_a_page_with_another_date_has_that_and_says_what_was_refused() -> None:
    found = article("wall.html", page("1970-01-01", "<p>3 May 2025</p>"))
    assert found.published == "2025-05-03"
    assert "refused, the beginning of computer time" in str(found.date_evidence)


def test_a_day_that_does_not_exist_is_no_date() -> None:
    assert article("wall.html", page("2025-02-30")).published is None


def test_the_time_of_saving_bounds_the_date() -> None:
    saved = "retrieved = 2024-01-10T12:00:00Z"
    found = article("wall.html", page("2025-05-03"), saved)
    assert found.published is None
    assert str(found.date_evidence).startswith("refused, after the file was saved: meta")
    assert article("wall.html", page("2024-01-09"), saved).published == "2024-01-09"


def test_front_matter_of_the_future_is_refused() -> None:
    found = article("wall.md", f"---\ntitle: The wall\ndate: 2941-05-03\n---\n\n{PROSE}\n")
    assert (found.published, found.date_precision) == (None, None)
    assert str(found.date_evidence).startswith("refused, in the future: ")


def test_a_sidecar_may_tell_a_date_of_long_ago_and_none_to_come() -> None:
    old = article("wall.txt", f"The wall held\n\n{PROSE}", "published = 1787-10-27")
    assert old.published == "1787-10-27"
    for date in ("2941-05-03", "0001-01-01", "9999-12-31"):
        with pytest.raises(UnreadableArticle, match="its sidecar's published is"):
            article("wall.txt", f"The wall held\n\n{PROSE}", f"published = {date}")


def test_the_address_of_a_sidecar_shows_the_day() -> None:
    address = 'url = "https://gazette.example/2025/05/03/the-wall"'
    undated = article("wall.txt", f"The wall held\n\n{PROSE}", address)
    assert (undated.published, undated.date_precision) == ("2025-05-03", "day")
    in_utc = article("wall.html", page("2025-05-04T02:41:00Z"), address)
    assert in_utc.published == "2025-05-03"
    assert "which is the same day elsewhere" in str(in_utc.date_evidence)
