"""``commentary add``: add pages and files to the corpus."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Any, TextIO

import click

from indexer.cli.command import (
    SKIPPED,
    Command,
    corpus_option,
    count,
    index_option,
    json_option,
    printable,
    say,
)
from indexer.cli.limits import limit_options
from indexer.cli.progress_bar import progress_bar
from indexer.cli.reindex import reindex
from indexer.corpus.adding import Added, Shelf, add_file, add_page
from indexer.corpus.fetching import Fetcher, Manners
from indexer.corpus.gathering import Named, Source, gather, is_address
from indexer.errors import IndexerError, reason
from indexer.ingest.bounded import BoundedReader
from indexer.ingest.workers import Limits


@click.command(cls=Command)
@click.argument("sources", nargs=-1, metavar="[URL|FILE|FOLDER]...")
@click.option(
    "--list",
    "lists",
    multiple=True,
    type=click.File("r", encoding="utf-8", errors="replace"),
    help="Add the addresses in a file, one a line; - is standard input.",
)
@click.option("--feed", "feeds", multiple=True, help="Add what is new in the feed at an address.")
@click.option(
    "--sitemap", "sitemaps", multiple=True, help="Add what is new in the sitemap at an address."
)
@corpus_option
@index_option
@click.option("--outlet", help="The outlet that published it.  [default: the host of the address]")
@click.option("--url", help="The address that a FILE comes from.")
@click.option(
    "--again", is_flag=True, help="Save pages and files again that the corpus has already."
)
@click.option("--reindex", "then_reindex", is_flag=True, help="Update the index afterwards.")
@click.option(
    "--allow-private",
    is_flag=True,
    help="Fetch from the given hosts even if they are not public.",
)
@click.option(
    "--contact",
    envvar="COMMENTARY_CONTACT",
    help="Your e-mail or web address, sent to the sites in the user agent.",
)
@limit_options
@json_option
def add(then_reindex: bool, index: Path, as_json: bool, **options: Any) -> int:
    """Save web pages and files in the corpus, each in the folder of its outlet.

    Pages are fetched politely: as robots.txt allows, one a second from each host, at most 10 MB and
    30 seconds each, over http and https, from public hosts. Existing files are not overwritten. A
    run that was cut off goes on where it was.
    """
    named = _named(options)
    limits = Limits(options["file_seconds"], options["file_memory_mb"])
    fetcher = Fetcher(Manners(_user_agent(options["contact"]), options["allow_private"]))
    with BoundedReader(limits) as reader, progress_bar("Looking up") as bar:
        shelf = Shelf(options["corpus"], reader, options["outlet"], options["again"])
        adding = _Adding(shelf, fetcher, options["url"], as_json)
        sources = list(gather(named, fetcher, adding.skip))
        bar.begin("Adding", len(sources))
        for source in sources:
            adding.add(source)
            bar.advance()
    say(adding.summary(then_reindex))
    code = SKIPPED if adding.skipped else 0
    if then_reindex:
        words = ["--corpus", str(shelf.corpus), "--index", str(index)]
        words += ["--file-seconds", str(limits.seconds), "--file-memory-mb", str(limits.megabytes)]
        words += ["--json"] if as_json else []
        return int(reindex.main(words, standalone_mode=False)) or code
    return code


def _named(options: Any) -> Named:
    """Return what the user named. Raises `click.UsageError` if that is nothing, or contradicts."""
    sources: Sequence[str] = options["sources"]
    lists: Sequence[TextIO] = options["lists"]
    named = Named(sources, lists, options["feeds"], options["sitemaps"])
    is_file = len(sources) == 1 and not is_address(sources[0]) and not os.path.isdir(sources[0])
    if options["url"] and not (is_file and named == Named(sources)):
        raise click.UsageError("Use --url with exactly one FILE.")
    if named == Named():
        raise click.UsageError(
            "Name an address, a file or a folder, or use --list, --feed, --sitemap."
        )
    return named


class _Adding:
    """Adds one source after the other, and says what became of each."""

    def __init__(self, shelf: Shelf, fetcher: Fetcher, url: str | None, as_json: bool) -> None:
        self._shelf = shelf
        self._fetcher = fetcher
        self._url = url
        self._as_json = as_json
        self.added = 0
        self.known = 0
        self.skipped = 0

    def add(self, source: Source) -> None:
        """Add a source, or skip it."""
        try:
            added = self._added(source)
        except (IndexerError, OSError) as problem:
            self.skip(str(source), reason(problem))
            return
        if added.is_new:
            self.added += 1
        else:
            self.known += 1
        if self._as_json:
            self._print({"source": str(source), "path": str(added.path), "is_new": added.is_new})
        elif added.is_new:
            click.echo(printable(str(added.path)))
        elif not source.is_listed:
            say(f"The corpus has {source} already: {added.path}")

    def _added(self, source: Source) -> Added:
        if source.address:
            return add_page(self._shelf, self._fetcher, source.address, source.named_host)
        assert source.file
        return add_file(self._shelf, source.file, self._url)

    def skip(self, source: str, why: str) -> None:
        """Say why a source is skipped."""
        self.skipped += 1
        say(f"skipped {source}: {why}")
        if self._as_json:
            self._print({"source": source, "skipped": why})

    def summary(self, then_reindex: bool) -> str:
        """Return what was done, in a sentence or two."""
        parts = [f"Added {count(self.added, 'file')}"]
        if self.known:
            parts.append(f"the corpus had {self.known:,} already")
        if self.skipped:
            parts.append(f"skipped {self.skipped:,}")
        hint = " Run `reindex` to make them searchable." if self.added and not then_reindex else ""
        return f"{'; '.join(parts)}.{hint}"

    @staticmethod
    def _print(line: dict[str, object]) -> None:
        click.echo(json.dumps(line, ensure_ascii=False))


def _user_agent(contact: str | None) -> str:
    """Return the name and version of the program, with a contact of the person who runs it."""
    name = "commentary-search"
    with suppress(metadata.PackageNotFoundError):  # not installed, it has no version
        name = f"{name}/{metadata.version(name)}"
    return f"{name} (+{' '.join(contact.split())})" if contact else name
