"""Which addresses a reader may be sent to, and what is read off an address."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from indexer.analysis import fold

_NOT_IN_SLUGS = re.compile(r"[\W_]+")
_PAGE_SUFFIX = re.compile(r"\.(?:s?html?|xhtml|php\d?|aspx?|jsp|cgi)$", re.I)
_LONGEST_SLUG = 80


def is_web_address(text: str) -> bool:
    """Whether a text is an http or https address with a host, and nothing else."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in text


def host(address: str) -> str:
    """The host of a web address, without ``www.``."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def slug(text: str) -> str:
    """A text as letters and digits with hyphens between; letters of any script stay; may be empty.

    >>> slug("The wall held — José")
    'the-wall-held-jose'
    """
    return _NOT_IN_SLUGS.sub("-", fold(text)).strip("-")[:_LONGEST_SLUG].strip("-")


def page_name(address: str) -> str:
    """The slug of a page: of the last part of its address, and of what is asked for there.

    Empty for the first page of a site.

    >>> page_name("https://gazette.example/2025/05/the-wall-held.html?lang=en")
    'the-wall-held-lang-en'
    """
    parts = urlsplit(address)
    last = unquote(parts.path).rstrip("/").rpartition("/")[2]
    return slug(f"{_PAGE_SUFFIX.sub('', last)} {unquote(parts.query)}")
