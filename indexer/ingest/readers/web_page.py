"""Saved web pages: the located text, and what the page states about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import htmldate
from bs4 import BeautifulSoup

from indexer.errors import UnreadableArticle
from indexer.ingest import boilerplate
from indexer.ingest.dates import Dating, first_stated, is_date_line, read_date
from indexer.ingest.encoding import decode
from indexer.ingest.main_text import bare_words, main_text
from indexer.ingest.markup import Block, blocks
from indexer.ingest.page_metadata import PageMetadata
from indexer.records import Article, Dropped, Paragraph

SUFFIXES = (".html", ".htm", ".xhtml")

_LARGEST_PAGE = 5_000_000
"""Characters of a page; a larger one is no article, and would take the extractor minutes."""

_STOPS_IN_A_TAG = re.compile(r"<[^<>]{0,2000}\Z")

_UPDATED = re.compile(r"(?:last\s)?(?:updated|modified)|обновлено|թարմացվել", re.I)

_CLOCK = re.compile(r"[0-2]?\d:[0-5]\d")


def read(data: bytes, article_id: str) -> Article:
    """The article of a saved page: located text, and what the page's metadata states."""
    text = decode(data)
    if len(text) > _LARGEST_PAGE:
        raise UnreadableArticle(
            f"the page has {len(text):,} characters; {_LARGEST_PAGE:,} are read"
        )
    if _STOPS_IN_A_TAG.search(text):
        raise UnreadableArticle("the file stops in the middle of a tag: half-written?")
    if "<" not in text:
        text = f"<pre>{text}</pre>"
    soup = BeautifulSoup(text, "lxml")
    meta = PageMetadata(soup)
    found = list(blocks(soup.body or soup))
    kept, dropped = main_text(found, text)
    if not kept:
        raise UnreadableArticle("the page has no article text")
    title = meta.title() or kept[0].text.split("\n")[0]
    kept, above = _below_headline(kept, title)
    dating = _published(soup, meta, found)
    kept = [p for p in kept if not _repeats(p, title) and not _is_dateline(p, dating)]
    if not kept:
        raise UnreadableArticle("the page has no article text")
    return Article(
        id=article_id,
        title=title,
        paragraphs=tuple(kept),
        published=dating.published if dating else None,
        date_precision=dating.precision if dating else None,
        date_evidence=dating.evidence if dating else None,
        byline=meta.byline(),
        outlet=meta.outlet(),
        url=meta.url(),
        dropped=(*above, *dropped),
    )


def _below_headline(kept: Sequence[Paragraph], title: str) -> tuple[list[Paragraph], list[Dropped]]:
    """The paragraphs from the headline on; what stands above it is the site's, if it is short."""
    headline = next((n for n, paragraph in enumerate(kept) if _repeats(paragraph, title)), 0)
    above = kept[:headline]
    if any(len(paragraph.text) > 200 for paragraph in above):
        return list(kept), []
    return list(kept[headline:]), [Dropped(p.text, "above the headline") for p in above]


def _repeats(paragraph: Paragraph, title: str) -> bool:
    return len(paragraph.text) < 400 and bare_words(paragraph.text) == bare_words(title)


def _published(soup: BeautifulSoup, meta: PageMetadata, found: Sequence[Block]) -> Dating | None:
    """The stated date, sharpened by a dateline of the same day; else the dateline; else the date
    that htmldate finds in the head of the page."""
    stated = first_stated(meta.dates()) or first_stated(_marked_dates(soup))
    dateline = _dateline(found, meta.title())
    if stated is not None:
        return dateline if dateline and _sharpens(dateline, stated) else stated
    if dateline is not None or any(value for _, value in meta.dates()):
        return dateline
    return _htmldate(soup)


def _sharpens(dateline: Dating, stated: Dating) -> bool:
    return dateline.published.startswith(stated.published + "T")


def _marked_dates(soup: BeautifulSoup) -> Iterator[tuple[str, object]]:
    for tag in soup.find_all(itemprop="datePublished", limit=3):
        yield "itemprop datePublished", tag.get("datetime") or tag.get("content") or tag.get_text()
    for tag in soup.find_all("time", attrs={"pubdate": True}, limit=1):
        yield "time pubdate", tag.get("datetime") or tag.get_text()


def _dateline(found: Sequence[Block], title: str | None) -> Dating | None:
    """The date in the short lines under the title; a lead of one paragraph may stand between."""
    lines = [block.paragraph.text for block in found]
    titled = [
        index for index, line in enumerate(lines) if title and bare_words(line) == bare_words(title)
    ]
    for start in titled:
        prose = 0
        for line, following in pairwise([*lines[start + 1 : start + 9], ""]):
            if _UPDATED.match(line) or prose > 1 or boilerplate.is_list_title(line):
                break
            if is_date_line(line) or (not prose and len(line) < 80):
                clock = f" {following}" if _CLOCK.fullmatch(following) else ""
                if dating := read_date(line + clock, f"dateline: {line}{clock}"):
                    return dating
            prose += len(line) > 60
    return None


def _is_dateline(paragraph: Paragraph, dating: Dating | None) -> bool:
    text = paragraph.text
    return dating is not None and is_date_line(text) and dating.evidence.endswith(f": {text}")


def _htmldate(soup: BeautifulSoup) -> Dating | None:
    # Of the head alone: in the body it takes dates of sidebars, of updates, and days of no month.
    head = f"<html>{soup.head}<body></body></html>"
    found = htmldate.find_date(
        head, extensive_search=False, original_date=True, outputformat="%Y-%m-%d"
    )
    return Dating(found, "day", "the head of the page, by htmldate") if found else None
