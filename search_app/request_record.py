"""A record of one request: what was asked and how it was answered, for those who count and log."""

from __future__ import annotations

from dataclasses import dataclass

import flask
from flask import Request

_KEY = "commentary.request_record"


@dataclass(slots=True)
class RequestRecord:
    """A request and its answer. Fields are filled in as they become known.

    ``path`` and ``query`` are as the client sent them, and ``endpoint`` is the route:
    ``/articles/<article_id>``. ``total`` is the number of passages that a search found.
    """

    method: str
    path: str
    query: str
    endpoint: str | None = None
    status: int = 500
    bytes: int = 0
    seconds: float = 0.0
    total: int | None = None

    def attach(self, environ: dict[str, object]) -> None:
        """Make this the record of a request."""
        environ[_KEY] = self


def record_of(request: Request) -> RequestRecord | None:
    """Return the record of a request, or ``None`` if nobody keeps one."""
    record = request.environ.get(_KEY)
    return record if isinstance(record, RequestRecord) else None


def note_total(total: int) -> None:
    """Record how many passages the search of this request found."""
    if record := record_of(flask.request):
        record.total = total
