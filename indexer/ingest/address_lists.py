"""The addresses in a feed (RSS, RSS 1.0, Atom) or a sitemap (sitemaps.org): XML, or plain lines.

The file comes from the web: entities that it declares are not expanded, nothing that it points to
is fetched here, and only addresses of http and https are returned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, TypeAlias
from urllib.parse import urljoin

from lxml import etree

from indexer.errors import UnreadableArticle
from indexer.ingest.encoding import decode, visible
from indexer.text.web_addresses import is_web_address

Element: TypeAlias = Any
"""An element of lxml, which has no types."""

_ROOT = re.compile(r"<(?:\w+:)?(?:rss|feed|RDF|urlset|sitemapindex)\b")
_END_OF_ENTRY = re.compile(r"</(?:\w+:)?(?:item|entry|url|sitemap)\s*>")
_ENTRIES = frozenset(["item", "entry", "url", "sitemap"])


@dataclass(frozen=True, slots=True)
class AddressList:
    """The addresses of pages, and of other sitemaps, in order and each once."""

    pages: tuple[str, ...]
    sitemaps: tuple[str, ...] = ()


def read_address_list(data: bytes, base: str) -> AddressList:
    """Read a feed or a sitemap. Relative addresses are resolved against ``base``, its own address.

    Of a file that is cut off, the entries before the cut are returned. Raises `UnreadableArticle`
    if it is neither.
    """
    text = visible(decode(data))
    root = _ROOT.search(text)
    if root is None:
        return AddressList(_absolute(_lines(text), base))
    if "<!ENTITY" in text[: root.start()]:
        raise UnreadableArticle("it declares entities of its own; they are not expanded")
    entries = list(_entries(text[root.start() :].encode("utf-8", "replace")))
    del entries[len(_END_OF_ENTRY.findall(text, root.start())) :]  # half an address is another one
    pages = (address for name, address in entries if name != "sitemap")
    sitemaps = (address for name, address in entries if name == "sitemap")
    return AddressList(_absolute(pages, base), _absolute(sitemaps, base))


def _lines(text: str) -> list[str]:
    """Return the lines of a sitemap that is a plain list. Raises `UnreadableArticle`."""
    lines = [line.strip() for line in text.splitlines()]
    if text.lstrip().startswith("<") or not any(map(is_web_address, lines)):
        raise UnreadableArticle("it is neither a feed nor a sitemap")
    return lines


def _entries(xml: bytes) -> Iterator[tuple[str, str]]:
    """Return the kind and the address of each entry, in order."""
    events = etree.iterparse(
        BytesIO(xml),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in events:
            name = _name(element)
            if name in _ENTRIES:
                if address := _address(element):
                    yield name, address
                # What was read is dropped: a sitemap has fifty thousand entries.
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError:
        return  # what was read before stays


def _name(element: Element) -> str:
    return str(etree.QName(element).localname)


def _address(entry: Element) -> str | None:
    """Return the address of an entry, the best of what it states."""
    found: dict[str, str] = {}
    for child in entry:
        for kind, address in _stated(child):
            found.setdefault(kind, address.strip())
    # A feed that counts its readers links to the counter; the page is in origLink then.
    return next(
        (found[kind] for kind in ("loc", "origLink", "link", "guid") if found.get(kind)), None
    )


def _stated(child: Element) -> Iterator[tuple[str, str]]:
    name, text = _name(child), child.text or ""
    if name == "link" and child.get("href"):
        if child.get("rel", "alternate") == "alternate":
            yield "link", child.get("href")
    elif name == "guid":
        if child.get("isPermaLink") != "false" and is_web_address(text.strip()):
            yield "guid", text
    else:
        yield name, text


def _absolute(addresses: Iterable[str], base: str) -> tuple[str, ...]:
    joined = (_joined(base, address) for address in addresses if address)
    return tuple(dict.fromkeys(filter(is_web_address, joined)))


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return ""
