"""Dates of web pages: where they stand, and how they are marked."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from indexer.ingest.pipeline import ingest
from indexer.records import Article

PROSE = (
    "The harbour board of Ilven has bought a second crane. It is to stand on the eastern pier"
    " before the winter, and twelve workers will be trained for it."
)
DAY = "3 May 2025"


def article(below: str = "", *, above: str = "", after: str = "", head: str = "") -> Article:
    html = (
        f'<!doctype html><html lang="en"><head><title>A second crane</title>{head}</head><body>'
        f"<main><article>{above}<h1>A second crane</h1>{below}<p>{PROSE}</p><p>{PROSE}</p>"
        f"</article>{after}</main></body></html>"
    )
    return ingest(html.encode(), PurePosixPath("crane.html")).articles[0].article


def day(below: str = "", **parts: str) -> str | None:
    return (article(below, **parts).published or "")[:10] or None


@pytest.mark.parametrize(
    "line",
    [
        f"<p>{DAY}</p>",
        f"<div>By Ruta Jansen | {DAY} | 4 min read</div>",
        f"<p>Posted by jon in harbours and cranes, {DAY}</p>",
        f"<ul><li>Ruta Jansen</li><li>{DAY}</li></ul>",
        f"<h2>{DAY}</h2>",
        f"<p>Ilven, {DAY} (ab/cd)</p>",
        "<p><span>Published</span> <time datetime='2025-05-03T10:00Z'>two days ago</time></p>",
        "<abbr class='published' title='2025-05-03T10:00+02:00'>Saturday</abbr>",
        "<p>Released</p><p>3 May 2025</p><p>Last modified</p><p>9 May 2025</p>",
        f"<p><time>Published {DAY}</time><time>Updated 9 May 2025</time></p>",
    ],
)
def test_a_date_under_the_headline_is_that_of_publication(line: str) -> None:
    assert day(line) == "2025-05-03"


@pytest.mark.parametrize(
    "line",
    [
        "<p>Deadline: 3 May 2025</p>",
        "<p>Event date</p><p>3 May 2025</p>",
        "<p>1–3 May 2025</p>",
        "<p>17 April 2025 – 3 May 2025</p>",
        "<p>The crane that fell on 3 May 2025</p>",
        "<figure><figcaption>3 May 2025</figcaption></figure>",
        "<p>Last updated</p><p>3 May 2025</p>",
        "<p>9 May 2025</p><p>A ferry</p><p>3 May 2025</p><p>Whales</p>",
    ],
)
def test_another_date_under_the_headline_is_none(line: str) -> None:
    assert day(line) is None


def test_a_paragraph_may_begin_with_a_place_and_the_date() -> None:
    assert day(f"<p>ILVEN, {DAY} – {PROSE}</p>") == "2025-05-03"
    assert day(f"<p>On {DAY} – {PROSE}</p>") is None


def test_the_time_may_stand_in_the_line_after_the_date() -> None:
    assert article(f"<p>{DAY}</p><p>14:05</p>").published == "2025-05-03T14:05"


def test_a_date_far_above_the_headline_is_the_day_on_which_the_page_was_opened() -> None:
    assert day(above=f"<p>{DAY}</p>") == "2025-05-03"
    between = "<p>Harbours and ferries of the north</p>" * 5
    assert day(above=f"<p>{DAY}</p><p>7 May 2025</p>{between}") is None


def test_a_date_at_the_end_counts_if_it_is_named() -> None:
    named = f"<p>Publication date: {DAY}</p>"
    assert day(after=named) == "2025-05-03"
    assert day(after=f"{named}<p>Publication date: 9 May 2025</p>") is None


def test_dates_of_comments_and_teasers_are_not_those_of_the_article() -> None:
    assert day(after=f"<div class='comments'><p>Published {DAY}</p></div>") is None
    teasers = "".join(f"<li><h4>A ferry</h4><span>{n} May 2025</span></li>" for n in (1, 2, 3))
    assert day(after=f"<ul>{teasers}</ul>") is None
    assert day(f"<p>{DAY}</p>", after=f"<ul>{teasers}</ul>") == "2025-05-03"


def test_marked_up_dates_of_comments_and_sidebars_are_not_those_of_the_article() -> None:
    date = "<meta itemprop='datePublished' content='2025-05-03'>"
    other = "<meta itemprop='datePublished' content='2025-05-04'>"
    comment = f"<div itemscope itemtype='https://schema.org/Comment'>{other}</div>"
    assert day(after=comment) is None
    assert day(date, after=comment) == "2025-05-03"
    assert day(date, above=f"<aside>{other}</aside>") == "2025-05-03"


def test_json_ld_of_a_page_counts_and_that_of_a_video_does_not() -> None:
    script = '<script type="application/ld+json">{{"@type": "{}", "datePublished": "{}"}}</script>'
    assert day(head=script.format("WebPage", "2025-05-03")) == "2025-05-03"
    assert day(head=script.format("VideoObject", "2025-05-03")) is None
    both = script.format("WebPage", "2025-05-09") + script.format("NewsArticle", "2025-05-03")
    assert day(head=both) == "2025-05-03"


def test_broken_json_ld_counts_if_it_is_about_one_article() -> None:
    broken = '<script type="application/ld+json">{{,"@type": "NewsArticle", {}}}</script>'
    one = '"datePublished": "2025-05-03"'
    assert day(head=broken.format(one)) == "2025-05-03"
    assert day(head=broken.format(f'{one}, "datePublished": "2025-05-04"')) is None


def test_an_update_is_kept_apart() -> None:
    found = article(f"<p>Published: {DAY}</p><p>Updated: 9 May 2025</p>")
    assert (found.published, found.updated) == ("2025-05-03", "2025-05-09")


def test_any_of_the_addresses_of_a_page_shows_the_day() -> None:
    head = (
        '<link rel="canonical" href="https://gazette.example/a-crane">'
        '<meta property="og:url" content="https://gazette.example/2025/05/03/a-crane">'
    )
    assert day(head=head) == "2025-05-03"


def test_the_only_date_of_a_page_counts_if_htmldate_takes_it() -> None:
    found = article(after=f"<div class='date'>{DAY}</div>")
    assert found.published == "2025-05-03"
    assert str(found.date_evidence).endswith("htmldate takes it too")


def test_a_deep_page_is_read() -> None:
    depth = 2_000
    deep = "<div>" * depth + f"<p>Publication date: {DAY}</p>" + "</div>" * depth
    assert day(f"<p>{DAY}</p>", after=deep) == "2025-05-03"
