"""The index that this app serves: always the newest one, without a restart."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from flask import Flask, current_app

from indexer import Index, LiveIndex

_NAME = "commentary-index"


def serve_index(app: Flask, path: Path) -> None:
    """Makes the index in a folder the one that this app answers from; it need not exist yet."""
    app.extensions[_NAME] = LiveIndex(path)


def current_index() -> Index:
    """The index to answer this request from.

    Raises `IndexUnavailable` if there is none that can be read.
    """
    return _live().current()


def reindex_command() -> str:
    """The command that brings this index up to date, in backticks."""
    return _live().reindex_command


def _live() -> LiveIndex:
    return cast(LiveIndex, current_app.extensions[_NAME])
