"""``commentary add``: add pages and files to the corpus."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Any

import click

from indexer.cli.command import SKIPPED, Command, corpus_option, count, index_option, printable, say
from indexer.cli.reindex import reindex
from indexer.corpus.adding import Shelf, add_file, add_page
from indexer.corpus.fetching import Fetcher, Manners
from indexer.errors import IndexerError, reason


@click.command(cls=Command)
@click.argument("sources", nargs=-1, required=True, metavar="URL|FILE...")
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
def add(sources: Sequence[str], then_reindex: bool, index: Path, **options: Any) -> int:
    """Save web pages and files in the corpus, each in the folder of its outlet.

    Pages are fetched politely: as robots.txt allows, one a second from each host, at most 10 MB and
    30 seconds each, over http and https, from public hosts. Existing files are not overwritten.
    """
    if options["url"] and (len(sources) > 1 or _is_address(sources[0])):
        raise click.UsageError("Use --url with exactly one FILE.")
    shelf = Shelf(options["corpus"], options["outlet"], options["again"])
    fetcher = Fetcher(Manners(_user_agent(options["contact"]), options["allow_private"]))
    code, added = 0, 0
    for source in sources:
        try:
            if _is_address(source):
                file = add_page(shelf, fetcher, source)
            else:
                file = add_file(shelf, Path(source), options["url"])
        except (IndexerError, OSError) as problem:
            say(f"skipped {source}: {reason(problem)}")
            code = SKIPPED
            continue
        if file.is_new:
            click.echo(printable(str(file.path)))
            added += 1
        else:
            say(f"The corpus has {source} already: {file.path}")
    if then_reindex:
        words = ["--corpus", str(shelf.corpus), "--index", str(index)]
        return int(reindex.main(words, standalone_mode=False)) or code
    if added:
        say(f"Added {count(added, 'file')}. Run `reindex` to make them searchable.")
    return code


def _is_address(source: str) -> bool:
    return "://" in source


def _user_agent(contact: str | None) -> str:
    """Return the name and version of the program, with a contact of the person who runs it."""
    name = "commentary-search"
    with suppress(metadata.PackageNotFoundError):  # not installed, it has no version
        name = f"{name}/{metadata.version(name)}"
    return f"{name} (+{' '.join(contact.split())})" if contact else name
