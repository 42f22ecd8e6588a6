"""The rules for programs that read the whole site (RFC 9309)."""

from __future__ import annotations

from flask import Blueprint, Response, url_for

from search_app.access.guard import is_private

blueprint = Blueprint("robots", __name__)

_CLOSED = ("search", "api/", "suggest", "passages/")
"""Beginnings of addresses that are without number, or hold what is on other pages."""


@blueprint.get("/robots.txt")
def rules() -> Response:
    """Write the rules. All of a private site is closed."""
    root = url_for("home.page")
    closed = ("",) if is_private() else _CLOSED
    lines = ["User-agent: *", *(f"Disallow: {root}{path}" for path in closed)]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
