"""A bound on the exports at once, so that a server has threads left for everything else."""

from __future__ import annotations

from contextlib import ExitStack
from threading import BoundedSemaphore
from typing import cast

from flask import Flask, current_app
from werkzeug.exceptions import ServiceUnavailable

_EXTENSION = "commentary-export-slots"
_RETRY_SECONDS = 30


def bound_exports(app: Flask, limit: int) -> None:
    """Allow an app so many exports at once."""
    app.extensions[_EXTENSION] = BoundedSemaphore(limit)


def take_slot() -> ExitStack:
    """Take the place of an export. Closing the stack gives it back; closing twice is harmless.

    Answers 503 if all are taken.
    """
    free = cast(BoundedSemaphore, current_app.extensions[_EXTENSION])
    if not free.acquire(blocking=False):
        busy = "Too many exports are running. Please try again in a minute."
        raise ServiceUnavailable(busy, retry_after=_RETRY_SECONDS)
    slot = ExitStack()
    slot.callback(free.release)
    return slot
