"""Failures of Tantivy's compiled code, as the errors that Python has for them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager

_SYSTEM_ERROR = re.compile(r"os error (\d+)|\bcode: (\d+), kind:")


@contextmanager
def failures_as_errors() -> Iterator[None]:
    """Raise `OSError` if the disk fails, and `RuntimeError` if Tantivy panics.

    Tantivy tells an error of the system in the text of a `ValueError`. Its own exception for a
    panic, as over some damaged files, is no `Exception`: nobody who handles errors would see it.
    """
    try:
        yield
    except BaseException as failure:
        is_panic = type(failure).__name__ == "PanicException"
        if not (is_panic or isinstance(failure, ValueError)):
            raise
        if found := _SYSTEM_ERROR.search(str(failure)):
            code = int(found[1] or found[2])
            raise OSError(code, os.strerror(code)) from failure
        if not is_panic:
            raise
        raise RuntimeError(f"Tantivy panicked: {failure}") from failure
