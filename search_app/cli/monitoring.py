"""The options of ``serve`` for whoever watches over a site."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

import click

from search_app.monitoring.access_log import FORMATS


def _networks(
    _: click.Context, __: click.Parameter, named: str | None
) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(one) for one in (named or "").replace(",", " ").split())
    except ValueError as problem:
        raise click.BadParameter(f"{problem}. Write it as 10.1.2.3 or 10.1.2.0/24.") from None


_OPTIONS = (
    click.option(
        "--metrics-to",
        envvar="COMMENTARY_METRICS_TO",
        callback=_networks,
        help="Addresses or networks that may read /metrics, beside this machine, with commas.",
    ),
    click.option(
        "--log-format",
        envvar="COMMENTARY_LOG_FORMAT",
        type=click.Choice(FORMATS),
        help="Log each request on standard error, and errors in the same form.",
    ),
    click.option(
        "--log-queries",
        envvar="COMMENTARY_LOG_QUERIES",
        is_flag=True,
        help="Write what was searched for into the log of requests.",
    ),
)


def monitoring_options(command: Callable[..., None]) -> Callable[..., Any]:
    """Add the options for metrics and logs."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
