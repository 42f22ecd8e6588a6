"""``commentary add``: takes pages and files into the corpus."""

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
@click.option("--outlet", help="Who published it.  [default: the host of the address]")
@click.option("--url", help="Where a FILE comes from.")
@click.option("--again", is_flag=True, help="Save what is there already anew, beside the old one.")
@click.option("--reindex", "then_reindex", is_flag=True, help="Reindex afterwards.")
@click.option(
    "--allow-private",
    is_flag=True,
    help="Fetch from the hosts named here even if they are not public.",
)
@click.option(
    "--contact",
    envvar="COMMENTARY_CONTACT",
    help="An address of yours, told to the sites that are asked.",
)
def add(sources: Sequence[str], then_reindex: bool, index: Path, **asked: Any) -> int:
    """Save web pages and files into the corpus, each in its outlet's folder.

    Pages are fetched politely: as robots.txt allows, one a second from each host, at most 10 MB and
    30 seconds each, over http and https, from public hosts. What is there is not overwritten.
    """
    if asked["url"] and (len(sources) > 1 or _is_address(sources[0])):
        raise click.UsageError("--url tells where one FILE comes from.")
    shelf = Shelf(asked["corpus"], asked["outlet"], asked["again"])
    fetcher = Fetcher(Manners(_user_agent(asked["contact"]), asked["allow_private"]))
    code, added = 0, 0
    for source in sources:
        try:
            if _is_address(source):
                found = add_page(shelf, fetcher, source)
            else:
                found = add_file(shelf, Path(source), asked["url"])
        except (IndexerError, OSError) as problem:
            say(f"skipped {source}: {reason(problem)}")
            code = SKIPPED
            continue
        if found.is_new:
            click.echo(printable(str(found.path)))
            added += 1
        else:
            say(f"{source} is there already: {found.path}")
    if added and then_reindex:
        context = click.get_current_context()
        return code or context.invoke(reindex, corpus=shelf.corpus, index=index) or 0
    if added:
        say(f"Added {count(added, 'file')}. Reindex to search what is in there.")
    return code


def _is_address(source: str) -> bool:
    return "://" in source


def _user_agent(contact: str | None) -> str:
    """Who asks: the program, its version, and how to reach whoever runs it."""
    name = "commentary-search"
    with suppress(metadata.PackageNotFoundError):  # run from its source, it has no version
        name = f"{name}/{metadata.version(name)}"
    return f"{name} (+{' '.join(contact.split())})" if contact else name
