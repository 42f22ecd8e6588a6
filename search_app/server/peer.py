"""The machine at the other end of a connection, whatever the headers of its requests say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_KEY = "commentary.peer"
_CONNECTED = "commentary.connected"
_FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_", "HTTP_X_REAL_IP", "HTTP_VIA")
"""Beginnings of the headers that proxies add."""


def with_peer(app: WSGIApplication) -> WSGIApplication:
    """Wrap an app that replaces or drops what proxies say, so that it knows its peer."""

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ[_KEY] = _direct_address(environ)
        environ[_CONNECTED] = environ.get("REMOTE_ADDR", "")
        return app(environ, start_response)

    return application


def direct_peer(environ: Mapping[str, Any]) -> IPv4Address | IPv6Address | None:
    """Return the address of a client that is its own peer, or ``None`` behind a proxy."""
    address = environ[_KEY] if _KEY in environ else _direct_address(environ)
    try:
        found = ip_address(address)
    except ValueError:
        return None
    # A socket that listens on `::` shows the clients of IPv4 in this form.
    return (isinstance(found, IPv6Address) and found.ipv4_mapped) or found


def is_direct_peer(
    environ: Mapping[str, Any], networks: Iterable[IPv4Network | IPv6Network]
) -> bool:
    """Return true if a client of one of these networks is its own peer."""
    peer = direct_peer(environ)
    return peer is not None and any(peer in network for network in networks)


def connected(environ: Mapping[str, Any]) -> str:
    """Return the address of whoever is connected: a client, or the proxy that it came by."""
    return str(environ[_CONNECTED] if _CONNECTED in environ else environ.get("REMOTE_ADDR", ""))


def _direct_address(environ: Mapping[str, Any]) -> str:
    if any(name.startswith(_FORWARDED) for name in environ):
        return ""
    return str(environ.get("REMOTE_ADDR", ""))
