"""ETags made of the index and the request, so that clients need not fetch an answer twice."""

from __future__ import annotations

import hashlib

import flask
from flask import Response

_ETAG_LENGTH = 32


def is_not_modified(response: Response, fingerprint: str) -> bool:
    """Set the ETag of a response, and make it a 304 without content if the client has it already.

    The ETag is weak, because the time that a search took is part of its answer.
    """
    request_key = f"{fingerprint} {flask.request.url}"
    etag = hashlib.sha256(request_key.encode()).hexdigest()[:_ETAG_LENGTH]
    response.set_etag(etag, weak=True)
    response.cache_control.no_cache = True
    # `*` never matches: this runs before it is known that the address exists.
    if etag in flask.request.if_none_match.as_set(include_weak=True):
        response.status_code = 304
        return True
    return False
