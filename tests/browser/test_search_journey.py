"""A reader's way through a real browser: search, open a result, see the words marked."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

pytestmark = pytest.mark.browser

ADDRESSES = (
    "/",
    "/search",
    "/search?q=nowheretobefound&speaker=ada-lind",
    "/search?q=marzipan",
    "/search?page=0",
    "/articles/odd/markup",
    "/articles/the-lantern/2025/lind-on-promises?q=promise#p2",
)


@pytest.fixture(scope="module")
def site(app: Flask) -> Iterator[str]:
    """The address of the app, served on a free port of this machine."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser's console says, for a page that ought to be silent."""
    return []


@pytest.fixture
def page(browser: Browser, site: str, complaints: list[str]) -> Iterator[Page]:
    context = browser.new_context(base_url=site, viewport={"width": 1280, "height": 500})
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()


def test_a_reader_searches_opens_a_result_and_sees_the_words_marked(
    page: Page, complaints: list[str]
) -> None:
    page.goto("/")
    page.get_by_role("searchbox").fill("ferryman")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".hit mark").first).to_have_text("ferryman")

    page.locator(".hit .source a").first.click()
    expect(page.locator("h1")).to_have_text("A promise is not a postcard")
    expect(page.locator(".passage:target mark")).to_have_text("ferryman")
    expect(page.locator(".passage:target")).to_be_in_viewport()
    assert complaints == []


def test_a_reader_narrows_by_a_speaker_and_takes_it_back(page: Page, complaints: list[str]) -> None:
    page.goto("/search?q=promise")
    page.get_by_role("navigation", name="Filters").get_by_role(
        "link", name="Bo Ekman", exact=True
    ).click()
    expect(page.locator(".hit h2")).to_have_text(["Bo Ekman", "Bo Ekman"])
    page.locator(".chips a").click()
    expect(page.locator(".hit h2").first).to_have_text("Ada Lind")
    assert complaints == []


def test_filters_fold_on_a_phone_and_stand_open_beside_the_results(page: Page) -> None:
    link = page.get_by_role("navigation", name="Filters").get_by_role(
        "link", name="Bo Ekman", exact=True
    )
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/search?q=promise")
    expect(link).to_be_hidden()
    page.locator(".facets > summary").click()
    expect(link).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 740})
    page.reload()
    expect(link).to_be_visible()


def test_the_keyboard_skips_to_the_content(page: Page) -> None:
    page.goto("/search?q=promise")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_no_page_scrolls_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    for address in ADDRESSES:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
