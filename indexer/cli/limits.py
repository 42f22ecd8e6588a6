"""The options of all commands that read files: how much one file may take."""

from __future__ import annotations

from collections.abc import Callable

import click

from indexer.ingest.workers import FILE_MEMORY_MB, FILE_SECONDS

_LIMITS = (
    click.option(
        "--file-seconds",
        type=click.FloatRange(min=0, min_open=True),
        envvar="COMMENTARY_FILE_SECONDS",
        default=FILE_SECONDS,
        show_default=True,
        help="Skip a file that takes longer to read.",
    ),
    click.option(
        "--file-memory-mb",
        type=click.IntRange(min=1),
        envvar="COMMENTARY_FILE_MEMORY_MB",
        default=FILE_MEMORY_MB,
        show_default=True,
        help="Skip a file that takes more memory to read.",
    ),
)


def limit_options(command: Callable[..., int]) -> Callable[..., int]:
    """Add the options for the processor time and the memory that reading a file may take."""
    for option in reversed(_LIMITS):
        command = option(command)
    return command
