"""The command ``serve``: its options, and what it prints before it serves."""

from __future__ import annotations

import re
import socket
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import click

from indexer import IndexMissing, IndexUnavailable, LiveIndex
from search_app import create_app
from search_app.cli.access import access_options
from search_app.cli.limits import limit_options
from search_app.cli.monitoring import monitoring_options
from search_app.monitoring.access_log import log_to_stderr
from search_app.monitoring.metrics import Metrics
from search_app.server.connections import serve as serve_here
from search_app.server.limits import Limits
from search_app.server.processes import Supervisor, run_apart
from search_app.settings import Settings

_FIRST_STEPS = (
    "Your first article: `commentary init` makes a corpus with an invented one,"
    " `commentary add URL` saves a web page; then {reindex}."
)

_ONLY_LOCAL = (
    "Only requests for localhost are answered: name the hosts by which readers come with --hosts,"
    " or the address of the site with --url."
)


def _checked_url(_: click.Context, __: click.Parameter, url: str | None) -> str | None:
    if url and not re.fullmatch(r"https?://[^/\s?#@]+(/[^\s?#]*)?", url):
        raise click.BadParameter("write it as https://search.example or https://example.org/press.")
    return url


def _checked_ip(_: click.Context, __: click.Parameter, address: str | None) -> str | None:
    try:
        return str(ip_address(address)) if address else None
    except ValueError:
        raise click.BadParameter("write its IP address, such as 127.0.0.1.") from None


@click.command()
@click.option(
    "--host",
    default="127.0.0.1",
    envvar="COMMENTARY_HOST",
    show_default=True,
    help="The address to listen on; 0.0.0.0 lets other machines in (see --hosts).",
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
@click.option(
    "--url",
    envvar="COMMENTARY_URL",
    callback=_checked_url,
    help="The address of the site for its readers, such as https://search.example/press.",
)
@click.option(
    "--hosts",
    envvar="COMMENTARY_HOSTS",
    help="More names under which requests come, with commas between them.",
)
@click.option(
    "--trusted-proxy",
    envvar="COMMENTARY_TRUSTED_PROXY",
    callback=_checked_ip,
    help="The IP address of a proxy whose X-Forwarded headers are to be believed.",
)
@access_options
@monitoring_options
@limit_options
def serve(
    index_path: Path, processes: int, limits: Limits, access: dict[str, Any], **options: Any
) -> None:
    """Serve the search pages until Ctrl-C."""
    if options["log_format"]:
        log_to_stderr(options["log_format"], with_queries=options["log_queries"])
    listener = _listen(options["host"], options["port"])
    settings = Settings(
        reports=options["reports"],
        limits=limits,
        url=options["url"] or "",
        hosts=_hosts(options["host"], options["hosts"] or ""),
        metrics_to=options["metrics_to"],
        **access,
    )
    metrics = Metrics(processes)

    def work(number: int) -> None:
        metrics.take_row(number)
        app = create_app(index_path, settings, metrics)
        serve_here(app, listener, limits, options["trusted_proxy"])

    # An open index may have threads, which the process that forks others must not have.
    run_apart(partial(_warn_if_empty, LiveIndex(index_path)))
    if not (settings.hosts or settings.url) and _is_everywhere(options["host"]):
        click.echo(_ONLY_LOCAL, err=True)
    click.echo(f"Commentary Search is at {_address(listener)} (Ctrl-C stops it)")
    # One process is supervised too: an engine's mapped file that is cut would end it.
    Supervisor(work, limits.drain_seconds).run(processes, listener)


def _hosts(address: str, named: str) -> tuple[str, ...]:
    """Return the names of this server: those in a list, and the address to listen on."""
    own = () if _is_everywhere(address) else (address,)
    return (*own, *named.replace(",", " ").split())


def _is_everywhere(address: str) -> bool:
    return address in ("", "::", "0.0.0.0")


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
