"""What the head of a page and its JSON-LD state about the article: title, outlet, byline, date."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from indexer.ingest.encoding import clean
from indexer.ingest.html.main_text import bare_words
from indexer.text.web_addresses import is_web_address

_SITE_MARK = re.compile(r"\s[|–—•·»-]\s|:\s")

_PUBLISHED = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "pubdate",
    "publishdate",
    "parsely-pub-date",
)
_UPDATED = ("article:modified_time", "og:updated_time", "last-modified")
_ARTICLE_TYPE = re.compile(r"Article|Posting|Report|Interview")


class PageMetadata:
    """What the head of a page and its JSON-LD state about the article."""

    def __init__(self, page: HtmlElement) -> None:
        self._page = page
        self._meta = {
            (tag.get("property") or tag.get("name") or "").lower(): clean(tag.get("content") or "")
            for tag in reversed(list(page.iter("meta")))
        }
        self._data: dict[str, object] = next(_article_data(page), {})

    def title(self) -> str | None:
        """The headline without the site's name; of two forms, the one that a heading prints."""
        tags = list(self._page.iter("h1", "h2"))
        headings = [_line_of(tag) for tag in tags]
        site = bare_words(self.outlet() or "")
        page = next((_line_of(tag) for tag in self._page.iter("title")), None)
        meant = self._meta.get("og:title") or _text(self._data.get("headline"))
        stated = meant or page
        for heading in headings:
            if stated and bare_words(heading) != site and _is_title_of(heading, stated):
                return heading
        printed = (_line_of(tag) for tag in tags if tag.tag == "h1")
        first = next((line for line in printed if bare_words(line) not in ("", site)), None)
        return meant or first or page

    def outlet(self) -> str | None:
        publisher = self._data.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        return self._meta.get("og:site_name") or _text(name)

    def byline(self) -> str | None:
        author = self._data.get("author")
        author = author[0] if isinstance(author, list) and author else author
        name = author.get("name") if isinstance(author, dict) else author
        return self._meta.get("author") or _text(name)

    def url(self) -> str | None:
        links = [
            tag.get("href") for tag in self._page.iter("link") if tag.get("rel") == "canonical"
        ]
        stated = (*(link or "" for link in links), self._meta.get("og:url") or "")
        return next((url for url in stated if is_web_address(url)), None)

    def language(self) -> str | None:
        """What the page declares itself to be in ("hy", "en-US")."""
        declared: str | None = self._page.get("lang")
        return declared

    def dates(self) -> Iterator[tuple[str, object]]:
        """Stated dates of publication, the most trusted first, each with the tag that states it."""
        yield "JSON-LD datePublished", self._data.get("datePublished")
        for name in _PUBLISHED:
            yield f"meta {name}", self._meta.get(name)

    def marked_dates(self) -> Iterator[tuple[str, object]]:
        """Dates that elements of the page are marked up as its publication date."""
        for tag in self._page.xpath('//*[@itemprop="datePublished"]')[:3]:
            yield "itemprop datePublished", _date_of(tag)
        for tag in self._page.xpath("//time[@pubdate]")[:1]:
            yield "time pubdate", _date_of(tag)

    def updates(self) -> Iterator[tuple[str, object]]:
        """Stated dates of a later version."""
        yield "JSON-LD dateModified", self._data.get("dateModified")
        for name in _UPDATED:
            yield f"meta {name}", self._meta.get(name)


def _date_of(tag: HtmlElement) -> str:
    return tag.get("datetime") or tag.get("content") or str(tag.text_content())


def _line_of(tag: HtmlElement) -> str:
    return clean(" ".join(tag.itertext())).replace("\n", " ")


def _is_title_of(heading: str, stated: str) -> bool:
    """Whether a heading is a stated title, or what is left of it without the name of the site."""
    if not bare_words(heading):
        return False
    parts = [bare_words(part) for part in _SITE_MARK.split(stated)]
    return bare_words(heading) == bare_words(stated) or (
        len(heading) > 12 and bare_words(heading) in parts
    )


def _text(value: object) -> str | None:
    return clean(value) or None if isinstance(value, str) else None


def _article_data(page: HtmlElement) -> Iterator[dict[str, object]]:
    for script in page.iter("script"):
        if script.get("type") != "application/ld+json":
            continue
        try:
            found = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        graph = found.get("@graph", found) if isinstance(found, dict) else found
        for item in graph if isinstance(graph, list) else [graph]:
            if isinstance(item, dict) and _ARTICLE_TYPE.search(str(item.get("@type", ""))):
                yield item
