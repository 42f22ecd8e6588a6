"""Tasks for the processes of `indexer.ingest.workers`, in a module that they import fast."""

from __future__ import annotations

import re
import signal
import time


def work(task: str) -> str:
    """Do a task that is named by a text, so that another process can do it too."""
    word, _, number = task.partition(" ")
    if word == "sleep":
        time.sleep(float(number))
    elif word == "spin":
        re.match("(a+)+b", "a" * 64)  # for ever, and inside one call of C code
    elif word == "allocate":
        return str(len(bytearray(int(number) * 1024**2)))
    elif word == "die":
        signal.raise_signal(signal.SIGKILL)
    elif word == "raise":
        raise MemoryError
    return task
