"""Articles in Arabic, Hebrew, Japanese, Thai and German, on pages in English."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from conftest import CorpusFolder, OpenPage
from many_languages import (
    INTERVIEWS,
    write_english_interview_with_an_arabic_answer,
    write_interviews,
)
from playwright.sync_api import Locator, Page, expect
from test_every_page import WIDTHS, resize, scrolls_sideways, violations
from test_odd_articles import cut_off

from bench.serving import served
from indexer.reindex.run import ReindexOptions, reindex

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("articles in other languages")]

RIGHT_TO_LEFT = ("ar", "he")
WITHOUT_ITALICS = ("ar", "he", "ja", "th")
ALL = quote(" OR ".join(one.searched for one in INTERVIEWS.values()))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve an interview in each language, and one in two."""
    folder = tmp_path_factory.mktemp("languages")
    corpus = CorpusFolder(folder / "corpus")
    write_interviews(corpus, *INTERVIEWS)
    write_english_interview_with_an_arabic_answer(corpus)
    assert reindex(ReindexOptions(corpus.path, folder / "index", jobs=1)).skipped == ()
    with served(folder / "index") as address:
        yield address


ADDRESSES = (
    "/",
    f"/search?q={ALL}",
    f"/search?q={ALL}&group=none",
    *(f"/articles/{code}?q={quote(one.searched)}" for code, one in INTERVIEWS.items()),
    f"/articles/mixed?q={quote(INTERVIEWS['ar'].searched)}",
    *(f"/passages/{code}%231" for code in INTERVIEWS),
)


def direction(text: Locator) -> str:
    return str(text.evaluate("(one) => getComputedStyle(one).direction"))


def in_article(page: Page, code: str) -> str:
    """Open an article with the words of its query marked, and return the query."""
    searched = INTERVIEWS[code].searched
    page.goto(f"/articles/{code}?q={quote(searched)}")
    return searched


def test_texts_in_other_languages_fit_the_window_and_are_accessible(open_page: OpenPage) -> None:
    page = open_page()
    for address in ADDRESSES:
        page.goto(address)
        for width in WIDTHS:
            resize(page, width)
            assert not scrolls_sideways(page), (address, width)
            assert cut_off(page) == [], (address, width)
        assert violations(page) == [], address


def test_each_text_has_its_language_and_runs_its_way(open_page: OpenPage) -> None:
    page = open_page(360)
    for code in INTERVIEWS:
        in_article(page, code)
        for text in (page.locator("h1"), page.locator("#p1 .words")):
            assert (text.get_attribute("lang") or "en") == code
            assert direction(text) == ("rtl" if code in RIGHT_TO_LEFT else "ltr"), code


def test_the_searched_word_is_marked_in_results_and_articles(open_page: OpenPage) -> None:
    page = open_page(360)
    for code, one in INTERVIEWS.items():
        searched = in_article(page, code)
        marks = page.locator(".words mark").all_inner_texts()
        assert marks, code
        assert all(one.marked in mark for mark in marks), code
        page.goto(f"/search?q={quote(searched)}")
        result = page.locator(".hit", has=page.locator(f"a[href*='/articles/{code}']")).first
        expect(result.locator(".words mark").first).to_contain_text(one.marked)


def test_an_answer_in_another_language_than_its_article_has_its_own(open_page: OpenPage) -> None:
    page = open_page(360)
    page.goto(f"/articles/mixed?q={quote(INTERVIEWS['ar'].searched)}")
    assert page.locator("h1").get_attribute("lang") is None
    assert page.locator("#p1 .words").get_attribute("lang") is None
    answer = page.locator("#p2 .words")
    expect(answer).to_have_attribute("lang", "ar")
    assert direction(answer) == "rtl"
    # The question may be in either language.
    expect(page.locator("#p2 .question")).to_have_attribute("lang", "")
    assert page.locator("#p2 [itemprop=inLanguage]").get_attribute("content") == "ar"
    page.goto(f"/search?q={quote(INTERVIEWS['ar'].searched)}")
    result = page.locator(".hit", has_text="A lamp in two languages")
    assert result.locator(".source .place").get_attribute("lang") is None
    expect(result.locator(".words").first).to_have_attribute("lang", "ar")


def test_a_second_passage_runs_its_own_way_although_its_link_is_english(
    open_page: OpenPage,
) -> None:
    page = open_page(360)
    page.goto(f"/search?q={quote(INTERVIEWS['he'].searched)}")
    second = page.locator(".also[lang=he]").first
    assert direction(second) == "rtl"
    expect(second.locator("a")).to_have_attribute("lang", "en")


def test_scripts_without_italics_are_not_slanted_and_marks_part_no_letters(
    open_page: OpenPage,
) -> None:
    page = open_page(360)
    for code in ("ar", "he", "de", "en"):
        in_article(page, code)
        style = page.locator("#p1 .question").evaluate("(one) => getComputedStyle(one).fontStyle")
        assert style == ("normal" if code in WITHOUT_ITALICS else "italic"), code
        mark = page.locator(".words mark").first
        sides = mark.evaluate("(one) => getComputedStyle(one).paddingInline")
        assert sides == "0px", code


def test_running_text_is_hyphenated_by_its_language(open_page: OpenPage) -> None:
    page = open_page(360)
    in_article(page, "de")
    words = page.locator("#p1 .words")
    expect(words).to_have_attribute("lang", "de")
    assert words.evaluate("(one) => getComputedStyle(one).hyphens") == "auto"
