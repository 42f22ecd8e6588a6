"""Whom an address answers: people, in their language, or programs, in one that never changes."""

from __future__ import annotations

from flask import Request

_BLUEPRINTS = frozenset({"api", "exports", "opensearch"})
_BEGINNINGS = ("/api/", "/search.")
"""Of addresses that programs ask for; an unknown one is in no blueprint."""


def is_for_programs(request: Request) -> bool:
    """Whether it is a program that reads the answer to a request."""
    return request.blueprint in _BLUEPRINTS or request.path.startswith(_BEGINNINGS)
