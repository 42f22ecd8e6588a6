"""Fixtures: corpora, indexes, the app over an index, a browser."""

from __future__ import annotations

import gc
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from click.testing import CliRunner, Result
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from werkzeug.test import TestResponse

from bench.serving import served
from indexer import Index, SearchRequest, open_index
from indexer.engines import engine_names
from indexer.ingest.bounded import BoundedReader
from indexer.ingest.workers import FILE_MEMORY_MB, FILE_SECONDS, Limits
from indexer.records import IngestReport, Passage
from indexer.reindex.run import ReindexOptions, reindex
from search_app import create_app
from search_app.cli import main

# A busy machine makes no test fail.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", settings.get_profile("untimed"), max_examples=10)
settings.load_profile("untimed")
os.environ.setdefault("COMMENTARY_QUERY_SECONDS", "60")

SITE = Path(__file__).parent / "articles"

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_OPTIONS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)


Run: TypeAlias = Callable[..., IngestReport]
"""Reindexes the corpus with options of `ReindexOptions`."""

OpenCorpus: TypeAlias = Callable[..., Index]
"""Reindexes the corpus as `Run` does, and opens the index."""

ServeCorpus: TypeAlias = Callable[..., FlaskClient]
"""Reindexes the corpus as `Run` does, and returns a client of the app."""

Commentary: TypeAlias = Callable[..., Result]
"""Runs ``commentary`` with arguments."""


class CorpusFolder:
    """A corpus to write articles into, and to take them out of."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True)

    def write(self, name: str, text: str | bytes = "") -> Path:
        """Write a file, and make the folders above it."""
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def interview(
        self, name: str, *answers: str, speaker: str = "Ada Lind", title: str = "", **front: str
    ) -> Path:
        """Write an interview in Markdown with one person's answers."""
        fields = {"title": title or f"{speaker} answers", **front}
        head = "\n".join(f"{key}: {value}" for key, value in fields.items())
        turns = (f"**What of it, {n}?**\n\n**{speaker}:** {a}\n" for n, a in enumerate(answers, 1))
        return self.write(f"{name}.md", f"---\n{head}\n---\n\n" + "\n".join(turns))

    def remove(self, name: str) -> None:
        (self.path / name).unlink()

    def touch(self, name: str, seconds: int) -> None:
        """Move the modification time of a file by some seconds."""
        status = (self.path / name).stat()
        changed = status.st_mtime_ns + seconds * 10**9
        os.utime(self.path / name, ns=(changed, changed))


def pytest_configure() -> None:
    """Let commands be interrupted that tests start, also if the tests run in the background.

    A shell lets what it starts with ``&`` ignore SIGINT, and so would what that starts.
    """
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """Leave what was collected out of every garbage collection, also of forked processes."""
    gc.freeze()


# --- Content of pages ---------------------------------------------------------------------------


def page(client: FlaskClient, address: str, status: int = 200) -> BeautifulSoup:
    """Get a page, and check its status and type."""
    response = client.get(address)
    assert response.status_code == status, response.text
    assert response.mimetype == "text/html"
    return BeautifulSoup(response.text, "lxml")


def one(soup: BeautifulSoup | Tag, selector: str) -> Tag:
    tag = soup.select_one(selector)
    assert tag is not None, f"nothing matches {selector} in {soup}"
    return tag


def words(tag: BeautifulSoup | Tag) -> str:
    return " ".join(tag.get_text(" ", strip=True).split())


def to(soup: BeautifulSoup | Tag, label: str) -> str:
    """Address of the link with exactly this text, or of the only one that contains it."""
    links = [(words(a), str(a["href"])) for a in soup.select("a[href]")]
    exact = {href for text, href in links if text == label}
    (address,) = exact or {href for text, href in links if label in text}
    return address


def problem_of(response: TestResponse, status: int) -> dict[str, object]:
    """Check that a response is a problem (RFC 9457), and return it."""
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
    problem = response.get_json()
    assert problem["status"] == status
    assert {"type", "title", "status", "detail", "errors"} == set(problem)
    return problem


