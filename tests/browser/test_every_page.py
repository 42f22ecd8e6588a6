"""Every page at every width, light and dark, with and without scripts."""

from __future__ import annotations

import pytest
from addresses import ADDRESSES
from axe_playwright_python.sync_playwright import Axe
from conftest import OpenPage
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

WIDTHS = (360, 768, 1440)

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
"""Every rule of axe-core for WCAG 2.2, levels A and AA."""


def violations(page: Page) -> list[str]:
    """List the violations that axe-core finds, one on each line."""
    results = Axe().run(page, options=WCAG).response["violations"]
    return [
        f"{one['id']}: {node['html']} {node['failureSummary']}"
        for one in results
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_every_page_is_accessible_and_never_scrolls_sideways(
    open_page: OpenPage, scripts: bool, scheme: str
) -> None:
    page = open_page(color_scheme=scheme)
    if not scripts:
        # Axe itself needs scripts, so only those of the page are emptied.
        page.route("**/*.js", lambda route: route.fulfill(content_type="text/javascript", body=""))
    for address in ADDRESSES:
        page.goto(address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            assert violations(page) == [], (address, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)


@pytest.mark.parametrize("language", ["ru-RU", "hy-AM"])
def test_longer_words_of_other_languages_fit_on_a_phone(open_page: OpenPage, language: str) -> None:
    page = open_page(360, locale=language)
    for address in ADDRESSES:
        page.goto(address)
        assert page.locator("html").get_attribute("lang") in language
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address


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


def test_no_page_scrolls_sideways_on_a_very_wide_screen(open_page: OpenPage) -> None:
    page = open_page(2560)
    for address in ADDRESSES:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 2560, address


def test_nothing_is_loaded_from_another_host(open_page: OpenPage, site: str) -> None:
    page = open_page()
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url))
    for address in ADDRESSES:
        page.goto(address)
    assert [url for url in urls if not url.startswith((site, "data:"))] == []
