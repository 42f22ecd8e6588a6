"""An app that stops searches that take too long, and answers all else before exports."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any, cast

import flask
from flask import Flask, current_app
from flask.typing import ResponseReturnValue

from indexer import Budget
from search_app.server.limits import Limits
from search_app.server.priority import Priority
from search_app.settings import DEFAULTS, Settings

_STREAMS = "exports"
"""The blueprint whose answers are streamed."""


class TimedApp(Flask):
    """An app whose searches raise `OutOfTime` if a request takes longer than the settings allow.

    The time to send an answer is not counted, nor is that of a stream, which is written meanwhile.
    Streams give way to everything else by ``priority``.
    """

    settings: Settings = DEFAULTS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.priority = Priority()

    def dispatch_request(self) -> ResponseReturnValue:
        """Answer a request."""
        first = nullcontext() if flask.request.blueprint == _STREAMS else self.priority.short()
        with first, self.budget(self.settings.limits.query_seconds).limiting():
            return super().dispatch_request()

    def budget(self, seconds: float) -> Budget:
        """Return a budget of some seconds from now, by the clock of the settings."""
        return Budget(seconds, self.settings.clock)


def current_limits() -> Limits:
    """Return the limits of the app that answers now."""
    return _current_app().settings.limits


def export_budget() -> Budget:
    """Return the budget for reading an export, from now."""
    return _current_app().budget(current_limits().export_seconds)


def _current_app() -> TimedApp:
    return cast(TimedApp, current_app)
