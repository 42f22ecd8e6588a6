"""The app on the air, as its readers have it: a ``commentary serve`` of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

COMMAND = (sys.executable, "-c", "from search_app.cli import main; main()")


@contextmanager
def served(index_path: Path) -> Iterator[str]:
    """The address at which an index is served until the context ends."""
    command = [*COMMAND, "serve", "--port", "0", "--index", str(index_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield next(word for word in process.stdout.readline().split() if "://" in word)
        finally:
            process.terminate()