def path_of(address: str) -> str:
    """Return an address without its host."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


# --- Passages -----------------------------------------------------------------------------------


def some_passage(article_id: str = "a", position: int = 1, **fields: Any) -> Passage:
    """Make an invented answer, with some fields replaced."""
    passage = {"title": "On fog", "role": "answer", "text": "The fog came late.", **fields}
    return Passage(f"{article_id}#{position}", article_id, position, **passage)


def found_ids(index: Index, query: str = "", **request: Any) -> list[str]:
    """Return the ids of the passages on the first page of a search, in order."""
    return [hit.passage.id for hit in index.search(SearchRequest(query, **request)).hits]


# --- Commands -----------------------------------------------------------------------------------


def run_commentary(*arguments: str | Path) -> Result:
    """Run ``commentary``. An error that is no exit code is raised."""
    return CliRunner().invoke(main, [*map(str, arguments)], catch_exceptions=False)


# --- Fixtures -----------------------------------------------------------------------------------


@pytest.fixture
def corpus(tmp_path: Path) -> CorpusFolder:
    """Make an empty corpus."""
    return CorpusFolder(tmp_path / "corpus")


@pytest.fixture
def index_path(tmp_path: Path) -> Path:
    """Path of an index that does not exist yet."""
    return tmp_path / "index"


@pytest.fixture(params=engine_names())
def engine(request: pytest.FixtureRequest) -> str:
    """Name of each engine in turn."""
    return str(request.param)


@pytest.fixture(scope="session")
def reader() -> Iterator[BoundedReader]:
    """Start a process that reads files for `add`."""
    with BoundedReader(Limits(FILE_SECONDS, FILE_MEMORY_MB)) as reader:
        yield reader


@pytest.fixture
def run(corpus: CorpusFolder, index_path: Path) -> Run:
    """Return a function that reindexes the corpus, by default in this process and with `memory`."""

    def run(**options: object) -> IngestReport:
        given = {"engine": "memory", "jobs": 1, **options}
        return reindex(ReindexOptions(corpus.path, index_path, **given))  # type: ignore[arg-type]

    return run


@pytest.fixture
def open_corpus(run: Run, index_path: Path) -> Iterator[OpenCorpus]:
    """Return a function that reindexes the corpus and opens the index until the test ends."""
    with ExitStack() as stack:

        def open_corpus(**options: object) -> Index:
            run(**options)
            return stack.enter_context(open_index(index_path))

        yield open_corpus


@pytest.fixture
def serve_corpus(run: Run, index_path: Path) -> ServeCorpus:
    """Return a function that reindexes the corpus and returns a client of the app."""

    def serve_corpus(**options: object) -> FlaskClient:
        run(**options)
        return create_app(index_path).test_client()

    return serve_corpus


@pytest.fixture
def commentary(
    corpus: CorpusFolder, index_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Commentary:
    """Return a function that runs ``commentary`` over the corpus, by default with `memory`."""
    monkeypatch.setenv("COMMENTARY_CORPUS", str(corpus.path))
    monkeypatch.setenv("COMMENTARY_INDEX", str(index_path))
    monkeypatch.setenv("COMMENTARY_ENGINE", "memory")

    return run_commentary


@pytest.fixture(scope="session")
def site_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the index of ``tests/articles``."""
    index_path = tmp_path_factory.mktemp("site") / "index"
    reindex(ReindexOptions(SITE, index_path, jobs=1))
    return index_path


@pytest.fixture(scope="session")
def app(site_index: Path) -> Flask:
    """Create the app over ``tests/articles``."""
    return create_app(site_index)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a client of the app that needs no network."""
    return app.test_client()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the Chromium of the system. Without one, the test is skipped; in CI it fails."""
    names = (os.environ.get("COMMENTARY_CHROMIUM", ""), *CHROMIUM_NAMES)
    path = next((path for name in names if name and (path := shutil.which(name))), None)
    if path is None:
        stop = pytest.fail if os.environ.get("CI") else pytest.skip
        stop("no Chromium is installed; COMMENTARY_CHROMIUM may name one")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_OPTIONS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(site_index: Path) -> Iterator[str]:
    """Serve ``tests/articles``, and yield the address."""
    with served(site_index, 1, "--reports", str(site_index.with_name("reports"))) as address:
        yield address


OpenPage: TypeAlias = Callable[..., Page]
"""Opens an empty page of the site: ``width``, and the options of a Playwright context."""


def _is_status_of_page(message: ConsoleMessage) -> bool:
    """Return true if a message only reports that the page itself has an error status."""
    is_own = message.page is not None and message.location["url"] == message.page.url
    return is_own and message.text.startswith("Failed to load resource")


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[OpenPage]:
    """Return a function that opens pages. Any message on their consoles fails the test."""
    contexts, errors = [], []

    def open_page(width: int = 1280, **options: Any) -> Page:
        given = {"base_url": site, "viewport": {"width": width, "height": 740}, **options}
        context = browser.new_context(**given)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda message: _is_status_of_page(message) or errors.append(message.text)
        )
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []
