"""The ``commentary`` command: the indexer's commands, and ``serve``."""

from __future__ import annotations

import signal
import socket
import sys
from multiprocessing import Process
from pathlib import Path

import click
import waitress
from flask import Flask

from indexer import IndexMissing, IndexUnavailable, SearchRequest
from indexer.cli import COMMANDS, load_command
from search_app import create_app
from search_app.served_index import current_index, reindex_command
from search_app.urls.request_args import arguments

_THREADS = 8
_FIRST_STEPS = (
    "Your first article: `commentary init` makes a corpus with an invented one,"
    " `commentary add URL` saves a web page; then {reindex}."
)
_SERVER = "http://127.0.0.1:8000"


class _Commands(click.Group):
    """Group that loads the commands of the indexer by name, so that a search loads no reader."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *COMMANDS])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        own = super().get_command(ctx, cmd_name)
        return load_command(cmd_name) if own is None and cmd_name in COMMANDS else own


@click.group("commentary", cls=_Commands)
@click.version_option(package_name="commentary-search", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """Full-text search over political commentary: who said what about X, and when."""
    context.obj = _json_answer


def _json_answer(index_path: Path, request: SearchRequest) -> str:
    """Answer of ``/search.json``, with the addresses of ``commentary serve``."""
    client = create_app(index_path).test_client()
    answer = client.get("/search.json", base_url=_SERVER, query_string=arguments(request))
    return answer.get_data(as_text=True)


@main.command()
@click.option(
    "--host",
    default="127.0.0.1",
    envvar="COMMENTARY_HOST",
    show_default=True,
    help="The address to listen on; 0.0.0.0 lets other machines in.",
)
@click.option(
    "--port",
    default=8000,
    envvar="COMMENTARY_PORT",
    show_default=True,
    type=click.IntRange(0, 65535),
    help="The port to listen on; 0 takes any that is free.",
)
@click.option(
    "--index",
    "index_path",
    default="index",
    envvar="COMMENTARY_INDEX",
    show_default=True,
    type=click.Path(path_type=Path),
    help="The folder that reindex wrote.",
)
@click.option(
    "--processes",
    default=1,
    envvar="COMMENTARY_PROCESSES",
    show_default=True,
    type=click.IntRange(1, 64),
    help="Processes that answer requests; each takes a core, and memory for the index.",
)
@click.option(
    "--reports",
    "reports_path",
    envvar="COMMENTARY_REPORTS",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file for readers' reports of wrong speakers; without it none are taken.",
)
def serve(
    host: str, port: int, index_path: Path, processes: int, reports_path: Path | None
) -> None:
    """Serve the search pages until Ctrl-C."""
    listener = _listen(host, port)
    # On SIGTERM, exit normally, which ends the other processes too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    for _ in range(processes - 1):
        Process(target=_serve_too, args=(listener, index_path, reports_path), daemon=True).start()
    app = create_app(index_path, reports_path)
    _warn_if_empty(app)
    click.echo(f"Commentary Search is at {_address(listener)} (Ctrl-C stops it)")
    _run(app, listener)


def _serve_too(listener: socket.socket, index_path: Path, reports_path: Path | None) -> None:
    """Serve in one more process."""
    _run(create_app(index_path, reports_path), listener)


def _run(app: Flask, listener: socket.socket) -> None:
    waitress.create_server(app, sockets=[listener], threads=_THREADS).run()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        reason = (error.strerror or str(error)).partition(" (")[0]
        raise click.ClickException(
            f"Cannot listen on {host}, port {port}: {reason}. "
            "Stop what runs there, or choose another with --port."
        ) from None


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _warn_if_empty(app: Flask) -> None:
    """Print why nothing can be found yet, and the first steps if there is no article."""
    with app.app_context():
        try:
            problem = "" if current_index().info.articles else "The index holds no articles yet."
            is_first_start = bool(problem)
        except IndexUnavailable as error:
            problem, is_first_start = str(error), isinstance(error, IndexMissing)
        if problem:
            click.echo(problem, err=True)
        if is_first_start:
            click.echo(_FIRST_STEPS.format(reindex=reindex_command()), err=True)
