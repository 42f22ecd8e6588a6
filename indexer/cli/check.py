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


@click.command(cls=Command)
@corpus_option
@index_option
@json_option
def check(corpus: Path, index: Path, as_json: bool) -> int:
    """Compare checksums, counts and ids inside the index, and the index with the corpus."""
    differences = compare(corpus, index)
    if as_json:
        click.echo(json.dumps({"differences": differences}, ensure_ascii=False))
    else:
        intact = "The index is intact and agrees with the corpus."
        click.echo(printable("\n".join(differences or [intact])))
    return DIFFERENT if differences else 0
