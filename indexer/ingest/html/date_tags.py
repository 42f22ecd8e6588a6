"""Find the dates that a page states for programs, in JSON-LD, meta and marked-up elements."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from lxml.etree import XPath
from lxml.html import HtmlElement

from indexer.ingest.html.metadata import PageMetadata

PUBLISHED_NAMES = (
    "article:published_time",
    "article:published",
    "article:published_date",
    "article:publicationdate",
    "article:post_date",
    "article.published",
    "og:article:published_time",
    "og:published_time",
    "og:pubdate",
    "og:publish_date",
    "datepublished",
    "date_published",
    "published_time",
    "published-date",
    "published_date",
    "publisheddate",
    "publication_date",
    "publication-date",
    "publish_date",
    "publish-date",
    "publishdate",
    "publish_time",
    "originalpublicationdate",
    "pubdate",
    "pub_date",
    "pdate",
    "dc.date.issued",
    "dc.date.published",
    "dc.date.publication",
    "dcterms.issued",
    "dcterms.date.issued",
    "citation_publication_date",
    "citation_date",
    "parsely-pub-date",
    "bt:pubdate",
    "rnews:datepublished",
    "vr:published_time",
    "mediator_published_time",
    "shareaholic:article_published_time",
)
"""Meta elements that name the date of publication."""

OTHER_NAMES = (
    "date",
    "dc.date",
    "dcterms.date",
    "dc:date",
    "sailthru.date",
    "displaydate",
    "cxenseparse:publishtime",
    "cxenseparse:recs:publishtime",
    "dc.created",
    "dc.date.created",
    "dcterms.created",
    "article.created",
    "datecreated",
    "date_created",
    "created",
)
"""Those that name a date which often, not always, is it: a printed date goes before them."""

UPDATED_NAMES = (
    "article:modified_time",
    "article:modified",
    "og:updated_time",
    "og:modified_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
    "modified_time",
)

_MARKED = XPath(
    '//@itemprop[. = "datePublished"]/.. | //@pubdate/.. | //@property[. = "datePublished"'
    ' or . = "schema:datePublished" or starts-with(., "dc:date")]/..'
)
_OTHER_ITEM = re.compile(r"Comment|Review|Video|Image|Audio|Rating|Person|Event|Product")
_MAX_MARKED = 5


class Stated(NamedTuple):
    """A tag that states a date, and the value."""

    tag: str
    value: object


def published(meta: PageMetadata) -> Iterator[Stated]:
    """Yield the stated dates of publication, the most trusted first."""
    for value in meta.stated("datePublished"):
        yield Stated("JSON-LD datePublished", value)
    yield from _named(meta, PUBLISHED_NAMES)


def marked(page: HtmlElement, is_aside: Callable[[HtmlElement], bool]) -> list[Stated]:
    """Return the dates of elements that are marked up as the date of publication.

    Of several, those in sidebars are of other articles.
    """
    tags = [tag for tag in _MARKED(page)[:_MAX_MARKED] if _is_of_article(tag)]
    if len(tags) > 1:
        tags = [tag for tag in tags if not is_aside(tag)]
    return [
        Stated(_name(tag), tag.get("datetime") or tag.get("content") or _text(tag)) for tag in tags
    ]


def less_certain(meta: PageMetadata) -> Iterator[Stated]:
    """Yield stated dates that are that of publication unless the page prints another."""
    yield from _named(meta, OTHER_NAMES)
    for value in meta.stated("dateCreated"):
        yield Stated("JSON-LD dateCreated", value)


def updated(meta: PageMetadata) -> Iterator[Stated]:
    """Yield the stated dates of later versions."""
    for value in meta.stated("dateModified"):
        yield Stated("JSON-LD dateModified", value)
    yield from _named(meta, UPDATED_NAMES)


def _named(meta: PageMetadata, names: Sequence[str]) -> Iterator[Stated]:
    for name in names:
        if value := meta.named(name):
            yield Stated(f"meta {name}", value)


def _is_of_article(tag: HtmlElement) -> bool:
    """Return whether the item that a property belongs to is no comment, picture or the like."""
    item = next((e for e in tag.iterancestors() if e.get("itemscope") is not None), None)
    return item is None or not _OTHER_ITEM.search(item.get("itemtype") or "")


def _name(tag: HtmlElement) -> str:
    name = tag.get("itemprop") or tag.get("property")
    return f"itemprop {name}" if tag.get("itemprop") else f"{tag.tag} {name or 'pubdate'}"


def _text(tag: HtmlElement) -> str:
    return " ".join(tag.text_content().split())
