"""The index that an app serves. A new generation replaces the old one without a restart."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from flask import Flask, current_app

from indexer import Index, LiveIndex

_EXTENSION = "commentary-index"


def serve_index(app: Flask, path: Path) -> None:
    """Answer all requests to an app from the index in a folder, which may not exist yet."""
    app.extensions[_EXTENSION] = LiveIndex(path)


def current_index() -> Index:
    """Return the newest index. Raises `IndexUnavailable` if none can be read."""
    return _live_index().current()


def reindex_command() -> str:
    """Command that brings the index up to date, in backticks."""
    return _live_index().reindex_command


def _live_index() -> LiveIndex:
    return cast(LiveIndex, current_app.extensions[_EXTENSION])
