"""The rules for programs that read the whole site (RFC 9309)."""

from __future__ import annotations

from flask import Blueprint, Response, url_for

blueprint = Blueprint("robots", __name__)

_CLOSED = ("search", "api/", "suggest", "passages/")
"""Beginnings of addresses that are without number, or hold what is on other pages."""


@blueprint.get("/robots.txt")
def rules() -> Response:
    """Write the rules."""
    root = url_for("home.page")
    lines = ["User-agent: *", *(f"Disallow: {root}{path}" for path in _CLOSED)]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
