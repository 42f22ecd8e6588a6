"""``commentary check``: is the index whole, and does it agree with the corpus."""

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
from indexer.reindex.check import check as differences


@click.command(cls=Command)
@corpus_option
@index_option
@json_option
def check(corpus: Path, index: Path, as_json: bool) -> int:
    """Compare checksums, counts and ids inside the index, and the index with the corpus."""
    found = differences(corpus, index)
    if as_json:
        click.echo(json.dumps({"differences": found}, ensure_ascii=False))
    else:
        whole = "The index is whole and agrees with the corpus."
        click.echo(printable("\n".join(found or [whole])))
    return DIFFERENT if found else 0
