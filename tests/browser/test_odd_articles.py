"""Unusual articles are shown as text and fit the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import CorpusFolder, OpenPage
from playwright.sync_api import Page, expect
from test_every_page import WIDTHS, resize, scrolls_sideways, violations

from bench.serving import served
from indexer.reindex.run import ReindexOptions, reindex

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("odd articles")]

NAMELESS = "Q: Why is there fog?\n\nA: The sea is warm.\n\nQ: And now?\n\nA: Now there is fog.\n"
LONG_TITLE = "The harbour, the lamp, the ferry and all that is said of them " * 8
LONG_WORD = "Ferryharbourlampkeeper" * 14
SCRIPT = "<script>document.title = 'taken over'</script><img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve odd articles."""
    folder = tmp_path_factory.mktemp("odd")
    corpus = CorpusFolder(folder / "corpus")
    corpus.interview("long-title", "A fog came.", "It left.", title=LONG_TITLE[:500])
    corpus.interview(
        "long-words",
        f"{LONG_WORD} is a fog.",
        f"And {LONG_WORD} again.",
        title=LONG_WORD[:300],
        speaker=f"Ada {LONG_WORD[:80]}",
        outlet=LONG_WORD[:300],
    )
    corpus.interview("script", f"A fog {SCRIPT} came.", "It left.", title=f"Fog {SCRIPT}")
    corpus.interview(
        "arabic",
        "الضباب يغطي الميناء، ولا أحد يعرف متى ينقشع.",
        "الضباب لا يسأل أحدا.",
        speaker="سلمى حداد",
        title="الضباب في الميناء",
        outlet="صحيفة المنارة",
    )
    corpus.interview(
        "armenian",
        "Մառախուղը ծածկել է նավահանգիստը, և ոչ ոք չգիտի, թե երբ կցրվի։",
        "Մառախուղը ոչ ոքի չի հարցնում։",
        speaker="Անի Լինդյան",
        title="Մառախուղ նավահանգստում",
    )
    corpus.write("nameless.md", f"---\ntitle: Nobody\n---\n\n{NAMELESS}")
    corpus.interview("turns", *(f"Fog number {number}." for number in range(10_000)))
    # On a busy machine ten thousand turns take long to read.
    options = ReindexOptions(corpus.path, folder / "index", jobs=1, file_seconds=300)
    assert reindex(options).skipped == ()
    with served(folder / "index") as address:
        yield address


ADDRESSES = (
    "/",
    "/search?q=fog",
    "/search?q=fog&group=none",
    "/search?language=ar",
    "/speakers",
    "/articles/long-title?q=fog",
    "/articles/long-words?q=fog",
    "/articles/script?q=fog",
    "/articles/arabic",
    "/articles/armenian",
    "/articles/nameless?q=fog",
    "/articles/turns?q=fog",
    "/passages/long-words%231",
    "/passages/arabic%231",
    "/search?q=" + LONG_WORD + "&source=" + LONG_WORD[:200],
)


def test_odd_articles_fit_the_window(open_page: OpenPage) -> None:
    page = open_page()
    for address in ADDRESSES:
        page.goto(address)
        for width in WIDTHS:
            resize(page, width)
            assert not scrolls_sideways(page), (address, width)
            assert cut_off(page) == [], (address, width)
            assert violations(page) == [], (address, width)


def cut_off(page: Page) -> list[str]:
    """List the elements that extend beyond the window."""
    return list(
        page.evaluate(
            """[...document.querySelectorAll("h1, h2, p, dd, th, td, a, li")]
            .filter((one) => !one.closest(".visually-hidden, pre, svg"))
            .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
            .map((one) => one.outerHTML.slice(0, 200))"""
        )
    )


def test_a_title_of_five_hundred_characters_is_shown_in_full(open_page: OpenPage) -> None:
    page = open_page(360)
    page.goto("/articles/long-title")
    expect(page.locator("h1")).to_have_text(LONG_TITLE[:500].strip())


def test_markup_in_an_article_is_text_everywhere(open_page: OpenPage) -> None:
    page = open_page()
    for address in ("/articles/script", "/search?q=fog+alert", "/passages/script%231"):
        page.goto(address)
        expect(page.get_by_text("onerror=alert(1)").first).to_be_visible()
        assert page.title() != "taken over"
        assert page.locator("main img").count() == 0


def test_arabic_runs_from_right_to_left_and_armenian_from_left_to_right(
    open_page: OpenPage,
) -> None:
    page = open_page()
    for article, direction, language in (("arabic", "rtl", "ar"), ("armenian", "ltr", "hy")):
        page.goto(f"/articles/{article}")
        words = page.locator("#p1 .words")
        assert words.evaluate("(one) => getComputedStyle(one).direction") == direction
        expect(words).to_have_attribute("lang", language)


def test_a_speaker_without_a_name_is_unknown_and_has_no_link(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/articles/nameless")
    expect(page.locator(".by", has_text="Speaker unknown").first).to_be_visible()
    assert page.locator(".by a").count() == 0


def test_an_article_of_ten_thousand_turns_has_pages(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/articles/turns?q=fog#p9300")
    expect(page.locator("#p9300 mark").first).to_be_in_viewport()
    assert page.locator(".passage").count() == 200
    expect(page.locator(".find")).to_contain_text("10,000 passages")
    page.get_by_role("link", name="9,801–10,000").click()
    expect(page.locator("#p10000")).to_have_count(1)
