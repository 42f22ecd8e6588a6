"""``commentary speakers``: list the speakers of the index, with the reason for each name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import click

import indexer.storage.generations as generations
from indexer.cli.command import (
    Command,
    count,
    index_option,
    json_option,
    printable,
)
from indexer.people.certainty import Doubt, doubts
from indexer.people.speakers import SpeakerEntry
from indexer.people.speakers import speakers as entries
from indexer.records import Passage
from indexer.storage.library import FILE as LIBRARY
from indexer.storage.library import Library

_WIDTH = 100
"""Characters of a text that are printed."""


@click.command(cls=Command)
@index_option
@click.option("--review", is_flag=True, help="List inferred names, the least certain first.")
@click.option("--contradictions", is_flag=True, help="List words that two speakers are given.")
@json_option
def speakers(index: Path, review: bool, contradictions: bool, as_json: bool) -> int:
    """List all speakers with passages, dates, printed forms of the name, and roles over time."""
    if review and contradictions:
        raise click.UsageError("Choose --review or --contradictions.")
    manifest = generations.read_manifest(index)
    manifest.files_in(index).verify()
    path = index / manifest.info.generation / LIBRARY
    with generations.held(index, manifest), closing(Library(path)) as library:
        if contradictions:
            _print_contradictions(library.articles.contradictions(), as_json)
            return 0
        found = entries(library.speakers.namings())
    if review:
        _print_doubts(doubts(found), as_json)
    else:
        _print_speakers(found, as_json)
    return 0


def _print_doubts(found: Sequence[Doubt], as_json: bool) -> None:
    if as_json:
        answer = {"review": [asdict(one) for one in found]}
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    for one in found:
        line = f"{one.form} ({one.passages:,}) is {one.name}: {one.reason}"
        click.echo(printable(line))


def _print_contradictions(found: Sequence[Sequence[Passage]], as_json: bool) -> None:
    if as_json:
        rows = [
            {
                "text": same[0].text,
                "passages": [
                    {"id": one.id, "speaker": {"id": one.speaker_id, "name": one.speaker}}
                    for one in same
                ],
            }
            for same in found
        ]
        click.echo(json.dumps({"contradictions": rows}, ensure_ascii=False))
        return
    for same in found:
        words = " ".join(same[0].text.split())
        click.echo(printable(words if len(words) <= _WIDTH else f"{words[:_WIDTH]}…"))
        for one in same:
            click.echo(printable(f"  {one.speaker} · {one.id}"))


def _print_speakers(listed: Sequence[SpeakerEntry], as_json: bool) -> None:
    if as_json:
        answer = {"speakers": [asdict(entry) for entry in listed]}
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        click.echo(printable("\n".join(line for entry in listed for line in _lines(entry))))


def _lines(entry: SpeakerEntry) -> Iterator[str]:
    amount = f"{count(entry.passages, 'passage')} in {count(entry.articles, 'article')}"
    yield f"{entry.name} · {amount} · {_span(entry.first, entry.last)}"
    for form in entry.forms:
        if form.form != entry.name:
            reason = f": {form.reason}" if form.reason else ""
            yield f"  printed  {form.form} ({form.passages:,}){reason}"
    for role in entry.roles:
        yield f"  role     {role.role} ({role.passages:,}) · {_span(role.first, role.last)}"


def _span(first: str | None, last: str | None) -> str:
    """Return two dates to the day, or as precisely as they are known."""
    if first is None or last is None:
        return "undated"
    return first[:10] if first[:10] == last[:10] else f"{first[:10]} – {last[:10]}"
