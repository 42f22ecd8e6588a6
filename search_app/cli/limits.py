"""The options of ``serve`` that limit what clients may take."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from search_app.server.limits import LIMITS, Limits

_SECONDS = click.FloatRange(min=0, min_open=True)

_OPTIONS = (
    click.option(
        "--query-seconds",
        default=LIMITS.query_seconds,
        envvar="COMMENTARY_QUERY_SECONDS",
        show_default=True,
        type=_SECONDS,
        help="Stop a search that takes more processor time.",
    ),
    click.option(
        "--export-rows",
        default=LIMITS.export_rows,
        envvar="COMMENTARY_EXPORT_ROWS",
        show_default=True,
        type=click.IntRange(1),
        help="The most passages of an export; a search with more is not exported.",
    ),
    click.option(
        "--max-exports",
        default=LIMITS.max_exports,
        envvar="COMMENTARY_MAX_EXPORTS",
        show_default=True,
        type=click.IntRange(1, 256),
        help="Exports at once in each process; more are asked to come back.",
    ),
    click.option(
        "--max-connections",
        default=LIMITS.max_connections,
        envvar="COMMENTARY_MAX_CONNECTIONS",
        show_default=True,
        type=click.IntRange(64, 100_000),
        help="Connections of each process; the longest idle one makes room for a new one.",
    ),
    click.option(
        "--client-seconds",
        default=LIMITS.client_seconds,
        envvar="COMMENTARY_CLIENT_SECONDS",
        show_default=True,
        type=_SECONDS,
        help="Drop a client that sends no request or reads nothing for so long.",
    ),
    click.option(
        "--export-seconds",
        default=LIMITS.export_seconds,
        envvar="COMMENTARY_EXPORT_SECONDS",
        show_default=True,
        type=_SECONDS,
        help="Drop a client that takes longer to read an answer.",
    ),
    click.option(
        "--drain-seconds",
        default=LIMITS.drain_seconds,
        envvar="COMMENTARY_DRAIN_SECONDS",
        show_default=True,
        type=click.FloatRange(min=0),
        help="How long running answers may go on after SIGTERM or Ctrl-C.",
    ),
)


def limit_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options for limits, which a command takes as one argument, ``limits``."""

    @wraps(command)
    def with_limits(**options: Any) -> None:
        limits = {name: options.pop(name) for name in Limits.__dataclass_fields__}
        command(**options, limits=Limits(**limits))

    for option in reversed(_OPTIONS):
        with_limits = option(with_limits)
    return with_limits
