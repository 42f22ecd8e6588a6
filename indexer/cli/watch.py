"""``watch``: bring the index up to date whenever articles come, change or go."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import NoReturn

import click

from indexer.cli.command import (
    Command,
    corpus_option,
    count,
    in_one_line,
    index_option,
    json_option,
    printable,
    say,
)
from indexer.cli.reindex import name_skipped, reading_options, summary
from indexer.corpus.watching import ticks
from indexer.errors import CorpusError
from indexer.records import IngestReport
from indexer.reindex.run import ReindexOptions
from indexer.reindex.watch import Outcome, outcomes


@click.command(cls=Command)
@corpus_option
@index_option
@reading_options
@click.option(
    "--settle",
    "settle_seconds",
    type=click.FloatRange(min=0.1),
    envvar="COMMENTARY_SETTLE",
    default=2.0,
    show_default=True,
    help="Seconds without a change after which a file is taken to be whole.",
)
@json_option
def watch(as_json: bool, **options: object) -> int:
    """Update the index now, and whenever articles come, change or go, until Ctrl-C.

    A file that is still being written is left for the next time.
    """
    run = ReindexOptions(**options)  # type: ignore[arg-type]  # click has checked the types
    if not run.corpus.is_dir():
        raise CorpusError(f"There is no folder {run.corpus} to watch: name one with --corpus.")
    log = _Log(as_json)
    try:
        with _interrupted_by_sigterm():
            for outcome in outcomes(run, ticks(run.corpus, run.index, run.settle_seconds)):
                log.write(outcome)
    except KeyboardInterrupt:
        say(f"Stopped. The index was updated {count(log.updates, 'time')}.")
    return 0


class _Log:
    """Prints what the runs have done, but nothing that was the same the last time."""

    def __init__(self, as_json: bool) -> None:
        self._as_json = as_json
        self._last: object = None
        self.updates = 0

    def write(self, outcome: Outcome) -> None:
        """Print the outcome of a run."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        if isinstance(outcome, IngestReport):
            is_update = outcome.generation is not None
            self.updates += is_update
            content: object = (outcome.articles, outcome.skipped, outcome.duplicates)
            if is_update or content != self._last:
                name_skipped(outcome)
                self._print({"at": at, **asdict(outcome)}, f"{at} {summary(outcome)}")
        else:
            content = in_one_line(outcome)
            if content != self._last:
                say(content)
                self._print({"at": at, "error": content})
        self._last = content

    def _print(self, line: dict[str, object], text: str | None = None) -> None:
        if self._as_json:
            click.echo(json.dumps(line, ensure_ascii=False))
        elif text:
            click.echo(printable(text))


@contextmanager
def _interrupted_by_sigterm() -> Iterator[None]:
    """Let SIGTERM end a block as Ctrl-C does."""

    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
