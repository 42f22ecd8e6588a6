"""Waits for files of a corpus to come, change and go."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from watchfiles import Change, watch

from indexer.errors import CorpusError

_TICK_SECONDS = 1.0
_MAX_SETTLES = 10
"""While files go on changing, they are waited for no longer than so many times the usual."""


def ticks(corpus: Path, index: Path, settle_seconds: float) -> Iterator[bool]:
    """Return about every second whether files have changed, once none has for ``settle_seconds``.

    Goes on when the folder is gone, and when it comes back, as on a disk that is mounted again.
    Raises `CorpusError` if the system cannot watch it.
    """
    while True:
        place = _place(corpus)
        if place is None:
            time.sleep(_TICK_SECONDS)
            yield False
            continue
        was_watched = False
        try:
            for has_changed in _ticks_here(corpus.resolve(), index.resolve(), settle_seconds):
                yield has_changed or not was_watched  # until then nobody has seen what changed
                was_watched = True
                if _place(corpus) != place:
                    break
        except FileNotFoundError:
            continue
        except (OSError, RuntimeError) as problem:
            raise CorpusError(
                f"{corpus} cannot be watched: {problem}. With WATCHFILES_FORCE_POLLING=1 its files"
                " are looked at again and again instead."
            ) from problem
        yield True


def _ticks_here(corpus: Path, index: Path, settle_seconds: float) -> Iterator[bool]:
    """Return the ticks as long as the folder is there."""

    def matters(_: Change, path: str) -> bool:
        changed = Path(path)
        is_hidden = any(part.startswith(".") for part in changed.relative_to(corpus).parts)
        return not is_hidden and not changed.is_relative_to(index)

    settle_ms = round(settle_seconds * 1000)
    for changes in watch(
        corpus,
        watch_filter=matters,
        step=settle_ms,
        debounce=_MAX_SETTLES * settle_ms,
        rust_timeout=round(_TICK_SECONDS * 1000),
        yield_on_timeout=True,
        ignore_permission_denied=True,
    ):
        yield bool(changes)
        if (Change.deleted, str(corpus)) in changes:
            return  # a new folder may have the number of the old one


def _place(folder: Path) -> tuple[int, int] | None:
    """Return the device and number of a folder, or ``None`` if it is not there."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
