"""A limit on how often one client may ask: counted in memory, for each process alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network

import flask
from flask import Flask, Response
from flask_limiter import Limiter
from limits import parse_many
from werkzeug.exceptions import TooManyRequests

_SITE_BITS = 64
"""Bits of an IPv6 address that are of a client's network; it chooses the others itself."""

_EVERYTHING = "everything"
_FREE = "/healthz"


def require_rate(text: str) -> None:
    """Raise `ValueError` if a text is no rate, such as ``60/minute`` or ``5/second; 500/hour``."""
    parse_many(text)


def bound_clients(app: Flask, rate: str, has_let_in: Callable[[], bool]) -> None:
    """Answer 429 to a client that asks an app more often than a rate, if there is one.

    Health checks are free, and so are styles and scripts if their client ``has_let_in``.
    """
    if not rate:
        return

    def is_free() -> bool:
        request = flask.request
        return request.path == _FREE or (request.endpoint == "static" and has_let_in())

    limiter = Limiter(
        _client,
        app=app,
        application_limits=[rate],
        application_limits_exempt_when=is_free,
        request_identifier=lambda: _EVERYTHING,
        storage_uri="memory://",
    )

    def say_when(response: Response) -> Response:
        limit = limiter.current_limit
        if response.status_code == TooManyRequests.code and limit and limit.breached:
            response.retry_after = max(1, limit.reset_at - int(time.time()))
        return response

    app.after_request(say_when)


def _client() -> str:
    """Return the address of the client, of IPv6 that of its network.

    It is what a trusted proxy says it is, and of any other client that of its connection.
    """
    text = flask.request.remote_addr or ""
    try:
        address = ip_address(text)
    except ValueError:
        return text or "unknown"
    if isinstance(address, IPv6Address) and not address.ipv4_mapped:
        return str(ip_network((address, _SITE_BITS), strict=False))
    return str(address)
