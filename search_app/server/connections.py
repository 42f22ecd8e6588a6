"""One process of the server: waitress, with limits on what its clients may take.

A few threads answer requests; one more, the main one, sends and receives for all clients. Answers
are buffered, so that only the thread of a stream waits for a slow client. The app bounds the number
of streams, and there is a thread for each of them beside those that answer everything else.
"""

from __future__ import annotations

import logging
import resource
import signal
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import suppress
from types import FrameType
from typing import Any
from wsgiref.types import WSGIApplication

from flask import Flask
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import WSGITask

from search_app.server.limits import Limits
from search_app.server.peer import with_peer

_THREADS = 8
"""Threads that answer requests, beside those of exports."""

_SWEEP_SECONDS = 1
_END_SECONDS = 1
_SPARE_FILES = 256
"""Files and sockets that a process needs beside those of its clients."""

_SPARE_CONNECTIONS = 16
"""Connections that stay free for new clients. A sweep may come after as many were taken."""

_DISCARD = struct.pack("ii", 1, 0)
"""The value of ``SO_LINGER`` that discards what waits to be sent."""

_BUFFERS = {
    "outbuf_high_watermark": 1 << 18,  # bytes of a stream that wait for its client
    "outbuf_overflow": 1 << 30,  # more would be written into a temporary file
    "max_request_body_size": 1 << 20,
    "inbuf_overflow": 1 << 21,  # likewise
    "max_request_header_size": 1 << 16,
}


class _Task(WSGITask):  # type: ignore[misc]
    """A request that is answered. An answer that fails midway never looks complete."""

    def execute(self) -> None:
        """Write the answer."""
        try:
            super().execute()
        except BaseException:
            if self.wrote_header:
                self.channel.discard_on_close()
            raise


class _Connection(HTTPChannel):  # type: ignore[misc]
    """The connection of a client."""

    task_class = _Task

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._since = self.creation_time

    def service(self) -> None:
        """Answer a request."""
        self._since = time.time()
        try:
            super().service()
        finally:
            self._since = time.time()

    @property
    def waiting_since(self) -> float | None:
        """The time from which there was no answer to give, or ``None`` while there is one."""
        return None if self.requests or self.total_outbufs_len else self._since

    def drop(self) -> None:
        """Close the connection. The system keeps nothing of an answer that was not received."""
        if self.waiting_since is None:
            self.discard_on_close()
        self.handle_close()

    def discard_on_close(self) -> None:
        """Close the connection, at its end, so that the client sees that something is missing."""
        with suppress(AttributeError, OSError):  # another thread may have closed it
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _DISCARD)

    def is_over(self, limits: Limits, now: float) -> bool:
        """Return true if the client takes longer than the limits allow."""
        if self.waiting_since is not None:
            return now - self.waiting_since > limits.client_seconds
        is_stalled = self.total_outbufs_len and now - self.last_activity > limits.client_seconds
        return bool(is_stalled) or now - self._since > limits.export_seconds


class _Server(TcpWSGIServer):  # type: ignore[misc]
    """Server that drops slow and idle clients, and drains when it is told to end."""

    accepting: bool
    application: WSGIApplication
    channel_class = _Connection

    def __init__(
        self, app: Flask, listener: socket.socket, limits: Limits, trusted_proxy: str | None
    ) -> None:
        options = Adjustments(
            sockets=[listener],
            threads=_THREADS + limits.max_exports,
            connection_limit=_connection_limit(limits),
            asyncore_use_poll=True,
            **_BUFFERS,
            **_proxy_options(trusted_proxy),
        )
        address = (listener.family, listener.type, listener.proto, listener.getsockname())
        super().__init__(app, _sock=listener, adj=options, sockinfo=address, bind_socket=False)
        self.application = with_peer(self.application)
        self._limits = limits
        self._deadline: float | None = None

    def run(self) -> None:
        """Serve until `drain` is called and running requests are answered, or out of time."""
        next_sweep = 0.0
        while self._deadline is None or (
            time.time() < self._deadline and any(self._connections(waiting=False))
        ):
            self.asyncore.loop(_SWEEP_SECONDS, use_poll=True, map=self._map, count=1)
            if self._deadline is not None:
                self._close_listener()
            elif time.time() >= next_sweep or self.in_connection_overflow:
                next_sweep = time.time() + _SWEEP_SECONDS
                self._sweep(time.time())
        self.task_dispatcher.shutdown(timeout=_END_SECONDS)

    def drain(self) -> None:
        """Take no more connections, and end when running requests are answered.

        Safe in a signal handler.
        """
        self._deadline = time.time() + self._limits.drain_seconds
        self.pull_trigger()

    def maintenance(self, now: float) -> None:
        """Do nothing: waitress would only close clients that can still be written to."""

    def _sweep(self, now: float) -> None:
        """Close connections that are over a limit, and if there are too many, the oldest."""
        for one in list(self.active_channels.values()):
            if one.is_over(self._limits, now):
                one.drop()
        surplus = len(self._map) + _SPARE_CONNECTIONS - self.adj.connection_limit
        if surplus > 0:
            idle = sorted(self._connections(waiting=True), key=lambda one: one.waiting_since or now)
            for one in idle[:surplus]:
                one.handle_close()

    def _connections(self, *, waiting: bool) -> Iterator[_Connection]:
        """Yield the connections that wait for a request, or those that are being answered."""
        for one in list(self.active_channels.values()):
            if (one.waiting_since is not None) == waiting:
                yield one

    def _close_listener(self) -> None:
        if self.accepting:
            self.accepting = False
            self.del_channel()
            self.socket.close()
        for one in self._connections(waiting=True):
            one.handle_close()


def serve(
    app: Flask, listener: socket.socket, limits: Limits, trusted_proxy: str | None = None
) -> None:
    """Serve an app in this process until SIGTERM or Ctrl-C. A second one ends it at once.

    Headers about the client and its address are read if they come from a trusted proxy, and
    dropped otherwise.
    """
    # Waitress would print a line for each request that waits for a thread.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = _Server(app, listener, limits, trusted_proxy)

    def end(number: int, frame: FrameType | None) -> None:
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, signal.SIG_DFL)
        server.drain()

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, end)
    server.run()


def _proxy_options(trusted_proxy: str | None) -> dict[str, Any]:
    if trusted_proxy is None:
        return {}
    return {
        "trusted_proxy": trusted_proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"},
    }


def _connection_limit(limits: Limits) -> int:
    """Return the number of connections to take, as far as the system allows so many files."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = limits.max_connections + _SPARE_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        return min(limits.max_connections, max(soft - _SPARE_FILES, soft // 2))
    return limits.max_connections
