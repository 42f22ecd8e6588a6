"""Pictures of all pages, over the sample articles: ``make screenshots``."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.serving import served
from indexer.reindex.run import ReindexOptions, reindex

HERE = Path(__file__).parent
CORPUS = HERE.parent / "corpus"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")

VELIDZE = "/articles/sample/the-meridian/2025/velidze-an-alliance-is-not-a-favour"
QUERY = "guarantee+OR+mediation"


@dataclass(frozen=True)
class Picture:
    """A page in one size, theme and language."""

    name: str
    address: str
    width: int = 1280
    height: int = 960
    theme: str = "light"
    language: str = "en-GB"


PICTURES = (
    Picture("home", "/"),
    Picture("search", f"/search?q={QUERY}"),
    Picture("search-dates", f"/search?q={QUERY}&from=2024&to=2025"),
    Picture("search-dark", f"/search?q={QUERY}", theme="dark"),
    Picture("search-phone", f"/search?q={QUERY}", width=360, height=740),
    Picture("search-nothing", "/search?q=guarantee+walrus&speaker=nara-velidze"),
    Picture("article", f"{VELIDZE}?q=mediation#p2"),
    Picture("article-phone", f"{VELIDZE}?q=mediation#p2", width=360, height=740),
    Picture("passage", f"/passages{VELIDZE.removeprefix('/articles')}%235"),
    Picture("speakers", "/speakers"),
    Picture("speaker", "/speakers/tomas-arel"),
    Picture("speaker-phone-dark", "/speakers/tomas-arel", width=360, height=740, theme="dark"),
    Picture("help", "/help", height=1200),
    Picture("api", "/api"),
    Picture("search-armenian", "/search?q=%D5%B0%D5%A1%D6%81", language="hy-AM"),
    Picture("home-russian", "/", language="ru-RU"),
)


def take(browser: Browser, site: str, picture: Picture) -> None:
    """Take one picture."""
    context = browser.new_context(
        base_url=site,
        viewport={"width": picture.width, "height": picture.height},
        color_scheme=picture.theme,  # type: ignore[arg-type]
        locale=picture.language,
    )
    page = context.new_page()
    page.goto(picture.address, wait_until="networkidle")
    page.screenshot(path=HERE / "screenshots" / f"{picture.name}.png")
    context.close()


def main() -> None:
    """Take all pictures."""
    names = (os.environ.get("COMMENTARY_CHROMIUM", ""), *CHROMIUM)
    chromium = next(filter(None, map(shutil.which, filter(None, names))), None)
    if chromium is None:
        raise SystemExit("No Chromium is installed; COMMENTARY_CHROMIUM may name one.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        reindex(ReindexOptions(CORPUS, Path(folder), jobs=1))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        with served(Path(folder)) as site:
            for picture in PICTURES:
                take(browser, site, picture)
        browser.close()


if __name__ == "__main__":
    main()
