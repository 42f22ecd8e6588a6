"""``reindex``: bring the index up to date with the corpus."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict

import click

from indexer.cli.command import (
    SKIPPED,
    Command,
    corpus_option,
    count,
    index_option,
    json_option,
    say,
)
from indexer.cli.limits import limit_options
from indexer.cli.progress_bar import progress_bar
from indexer.engines import engine_names
from indexer.records import IngestReport
from indexer.reindex.run import DEFAULT_ENGINE, ReindexOptions
from indexer.reindex.run import reindex as run
from indexer.storage.generations import KEEP

_MANY_PASSAGES = 50_000
"""Size of an index from which another engine is noticeably faster."""

_FASTER = (
    "Hint: --engine tantivy indexes this many passages 1.2 times as fast, without reading the"
    " articles again. The documentation compares the engines."
)

_FIRST_ARTICLE = (
    "There are no articles yet: `commentary add URL` saves one, `commentary init` makes a corpus"
    " with an invented one."
)


_READING = (
    click.option(
        "--engine",
        envvar="COMMENTARY_ENGINE",
        help=f"The search engine: {', '.join(engine_names())}.  [default: as before, else whoosh]",
    ),
    click.option(
        "--jobs",
        type=click.IntRange(min=1),
        envvar="COMMENTARY_JOBS",
        help="Processes that read articles.  [default: one for each core]",
    ),
    click.option(
        "--keep",
        type=click.IntRange(min=1),
        envvar="COMMENTARY_KEEP",
        default=KEEP,
        show_default=True,
        help="Former generations of the index that are kept, for rollback.",
    ),
)


def reading_options(command: Callable[..., int]) -> Callable[..., int]:
    """Add the options of commands that read articles into an index."""
    command = limit_options(command)
    for option in reversed(_READING):
        command = option(command)
    return command


@click.command(cls=Command)
@corpus_option
@index_option
@reading_options
@click.option("--full", is_flag=True, help="Read every article again.")
@click.option("--optimize", is_flag=True, help="Rewrite the search files as one piece.")
@click.option("--dry-run", is_flag=True, help="Print the changes, but write nothing.")
@click.option("--if-needed", is_flag=True, help="Print nothing if there is nothing to do.")
@click.option(
    "--accept-removals", is_flag=True, help="Go on if most of the indexed articles are gone."
)
@json_option
@click.option("--quiet", "-q", is_flag=True, help="Print errors and skipped files only.")
def reindex(if_needed: bool, as_json: bool, quiet: bool, **options: object) -> int:
    """Bring the index up to date with new, changed and removed articles of the corpus."""
    run_options = ReindexOptions(**options)  # type: ignore[arg-type]  # click has checked the types
    with progress_bar("Scanning", is_quiet=quiet) as bar:
        report = run(run_options, bar)
    if if_needed and not (report.generation or report.kept or run_options.dry_run):
        return 0
    name_skipped(report)
    if as_json:
        click.echo(json.dumps(asdict(report), ensure_ascii=False))
    elif not quiet:
        click.echo(summary(report, run_options.dry_run))
        if _is_large(report):
            click.echo(_FASTER)
    if not (report.articles or report.skipped or quiet):
        say(_FIRST_ARTICLE)
    return SKIPPED if report.skipped else 0


def name_skipped(report: IngestReport) -> None:
    """Print the files that are not in the index, each with the reason, and what was repaired."""
    for kind, files in (("skipped", report.skipped), ("duplicate", report.duplicates)):
        for file in files:
            say(f"{kind} {file.path}: {file.reason}")
    if report.repaired:
        say(f"The index was damaged ({report.repaired}), so it was written again.")


def summary(report: IngestReport, dry_run: bool = False) -> str:
    """Return the result of a run in one sentence."""
    size = f"{count(report.articles, 'article')}, {count(report.passages, 'passage')}"
    changes = f"{report.read} read, {report.unchanged} unchanged, {report.removed} removed"
    if report.kept:
        changes += f", {report.kept} kept as they were"
    if dry_run:
        return f"The index would hold {size} ({changes}). Nothing was written."
    if report.generation is None:
        return f"Nothing to do: the index holds {size}."
    return f"The index holds {size} ({changes}; {report.seconds:.1f} s)."


def _is_large(report: IngestReport) -> bool:
    """Return True if the default engine built an index that another builds noticeably faster."""
    is_built = report.generation is not None and not report.unchanged
    return is_built and report.engine == DEFAULT_ENGINE and report.passages > _MANY_PASSAGES
