"""Statements of a page's head and of its JSON-LD: title, outlet, byline, date."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from indexer.ingest.encoding import clean
from indexer.text.bare_words import bare_words
from indexer.text.web_addresses import is_web_address

_SITE_MARK = re.compile(r"\s[|–—•·»-]\s|:\s")

_WRAPPER = re.compile(
    r"^\s*(?://|/\*)?\s*(?:<!\[CDATA\[|<!--)(?:\s*\*/)?"
    r"|(?://|/\*)?\s*(?:\]\]>|-->)(?:\s*\*/)?\s*;?\s*$|;\s*$"
)
"""Marks that hide a script from old browsers; XHTML pages wrap theirs in CDATA."""

MAX_JSON_LD_DEPTH = 4
MIN_HEADLINE_WORDS = 4
MIN_SHARED_WORDS = 3
MIN_SHARE_OF_TITLE = 0.7
"""The share of the shorter title's words that two forms of one headline have in common."""

_ARTICLE_TYPE = re.compile(r"Article|Posting|Report|Interview")
_PAGE_TYPE = re.compile(r"Page$|Recipe|Review|HowTo")
_AUTHORS = ("article:author", "dc.creator", "parsely-author", "sailthru.author", "citation_author")
_SECTIONS = ("article:section", "section", "parsely-section", "category", "og:article:section")
_UNPARSED = re.compile(r'"(@type|date(?:Published|Modified))"\s*:\s*"([^"\\]{1,60})"')


class PageMetadata:
    """The statements of a page's head and of its JSON-LD about the article."""

    def __init__(self, page: HtmlElement) -> None:
        self._page = page
        self._meta = {
            (tag.get("property") or tag.get("name") or "").lower(): clean(tag.get("content") or "")
            for tag in reversed(list(page.iter("meta")))
        }
        found = list(_stated_data(page))
        self._data = self._own([item for item in found if _ARTICLE_TYPE.search(_type(item))])
        self._page_data = [item for item in found if _PAGE_TYPE.search(_type(item))]

    def _own(self, articles: Sequence[dict[str, object]]) -> dict[str, object]:
        """Return what is stated about this page's own article, of all that it names."""
        title = bare_words(self._meta.get("og:title") or "")
        named = (a for a in articles if title and bare_words(str(a.get("headline"))) == title)
        return next(named, next(iter(articles), {}))

    def body(self) -> str:
        """Return the text of the article as the JSON-LD has it; may be empty."""
        stated = self._data.get("articleBody")
        return stated if isinstance(stated, str) else ""

    def title(self) -> str | None:
        """Return the headline without the site's name; of several forms, the one that is printed.

        A heading that says something else than the stated title counts where it is the only one
        of its page and no name of the site.
        """
        site = bare_words(self.outlet() or "")
        page = next((_line_of(tag) for tag in self._page.iter("title")), None)
        meant = self._meta.get("og:title") or _text(self._data.get("headline"))
        stated = meant or page
        headings = [(tag, _line_of(tag)) for tag in self._page.iter("h1", "h2")]
        headings = [(tag, line) for tag, line in headings if bare_words(line) not in ("", site)]
        if stated:
            forms = (_is_title_of, _shares_words)
            for is_alike in forms:
                for _, line in headings:
                    if is_alike(line, stated):
                        return line
        printed = {line: tag for tag, line in headings if tag.tag == "h1"}
        if len(printed) == 1 and all(map(_is_headline, printed.values())):
            return next(iter(printed))
        return meant or next(iter(printed), None) or page

    def outlet(self) -> str | None:
        publisher = self._data.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        return self._meta.get("og:site_name") or _text(name)

    def byline(self) -> str | None:
        """Return the byline that the page states: in meta elements, or in JSON-LD."""
        stated = self._data.get("author")
        authors = stated if isinstance(stated, list) else [stated]
        names = (_text(one.get("name") if isinstance(one, dict) else one) for one in authors)
        listed = ", ".join(filter(None, names))
        meta = (self._meta.get(name) for name in _AUTHORS)
        return next(filter(None, (self._meta.get("author"), listed, *meta)), None)

    def sections(self) -> tuple[str, ...]:
        """Return the names of the sections that the page states, and its kind of an opinion."""
        stated = self._data.get("articleSection")
        names = [*(stated if isinstance(stated, list) else [stated]), self._data.get("@type")]
        meta = (self._meta.get(name) for name in _SECTIONS)
        return tuple(dict.fromkeys(filter(None, (*map(_text, names), *meta))))

    def url(self) -> str | None:
        return next(self.addresses(), None)

    def addresses(self) -> Iterator[str]:
        """Yield the addresses that the page states for itself."""
        links = (
            tag.get("href") for tag in self._page.iter("link") if tag.get("rel") == "canonical"
        )
        yield from filter(is_web_address, filter(None, (*links, self._meta.get("og:url"))))

    def language(self) -> str | None:
        """Return the language that the page declares ("hy", "en-US")."""
        declared: str | None = self._page.get("lang")
        return declared

    def named(self, name: str) -> str | None:
        """Return the content of the meta element of a name or property, in small letters."""
        return self._meta.get(name)

    def stated(self, key: str) -> Iterator[object]:
        """Yield what JSON-LD states under a key about the article, then about the whole page."""
        for item in (self._data, *self._page_data):
            if item.get(key):
                yield item[key]


