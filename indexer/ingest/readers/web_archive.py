"""Archives of crawls (WARC, ISO 28500), by warcio: each page that was answered is an article."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import replace
from email.message import Message
from io import BytesIO, StringIO
from itertools import count
from typing import NamedTuple

from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from indexer.errors import UnreadableArticle, reason
from indexer.ingest.encoding import decode
from indexer.ingest.html.dating import Origin
from indexer.ingest.readers.web_page import article_of_page
from indexer.records import Article, UnreadableItem
from indexer.text.slugs import MAX_FILE_NAME, slug
from indexer.text.web_addresses import host, is_web_address, page_name

_HTML = ("text/html", "application/xhtml+xml")
_PLAIN, _PACKED = b"WARC/", b"\x1f\x8b"
_END_OF_RECORD = b"\r\n\r\n"
MAX_PAGE_BYTES = 16 * 1024 * 1024
"""Bytes of a page, unpacked. Longer pages are refused."""


def read(data: bytes, article_id: str) -> Iterator[Article | UnreadableItem]:
    """Read the pages of an archive; other records and other answers are passed over.

    Raises `UnreadableArticle` if it is not an archive.
    """
    if not data.startswith((_PLAIN, _PACKED)):
        raise UnreadableArticle("it is not a WARC archive")
    records = iter(ArchiveIterator(BytesIO(data)))
    for number in count(1):
        try:
            # The library writes text of the archive on stderr; it belongs into the report.
            with redirect_stderr(StringIO()):
                record = next(records, None)
                page = _page(record) if record else None
        except MemoryError:
            raise
        except Exception as problem:  # a damaged archive may raise anything
            if number == 1:
                raise UnreadableArticle(f"it is not a WARC archive: {problem}") from problem
            yield UnreadableItem("the rest", f"the archive is damaged after record {number - 1}")
            return
        if record is None and number == 1:
            raise UnreadableArticle("the archive has no record")
        if record is None:
            if data.startswith(_PLAIN) and not data.endswith(_END_OF_RECORD):
                yield UnreadableItem("the rest", f"the archive is cut off in record {number}")
            return
        if page is not None:
            yield _read_page(page, article_id)
        if page is not None and page.cut:
            return


class _Page(NamedTuple):
    """A page as it was answered; ``cut`` is true if the archive ends inside it."""

    url: str
    retrieved: str | None
    charset: str | None
    data: bytes
    cut: bool


def _page(record: ArcWarcRecord) -> _Page | None:
    """Return the page in a record; ``None`` if there is none."""
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    answer = record.http_headers
    if record.rec_type != "response" or answer is None or not is_web_address(url):
        return None
    kind = Message()
    kind["Content-Type"] = answer.get_header("Content-Type") or ""
    if answer.get_statuscode() != "200" or kind.get_content_type() not in _HTML:
        return None
    data = record.content_stream().read(MAX_PAGE_BYTES + 1)
    return _Page(
        url,
        record.rec_headers.get_header("WARC-Date"),
        kind.get_content_charset(),
        data,
        cut=len(data) <= MAX_PAGE_BYTES and getattr(record.raw_stream, "limit", 0) > 0,
    )


def _read_page(page: _Page, article_id: str) -> Article | UnreadableItem:
    name = page_name(page.url) or slug(host(page.url), MAX_FILE_NAME)
    try:
        if page.cut:
            raise UnreadableArticle("the archive is cut off inside this page")
        if len(page.data) > MAX_PAGE_BYTES:
            raise UnreadableArticle(f"the page is larger than {MAX_PAGE_BYTES // 1024**2} MB")
        text = decode(page.data, page.charset)
        article = article_of_page(text, f"{article_id}/{name}", Origin(page.url, page.retrieved))
    except MemoryError:
        raise
    except Exception as problem:  # the other pages are still read
        return UnreadableItem(page.url, reason(problem))
    if article.published is None and article.date_evidence is None and page.retrieved:
        return replace(article, date_evidence=f"retrieved: {page.retrieved}")
    return article
