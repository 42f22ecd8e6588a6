"""How a reader wants the pages: in which language, light or dark. It is remembered in cookies."""

from __future__ import annotations

from urllib.parse import urlsplit

import flask
from flask import Blueprint, Response, request

from search_app.wording.audience import is_for_programs
from search_app.wording.languages import COOKIE as LANGUAGE
from search_app.wording.languages import gettext, languages

blueprint = Blueprint("preferences", __name__)

THEME = "theme"
SYSTEM = "system"
THEMES = ("light", "dark")
"""The cookie's values; without one the system's wish decides."""

_YEAR = 365 * 24 * 60 * 60


@blueprint.post("/preferences")
def prefer() -> Response:
    """Remembers what was chosen, and leads back to where that was."""
    response = Response(status=303)
    response.headers["Location"] = _own_address(request.form.get("back", ""))
    for name, choices in ((LANGUAGE, tuple(languages())), (THEME, THEMES)):
        chosen = request.form.get(name)
        if chosen in choices:
            response.set_cookie(
                name,
                chosen,
                max_age=_YEAR,
                secure=request.is_secure,
                httponly=True,
                samesite="Lax",
            )
        elif chosen:
            response.delete_cookie(name)
    return response


@blueprint.app_template_global()
def chosen_theme() -> str | None:
    """The theme that this reader chose; ``None`` for the system's."""
    theme = request.cookies.get(THEME)
    return theme if theme in THEMES else None


@blueprint.app_template_global()
def themes() -> dict[str, str]:
    """What there is to choose from, each with its name."""
    return {"light": gettext("Light"), "dark": gettext("Dark"), SYSTEM: gettext("As the system")}


@blueprint.app_template_global()
def this_address() -> str:
    """The page that is being read, without the host."""
    return request.full_path.rstrip("?") if request.method == "GET" else "/"


@blueprint.after_app_request
def differ_by_reader(response: Response) -> Response:
    """Tells caches that a page is for readers of one language and theme."""
    if request.endpoint != "static" and not is_for_programs(request):
        response.vary.update(("Cookie", "Accept-Language"))
    return response


def _own_address(back: str) -> str:
    """The address to go back to if it is one of ours, or else the first page."""
    parts = urlsplit(back)
    is_own = not parts.scheme and not parts.netloc and back.startswith("/") and "\\" not in back
    return back if is_own and not back.startswith("//") else flask.url_for("pages.home")
