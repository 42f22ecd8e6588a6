"""The language and the colours that a reader prefers, kept in cookies."""

from __future__ import annotations

from urllib.parse import urlsplit

import flask
from flask import Blueprint, Response, request

from search_app.clients import is_for_programs
from search_app.wording.languages import COOKIE as LANGUAGE
from search_app.wording.languages import gettext, languages

blueprint = Blueprint("preferences", __name__)

THEME = "theme"
SYSTEM = "system"
THEMES = ("light", "dark")
"""The values of the cookie. Without a cookie the system's preference applies."""

_COOKIE_SECONDS = 365 * 24 * 60 * 60


@blueprint.post("/preferences")
def save() -> Response:
    """Save what the reader chose, and redirect to the page that the choice was made on."""
    response = Response(status=303)
    response.headers["Location"] = _local_address(request.form.get("back", ""))
    for name, choices in ((LANGUAGE, tuple(languages())), (THEME, THEMES)):
        choice = request.form.get(name)
        if choice in choices:
            response.set_cookie(
                name,
                choice,
                max_age=_COOKIE_SECONDS,
                secure=request.is_secure,
                httponly=True,
                samesite="Lax",
            )
        elif choice:
            response.delete_cookie(name)
    return response


@blueprint.app_template_global()
def chosen_theme() -> str | None:
    """Return the theme that this reader chose, or ``None`` for that of the system."""
    theme = request.cookies.get(THEME)
    return theme if theme in THEMES else None


@blueprint.app_template_global()
def themes() -> dict[str, str]:
    """All themes with their names."""
    return {"light": gettext("Light"), "dark": gettext("Dark"), SYSTEM: gettext("As the system")}


@blueprint.app_template_global()
def this_address() -> str:
    """Address of the page being read, without the host."""
    return request.full_path.rstrip("?") if request.method == "GET" else "/"


@blueprint.after_app_request
def vary_by_reader(response: Response) -> Response:
    """Tell caches that pages differ by language and theme."""
    if request.endpoint != "static" and not is_for_programs(request):
        response.vary.update(("Cookie", "Accept-Language"))
    return response


def _local_address(back: str) -> str:
    """Return an address if it is on this site, otherwise that of the first page."""
    parts = urlsplit(back)
    is_local = not parts.scheme and not parts.netloc and back.startswith("/") and "\\" not in back
    return back if is_local and not back.startswith("//") else flask.url_for("home.page")