def _line_of(tag: HtmlElement) -> str:
    return clean(" ".join(tag.itertext())).replace("\n", " ")


def _is_title_of(heading: str, stated: str) -> bool:
    """Return whether a heading is a stated title, or what is left of it without the site's name."""
    parts = [bare_words(part) for part in _SITE_MARK.split(stated)]
    return bare_words(heading) == bare_words(stated) or (
        len(heading) > 12 and bare_words(heading) in parts
    )


def _shares_words(heading: str, stated: str) -> bool:
    """Return whether a heading is a stated title with a few words more, less or other."""
    one, other = set(bare_words(heading).split()), set(bare_words(stated).split())
    return len(one & other) >= max(MIN_SHARED_WORDS, MIN_SHARE_OF_TITLE * min(len(one), len(other)))


def _is_headline(tag: HtmlElement) -> bool:
    """Return whether a heading is long enough for a headline and links to no first page."""
    links = [link.get("href") or "" for link in (*tag.iter("a"), *tag.iterancestors("a"))]
    return len(_line_of(tag).split()) >= MIN_HEADLINE_WORDS and not any(map(_is_home, links))


def _is_home(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.netloc or parts.path) and not parts.path.strip("/")


def _text(value: object) -> str | None:
    return clean(value) or None if isinstance(value, str) else None


def _type(item: Mapping[str, object]) -> str:
    return str(item.get("@type", ""))


def _stated_data(page: HtmlElement) -> Iterator[dict[str, object]]:
    """Yield what the JSON-LD of a page states, the articles and pages in it one by one."""
    for script in page.iter("script"):
        if (script.get("type") or "").partition(";")[0].strip().lower() != "application/ld+json":
            continue
        try:
            # Line breaks inside strings and wrappers for old browsers are common.
            found = json.loads(_WRAPPER.sub("", script.text or ""), strict=False)
        except (ValueError, RecursionError):
            found = _unparsed(script.text or "")
        yield from _items_in(found, MAX_JSON_LD_DEPTH)


def _unparsed(text: str) -> dict[str, object]:
    """Return the dates in JSON that is broken, if it is about one article."""
    pairs = _UNPARSED.findall(text)
    dates = [key for key, _ in pairs if key != "@type"]
    types = [value for key, value in pairs if key == "@type" and _ARTICLE_TYPE.search(value)]
    if len(types) != 1 or len(dates) != len(set(dates)):
        return {}
    return {"@type": types[0], **{key: value for key, value in pairs if key != "@type"}}


def _items_in(found: object, depth: int) -> Iterator[dict[str, object]]:
    if isinstance(found, list):
        for item in found:
            yield from _items_in(item, depth)
    elif isinstance(found, dict) and depth:
        yield found
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _items_in(found.get(key), depth - 1)
