"""Web pages that a browser saved with everything they need, in one file (MHTML, RFC 2557)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from email.utils import parsedate_to_datetime

from indexer.errors import UnreadableArticle
from indexer.ingest.encoding import decode
from indexer.ingest.html.dating import Origin
from indexer.ingest.readers.web_page import article_of_page
from indexer.records import Article
from indexer.text.web_addresses import is_web_address

_HTML = ("text/html", "application/xhtml+xml")
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
MAX_HEAD_BYTES = 64 * 1024
MAX_PARTS = 20_000
_ADDRESSES = ("Snapshot-Content-Location", "Content-Location")


def read(data: bytes, article_id: str) -> tuple[Article, ...]:
    """Read the article of the page that was saved, without pictures, styles and frames.

    The time of saving is only evidence. Raises `UnreadableArticle` with the reason if there is no
    article.
    """
    if not _END_OF_HEAD.search(data[:MAX_HEAD_BYTES]) or data.count(b"\n--") > MAX_PARTS:
        raise UnreadableArticle("it is not a saved web page")
    try:
        message = message_from_bytes(data)
        page = _page(message)
        payload = page.get_payload(decode=True)
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        raise UnreadableArticle(f"it is not a saved web page: {error}") from error
    text = decode(payload if isinstance(payload, bytes) else b"", page.get_content_charset())
    article = article_of_page(text, article_id, Origin(_address(message, page), _saved(message)))
    if article.published is None and article.date_evidence is None:
        saved = _saved(message)
        article = replace(article, date_evidence=f"saved: {saved}" if saved else None)
    return (article,)


def _page(message: Message) -> Message:
    """Return the part at the page's address, else the first that is HTML."""
    pages = list(_pages(message))
    if not pages:
        raise UnreadableArticle("the saved page has no part that is HTML")
    address = message.get("Snapshot-Content-Location")
    return next((page for page in pages if page.get("Content-Location") == address), pages[0])


def _pages(message: Message) -> Iterator[Message]:
    return (part for part in message.walk() if part.get_content_type() in _HTML)


def _address(message: Message, page: Message) -> str | None:
    stated = (str(part[name]).strip() for part in (message, page) for name in _ADDRESSES)
    return next((address for address in stated if is_web_address(address)), None)


def _saved(message: Message) -> str | None:
    try:
        saved = parsedate_to_datetime(str(message["Date"]))
    except ValueError:
        return None
    return saved.isoformat(timespec="minutes")
