"""Journeys of a reader in a real browser, with and without scripts."""

from __future__ import annotations

import pytest
from conftest import OpenPage
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def scheme() -> str:
    """Return the colours that the system prefers. Only a test of colours needs both."""
    return "light"


@pytest.fixture(params=[360, 768, 1440])
def width(request: pytest.FixtureRequest) -> int:
    """Width of a phone, a tablet and a desktop."""
    return int(request.param)


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def page(open_page: OpenPage, request: pytest.FixtureRequest, width: int, scheme: str) -> Page:
    """Open an empty page."""
    return open_page(width, color_scheme=scheme, java_script_enabled=request.param)


def filter_named(page: Page, name: str) -> Locator:
    """Find the link of a filter value, and unfold the filters if they are folded."""
    unfold = page.locator(".facets > summary")
    if unfold.is_visible():
        unfold.click()
    filters = page.get_by_role("navigation", name="Filters")
    return filters.get_by_role("link", name=name, exact=True)


def test_a_reader_searches_opens_a_result_and_sees_the_words_marked(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Search what was said").fill("ferryman")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".hit mark").first).to_have_text("ferryman")

    page.locator(".hit .source .place").first.click()
    expect(page.locator("h1")).to_have_text("A promise is not a postcard")
    expect(page.locator(".passage:target mark")).to_have_text("ferryman")
    expect(page.locator(".passage:target")).to_be_in_viewport()


def test_a_reader_filters_by_a_speaker_and_removes_the_filter(page: Page) -> None:
    page.goto("/search?q=promise")
    filter_named(page, "Bo Ekman").click()
    expect(page.locator(".hit h2")).to_have_text(["Bo Ekman", "Bo Ekman"])
    page.locator(".chips a").click()
    expect(page.locator(".hit h2").first).to_have_text("Ada Lind")


def test_a_reader_goes_from_what_was_said_to_what_was_asked_and_back(page: Page) -> None:
    page.goto("/search?q=promise&group=none")
    scopes = page.get_by_role("navigation", name="Where the words are")
    expect(scopes.locator("[aria-current]")).to_have_text("Said 3")
    expect(page.locator(".results > .hits > li")).to_have_count(3)
    page.get_by_role("link", name="all 1").click()
    expect(scopes.locator("[aria-current]")).to_have_text("Asked about 1")
    expect(page.locator(".results > .hits > li")).to_have_count(1)
    expect(page.locator(".results > .hits .question mark")).to_have_text("promises")
    scopes.get_by_role("link", name="Said 3").click()
    expect(page.locator(".results > .hits > li")).to_have_count(3)


def test_a_reader_filters_by_a_bar_of_the_timeline(page: Page) -> None:
    page.goto("/search?q=promise")
    page.get_by_role("link", name="2019: 1 passage").click()
    expect(page.locator(".hit .date")).to_have_text("20 August 2019")
    expect(page.locator(".timeline .chosen")).to_have_count(1)


def test_a_reader_goes_from_a_result_to_its_speaker_and_searches_there(page: Page) -> None:
    page.goto("/search?q=promise")
    page.locator(".hit h2 a", has_text="Ada Lind").first.click()
    expect(page.locator("h1")).to_have_text("Ada Lind")
    page.get_by_label("Search what Ada Lind said").fill("postcard")
    page.keyboard.press("Enter")
    expect(page.locator(".chips bdi")).to_have_text("Ada Lind")
    expect(page.locator(".hit > .words mark")).to_have_text("postcard")


def test_a_reader_finds_somebody_in_the_list_of_speakers(page: Page) -> None:
    page.goto("/speakers")
    page.get_by_label("Part of a name").fill("екман")
    page.keyboard.press("Enter")
    expect(page.locator("#people .place")).to_have_text(["Bo Ekman"])
    page.locator("#people .place").click()
    expect(page.locator("h1")).to_have_text("Bo Ekman")


def test_a_reader_copies_a_quotation(page: Page) -> None:
    page.goto("/search?q=ferryman")
    page.get_by_role("link", name="Copy quote").click()
    expect(page.get_by_label("Plain text")).to_contain_text("— Ada Lind, A promise")
    expect(page.get_by_label("RIS")).to_contain_text("AU  - Reed, Jane")


def test_a_reader_sees_what_was_left_out_of_an_article(page: Page) -> None:
    page.goto("/articles/the-lantern/2019/ekman-at-the-lake")
    line = page.get_by_text("Subscribe to our newsletter")
    expect(line).to_be_hidden()
    page.get_by_text("Left out while reading").click()
    expect(line).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_reader_chooses_light_or_dark_and_the_choice_stays(page: Page, scheme: str) -> None:
    papers = {"light": "rgb(252, 251, 248)", "dark": "rgb(23, 22, 19)"}
    chosen = "dark" if scheme == "light" else "light"

    def expect_paper(of: str) -> None:
        # The address does not change when the page reloads, so wait for its colour.
        expect(page.locator("body")).to_have_css("background-color", papers[of])

    page.goto("/search?q=promise")
    expect_paper(scheme)
    page.get_by_role("button", name=chosen.title()).click()
    expect(page).to_have_url("/search?q=promise")
    page.goto("/help")
    expect_paper(chosen)
    page.get_by_role("button", name="As the system").click()
    expect(page).to_have_url("/help")
    expect_paper(scheme)


def test_filters_are_folded_on_a_phone_and_open_next_to_the_results(page: Page, width: int) -> None:
    page.goto("/search?q=promise")
    filters = page.get_by_role("navigation", name="Filters")
    if width < 960:
        expect(filters).to_be_hidden()
        page.get_by_text("Filter", exact=True).click()
    expect(filters.get_by_role("link", name="Bo Ekman", exact=True)).to_be_visible()


def test_the_keyboard_skips_to_the_content(page: Page) -> None:
    page.goto("/search?q=promise")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_the_focus_is_always_visible(page: Page) -> None:
    page.goto("/search?q=promise&speaker=ada-lind")
    for _ in range(40):
        page.keyboard.press("Tab")
        outline = page.evaluate(
            "(() => { const here = document.activeElement; return here === document.body ||"
            " getComputedStyle(here).outlineStyle !== 'none' })()"
        )
        assert outline, page.evaluate("document.activeElement.outerHTML")


def test_a_printed_article_has_its_text_and_citation_only(page: Page) -> None:
    page.goto("/articles/the-lantern/2025/lind-on-promises?q=promise")
    page.emulate_media(media="print")
    for gone in (".top", ".foot", ".find", ".actions"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.get_by_text("The ferryman does.")).to_be_visible()
    expect(page.locator(".cite")).to_be_visible()
