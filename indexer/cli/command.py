"""Shared by all commands: errors in one line, exit codes, options for corpus and index.

0 done, or nothing to do · 1 failed · 2 usage · 3 some files skipped · 4 locked by another run
5 `check` found a difference · 6 most of the corpus is gone · 130 interrupted
"""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import suppress
from pathlib import Path

import click

from indexer.errors import (
    CorpusVanished,
    EngineUnavailable,
    IndexerError,
    IndexLocked,
    InvalidSearchRequest,
)
from indexer.storage import disk

FAILED = 1
SKIPPED = 3
DIFFERENT = 5

_EXIT_CODES: dict[type[Exception], int] = {
    EngineUnavailable: 2,
    InvalidSearchRequest: 2,
    IndexLocked: 4,
    CorpusVanished: 6,
}
_INTERRUPTED = 130
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

corpus_option = click.option(
    "--corpus",
    type=click.Path(path_type=Path),
    default="corpus",
    envvar="COMMENTARY_CORPUS",
    show_default=True,
    help="The folder of articles.",
)
index_option = click.option(
    "--index",
    type=click.Path(path_type=Path),
    default="index",
    envvar="COMMENTARY_INDEX",
    show_default=True,
    help="The folder of the index.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


class Command(click.Command):
    """A command that returns its exit code, and prints each error in one line."""

    def invoke(self, ctx: click.Context) -> None:
        """Run the command and end the program."""
        try:
            code = super().invoke(ctx)
        except KeyboardInterrupt:
            say("Interrupted. The index has not changed.")
            code = _INTERRUPTED
        except BrokenPipeError:
            raise
        except (IndexerError, OSError, sqlite3.Error) as problem:
            say(in_one_line(problem))
            code = _EXIT_CODES.get(type(problem), FAILED)
        ctx.exit(code or 0)


def say(message: str) -> None:
    """Print a message on stderr. If that cannot be written to, the exit code alone tells."""
    with suppress(OSError):
        click.echo(printable(message), err=True)


def printable(text: str) -> str:
    """Replace the characters that could control the terminal."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def count(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural if necessary."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def colour() -> bool | None:
    """Return ``None`` for colour on a terminal, ``False`` for none, as `click.echo` expects."""
    return False if os.environ.get("NO_COLOR") else None


def in_one_line(problem: Exception) -> str:
    """Return the message of an error in one line."""
    if isinstance(problem, OSError) and problem.strerror:
        return f"{disk.sentence(problem)}."
    return " ".join(str(problem).split())
