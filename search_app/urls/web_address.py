"""The addresses at which an app is known: absolute links carry them, other hosts are refused."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import flask
from flask import Flask
from werkzeug.exceptions import BadRequest
from werkzeug.sansio.utils import host_is_trusted

from search_app.settings import Settings

_REFUSED_HOST = "commentary.refused_host"
_UNDER_ANY_HOST = ("monitoring.alive", "monitoring.ready")
"""Endpoints that are asked by address, and whose answers hold no links."""


def trust_hosts(app: Flask, settings: Settings) -> None:
    """Answer requests for known hosts alone, and write absolute links with the address of the site.

    Known are loopback, the hosts of the settings, and that of the site's address.
    """
    app.wsgi_app = _WebAddress(app.wsgi_app, settings)  # type: ignore[method-assign]
    app.before_request(_refuse_unknown_host)


class _WebAddress:
    """Middleware that replaces scheme, host and prefix of a request by those of the site.

    Without an address of the site they are those of the request. An unknown host reaches no link.
    """

    def __init__(self, app: WSGIApplication, settings: Settings) -> None:
        self._app = app
        self._site = urlsplit(settings.url.rstrip("/"))
        named = (self._site.hostname, *settings.hosts)
        self._hosts = frozenset(_normalized(host) for host in named if host)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        own_host = f"localhost:{environ['SERVER_PORT']}"
        # HTTP/1.0 may leave the host out, as health checks of load balancers do.
        host = environ.setdefault("HTTP_HOST", own_host)
        if not self._knows(host):
            environ[_REFUSED_HOST] = host
            environ["HTTP_HOST"] = own_host
        if self._site.netloc:
            self._replace_address(environ)
        return self._app(environ, start_response)

    def _knows(self, host: str) -> bool:
        if not host_is_trusted(host):
            return False
        name = _normalized(urlsplit(f"//{host}").hostname or "")
        return name in self._hosts or _is_loopback(name)

    def _replace_address(self, environ: dict[str, Any]) -> None:
        environ["wsgi.url_scheme"] = self._site.scheme
        environ["HTTP_HOST"] = self._site.netloc
        environ["SCRIPT_NAME"] = prefix = self._site.path
        path = environ["PATH_INFO"]
        # Proxies may leave the prefix in the path or take it off.
        if prefix and f"{path}/".startswith(f"{prefix}/"):
            environ["PATH_INFO"] = path[len(prefix) :] or "/"


def _normalized(host: str) -> str:
    return host.lower().strip("[]").rstrip(".")


def _is_loopback(name: str) -> bool:
    try:
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False


def _refuse_unknown_host() -> None:
    host = flask.request.environ.get(_REFUSED_HOST)
    if host is not None and flask.request.endpoint not in _UNDER_ANY_HOST:
        raise BadRequest(
            "This server is not known under the name in the request. "
            "Its keeper can add names with --hosts or --url."
        )
