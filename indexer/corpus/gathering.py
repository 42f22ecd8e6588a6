"""Things to add to the corpus: addresses, files, folders of files, lists, feeds and sitemaps."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from indexer.corpus.fetching import Fetcher
from indexer.corpus.files import is_about_corpus
from indexer.corpus.web_request import place_of
from indexer.errors import IndexerError, reason
from indexer.ingest.address_lists import read_address_list
from indexer.ingest.readers import format_of
from indexer.text.web_addresses import address_key, is_web_address

MAX_SITEMAPS = 1_000
MAX_SITEMAP_DEPTH = 4
"""Sitemaps that are read for one that was named, and how deep they may be nested."""

MAX_ADDRESS = 2_000
"""Characters of an address. Longer lines of a list are no addresses."""

_PARTS = ("_files", "-Dateien", "_fichiers", "_archivos")
"""Ends of folder names in which browsers, in English, German, French and Spanish, put the parts of
a saved page."""

Skip: TypeAlias = Callable[[str, str], None]
"""Is told what cannot be added, and why."""


@dataclass(frozen=True, slots=True)
class Source:
    """An address or a file to add.

    ``named_host`` is the host that the user named to get there. ``is_listed`` is false if the user
    named this very address or file.
    """

    address: str | None = None
    file: Path | None = None
    named_host: str | None = None
    is_listed: bool = True

    def __str__(self) -> str:
        return self.address or str(self.file)


@dataclass(frozen=True, slots=True)
class Named:
    """The sources that the user named, each kind in order."""

    sources: Sequence[str] = ()
    lists: Sequence[Iterable[str]] = ()
    feeds: Sequence[str] = ()
    sitemaps: Sequence[str] = ()


def gather(named: Named, fetcher: Fetcher, skip: Skip) -> Iterator[Source]:
    """Return what there is to add, each address once, the named ones first."""
    seen: set[str] = set()
    for source in _all(named, fetcher, skip):
        key = address_key(source.address) if source.address else str(source.file)
        if key not in seen:
            seen.add(key)
            yield source


def _all(named: Named, fetcher: Fetcher, skip: Skip) -> Iterator[Source]:
    for source in named.sources:
        if is_address(source):
            yield Source(source, is_listed=False)
        elif os.path.isdir(source):
            yield from (Source(file=file) for file in _files_in(Path(source), skip))
        else:
            yield Source(file=Path(source), is_listed=False)
    for lines in named.lists:
        yield from (Source(address) for address in _addresses_in(lines, skip))
    for url in named.feeds:
        yield from _pages_of(fetcher, url, skip, is_sitemap=False)
    for url in named.sitemaps:
        yield from _pages_of(fetcher, url, skip, is_sitemap=True)


def is_address(source: str) -> bool:
    """Return True if a source is an address and not a path."""
    return "://" in source


def _addresses_in(lines: Iterable[str], skip: Skip) -> Iterator[str]:
    """Return the addresses of a list, one a line. Lines that start with # are comments."""
    for line in lines:
        address = line.strip().lstrip("\ufeff")
        if not address or address.startswith("#"):
            continue
        if len(address) > MAX_ADDRESS:
            skip(f"{address[:80]}…", f"it is longer than {MAX_ADDRESS:,} characters")
        elif not is_web_address(address):
            skip(address, "it is not a web address")
        else:
            yield address


# --- Folders -------------------------------------------------------------------------------------


def _files_in(folder: Path, skip: Skip) -> Iterator[Path]:
    """Return the files of a folder that may be articles, in order of path.

    What browsers save of ``page.html`` in ``page_files``, pictures and frames, is left out.
    """

    def cannot_list(problem: OSError) -> None:
        skip(str(problem.filename), reason(problem))

    for here, subfolders, names in os.walk(folder, onerror=cannot_list):
        pages = {name.rpartition(".")[0] for name in names if _is_page(name)}
        subfolders[:] = sorted(
            name for name in subfolders if not (name.startswith(".") or _is_of_a_page(name, pages))
        )
        yield from (Path(here, name) for name in sorted(names) if not is_about_corpus(name))


def _is_page(name: str) -> bool:
    found = format_of(PurePosixPath(name))
    return found is not None and found.module == "web_page"


def _is_of_a_page(folder: str, pages: Container[str]) -> bool:
    return any(folder.endswith(part) and folder.removesuffix(part) in pages for part in _PARTS)


# --- Feeds and sitemaps --------------------------------------------------------------------------


def _pages_of(fetcher: Fetcher, url: str, skip: Skip, *, is_sitemap: bool) -> Iterator[Source]:
    """Return the pages of a feed or a sitemap, and of all sitemaps in it, in order."""
    waiting: list[tuple[str, frozenset[str]]] = [(url, frozenset())]
    read: set[str] = set()
    while waiting:
        here, above = waiting.pop()
        if here in above or len(above) > MAX_SITEMAP_DEPTH:
            skip(here, _why_not_read(here in above))
            continue
        if here in read:
            continue
        if len(read) == MAX_SITEMAPS:
            skip(here, f"{MAX_SITEMAPS:,} sitemaps were read for {url}: the others are left out")
            return
        read.add(here)
        try:
            named_host = place_of(url).hostname
            base, data = fetcher.fetch_list(here, named_host, is_sitemap=is_sitemap)
            found = read_address_list(data, base)
        except IndexerError as problem:
            skip(here, str(problem))
            continue
        yield from (Source(page, named_host=named_host) for page in found.pages)
        inside = above | {here}
        waiting.extend((one, inside) for one in reversed(found.sitemaps))  # the first is next


def _why_not_read(is_circle: bool) -> str:
    if is_circle:
        return "this sitemap lists itself, or one that lists it"
    return f"sitemaps are nested more than {MAX_SITEMAP_DEPTH} deep here"
