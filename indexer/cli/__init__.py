"""The commands, one a file, named as they are typed: `reindex`, `inspect`, `search`, …

Each is loaded when it is called, so that a search does not load the readers of articles.
"""

from __future__ import annotations

import importlib
from typing import cast

import click

COMMANDS = (
    *("add", "backup", "check", "init", "inspect", "reindex", "reports", "restore", "rollback"),
    *("search", "speakers", "watch"),
)


def load_command(name: str) -> click.Command:
    """Load one of `COMMANDS` by its name."""
    return cast(click.Command, getattr(importlib.import_module(f"{__name__}.{name}"), name))


def reindex_main() -> None:
    """Run ``reindex``, which is the same as ``commentary reindex``."""
    load_command("reindex")(prog_name="reindex")
