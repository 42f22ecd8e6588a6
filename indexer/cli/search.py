"""``commentary search``: the same search as the page, in the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from indexer.cli.command import (
    Command,
    colour,
    count,
    index_option,
    json_option,
    printable,
    say,
)
from indexer.index import open_index
from indexer.records import ROLES, SORTS, Hit, SearchRequest, SearchResults, Snippet


@click.command(cls=Command)
@click.argument("query", default="")
@index_option
@click.option("--speaker", "speakers", multiple=True, help="Said by; several are alternatives.")
@click.option("--source", "sources", multiple=True, help="Published by; several are alternatives.")
@click.option("--role", "roles", multiple=True, type=click.Choice(ROLES))
@click.option("--from", "since", help="Not before this year, month or day (2020, 2020-10, …).")
@click.option("--to", "until", help="Not after this year, month or day.")
@click.option("--sort", type=click.Choice(SORTS), default="relevance", show_default=True)
@click.option("--limit", type=int, default=10, show_default=True, help="Results, at most 100.")
@json_option
def search(query: str, index: Path, as_json: bool, **filters: object) -> int:
    """Search what was said. Quote the query: commentary search '"right to peace" -war'."""
    request = SearchRequest(query, **filters)  # type: ignore[arg-type]  # click has checked the types
    with open_index(index) as opened:
        results = opened.search(request)
    for notice in results.notices:
        say(notice.message)
    if as_json:
        click.echo(json.dumps(asdict(results), ensure_ascii=False))
    else:
        click.echo("\n".join(_lines(results)), color=colour())
    return 0


def _lines(results: SearchResults) -> Iterator[str]:
    yield f"{count(results.total, 'passage')} in {count(results.articles, 'article')}"
    if results.undated:
        yield f"{results.undated:,} more have no date to compare"
    for hit in results.hits:
        yield ""
        yield from _hit(hit)


def _hit(hit: Hit) -> Iterator[str]:
    passage = hit.passage
    known = (passage.speaker, passage.published, passage.outlet, passage.title)
    yield printable(" · ".join(value for value in known if value))
    if hit.question:
        yield f"  Q: {_styled(hit.question)}"
    yield f"  {_styled(hit.snippet)}"
    yield click.style(f"  {printable(passage.id)}", dim=True)


def _styled(snippet: Snippet) -> str:
    """A snippet in one line, its marked words in bold."""
    parts, at = [], 0
    for start, end in snippet.highlights:
        parts.append(printable(snippet.text[at:start]))
        parts.append(click.style(printable(snippet.text[start:end]), bold=True))
        at = end
    line = " ".join("".join([*parts, printable(snippet.text[at:])]).split())
    return f"{'…' if snippet.before else ''}{line}{'…' if snippet.after else ''}"
