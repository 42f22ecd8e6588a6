"""``commentary backup``: copy the index, the alerts and the reports to a folder or a `.tar`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click

from indexer.cli.command import Command, count, index_option, json_option
from indexer.records import IndexInfo
from indexer.storage.backups import Places, back_up

_PLACES = (
    index_option,
    click.option(
        "--alerts",
        type=click.Path(path_type=Path, file_okay=False),
        envvar="COMMENTARY_ALERTS",
        help="The folder of alerts.  [default: alerts, beside the index]",
    ),
    click.option(
        "--reports",
        type=click.Path(path_type=Path, dir_okay=False),
        envvar="COMMENTARY_REPORTS",
        help="The file that `serve` keeps readers' reports in.",
    ),
)


def places_options(command: Callable[..., int]) -> Callable[..., int]:
    """Add the options for the places of what is in a backup."""
    for option in reversed(_PLACES):
        command = option(command)
    return command


@click.command(cls=Command)
@click.argument("path", type=click.Path(path_type=Path))
@places_options
@json_option
def backup(path: Path, as_json: bool, **places: Path) -> int:
    """Write a backup of the index, the alerts and the reports, but not of the corpus.

    PATH is a new folder, or one file if it ends in .tar. Servers and `reindex` go on meanwhile.
    """
    info = back_up(Places(**places), path).info
    tell(info, f"The backup {path} holds", as_json)
    return 0


def tell(info: IndexInfo, what: str, as_json: bool) -> None:
    """Print what the generation in a backup holds, after some words or as JSON."""
    if as_json:
        told = ("generation", "built", "articles", "passages")
        click.echo(json.dumps({name: getattr(info, name) for name in told}))
        return
    size = f"{count(info.articles, 'article')}, {count(info.passages, 'passage')}"
    click.echo(f"{what} {size}, as of {info.built}.")
