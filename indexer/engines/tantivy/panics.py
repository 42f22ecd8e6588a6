"""Panics of Tantivy's compiled code, turned into errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def panics_as_errors() -> Iterator[None]:
    """Raise `RuntimeError` if Tantivy panics, as it does over some damaged files.

    Its own exception is no `Exception`, so that nobody who handles errors would see it.
    """
    try:
        yield
    except BaseException as panic:
        if type(panic).__name__ != "PanicException":
            raise
        raise RuntimeError(f"Tantivy panicked: {panic}") from panic
