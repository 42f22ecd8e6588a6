"""Sends one request to a web server at a known IP address, within limits of time and size.

It uses `http.client` rather than a larger library because that can connect to the very address
that was checked, and hang up when the time is over, however slowly bytes still arrive.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from urllib.parse import SplitResult, quote, urlsplit

from indexer.errors import NotFetched

PORTS = {"http": 80, "https": 443}
"""The supported schemes, with their default ports."""

_UNESCAPED = "/%:=&?~+!$,;'@()*[]"
_GZIP_OR_DEFLATE = 32 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a request: time without a byte, time for all of it, and size."""

    silence_seconds: float
    total_seconds: float
    max_bytes: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a server. ``is_whole`` is false if ``data`` was cut at the limit of size."""

    status: int
    reason: str
    headers: Message
    data: bytes
    is_whole: bool


class TookTooLong(NotFetched):
    """Raised if a server does not answer in time."""


def place_of(url: str) -> SplitResult:
    """Split an address into its parts, escaped and without a fragment.

    Raises `NotFetched` if it is not http or https, names no host, or has a user name.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port
    except ValueError as problem:
        raise NotFetched("it is not a web address") from problem
    if parts.scheme not in PORTS:
        raise NotFetched(f"only http and https are fetched, not {parts.scheme or 'a bare name'}")
    if not host:
        raise NotFetched("it names no host")
    if parts.username is not None or parts.password is not None:
        raise NotFetched("addresses with a user name are not fetched")
    netloc = f"[{host}]" if ":" in host else host
    if port not in (None, PORTS[parts.scheme]):
        netloc = f"{netloc}:{port}"
    path = quote(parts.path or "/", safe=_UNESCAPED)
    return SplitResult(parts.scheme, netloc, path, quote(parts.query, safe=_UNESCAPED), "")


def ask(place: SplitResult, addresses: Sequence[str], limits: Limits, user_agent: str) -> Answer:
    """Request a page from a server at one of its IP addresses.

    Raises `NotFetched` with the reason if no complete answer comes, `TookTooLong` if not in time.
    """
    host = place.hostname or ""
    try:
        with _connected(place, addresses, limits) as connection:
            return _answer(connection, place, limits.max_bytes, user_agent)
    except TimeoutError as problem:
        raise TookTooLong(f"{host} took too long to answer") from problem
    except (OSError, http.client.HTTPException, zlib.error, ValueError) as problem:
        error = str(problem) or type(problem).__name__
        raise NotFetched(f"{host} gave no valid answer: {error}") from problem


def _answer(
    connection: http.client.HTTPConnection, place: SplitResult, max_bytes: int, user_agent: str
) -> Answer:
    target = f"{place.path}?{place.query}" if place.query else place.path
    headers = {
        "User-Agent": user_agent,
        "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.5",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }
    connection.request("GET", target, headers=headers)
    response = connection.getresponse()
    data = response.read(max_bytes + 1)
    if len(data) <= max_bytes and response.length:
        raise NotFetched("the answer was cut off")
    data = _unpacked(data, response.headers.get("Content-Encoding", "identity"), max_bytes)
    return Answer(
        status=response.status,
        reason=response.reason,
        headers=response.headers,
        data=data[:max_bytes],
        is_whole=len(data) <= max_bytes,
    )


def _unpacked(data: bytes, encoding: str, max_bytes: int) -> bytes:
    """Decompress data to at most one byte more than ``max_bytes``."""
    if encoding.strip().lower() in ("identity", ""):
        return data
    if encoding.strip().lower() not in ("gzip", "x-gzip", "deflate"):
        raise NotFetched(f"it is compressed as {encoding}, which is not supported")
    return zlib.decompressobj(_GZIP_OR_DEFLATE).decompress(data, max_bytes + 1)


@contextmanager
def _connected(
    place: SplitResult, addresses: Sequence[str], limits: Limits
) -> Iterator[http.client.HTTPConnection]:
    """Connect to the first address that answers. The connection is cut when the time is over."""
    host, port = place.hostname or "", place.port or PORTS[place.scheme]
    sock = _socket(addresses, port, limits.silence_seconds)
    connection = http.client.HTTPConnection(host, port)
    if place.scheme == "https":
        context = ssl.create_default_context()
        connection = http.client.HTTPSConnection(host, port, context=context)
        sock = context.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
    connection.sock = sock
    time_is_up = threading.Event()

    def cut() -> None:
        time_is_up.set()
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(limits.total_seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        if isinstance(sock, ssl.SSLSocket):
            sock.do_handshake()
        yield connection
    except (OSError, http.client.HTTPException, ValueError) as problem:
        if time_is_up.is_set():
            raise TimeoutError from problem
        raise
    finally:
        timer.cancel()
        connection.close()
    if time_is_up.is_set():
        raise TimeoutError


def _socket(addresses: Sequence[str], port: int, timeout_seconds: float) -> socket.socket:
    """Connect to the first address that answers. The timeout is also that of each read."""
    problem: OSError | None = None
    for address in addresses:
        try:
            return socket.create_connection((address, port), timeout=timeout_seconds)
        except OSError as refused:
            problem = problem or refused
    raise problem or OSError("it has no address")
