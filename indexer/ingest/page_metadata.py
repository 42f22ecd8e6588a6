"""What the head of a page and its JSON-LD state about the article: title, outlet, byline, date."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from bs4 import BeautifulSoup

from indexer.ingest.encoding import clean
from indexer.ingest.main_text import bare_words
from indexer.ingest.web_address import is_web_address

_SITE_MARK = re.compile(r"\s[|–—•·»-]\s|:\s")

_ARTICLE_TYPE = re.compile(r"Article|Posting|Report|Interview")


class PageMetadata:
    """What the head of a page and its JSON-LD state about the article."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._soup = soup
        self._meta = {
            str(tag.get("property") or tag.get("name")).lower(): clean(
                str(tag.get("content") or "")
            )
            for tag in reversed(soup.find_all("meta"))
        }
        self._data = next(_article_data(soup), {})

    def title(self) -> str | None:
        """The headline without the site's name; of two forms, the one that a heading prints."""
        tags = self._soup.find_all(["h1", "h2"])
        headings = [clean(tag.get_text(" ")).replace("\n", " ") for tag in tags]
        site = bare_words(self.outlet() or "")
        page = clean(self._soup.title.get_text(" ")) if self._soup.title else None
        stated = self._meta.get("og:title") or _text(self._data.get("headline")) or page
        for heading in headings:
            if stated and bare_words(heading) != site and _is_title_of(heading, stated):
                return heading
        first = next((clean(t.get_text(" ")) for t in tags if t.name == "h1"), None)
        return stated or first

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
        link = self._soup.find("link", rel="canonical")
        stated = (str(link.get("href") or "") if link else "", self._meta.get("og:url") or "")
        return next((url for url in stated if is_web_address(url)), None)

    def dates(self) -> Iterator[tuple[str, object]]:
        """Stated dates of publication, the most trusted first, each with the tag that states it."""
        yield "JSON-LD datePublished", self._data.get("datePublished")
        for name in (
            "article:published_time",
            "datepublished",
            "date",
            "dc.date",
            "dc.date.issued",
            "pubdate",
            "publishdate",
            "parsely-pub-date",
        ):
            yield f"meta {name}", self._meta.get(name)


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


def _article_data(soup: BeautifulSoup) -> Iterator[dict[str, object]]:
    for script in soup.find_all("script", type="application/ld+json"):
        try:
            found = json.loads(script.string or "")
        except (ValueError, RecursionError):
            continue
        graph = found.get("@graph", found) if isinstance(found, dict) else found
        for item in graph if isinstance(graph, list) else [graph]:
            if isinstance(item, dict) and _ARTICLE_TYPE.search(str(item.get("@type", ""))):
                yield item
