"""The command ``serve``: its options, and what it prints before it serves."""

from __future__ import annotations

import socket
from functools import partial
from pathlib import Path
from typing import Any

import click

from indexer import IndexMissing, IndexUnavailable, LiveIndex
from search_app import create_app
from search_app.cli.limits import limit_options
from search_app.server.connections import serve as serve_here
from search_app.server.limits import Limits
from search_app.server.processes import Supervisor, run_apart
from search_app.settings import Settings

_FIRST_STEPS = (
    "Your first article: `commentary init` makes a corpus with an invented one,"
    " `commentary add URL` saves a web page; then {reindex}."
)


@click.command()
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
    envvar="COMMENTARY_REPORTS",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file for readers' reports of wrong speakers; without it none are taken.",
)
@limit_options
def serve(index_path: Path, processes: int, limits: Limits, **options: Any) -> None:
    """Serve the search pages until Ctrl-C."""
    listener = _listen(options["host"], options["port"])
    settings = Settings(reports=options["reports"], max_exports=limits.max_exports)
    work = partial(_serve, index_path, settings, listener, limits)
    # An open index may have threads, which the process that forks others must not have.
    run_apart(partial(_warn_if_empty, LiveIndex(index_path)))
    click.echo(f"Commentary Search is at {_address(listener)} (Ctrl-C stops it)")
    if processes == 1:
        work()
    else:
        Supervisor(work, limits.drain_seconds).run(processes, listener)


def _serve(index_path: Path, settings: Settings, listener: socket.socket, limits: Limits) -> None:
    serve_here(create_app(index_path, settings), listener, limits)


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


def _warn_if_empty(index: LiveIndex) -> None:
    """Print why nothing can be found yet, and the first steps if there is no article."""
    try:
        problem = "" if index.current().info.articles else "The index holds no articles yet."
        is_first_start = bool(problem)
    except IndexUnavailable as error:
        problem, is_first_start = str(error), isinstance(error, IndexMissing)
    if problem:
        click.echo(problem, err=True)
    if is_first_start:
        click.echo(_FIRST_STEPS.format(reindex=index.reindex_command), err=True)
