"""``commentary reports``: list what readers reported, and mark what is done."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from indexer.cli.command import Command, json_option, printable
from indexer.storage.reports import Report, Reports


@click.command(cls=Command)
@click.option(
    "--reports",
    "path",
    type=click.Path(path_type=Path),
    envvar="COMMENTARY_REPORTS",
    required=True,
    help="The file that `serve` keeps reports in.",
)
@click.option("--done", multiple=True, type=int, metavar="N", help="Mark report N as done.")
@json_option
def reports(path: Path, done: Sequence[int], as_json: bool) -> int:
    """List the reports of readers on wrong speakers, each with its number."""
    kept = Reports(path)
    if done:
        kept.done(done)
    found = kept.open()
    if as_json:
        answer = {"reports": [{"number": number, **asdict(one)} for number, one in found]}
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        for number, one in found:
            click.echo(printable(_line(number, one)))
    return 0


def _line(number: int, report: Report) -> str:
    shown, said_by = report.shown or "nobody", report.said_by
    claim = f"{said_by or 'somebody else'} says it"
    if said_by is None or isinstance(said_by, bool):
        claim = "nobody can tell who says it" if said_by is None else "nobody says it"
    where = f"wherever “{report.label}” is printed" if report.label else ""
    note = " ".join(report.note.split())
    parts = (report.passage, f"shown: {shown}", where, claim, note)
    return f"{number}  {' · '.join(filter(None, parts))}"
