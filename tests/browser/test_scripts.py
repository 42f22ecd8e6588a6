"""Additions by scripts to pages that work without them: keys, completion, dragging, copying."""

from __future__ import annotations

import pytest
from conftest import CorpusFolder, OpenPage, Run
from playwright.sync_api import Page, expect

from bench.serving import served

pytestmark = pytest.mark.browser

LIND = "/articles/the-lantern/2025/lind-on-promises"


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """Open a page on a desktop."""
    return open_page(permissions=["clipboard-read", "clipboard-write"])


# --- Keys ----------------------------------------------------------------------------------------


def test_a_slash_goes_to_the_search_box_and_is_a_letter_there(page: Page) -> None:
    page.goto("/search?q=promise")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("a/j?")
    expect(page.locator("#q")).to_have_value("a/j?")


def test_j_and_k_go_through_the_results_and_enter_opens_one(page: Page) -> None:
    page.goto("/search?q=promise")
    places = page.locator(".hit > .source .place")
    page.keyboard.press("j")
    expect(places.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(places.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(places.nth(0)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("A promise is not a postcard")


def test_j_goes_through_passages_and_names_too(page: Page) -> None:
    page.goto(LIND)
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("#p2 .here")).to_be_focused()
    page.goto("/speakers")
    page.keyboard.press("j")
    expect(page.locator("#people .place").first).to_be_focused()


def test_n_and_p_go_through_the_marked_words(page: Page) -> None:
    page.goto(f"{LIND}?q=promise+postcard")
    count = page.locator(".passage mark").count()
    assert count > 2
    steps = page.locator("[data-steps] output")
    for here in (*range(1, count + 1), 1):
        page.keyboard.press("n")
        expect(steps).to_have_text(f"{here} / {count}")
        expect(page.locator(".current-mark")).to_be_in_viewport()
    page.keyboard.press("p")
    expect(steps).to_have_text(f"{count} / {count}")
    page.get_by_role("button", name="previous").click()
    expect(steps).to_have_text(f"{count - 1} / {count}")


def test_n_and_p_start_at_the_linked_passage(page: Page) -> None:
    page.goto(f"{LIND}?q=promise#p2")
    expect(page.locator("#p2 mark.current-mark")).to_have_count(1)


def test_a_question_mark_shows_the_keys_and_escape_closes_them(page: Page) -> None:
    page.goto("/search?q=promise")
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("go to the search box")
    page.keyboard.press("Escape")
    expect(keys).to_have_count(0)


# --- Typing --------------------------------------------------------------------------------------


def test_a_query_is_completed_while_it_is_typed(page: Page) -> None:
    page.goto("/")
    page.locator("#q").press_sequentially("ekm")
    completed = page.locator("#completions option", has_text="speaker: Bo Ekman")
    expect(completed).to_have_attribute("value", 'speaker:"Bo Ekman"')


def test_the_list_of_speakers_is_filtered_while_a_name_is_typed(page: Page) -> None:
    page.goto("/speakers")
    expect(page.locator("#people .place")).to_have_count(2)
    page.get_by_label("Part of a name").press_sequentially("lin")
    expect(page.locator("#people .place")).to_have_text(["Ada Lind"])
    expect(page).to_have_url("/speakers?q=lin")
    page.get_by_label("Part of a name").fill("")
    expect(page.locator("#people .place")).to_have_count(2)


# --- Pointing ------------------------------------------------------------------------------------


def test_dragging_over_the_timeline_chooses_its_dates(page: Page) -> None:
    page.goto("/search")
    first, last = (
        page.locator(f".timeline [data-period='{year}'] .reach").bounding_box()
        for year in ("2019", "2022")
    )
    assert first
    assert last
    page.mouse.move(first["x"] + 3, first["y"] + 20)
    page.mouse.down()
    page.mouse.move(last["x"] + 3, last["y"] + 20, steps=8)
    for year in ("2019", "2022"):
        expect(page.locator(f".timeline .held[data-period='{year}']")).to_have_count(1)
    page.mouse.up()
    expect(page).to_have_url("/search?from=2019&to=2022")
    expect(page.locator(".chips bdi")).to_have_text("2019 – 2022")


def test_a_quotation_opens_in_a_dialog_and_is_copied_by_a_button(page: Page) -> None:
    page.goto(LIND)
    page.locator("#p2").hover()
    page.locator("#p2").get_by_role("link", name="Copy quote").click()
    dialog = page.get_by_role("dialog", name="Copy quote")
    markdown = dialog.locator("[data-quote]", has_text="Markdown")
    markdown.get_by_role("button").click()
    expect(markdown.get_by_role("button")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == markdown.locator("pre").text_content()
    assert copied.startswith("> “The ferryman does.")
    dialog.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(LIND)


# --- Long articles -------------------------------------------------------------------------------


def test_a_permalink_into_a_long_article_opens_its_page(
    page: Page, corpus: CorpusFolder, run: Run
) -> None:
    corpus.interview("long", *(f"Answer {number} is about fog." for number in range(1, 451)))
    run()
    with served(corpus.path.parent / "index") as address:
        page.goto(f"{address}/articles/long#p430")
        expect(page.locator("#p430")).to_be_in_viewport()
        expect(page).to_have_url(f"{address}/articles/long?at=401#p430")
        page.goto(f"{address}/articles/long#p9999")
        expect(page.locator("h1")).to_be_visible()
