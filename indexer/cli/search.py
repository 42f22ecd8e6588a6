"""``commentary search``: search in the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import click

from indexer.budget import Budget
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
from indexer.records import (
    FACETS,
    GROUPS,
    SCOPES,
    SORTS,
    Hit,
    SearchRequest,
    SearchResults,
    Snippet,
)

JsonAnswer: TypeAlias = Callable[[Path, SearchRequest, float], str]
"""A function that returns the answer of the JSON endpoint, from the path of an index, for a search
that takes at most some seconds. The web app passes it to the command."""


def _facet_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command an option for each facet."""
    for name, facet in reversed(tuple(FACETS.items())):
        choices = click.Choice(list(facet.labels)) if facet.labels else None
        description = f"{facet.description}; repeatable."
        option = click.option(
            f"--{name}", facet.request_field, multiple=True, type=choices, help=description
        )
        command = option(command)
    return command


@click.command(cls=Command)
@click.argument("query", default="")
@index_option
@_facet_options
@click.option("--from", "since", help="Not before this year, month or day (2020, 2020-10, …).")
@click.option("--to", "until", help="Not after this year, month or day.")
@click.option(
    "--scope",
    type=click.Choice(SCOPES),
    default="said",
    show_default=True,
    help="Where the words match: in what was said, the question alone, the headline alone, or all.",
)
@click.option(
    "--sort",
    type=click.Choice(SORTS),
    default="relevance",
    show_default=True,
    help="The order of the results.",
)
@click.option(
    "--group",
    type=click.Choice(GROUPS),
    default="article",
    show_default=True,
    help="Group the passages by article, or list each one.",
)
@click.option(
    "--page", type=click.IntRange(1), default=1, show_default=True, help="The page of results."
)
@click.option(
    "--limit", type=int, default=10, show_default=True, help="Results on a page, at most 100."
)
@click.option(
    "--query-seconds",
    default=10.0,
    show_default=True,
    type=click.FloatRange(min=0, min_open=True),
    help="Stop a search that takes more processor time.",
)
@json_option
@click.pass_obj
def search(
    answer: JsonAnswer, /, query: str, index: Path, as_json: bool, page: int, **filters: Any
) -> int:
    """Search what was said. Quote the query: commentary search '"right to peace" -war'."""
    seconds = filters.pop("query_seconds")
    request = SearchRequest(query, offset=(page - 1) * filters["limit"], **filters)
    with open_index(index) as opened, Budget(seconds).limiting():
        results = opened.search(request)
    for notice in results.notices:
        say(notice.message)
    if as_json:
        click.echo(answer(index, request, seconds))
    else:
        click.echo("\n".join(_lines(results)), color=colour())
    return 0


def _lines(results: SearchResults) -> Iterator[str]:
    yield f"{count(results.total, 'passage')} in {count(results.articles, 'article')}"
    if results.is_scoped:
        yield "  ".join(f"{scope}: {total:,}" for scope, total in results.scopes.items())
    if results.undated:
        yield f"{results.undated:,} more have no date to compare"
    for suggestion in results.did_you_mean:
        lead = "Nearly" if suggestion.is_nearly else "Did you mean"
        yield f"{lead}: {printable(suggestion.query)} ({count(suggestion.total, 'passage')})"
    for part in results.explanations:
        yield f"{printable(part.label)}: {part.alone:,} alone, {part.without:,} without it"
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
    for other in hit.more:
        yield f"  {_styled(other.snippet)}"
        yield click.style(f"  {printable(other.passage.id)}", dim=True)


def _styled(snippet: Snippet) -> str:
    """Return a snippet in one line, its marked words in bold."""
    parts, at = [], 0
    for start, end in snippet.highlights:
        parts.append(printable(snippet.text[at:start]))
        parts.append(click.style(printable(snippet.text[start:end]), bold=True))
        at = end
    line = " ".join("".join([*parts, printable(snippet.text[at:])]).split())
    return f"{'…' if snippet.before else ''}{line}{'…' if snippet.after else ''}"
