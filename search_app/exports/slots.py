"""A bound on the exports at once, and their turns, so that all else is answered soon."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import BoundedSemaphore, Lock
from typing import cast

from flask import Flask, current_app
from werkzeug.exceptions import ServiceUnavailable

from search_app.server.priority import Priority

_EXTENSION = "commentary-exports"
_RETRY_SECONDS = 30

_GIVE_WAY_SECONDS = 0.02
"""The longest time that an export waits for searches before it goes on beside them."""

_TURN_SECONDS = 0.005
"""The processor time after which the next export has its turn."""

_SWITCH_SECONDS = 0.0005
"""The time after which a search takes the interpreter from an export: Python's own is 0.005."""


class Slots:
    """The places and turns of the exports of a process."""

    def __init__(self, limit: int, priority: Priority) -> None:
        self._free = BoundedSemaphore(limit)
        self._turn = Lock()
        self._priority = priority

    def take(self) -> ExitStack:
        """Take the place of an export. Closing the stack gives it back; closing twice is harmless.

        Answers 503 if all are taken.
        """
        if not self._free.acquire(blocking=False):
            busy = "Too many exports are running. Please try again in a minute."
            raise ServiceUnavailable(busy, retry_after=_RETRY_SECONDS)
        slot = ExitStack()
        slot.callback(self._free.release)
        return slot

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Work on one export at a time, after the searches that run now."""
        with self._turn:
            self._priority.give_way(_GIVE_WAY_SECONDS)
            with _switching_often():
                yield

    def by_turns(self, chunks: Iterator[str]) -> Iterator[str]:
        """Make the chunks of an export in turns, and give back what each turn made."""
        while made := self._made_in_a_turn(chunks):
            yield "".join(made)

    def _made_in_a_turn(self, chunks: Iterator[str]) -> list[str]:
        made = []
        with self.turn():
            end = time.thread_time() + _TURN_SECONDS
            for chunk in chunks:
                made.append(chunk)
                if time.thread_time() >= end:
                    break
        return made


@contextmanager
def _switching_often() -> Iterator[None]:
    """Let searches that begin meanwhile have the interpreter soon, also after they read a file."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def bound_exports(app: Flask, limit: int, priority: Priority) -> None:
    """Allow an app so many exports at once, each after what has priority."""
    app.extensions[_EXTENSION] = Slots(limit, priority)


def current_slots() -> Slots:
    """Return the slots of the app that answers now."""
    return cast(Slots, current_app.extensions[_EXTENSION])
