"""The progress bar of a command, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bar

from indexer.reindex.progress import NoProgress, Progress


@contextmanager
def progress_bar(first_step: str, *, is_quiet: bool = False) -> Iterator[Progress]:
    """Show the progress of a command on standard error, if that is a terminal."""
    if is_quiet or not sys.stderr.isatty():
        yield NoProgress()
        return
    columns: tuple[ProgressColumn, ...] = (TextColumn("{task.description}"), BarColumn())
    columns += (MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    bar = Bar(
        *columns,
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=sys.stdout.isatty(),  # what goes to a file or a pipe stays there
    )
    with bar:
        yield _ProgressBar(bar, first_step)


class _ProgressBar:
    """Shows the progress of a command, step by step."""

    def __init__(self, bar: Bar, first_step: str) -> None:
        self._bar = bar
        self._task = bar.add_task(first_step, total=None)

    def begin(self, step: str, total: int | None) -> None:
        self._bar.refresh()  # a short step is over before it was ever drawn
        self._bar.remove_task(self._task)
        self._task = self._bar.add_task(step, total=total)

    def advance(self) -> None:
        self._bar.advance(self._task)


class _Rate(ProgressColumn):
    """A column with the number of parts per second."""

    def render(self, task: Task) -> str:
        speed = task.speed or (task.completed / task.elapsed if task.elapsed else 0.0)
        return f"{speed:,.1f}/s" if speed else ""
