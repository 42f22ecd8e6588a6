"""Other extractors, each as a function of the HTML of a page.

They are in the dependency group ``bench``. Extractors that are not installed are skipped.
"""

from __future__ import annotations

import importlib
import logging
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

OURS = "ours"

_CACHE_SIZE = 4096
"""Pages whose extracts are cached, as several measures use them."""

_BLOCK_ENDS = re.compile(
    r"</(?:p|div|li|h\d|blockquote|tr|td|dt|dd|section|article)>|<br\s*/?>", re.I
)


class Extract(NamedTuple):
    """Text of a page, and its day of publication in ISO 8601."""

    text: str = ""
    published: str | None = None


Extractor = Callable[[str], Extract]


def extractors() -> tuple[dict[str, Extractor], list[str]]:
    """Load the other extractors by name, and list those that are not installed."""
    installed: dict[str, Extractor] = {}
    missing: list[str] = []
    # They log a message for everything they do not find.
    logging.disable(logging.CRITICAL)
    for name, (modules, make) in _MAKERS.items():
        try:
            loaded = {module: importlib.import_module(module) for module in modules}
            installed[name] = lru_cache(maxsize=_CACHE_SIZE)(make(loaded))
        except ImportError:
            missing.append(name)
    return installed, missing


def date_extractors(others: Mapping[str, Extractor]) -> dict[str, Extractor]:
    """Select the extractors that read dates, and add htmldate, fast and extensive."""
    htmldate = importlib.import_module("htmldate")

    def fast(html: str) -> Extract:
        return Extract(published=_htmldate(htmldate, html, extensive=False))

    def extensive(html: str) -> Extract:
        return Extract(published=_htmldate(htmldate, html, extensive=True))

    dated = {name: read for name, read in others.items() if name != "readability-lxml"}
    return {**dated, "htmldate fast": fast, "htmldate extensive": extensive}


def _htmldate(htmldate: Any, html: str, *, extensive: bool) -> str | None:
    try:
        day = htmldate.find_date(html, extensive_search=extensive, original_date=True)
    except ValueError:
        return None
    return str(day) if day else None


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
        # By default it downloads the pictures of the page.
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
