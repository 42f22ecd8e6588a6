"""One request to a web server whose address was looked up before, within limits of time and size.

`http.client` and not a larger library, because it lets us connect to the very address that was
checked, and hang up when the time for all of it is over, however slowly bytes still come.
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
"""The schemes of addresses that can be asked, and where their servers listen."""

_UNESCAPED = "/%:=&?~+!$,;'@()*[]"
_GZIP_OR_DEFLATE = 32 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class Limits:
    """``silence`` is the longest time without a byte, ``total`` that for all of it, in seconds."""

    silence: float
    total: float
    size: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; not ``whole`` if ``data`` was cut at the limit of size."""

    status: int
    reason: str
    headers: Message
    data: bytes
    whole: bool


def place_of(url: str) -> SplitResult:
    """An address in its parts, as it is asked for: escaped, without a fragment.

    Raises `NotFetched` if it is not http or https, names no host, or holds a password.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port
    except ValueError as problem:
        raise NotFetched("it is no web address") from problem
    if parts.scheme not in PORTS:
        raise NotFetched(f"only http and https are fetched, not {parts.scheme or 'a bare name'}")
    if not host:
        raise NotFetched("it names no host")
    if parts.username is not None or parts.password is not None:
        raise NotFetched("an address with a user's name in it is not fetched")
    netloc = f"[{host}]" if ":" in host else host
    if port not in (None, PORTS[parts.scheme]):
        netloc = f"{netloc}:{port}"
    path = quote(parts.path or "/", safe=_UNESCAPED)
    return SplitResult(parts.scheme, netloc, path, quote(parts.query, safe=_UNESCAPED), "")


def ask(place: SplitResult, addresses: Sequence[str], limits: Limits, user_agent: str) -> Answer:
    """What a server answers when a page is asked for at one of its addresses.

    Raises `NotFetched` with the reason if there is no whole answer in time.
    """
    host = place.hostname or ""
    try:
        with _connected(place, addresses, limits) as connection:
            return _answer(connection, place, limits.size, user_agent)
    except TimeoutError as problem:
        raise NotFetched(f"{host} took too long to answer") from problem
    except (OSError, http.client.HTTPException, zlib.error, ValueError) as problem:
        what = str(problem) or type(problem).__name__
        raise NotFetched(f"{host} gave no proper answer: {what}") from problem


def _answer(
    connection: http.client.HTTPConnection, place: SplitResult, size: int, user_agent: str
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
    data = response.read(size + 1)
    if len(data) <= size and response.length:
        raise NotFetched("the answer was cut off")
    data = _unpacked(data, response.headers.get("Content-Encoding", "identity"), size)
    return Answer(
        response.status, response.reason, response.headers, data[:size], len(data) <= size
    )


def _unpacked(data: bytes, encoding: str, size: int) -> bytes:
    """At most one byte more than ``size``, however much is packed into the data."""
    if encoding.strip().lower() in ("identity", ""):
        return data
    if encoding.strip().lower() not in ("gzip", "x-gzip", "deflate"):
        raise NotFetched(f"it is packed as {encoding}, which was not asked for")
    return zlib.decompressobj(_GZIP_OR_DEFLATE).decompress(data, size + 1)


@contextmanager
def _connected(
    place: SplitResult, addresses: Sequence[str], limits: Limits
) -> Iterator[http.client.HTTPConnection]:
    """A connection to the first address that takes one; it is cut when the time is over."""
    host, port = place.hostname or "", place.port or PORTS[place.scheme]
    sock = _socket(addresses, port, limits.silence)
    connection = http.client.HTTPConnection(host, port)
    if place.scheme == "https":
        context = ssl.create_default_context()
        connection = http.client.HTTPSConnection(host, port, context=context)
        sock = context.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
    connection.sock = sock
    over = threading.Event()

    def cut() -> None:
        over.set()
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)

    clock = threading.Timer(limits.total, cut)
    clock.daemon = True
    clock.start()
    try:
        if isinstance(sock, ssl.SSLSocket):
            sock.do_handshake()
        yield connection
    except (OSError, http.client.HTTPException, ValueError) as problem:
        if over.is_set():
            raise TimeoutError from problem
        raise
    finally:
        clock.cancel()
        connection.close()
    if over.is_set():
        raise TimeoutError


def _socket(addresses: Sequence[str], port: int, silence: float) -> socket.socket:
    """Connects to the first address that answers; its timeout is for every read after."""
    problem: OSError | None = None
    for address in addresses:
        try:
            return socket.create_connection((address, port), timeout=silence)
        except OSError as refused:
            problem = problem or refused
    raise problem or OSError("it has no address")
