"""What a client has already need not be made again: ETags from the index and the request."""

from __future__ import annotations

import hashlib

import flask
from flask import Response


def known(response: Response, fingerprint: str) -> bool:
    """Marks the answer to this request from the index of this fingerprint, so that it is known
    again; if the client has it, makes it a 304 that needs no content.

    The mark is weak: the time taken may differ.
    """
    etag = hashlib.sha256(f"{fingerprint} {flask.request.url}".encode()).hexdigest()[:32]
    response.set_etag(etag, weak=True)
    response.cache_control.no_cache = True
    # Not `*`: whether there is anything at this address is known only once it is made.
    if etag in flask.request.if_none_match.as_set(include_weak=True):
        response.status_code = 304
        return True
    return False
