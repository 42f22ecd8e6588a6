"""Private sites: each request needs a user, by password or by the word of a reverse proxy."""

from __future__ import annotations

from typing import cast

import flask
from flask import Flask, Response, current_app
from werkzeug.exceptions import Forbidden, Unauthorized

from search_app.access.users import Users
from search_app.server.peer import connected, is_direct_peer
from search_app.settings import Settings
from search_app.wording.languages import gettext

_EXTENSION = "commentary-guard"
_OPEN = frozenset({"/healthz", "/robots.txt"})
"""Paths that are answered without a user; nothing of the index is in their answers."""

_WATCHED = frozenset({"/readyz", "/metrics"})
"""Paths that need no user from the networks of ``metrics_to``."""

_ASK = 'Basic realm="Commentary Search", charset="UTF-8"'


class Guard:
    """Lets the users of a site in, or everybody if it has none."""

    def __init__(self, settings: Settings) -> None:
        self._users = Users.read(settings.users) if settings.users else None
        self._header = settings.user_header
        self._proxy = settings.trusted_proxy
        self._watchers = settings.metrics_to

    @property
    def is_private(self) -> bool:
        """True if requests need a user."""
        return bool(self._users or self._header)

    def protect(self, app: Flask) -> None:
        """Let an app answer only the requests of users, and nobody keep the answers."""
        app.extensions[_EXTENSION] = self
        if self.is_private:
            app.before_request(self._require_user)
            app.after_request(self._keep_private)

    def has_let_in(self) -> bool:
        """Return true if it takes no password to answer this request, or one verified just now."""
        if not self.is_private or self._user_of_proxy():
            return True
        name, password = _credentials()
        return bool(self._users and name and self._users.remembers(name, password))

    def _require_user(self) -> None:
        if flask.request.path in _OPEN or (flask.request.path in _WATCHED and self._is_watcher()):
            return
        user = self._user_of_proxy() or self._user_by_password()
        if user:
            flask.request.environ["REMOTE_USER"] = user
        elif self._users:
            raise Unauthorized(
                gettext("This collection is private. Its keeper gives out names and passwords.")
            )
        else:
            raise Forbidden(
                gettext("This collection is private. Sign in where its keeper told you to.")
            )

    def _is_watcher(self) -> bool:
        """Return true for a machine that the keeper named; a proxy may be on this one."""
        return is_direct_peer(flask.request.environ, self._watchers)

    def _user_of_proxy(self) -> str:
        """Return the user that the trusted proxy names; nobody else is believed."""
        if not self._header or connected(flask.request.environ) != self._proxy:
            return ""
        return flask.request.headers.get(self._header, "").strip()

    def _user_by_password(self) -> str:
        name, password = _credentials()
        return name if self._users and name and self._users.accept(name, password) else ""

    def _keep_private(self, response: Response) -> Response:
        for name in [name for name, _ in response.headers if name.startswith("Access-Control-")]:
            del response.headers[name]
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if response.status_code == Unauthorized.code:
            response.headers["WWW-Authenticate"] = _ASK
        return response


def is_private() -> bool:
    """Return true if requests to this app need a user."""
    return cast(Guard, current_app.extensions[_EXTENSION]).is_private


def _credentials() -> tuple[str, str]:
    """Return the name and the password that came with this request, or empty ones."""
    given = flask.request.authorization
    if given is None or given.type != "basic":
        return "", ""
    return given.username or "", given.password or ""
