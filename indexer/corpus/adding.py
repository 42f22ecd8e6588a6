"""Adds pages and files to the corpus as ``<outlet>/<year>/<name>``.

A sidecar keeps the address they come from. Nothing is overwritten.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from itertools import chain, count
from pathlib import Path, PurePosixPath

from indexer.corpus.fetching import SUFFIXES, Fetched, Fetcher
from indexer.corpus.files import read_bytes, readable
from indexer.corpus.known_addresses import KnownAddresses
from indexer.errors import CorpusError, UnreadableArticle
from indexer.ingest.bounded import BoundedReader, Content
from indexer.ingest.encoding import decode
from indexer.ingest.pipeline import require_format
from indexer.ingest.readers import suffix_of
from indexer.ingest.sidecar import SUFFIX as SIDECAR
from indexer.records import Article
from indexer.text.slugs import MAX_FILE_NAME, slug
from indexer.text.web_addresses import address_key, host, is_web_address, page_name

_NOT_IN_HOSTS = re.compile(r"[^\w.-]+")


@dataclass(frozen=True)
class Shelf:
    """The place for added files: the corpus, and an outlet; ``reader`` reads each file first.

    Without an outlet the host of the address is used. With ``again``, pages and files are saved
    even if the corpus has them. One shelf is for one run: it remembers what the corpus has.
    """

    corpus: Path
    reader: BoundedReader
    outlet: str | None = None
    again: bool = False

    def file(self, address: str) -> Path | None:
        """Return the file that the corpus has of an address, or ``None`` if it is to be saved."""
        return None if self.again else self.known.file(address)

    @cached_property
    def known(self) -> KnownAddresses:
        """The addresses that the corpus has."""
        return KnownAddresses(self.corpus)


@dataclass(frozen=True, slots=True)
class Added:
    """A file of the corpus. ``is_new`` is false if it was there before."""

    path: Path
    is_new: bool


def add_page(shelf: Shelf, fetcher: Fetcher, url: str, named_host: str | None = None) -> Added:
    """Save the page at an address. ``named_host`` is the host that the user named to get there.

    Raises `NotFetched`, or `CorpusError` if the page has no article that can be read.
    """
    if known := shelf.file(url):
        return Added(known, is_new=False)
    page = fetcher.fetch(url, named_host)
    retrieved = datetime.now(UTC)
    suffix, data = SUFFIXES[page.kind], _in_utf_8(page)
    article = _first_article(shelf.reader, data, suffix)
    address = _stated_address(article, page)
    if known := shelf.file(address):
        return Added(known, is_new=False)
    year = (article.published or retrieved.isoformat())[:4]
    folder = shelf.corpus / _folder(shelf.outlet or host(page.url)) / year
    noted = {"url": address, "outlet": shelf.outlet, "retrieved": retrieved}
    if address_key(url) != address_key(address):
        noted["fetched_from"] = url.partition("#")[0]
    name = page_name(address) or slug(article.title, MAX_FILE_NAME) or "page"
    file = _placed(folder / name, suffix, data, _as_toml(noted))
    shelf.known.add(file, address, url)
    return Added(file, is_new=True)


def add_file(shelf: Shelf, file: Path, url: str | None = None) -> Added:
    """Copy a file into the corpus; ``url`` is the address it comes from.

    Raises `CorpusError` if the file has no article that can be read, or if its outlet is unknown,
    and `OSError`.
    """
    if url is not None and not is_web_address(url):
        raise CorpusError(f"{url} is not a web address")
    readable(file)
    if file.resolve().is_relative_to(shelf.corpus.resolve()):
        return Added(file, is_new=False)
    data, sidecar = read_bytes(file)
    suffix = suffix_of(PurePosixPath(file.name)) or file.suffix
    if sidecar is not None and (url or shelf.outlet):
        raise CorpusError(f"it has a sidecar: write its outlet and url in {file.name}{SIDECAR}")
    article = _first_article(shelf.reader, data, suffix, sidecar)
    address = url or article.url
    outlet = shelf.outlet or (host(address) if address else article.outlet)
    if outlet is None:
        raise CorpusError("its outlet is unknown: name it with --outlet, or its address with --url")
    year = (article.published or datetime.now(UTC).isoformat())[:4]
    folder = shelf.corpus / _folder(outlet) / year
    name = slug(file.name[: -len(suffix)], MAX_FILE_NAME) or "page"
    if not shelf.again:
        alike = (path for path in _files(folder) if path.name.startswith(name))
        for there in (path for path in alike if path.name.endswith(suffix)):
            if there.stat().st_size == len(data) and there.read_bytes() == data:
                return Added(there, is_new=False)
    noted = sidecar or _as_toml({"url": url, "outlet": shelf.outlet})
    return Added(_placed(folder / name, suffix, data, noted), is_new=True)


def _first_article(
    reader: BoundedReader, data: bytes, suffix: str, sidecar: bytes | None = None
) -> Article:
    """Return the first article of a file.

    If the file has several, address and date are removed, as they are not those of the file.
    """
    path = PurePosixPath(f"page{suffix}")
    ingested = reader.read(Content(data, path, sidecar))
    if not ingested.articles:
        first = ingested.unreadable[0]
        raise UnreadableArticle(f"{first.name}: {first.reason}")
    article = ingested.articles[0].article
    return replace(article, url=None, published=None) if require_format(path).several else article


def _stated_address(article: Article, page: Fetched) -> str:
    """Return the address that a page states if it is on the same host, or else its own."""
    own = article.url if article.url and host(article.url) == host(page.url) else None
    return (own or page.url).partition("#")[0]


def _in_utf_8(page: Fetched) -> bytes:
    """Return the bytes of a page, in UTF-8 if only the server stated its encoding."""
    if page.kind == "application/pdf" or page.charset is None:
        return page.data
    text = decode(page.data, page.charset)
    return page.data if text == decode(page.data) else text.encode("utf-8-sig")


def _folder(outlet: str) -> str:
    """Return the name of the folder of an outlet: its slug, or a host as it is."""
    name = outlet if "." in outlet and " " not in outlet else slug(outlet, MAX_FILE_NAME)
    name = _NOT_IN_HOSTS.sub("-", name).strip("-.").lower()
    if not name:
        raise CorpusError(f"{outlet!r} cannot be the name of a folder")
    return name


def _placed(preferred: Path, suffix: str, data: bytes, sidecar: bytes) -> Path:
    """Write a file and its sidecar under the first free name, with a number if necessary."""
    folder = preferred.parent
    folder.mkdir(parents=True, exist_ok=True)
    for name in chain([preferred.name], (f"{preferred.name}-{number}" for number in count(2))):
        if any(path.name.startswith(f"{name}.") for path in _files(folder)):
            continue
        with suppress(FileExistsError):
            if sidecar:
                _write(folder / f"{name}{suffix}{SIDECAR}", sidecar)
            _write(folder / f"{name}{suffix}", data)
            break
    return folder / f"{name}{suffix}"


def _files(folder: Path) -> list[Path]:
    """Return what is in a folder, in order; an empty list if there is no folder."""
    try:
        return sorted(folder / name for name in os.listdir(folder))
    except FileNotFoundError:
        return []


def _write(path: Path, data: bytes) -> None:
    """Write a whole file or none. Raises `FileExistsError` if there is one."""
    # Names that start with a dot are not read as articles, so a half-written file is never read.
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(data)
        os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _as_toml(noted: Mapping[str, object]) -> bytes:
    lines = (f"{key} = {_value(value)}\n" for key, value in noted.items() if value is not None)
    return "".join(lines).encode("utf-8", "replace")


def _value(value: object) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    # A JSON string is a TOML string, except for one control character that JSON allows.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
