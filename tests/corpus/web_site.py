"""A web site of tests, on localhost, and pages for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PROSE = (
    "The wall of Port Ilven held against the spring tide, and nobody in the port was hurt by it. "
)
HTML = {"Content-Type": "text/html; charset=utf-8"}


def page(title: str = "The wall held", head: str = "", body: str = PROSE * 4) -> bytes:
    return (
        f"<html><head><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1><p>{body}</p></article></body></html>"
    ).encode()


class Site:
    """What a server of tests answers: a page for each path, or a function that answers itself."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.answers: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.over = threading.Event()
        self.url = ""

    def put(
        self, path: str, data: bytes = b"", status: int = 200, headers: dict[str, str] = HTML
    ) -> str:
        self.pages[path] = (status, headers, data)
        return self.url + path

    def redirect(self, path: str, location: str) -> str:
        return self.put(path, status=302, headers={"Location": location})

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append(request.path)
        self.agents.add(request.headers["User-Agent"])
        if request.path in self.answers:
            self.answers[request.path](request)
            return
        status, headers, data = self.pages.get(request.path, (404, HTML, b"not here"))
        request.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **headers}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(data)


@contextmanager
def serving() -> Iterator[Site]:
    """Start a server on localhost."""
    found = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                found.answer(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    found.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield found
    finally:
        found.over.set()
        server.shutdown()
        server.server_close()
