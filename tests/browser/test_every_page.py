"""Every page at every width, light and dark, with and without scripts.

A page is loaded once, then resized and recoloured: no script chooses by width or colour.
"""

from __future__ import annotations

from itertools import product

import pytest
from addresses import ADDRESSES
from axe_playwright_python.sync_playwright import Axe
from conftest import OpenPage
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

WIDTHS = (360, 768, 1440)
VERY_WIDE = 2560

AXE = Axe().axe_script

WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
"""Every rule of axe-core for WCAG 2.2, levels A and AA. Passes are not described, to save time."""


def violations(page: Page) -> list[str]:
    """List the violations that axe-core finds, one on each line."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    results = page.evaluate(
        "async (options) => (await axe.run(document, options)).violations", WCAG
    )
    return [
        f"{one['id']}: {node['html']} {node['failureSummary']}"
        for one in results
        for node in one["nodes"]
    ]


def resize(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})


def scrolls_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_every_page_is_accessible_and_never_scrolls_sideways(
    open_page: OpenPage, scripts: bool
) -> None:
    page = open_page()
    if not scripts:
        # Axe itself needs scripts, so only those of the page are emptied.
        page.route("**/*.js", lambda route: route.fulfill(content_type="text/javascript", body=""))
    for address in ADDRESSES:
        page.goto(address)
        for width in (*WIDTHS, VERY_WIDE):
            resize(page, width)
            assert not scrolls_sideways(page), (address, width)
        for width, scheme in product(WIDTHS, ("light", "dark")):
            resize(page, width)
            page.emulate_media(color_scheme=scheme)
            assert violations(page) == [], (address, width, scheme)


@pytest.mark.parametrize("language", ["ru-RU", "hy-AM", "de-DE", "fr-FR", "es-ES", "uk-UA"])
def test_longer_words_of_other_languages_fit_on_a_phone(open_page: OpenPage, language: str) -> None:
    page = open_page(360, locale=language)
    for address in ADDRESSES:
        page.goto(address)
        assert page.locator("html").get_attribute("lang") in language
        assert not scrolls_sideways(page), address


@pytest.mark.parametrize("width", WIDTHS)
def test_dialogs_are_accessible(open_page: OpenPage, width: int) -> None:
    page = open_page(width)
    for address in ("/search?q=promise", "/articles/the-lantern/2025/lind-on-promises"):
        page.goto(address)
        page.locator(".quote-link").first.click(force=True)
        page.get_by_role("dialog").wait_for()
        assert violations(page) == []
        page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.get_by_role("dialog", name="Keys").wait_for()
    assert violations(page) == []
    page.keyboard.press("Escape")


@pytest.mark.parametrize("width", WIDTHS)
def test_doubts_are_accessible(open_page: OpenPage, width: int) -> None:
    page = open_page(width)
    for address in ("/passages/the-lantern/2025/lind-on-promises%232", "/speakers/ada-lind"):
        page.goto(address)
        for summary in page.locator(".doubt summary").all():
            summary.click()
        assert not scrolls_sideways(page), address
        assert violations(page) == [], address


def test_a_doubt_is_reported_without_leaving_the_page(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/passages/the-lantern/2025/lind-on-promises%232")
    page.locator("#doubt summary").click()
    page.get_by_label("Nobody can tell who says it").check()
    page.get_by_role("button", name="Report to the keeper").click()
    assert page.get_by_role("status").inner_text().startswith("Thank you.")


@pytest.mark.parametrize("width", WIDTHS[1:])
def test_links_to_marked_passages_can_be_hit_whatever_the_font(
    open_page: OpenPage, width: int
) -> None:
    page = open_page(width)
    page.goto("/articles/the-lantern/2025/lind-on-promises?q=promise")
    page.evaluate("document.documentElement.style.fontSize = '12px'")
    boxes = [link.bounding_box() for link in page.locator(".match-links a").all()]
    assert boxes
    assert [box for box in boxes if not box or box["width"] < 24 or box["height"] < 24] == []


def test_nothing_is_loaded_from_another_host(open_page: OpenPage, site: str) -> None:
    page = open_page()
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url))
    for address in ADDRESSES:
        page.goto(address)
    assert [url for url in urls if not url.startswith((site, "data:"))] == []
