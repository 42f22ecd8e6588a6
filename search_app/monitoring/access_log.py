"""The log of a server on standard error: requests and errors, as text or as JSON lines."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any

from search_app.request_record import RequestRecord

FORMATS = ("text", "json")

_ACCESS = logging.getLogger("commentary.access")
_REQUEST = "commentary_request"
"""The attribute of a log record that holds the request."""


def log_to_stderr(form: str, *, with_queries: bool = False) -> None:
    """Log requests and errors of this process, and of those that it forks, in one of `FORMATS`.

    Until this is called errors are logged as Python does, and requests are not.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(formatter(form, with_queries=with_queries))
    logging.getLogger().addHandler(handler)
    _ACCESS.setLevel(logging.INFO)


def formatter(form: str, *, with_queries: bool = False) -> logging.Formatter:
    """Return the formatter of one of `FORMATS`."""
    return _Json(with_queries) if form == "json" else _Text(with_queries)


def log_request(request: RequestRecord) -> None:
    """Log a request, if requests are logged."""
    if _ACCESS.isEnabledFor(logging.INFO):
        _ACCESS.info("%s %s", request.method, request.path, extra={_REQUEST: request})


class _Formatter(logging.Formatter):
    """Formatter that leaves out what readers searched for, unless it is asked for."""

    def __init__(self, with_queries: bool) -> None:
        super().__init__()
        self._with_queries = with_queries

    def _at(self, record: logging.LogRecord) -> str:
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


class _Text(_Formatter):
    """Formatter of one line for each request; the traceback of an error follows its line."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        return f"{self._at(record)} {record.levelname} {self._message(record)}"

    def _message(self, record: logging.LogRecord) -> str:
        request: RequestRecord | None = getattr(record, _REQUEST, None)
        if request is None:
            return record.message
        query = f"?{request.query}" if self._with_queries and request.query else ""
        values = (
            *(request.method, request.path + query, request.status, request.bytes),
            *(f"{request.seconds:.3f}", request.endpoint or "-"),
        )
        return " ".join(map(str, values))


class _Json(_Formatter):
    """Formatter of one object for each request and each error, on a line of its own."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {"at": self._at(record), "level": record.levelname.lower()}
        return json.dumps({**entry, **self._fields(record)}, ensure_ascii=False)

    def _fields(self, record: logging.LogRecord) -> dict[str, Any]:
        request: RequestRecord | None = getattr(record, _REQUEST, None)
        if request is None:
            error = self.formatException(record.exc_info) if record.exc_info else None
            return {"message": record.getMessage(), "traceback": error}
        return {
            "method": request.method,
            "path": request.path,
            **({"query": request.query} if self._with_queries else {}),
            "status": request.status,
            "bytes": request.bytes,
            "seconds": round(request.seconds, 4),
            "endpoint": request.endpoint,
        }
