"""``commentary check``: check that the index is intact and agrees with the corpus."""

from __future__ import annotations

import json
from pathlib import Path

import click

from indexer.cli.command import (
    DIFFERENT,
    Command,
    corpus_option,
    index_option,
    json_option,
    printable,
)
from indexer.reindex.check import check as compare

_INTACT = "The index is intact and agrees with the corpus."

_BY_TIME = (
    "Files of the same size and time as when they were indexed were not read; --deep compares"
    " their contents."
)


@click.command(cls=Command)
@corpus_option
@index_option
@click.option("--deep", is_flag=True, help="Compare the contents of all files of the corpus.")
@json_option
def check(corpus: Path, index: Path, deep: bool, as_json: bool) -> int:
    """Compare checksums, counts and ids inside the index, and the index with the corpus."""
    differences = compare(corpus, index, deep=deep)
    if as_json:
        click.echo(json.dumps({"differences": differences, "deep": deep}, ensure_ascii=False))
        return DIFFERENT if differences else 0
    click.echo(printable("\n".join(differences or [_INTACT])))
    if not deep:
        click.echo(_BY_TIME)
    return DIFFERENT if differences else 0
