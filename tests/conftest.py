"""What tests are made of: corpora, indexes, the app over an index, a browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from bench.serving import served
from indexer.engines import engine_names
from indexer.records import IngestReport
from indexer.reindex.run import ReindexOptions, reindex
from search_app import create_app

SITE = Path(__file__).parent / "articles"

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_OPTIONS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)


Run: TypeAlias = Callable[..., IngestReport]
"""Reindexes, as the fields of `ReindexOptions` say."""


class CorpusFolder:
    """A corpus to write articles into, and to take them out of."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True)

    def write(self, name: str, text: str | bytes = "") -> Path:
        """A file as it is given; the folders above it are made."""
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def interview(
        self, name: str, *answers: str, speaker: str = "Ada Lind", title: str = "", **front: str
    ) -> Path:
        """An article in Markdown in which one person is asked, and answers, so many times."""
        fields = {"title": title or f"{speaker} answers", **front}
        head = "\n".join(f"{key}: {value}" for key, value in fields.items())
        turns = (f"**What of it, {n}?**\n\n**{speaker}:** {a}\n" for n, a in enumerate(answers, 1))
        return self.write(f"{name}.md", f"---\n{head}\n---\n\n" + "\n".join(turns))

    def remove(self, name: str) -> None:
        (self.path / name).unlink()

    def touch(self, name: str, seconds: int) -> None:
        """Gives a file another time of change, so many seconds from the one it has."""
        status = (self.path / name).stat()
        changed = status.st_mtime_ns + seconds * 10**9
        os.utime(self.path / name, ns=(changed, changed))


# --- What a page shows --------------------------------------------------------------------------


def page(client: FlaskClient, address: str, status: int = 200) -> BeautifulSoup:
    """A page, once it is sure that it is one."""
    response = client.get(address)
    assert response.status_code == status, response.text
    assert response.mimetype == "text/html"
    return BeautifulSoup(response.text, "lxml")


def one(soup: BeautifulSoup | Tag, selector: str) -> Tag:
    found = soup.select_one(selector)
    assert found is not None, f"nothing fits {selector} in {soup}"
    return found


def words(tag: BeautifulSoup | Tag) -> str:
    return " ".join(tag.get_text(" ", strip=True).split())


def to(soup: BeautifulSoup | Tag, label: str) -> str:
    """Where the link with exactly these words leads, or the only one with these among others."""
    links = [(words(a), str(a["href"])) for a in soup.select("a[href]")]
    exact = {href for text, href in links if text == label}
    (found,) = exact or {href for text, href in links if label in text}
    return found


# --- What tests are given -----------------------------------------------------------------------


@pytest.fixture
def corpus(tmp_path: Path) -> CorpusFolder:
    """An empty corpus."""
    return CorpusFolder(tmp_path / "corpus")


@pytest.fixture
def index_path(tmp_path: Path) -> Path:
    """Where an index may be made."""
    return tmp_path / "index"


@pytest.fixture(params=engine_names())
def engine(request: pytest.FixtureRequest) -> str:
    """The name of each engine in turn."""
    return str(request.param)


@pytest.fixture
def run(corpus: CorpusFolder, index_path: Path) -> Run:
    """Reindexes the corpus, in this process and with the plainest engine, if not told otherwise."""

    def run(**options: object) -> IngestReport:
        given = {"engine": "memory", "jobs": 1, **options}
        return reindex(ReindexOptions(corpus.path, index_path, **given))  # type: ignore[arg-type]

    return run


@pytest.fixture(scope="session")
def site_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the articles of ``tests/articles``."""
    index_path = tmp_path_factory.mktemp("site") / "index"
    reindex(ReindexOptions(SITE, index_path, jobs=1))
    return index_path


@pytest.fixture(scope="session")
def app(site_index: Path) -> Flask:
    """The web app over the articles of ``tests/articles``."""
    return create_app(site_index)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Asks the app without a network."""
    return app.test_client()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium. Where there is none the test is skipped, but in CI it fails."""
    names = (os.environ.get("COMMENTARY_CHROMIUM", ""), *CHROMIUM_NAMES)
    path = next((found for name in names if name and (found := shutil.which(name))), None)
    if path is None:
        stop = pytest.fail if os.environ.get("CI") else pytest.skip
        stop("no Chromium is installed; COMMENTARY_CHROMIUM may name one")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_OPTIONS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(site_index: Path) -> Iterator[str]:
    """The address at which the articles of ``tests/articles`` are served."""
    with served(site_index) as address:
        yield address


OpenPage: TypeAlias = Callable[..., Page]
"""Opens an empty page of the site: ``width``, and the options of a Playwright context."""


def _is_of_error_page(told: ConsoleMessage) -> bool:
    """Whether the console only says that the page itself is one that tells of an error."""
    is_own = told.page is not None and told.location["url"] == told.page.url
    return is_own and told.text.startswith("Failed to load resource")


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[OpenPage]:
    """Opens pages in browsers of their own; whatever their consoles say fails the test."""
    contexts, complaints = [], []

    def open_page(width: int = 1280, **options: Any) -> Page:
        given = {"base_url": site, "viewport": {"width": width, "height": 740}, **options}
        context = browser.new_context(**given)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda told: _is_of_error_page(told) or complaints.append(told.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
