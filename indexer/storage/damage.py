"""Sentences about an index that cannot be used, with the command that helps."""

from __future__ import annotations

import shlex
from pathlib import Path

from indexer.errors import IndexDamaged, IndexUnreadable
from indexer.messages import Message
from indexer.storage import disk

DEFAULT_INDEX = Path("index")


def command(index: Path, *options: str) -> str:
    """Return the ``reindex`` command for an index as it can be typed, in backticks."""
    location = () if index == DEFAULT_INDEX else ("--index", str(index))
    return f"`{shlex.join(['reindex', *options, *location])}`"


def damaged(index: Path, what: str) -> IndexDamaged:
    """Return an error that names the damage and the command that repairs it."""
    return IndexDamaged(
        Message(
            "The index in %(index)s is damaged (%(what)s): run %(command)s.",
            index=index,
            what=what,
            command=command(index, "--full"),
        ),
        what,
    )


def unreadable(index: Path, name: str, problem: OSError) -> IndexDamaged | IndexUnreadable:
    """Return the error for a file of an index that could not be read.

    A missing file is damage. Any other error says nothing about the index itself.
    """
    if isinstance(problem, FileNotFoundError | NotADirectoryError | IsADirectoryError):
        return damaged(index, f"{name} cannot be read ({problem.strerror})")
    named = OSError(problem.errno, problem.strerror, name)
    return IndexUnreadable(
        Message(
            "The index in %(index)s cannot be read: %(what)s.",
            index=index,
            what=disk.sentence(named),
        ),
        problem.errno,
    )
