"""``commentary init``: make a folder to search, with one invented article."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from indexer.cli.command import Command, printable
from indexer.corpus.starter import make_corpus

_NEXT_STEPS = (
    "reindex",
    "commentary search ferries",
    "commentary serve",
)


@click.command(cls=Command)
@click.argument("directory", default=".", type=click.Path(path_type=Path), metavar="[DIR]")
def init(directory: Path) -> int:
    """Make corpus/ with a README and one invented article, and index/, in a folder.

    DIR is the current folder by default; it is made if it does not exist. Nothing is overwritten.
    """
    files = make_corpus(directory / "corpus")
    index = directory / "index"
    index.mkdir(exist_ok=True)
    for path in (*files, index):
        click.echo(printable(str(path)))
    steps = _NEXT_STEPS if directory == Path() else (_change_to(directory), *_NEXT_STEPS)
    click.echo("\nThe article is invented. Try it:\n")
    for step in steps:
        click.echo(f"  {step}")
    return 0


def _change_to(directory: Path) -> str:
    return printable(shlex.join(["cd", str(directory)]))
