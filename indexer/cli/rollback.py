"""``commentary rollback``: let the generation before serve again."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.cli.backup import tell
from indexer.cli.command import Command, index_option, json_option
from indexer.storage.rollback import roll_back


@click.command(cls=Command)
@index_option
@json_option
def rollback(index: Path, as_json: bool) -> int:
    """Let the generation before the one that serves now serve again.

    Running servers pick it up. The next `reindex` brings it up to date with the corpus.
    """
    tell(roll_back(index).info, "The generation before serves again:", as_json)
    return 0
