"""``commentary speakers``: list the speakers of the index, and suggest names to merge."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import click

import indexer.storage.generations as generations
from indexer.cli.command import (
    Command,
    corpus_option,
    count,
    index_option,
    json_option,
    printable,
    say,
)
from indexer.corpus.keeper_files import read_aliases
from indexer.people.aliases import FILE, Person, Tenure
from indexer.people.merging import Merge, merges
from indexer.people.speakers import SpeakerEntry
from indexer.people.speakers import speakers as entries
from indexer.storage.library import FILE as LIBRARY
from indexer.storage.library import Library


@click.command(cls=Command)
@corpus_option
@index_option
@click.option(
    "--merge-suggestions",
    is_flag=True,
    help=f"Print names that are probably one person's, as rows for {FILE}.",
)
@json_option
def speakers(corpus: Path, index: Path, merge_suggestions: bool, as_json: bool) -> int:
    """List all speakers with passages, dates, printed forms of the name, and roles over time."""
    manifest = generations.read_manifest(index)
    generations.verify(index, manifest, checksums=False)
    with closing(Library(index / manifest.info.generation / LIBRARY)) as library:
        namings = library.speakers.namings()
        if merge_suggestions:
            rows = {person.id: person for person in read_aliases(corpus).people}
            _print_merges(merges(namings, rows, library.texts_around), rows, as_json)
        else:
            _print_speakers(entries(namings), as_json)
    return 0


def _print_speakers(listed: Sequence[SpeakerEntry], as_json: bool) -> None:
    if as_json:
        answer = {"speakers": [asdict(entry) for entry in listed]}
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        click.echo(printable("\n".join(line for entry in listed for line in _lines(entry))))


def _lines(entry: SpeakerEntry) -> Iterator[str]:
    amount = f"{count(entry.passages, 'passage')} in {count(entry.articles, 'article')}"
    yield f"{entry.name} · {amount} · {_span(entry.first, entry.last)}"
    if others := [form for form in entry.printed if form != entry.name]:
        yield f"  printed  {', '.join(others)}"
    for role in entry.roles:
        yield f"  role     {role.role} ({role.passages:,}) · {_span(role.first, role.last)}"


def _span(first: str | None, last: str | None) -> str:
    """Return two dates to the day, or as precisely as they are known."""
    if first is None or last is None:
        return "undated"
    return first[:10] if first[:10] == last[:10] else f"{first[:10]} – {last[:10]}"


def _print_merges(suggested: Sequence[Merge], rows: Mapping[str, Person], as_json: bool) -> None:
    if as_json:
        answer = {"merges": [asdict(merge) for merge in suggested]}
        click.echo(json.dumps(answer, ensure_ascii=False))
    elif suggested:
        lines = (line for merge in suggested for line in _row(merge, rows.get(merge.id)))
        click.echo(printable("\n".join(lines)))
        say(f"Copy the correct rows into {FILE}, then run `reindex`.")
    else:
        say("There are no names to merge.")


def _row(merge: Merge, present: Person | None) -> Iterator[str]:
    """Return a row to paste, with the reasons as comments. It includes an existing row."""
    replaces = "; replaces the present row" if present else ""
    yield f"# {count(merge.passages, 'passage')}{replaces}"
    yield "[[speaker]]"
    yield f"name = {_quoted(present.name if present else merge.name)}"
    if present and present.has_own_id:
        yield f"id = {_quoted(present.id)}"
    yield "also = ["
    yield from (f"    {_quoted(alias)}," for alias in (present.also if present else ()))
    for spelling in merge.also:
        reason = f"{count(spelling.passages, 'passage')}: {spelling.reason}"
        yield f"    {_quoted(spelling.name)},  # {reason}"
    yield "]"
    if present and present.roles:
        yield "roles = ["
        yield from (f"    {_role(tenure)}," for tenure in present.roles)
        yield "]"
    yield ""


def _role(tenure: Tenure) -> str:
    fields = {
        "role": tenure.role,
        "from": tenure.since,
        "to": tenure.until,
        "label": tenure.label,
        "outlet": list(tenure.outlets) or None,
    }
    return "{ " + ", ".join(f"{k} = {_quoted(v)}" for k, v in fields.items() if v) + " }"


def _quoted(value: object) -> str:
    """Return a text or a list of texts in TOML, which writes them as JSON does."""
    return json.dumps(value, ensure_ascii=False)
