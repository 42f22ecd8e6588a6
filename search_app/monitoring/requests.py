"""Keeps a record of each request to an app, and hands it on when the answer is sent."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import flask
from flask import Flask

from search_app.request_record import RequestRecord, record_of

_SAFE = "%/:?#[]@!$&'()*+,;=~"
"""Characters that stay as they are in a path and a query (RFC 3986)."""


def observe(app: Flask, observers: Sequence[Callable[[RequestRecord], None]]) -> None:
    """Call all observers with the record of each request, after the last byte of its answer."""
    app.wsgi_app = _Observed(app.wsgi_app, observers)  # type: ignore[method-assign]
    app.before_request(_note_endpoint)


class _Observed:
    """Middleware that measures requests."""

    def __init__(
        self, app: WSGIApplication, observers: Sequence[Callable[[RequestRecord], None]]
    ) -> None:
        self._app = app
        self._observers = observers

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        record = RequestRecord(
            method=environ["REQUEST_METHOD"],
            path=_printable(environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")),
            query=_printable(environ.get("QUERY_STRING", "")),
        )
        record.attach(environ)
        began = time.perf_counter()

        def begin(status: str, *more: Any) -> Any:
            record.status = int(status[:3])
            return start_response(status, *more)

        def finish() -> None:
            record.seconds = time.perf_counter() - began
            for observer in self._observers:
                observer(record)

        try:
            return _Measured(self._app(environ, begin), record, finish)
        except BaseException:
            finish()
            raise


class _Measured:
    """The body of an answer, whose bytes are counted."""

    def __init__(
        self, body: Iterable[bytes], record: RequestRecord, finish: Callable[[], None]
    ) -> None:
        self._body = body
        self._record = record
        self._finish = finish

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._body:
            self._record.bytes += len(piece)
            yield piece

    def close(self) -> None:
        """Close the body. The server calls this when the answer is sent, or its client gone."""
        try:
            if close := getattr(self._body, "close", None):
                close()
        finally:
            self._finish()


def _note_endpoint() -> None:
    record, rule = record_of(flask.request), flask.request.url_rule
    if record and rule:
        record.endpoint = _spelled(rule.rule)


@cache
def _spelled(rule: str) -> str:
    """Return a route without the types of its arguments."""
    return re.sub(r"<(?:[^>]*:)?(\w+)>", r"<\1>", rule)


def _printable(text: str) -> str:
    """Return a path or query, whose characters are bytes, in ASCII (PEP 3333)."""
    return quote(text, safe=_SAFE, encoding="latin-1")
