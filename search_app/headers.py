"""The headers of every answer, and answers made smaller for clients that can read them."""

from __future__ import annotations

import gzip

import flask
from flask import Response

from search_app.clients import is_for_programs

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}

_HSTS = "max-age=31536000"
_MIN_GZIP_BYTES = 1024
_GZIP_LEVEL = 5
_COMPRESSED_TYPES = (
    *("application/json", "application/problem+json", "application/opensearchdescription+xml"),
    *("image/svg+xml", "text/css", "text/html", "text/javascript", "text/plain"),
)


def add_headers(response: Response) -> Response:
    """Add the headers that protect readers. What has no rule of its own is asked for again."""
    response.headers.update(_HEADERS)
    who = "cross-origin" if is_for_programs(flask.request) else "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = who
    if flask.request.is_secure:
        response.headers["Strict-Transport-Security"] = _HSTS
    if not response.cache_control:
        response.cache_control.no_cache = True
    return response


def compress(response: Response) -> Response:
    """Compress an answer for a client that accepts gzip. Exports are streams, and left alone."""
    if response.mimetype not in _COMPRESSED_TYPES or response.status_code != 200:
        return response
    response.vary.add("Accept-Encoding")
    accepts = flask.request.accept_encodings["gzip"] > 0
    is_file = response.direct_passthrough
    is_stream = response.is_streamed and not is_file
    if not accepts or is_stream or flask.request.method == "HEAD":
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) >= _MIN_GZIP_BYTES:
        response.set_data(gzip.compress(body, _GZIP_LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        if etag := response.get_etag()[0]:
            # The same content in other bytes.
            response.set_etag(etag, weak=True)
    return response
