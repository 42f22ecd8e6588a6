"""What the keeper of a site sets for the app, apart from the index."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from search_app.server.limits import LIMITS, Limits


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of an app.

    Readers' reports of wrong speakers are kept in ``reports``, or not taken without it.
    ``limits`` are those of each process. ``url`` is the address of the site, from which
    absolute links are made; without it they have the host of the request. ``hosts`` are the names,
    beside that of ``url`` and loopback, for which requests are answered. ``metrics_to`` are the
    networks, beside loopback, that may read the metrics; on a private site they need no user.

    A site with a file of ``users`` is private, and so is one where ``trusted_proxy``, an IP
    address, names the user in ``user_header``. ``rate_limit`` is how often one client may ask.

    ``clock`` returns seconds, of which searches may take only some: those of processor time of the
    thread that answers.
    """

    reports: Path | None = None
    limits: Limits = LIMITS
    url: str = ""
    hosts: tuple[str, ...] = ()
    metrics_to: tuple[IPv4Network | IPv6Network, ...] = ()
    users: Path | None = None
    user_header: str = ""
    trusted_proxy: str | None = None
    rate_limit: str = ""
    clock: Callable[[], float] = time.thread_time


DEFAULTS = Settings()
