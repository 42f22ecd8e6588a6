"""The extractors that ours is compared with, each as a function of a page's HTML.

They are in the dependency group ``bench`` only; one that is not installed is left out.
"""

from __future__ import annotations

import importlib
import logging
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

OURS = "ours"

_REMEMBERED = 4096
"""Pages whose extracts are kept: several measures ask for the same."""

_BLOCK_ENDS = re.compile(
    r"</(?:p|div|li|h\d|blockquote|tr|td|dt|dd|section|article)>|<br\s*/?>", re.I
)


class Extract(NamedTuple):
    """What an extractor finds in a page: its text, and the day of publication in ISO 8601."""

    text: str = ""
    published: str | None = None


Extractor = Callable[[str], Extract]


def extractors() -> tuple[dict[str, Extractor], list[str]]:
    """The other extractors by name, and the names of those that are not installed."""
    found: dict[str, Extractor] = {}
    missing: list[str] = []
    # Each logs what it does not find, for every page.
    logging.disable(logging.CRITICAL)
    for name, (modules, make) in _MAKERS.items():
        try:
            loaded = {module: importlib.import_module(module) for module in modules}
            found[name] = lru_cache(maxsize=_REMEMBERED)(make(loaded))
        except ImportError:
            missing.append(name)
    return found, missing


def dates_of(found: Mapping[str, Extractor]) -> dict[str, Extractor]:
    """Those of the extractors that tell a date, and htmldate, fast and extensive."""
    htmldate = importlib.import_module("htmldate")

    def fast(html: str) -> Extract:
        return Extract(published=_found_date(htmldate, html, extensive=False))

    def extensive(html: str) -> Extract:
        return Extract(published=_found_date(htmldate, html, extensive=True))

    others = {name: read for name, read in found.items() if name != "readability-lxml"}
    return {**others, "htmldate fast": fast, "htmldate extensive": extensive}


def _found_date(htmldate: Any, html: str, *, extensive: bool) -> str | None:
    try:
        found = htmldate.find_date(html, extensive_search=extensive, original_date=True)
    except ValueError:
        return None
    return str(found) if found else None


def _trafilatura(modules: Mapping[str, Any]) -> Extractor:
    def read(html: str) -> Extract:
        document = modules["trafilatura"].bare_extraction(
            html, include_comments=False, with_metadata=True
        )
        return Extract(document.text or "", document.date) if document else Extract()

    return read


def _readability(modules: Mapping[str, Any]) -> Extractor:
    def read(html: str) -> Extract:
        try:
            summary = modules["readability"].Document(html).summary()
        except modules["readability.readability"].Unparseable:
            return Extract()
        lines = _BLOCK_ENDS.sub("\n\\g<0>", summary)
        return Extract(modules["lxml.html"].fromstring(lines).text_content())

    return read


def _newspaper(modules: Mapping[str, Any]) -> Extractor:
    def read(html: str) -> Extract:
        # Told otherwise it asks the network for the pictures of the page.
        article = modules["newspaper"].Article("http://localhost/article", fetch_images=False)
        article.download(input_html=html)
        article.parse()
        published = article.publish_date
        return Extract(article.text, published.date().isoformat() if published else None)

    return read


_MAKERS: Mapping[str, tuple[tuple[str, ...], Callable[[Mapping[str, Any]], Extractor]]] = {
    "trafilatura": (("trafilatura",), _trafilatura),
    "readability-lxml": (("readability", "readability.readability", "lxml.html"), _readability),
    "newspaper4k": (("newspaper",), _newspaper),
}
