"""Web addresses: those that a reader may be sent to, and the names in them."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit, urlunsplit

from indexer.text.slugs import MAX_FILE_NAME, slug

_PAGE_SUFFIX = re.compile(r"\.(?:s?html?|xhtml|php\d?|aspx?|jsp|cgi)$", re.I)

_TRACKING = re.compile(
    r"(?:utm_\w+|at_(?:medium|campaign\w*)|mc_[ce]id|(?:fb|g|ms|dc|ya)clid|igshid|smid)=", re.I
)
"""Arguments that say who links to a page, and not which page it is."""


def is_web_address(text: str) -> bool:
    """Return whether a text is an http or https address with a host, and nothing else."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in text


def host(address: str) -> str:
    """Return the host of a web address, without ``www.``."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def address_key(address: str) -> str:
    """Return the same text for addresses of one page.

    They may differ in their fragment, the case of their host, and who is said to link there.

    >>> address_key("https://Gazette.example/fog?utm_source=rss&page=2#top")
    'https://gazette.example/fog?page=2'
    >>> address_key("https://gazette.example/fog?source=us")
    'https://gazette.example/fog?source=us'
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return address
    query = "&".join(part for part in parts.query.split("&") if not _TRACKING.match(part))
    return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path or "/", query, ""))


def page_name(address: str) -> str:
    """Return the slug of a page: of the last part of its address, and of its query.

    Empty for the first page of a site.

    >>> page_name("https://gazette.example/2025/05/the-wall-held.html?lang=en")
    'the-wall-held-lang-en'
    """
    parts = urlsplit(address)
    last = unquote(parts.path).rstrip("/").rpartition("/")[2]
    return slug(f"{_PAGE_SUFFIX.sub('', last)} {unquote(parts.query)}", MAX_FILE_NAME)
