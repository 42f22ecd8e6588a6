"""Pages and files taken into the corpus as ``<outlet>/<year>/<name>``, with a sidecar that tells
where they come from. What is there is never overwritten."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path, PurePosixPath

from indexer.corpus.fetching import SUFFIXES, Fetched, Fetcher
from indexer.corpus.files import read_bytes, readable
from indexer.errors import CorpusError, UnreadableArticle
from indexer.ingest.encoding import decode
from indexer.ingest.pipeline import ingest, require_format
from indexer.ingest.readers import suffix_of
from indexer.ingest.sidecar import SUFFIX as SIDECAR
from indexer.ingest.workers import FILE_SECONDS, TimeIsUp, time_limit
from indexer.records import Article
from indexer.text.slugs import MAX_FILE_NAME, slug
from indexer.text.web_addresses import host, is_web_address, page_name

_NOT_IN_HOSTS = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where to put what is added, under which outlet if not the host of its address, and whether to
    save ``again`` what is there already."""

    corpus: Path
    outlet: str | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Added:
    """A file of the corpus, and whether it was there before."""

    path: Path
    is_new: bool


def add_page(shelf: Shelf, fetcher: Fetcher, url: str) -> Added:
    """Saves the page at an address.

    Raises `NotFetched`, or `CorpusError` if no article can be read in it.
    """
    if not shelf.again and (known := _known(shelf.corpus, url)):
        return Added(known, is_new=False)
    page = fetcher.fetch(url)
    retrieved = datetime.now(UTC)
    suffix, data = SUFFIXES[page.kind], _in_utf_8(page)
    article = _first_article(data, suffix)
    address = _stated_address(article, page)
    if not shelf.again and (known := _known(shelf.corpus, address)):
        return Added(known, is_new=False)
    year = (article.published or retrieved.isoformat())[:4]
    folder = shelf.corpus / _folder(shelf.outlet or host(page.url)) / year
    noted = _as_toml({"url": address, "outlet": shelf.outlet, "retrieved": retrieved})
    name = page_name(address) or slug(article.title, MAX_FILE_NAME) or "page"
    return Added(_placed(folder / name, suffix, data, noted), is_new=True)


def add_file(shelf: Shelf, file: Path, url: str | None = None) -> Added:
    """Copies a file into the corpus; ``url`` is where it comes from.

    Raises `CorpusError` with the reason if no article can be read in it, or if nothing tells its
    outlet, and the file system's `OSError`.
    """
    if url is not None and not is_web_address(url):
        raise CorpusError(f"{url} is no web address")
    readable(file)
    if file.resolve().is_relative_to(shelf.corpus.resolve()):
        return Added(file, is_new=False)
    data, sidecar = read_bytes(file)
    suffix = suffix_of(PurePosixPath(file.name)) or file.suffix
    if sidecar is not None and (url or shelf.outlet):
        raise CorpusError(f"it has a sidecar: say in {file.name}{SIDECAR} where it comes from")
    article = _first_article(data, suffix, sidecar)
    address = url or article.url
    outlet = shelf.outlet or (host(address) if address else article.outlet)
    if outlet is None:
        raise CorpusError(
            "nothing tells its outlet: name it with --outlet, or its address with --url"
        )
    year = (article.published or datetime.now(UTC).isoformat())[:4]
    folder = shelf.corpus / _folder(outlet) / year
    name = slug(file.name[: -len(suffix)], MAX_FILE_NAME) or "page"
    if not shelf.again:
        for there in sorted(folder.glob(f"{name}*{suffix}")):
            if there.read_bytes() == data:
                return Added(there, is_new=False)
    noted = sidecar or _as_toml({"url": url, "outlet": shelf.outlet})
    return Added(_placed(folder / name, suffix, data, noted), is_new=True)


def _known(corpus: Path, url: str) -> Path | None:
    """The file that was saved from an address before, if it is still there."""
    address = url.partition("#")[0]
    for sidecar in sorted(corpus.rglob(f"*{SIDECAR}")):
        text = sidecar.read_bytes()
        if address.encode() in text and _noted_url(text) == address:
            file = sidecar.with_name(sidecar.name.removesuffix(SIDECAR))
            if file.is_file():
                return file
    return None


def _noted_url(sidecar: bytes) -> object:
    try:
        return tomllib.loads(sidecar.decode()).get("url")
    except ValueError:
        return None


def _first_article(data: bytes, suffix: str, sidecar: bytes | None = None) -> Article:
    """What a file tells of itself; one of several articles does not speak for the whole file."""
    path = PurePosixPath(f"page{suffix}")
    try:
        with time_limit(FILE_SECONDS):
            found = ingest(data, path, sidecar)
    except TimeIsUp:
        raise UnreadableArticle(f"reading it takes longer than {FILE_SECONDS:g} s") from None
    if not found.articles:
        raise UnreadableArticle(f"{found.unreadable[0].name}: {found.unreadable[0].reason}")
    article = found.articles[0].article
    return replace(article, url=None, published=None) if require_format(path).several else article


def _stated_address(article: Article, page: Fetched) -> str:
    """What the page says its address is, if that is on its own site; else where it was found."""
    own = article.url if article.url and host(article.url) == host(page.url) else None
    return (own or page.url).partition("#")[0]


def _in_utf_8(page: Fetched) -> bytes:
    """The bytes of a page; in UTF-8 where only the server told in which encoding they are."""
    if page.kind == "application/pdf" or page.charset is None:
        return page.data
    text = decode(page.data, page.charset)
    return page.data if text == decode(page.data) else text.encode("utf-8-sig")


def _folder(outlet: str) -> str:
    """The folder of an outlet: its name as a slug, or a host as it is."""
    name = outlet if "." in outlet and " " not in outlet else slug(outlet, MAX_FILE_NAME)
    name = _NOT_IN_HOSTS.sub("-", name).strip("-.").lower()
    if not name:
        raise CorpusError(f"{outlet!r} cannot be the name of a folder")
    return name


def _placed(wanted: Path, suffix: str, data: bytes, sidecar: bytes) -> Path:
    """Writes a file and its sidecar under the first name that is free, numbered if need be."""
    folder = wanted.parent
    folder.mkdir(parents=True, exist_ok=True)
    for name in chain([wanted.name], (f"{wanted.name}-{number}" for number in count(2))):
        if any(folder.glob(f"{name}.*")):
            continue
        with suppress(FileExistsError):
            if sidecar:
                _write(folder / f"{name}{suffix}{SIDECAR}", sidecar)
            _write(folder / f"{name}{suffix}", data)
            break
    return folder / f"{name}{suffix}"


def _write(path: Path, data: bytes) -> None:
    """Writes a whole file or none. Raises `FileExistsError` if there is one."""
    # Files that begin with a dot are no articles: nobody reads half of one.
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
    # A string of JSON is one of TOML, but for the one control character that JSON lets stand.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
