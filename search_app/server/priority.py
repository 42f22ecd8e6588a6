"""Who goes first when requests of one process compete for the interpreter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition


class Priority:
    """Lets long work wait while short requests are answered. Safe to share between threads."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._short = 0

    @contextmanager
    def short(self) -> Iterator[None]:
        """Go first until the context ends."""
        with self._changed:
            self._short += 1
        try:
            yield
        finally:
            with self._changed:
                self._short -= 1
                self._changed.notify_all()

    def give_way(self, seconds: float) -> bool:
        """Wait until no short request is answered. False if some are after so many seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._short, seconds)
