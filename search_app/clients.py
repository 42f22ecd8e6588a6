"""Programs and people: programs are answered in English and without cookies."""

from __future__ import annotations

from flask import Request

_PROGRAM_BLUEPRINTS = frozenset({"api", "exports", "monitoring", "opensearch"})
_PROGRAM_PATHS = ("/api/", "/search.")
"""Beginnings of addresses for programs. An unknown address belongs to no blueprint."""


def is_for_programs(request: Request) -> bool:
    """Return true if a program reads the answer to this request, false if a person does."""
    return request.blueprint in _PROGRAM_BLUEPRINTS or request.path.startswith(_PROGRAM_PATHS)
