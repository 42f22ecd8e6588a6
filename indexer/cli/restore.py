"""``commentary restore``: make an index of a backup, with its alerts and reports."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.cli.backup import places_options, tell
from indexer.cli.command import Command, json_option
from indexer.storage.backups import Places
from indexer.storage.backups import restore as run


@click.command(cls=Command)
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@places_options
@json_option
def restore(path: Path, as_json: bool, **places: Path) -> int:
    """Restore a backup to an empty folder for the index, and beside it.

    Nothing is overwritten, and nothing is written before the whole backup is verified.
    """
    info = run(path, Places(**places)).info
    tell(info, "The index holds", as_json)
    return 0
