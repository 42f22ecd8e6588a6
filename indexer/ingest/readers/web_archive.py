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
from indexer.ingest.readers.web_page import article_of_page
from indexer.records import Article, UnreadableItem
from indexer.text.slugs import MAX_FILE_NAME, slug
from indexer.text.web_addresses import host, is_web_address, page_name

_HTML = ("text/html", "application/xhtml+xml")
_PLAIN, _PACKED = b"WARC/", b"\x1f\x8b"
_END_OF_RECORD = b"\r\n\r\n"
_LARGEST_PAGE = 16 * 1024 * 1024
"""Bytes of a page when unpacked."""


def read(data: bytes, article_id: str) -> Iterator[Article | UnreadableItem]:
    """The pages of an archive; what is no page, or was not answered with one, is passed over.

    Raises `UnreadableArticle` if it is no archive.
    """
    if not data.startswith((_PLAIN, _PACKED)):
        raise UnreadableArticle("it is no WARC archive")
    records = iter(ArchiveIterator(BytesIO(data)))
    for number in count(1):
        try:
            # It writes on stderr what an archive says; the report is the place for that.
            with redirect_stderr(StringIO()):
                record = next(records, None)
                page = _page(record) if record else None
        except MemoryError:
            raise
        except Exception as problem:  # whatever a damaged archive makes of the library
            if number == 1:
                raise UnreadableArticle(f"it is no WARC archive: {problem}") from problem
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
    """A page as it was answered; ``cut`` tells that the archive ends inside it."""

    url: str
    retrieved: str | None
    charset: str | None
    data: bytes
    cut: bool


def _page(record: ArcWarcRecord) -> _Page | None:
    """The page in a record; ``None`` if there is none in it."""
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    answer = record.http_headers
    if record.rec_type != "response" or answer is None or not is_web_address(url):
        return None
    kind = Message()
    kind["Content-Type"] = answer.get_header("Content-Type") or ""
    if answer.get_statuscode() != "200" or kind.get_content_type() not in _HTML:
        return None
    data = record.content_stream().read(_LARGEST_PAGE + 1)
    return _Page(
        url,
        record.rec_headers.get_header("WARC-Date"),
        kind.get_content_charset(),
        data,
        cut=len(data) <= _LARGEST_PAGE and getattr(record.raw_stream, "limit", 0) > 0,
    )


def _read_page(page: _Page, article_id: str) -> Article | UnreadableItem:
    name = page_name(page.url) or slug(host(page.url), MAX_FILE_NAME)
    try:
        if page.cut:
            raise UnreadableArticle("the archive is cut off inside this page")
        if len(page.data) > _LARGEST_PAGE:
            raise UnreadableArticle(f"the page is larger than {_LARGEST_PAGE // 1024**2} MB")
        text = decode(page.data, page.charset)
        article = article_of_page(text, f"{article_id}/{name}", page.url)
    except MemoryError:
        raise
    except Exception as problem:  # one strange page must not cost the others
        return UnreadableItem(page.url, reason(problem))
    if article.published is None and article.date_evidence is None and page.retrieved:
        return replace(article, date_evidence=f"retrieved: {page.retrieved}")
    return article
