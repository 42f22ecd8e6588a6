"""The options of ``serve`` that say who may read a site, and how often one client may ask."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from search_app.access.rates import require_rate
from search_app.access.users import Users, UsersRefused


def _users(_: click.Context, __: click.Parameter, path: Path | None) -> Path | None:
    try:
        if path:
            Users.read(path)
    except UsersRefused as problem:
        raise click.BadParameter(str(problem)) from None
    return path


def _header(_: click.Context, __: click.Parameter, name: str | None) -> str:
    if name and not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", name):
        raise click.BadParameter("write the name of a header, such as X-Remote-User.")
    return name or ""


def _rate(_: click.Context, __: click.Parameter, text: str | None) -> str:
    try:
        if text:
            require_rate(text)
    except ValueError:
        raise click.BadParameter("write it as 60/minute, or as 5/second; 500/hour.") from None
    return text or ""


_OPTIONS = (
    click.option(
        "--users",
        envvar="COMMENTARY_USERS",
        type=click.Path(path_type=Path, dir_okay=False),
        callback=_users,
        help="Let only the users in a file in, by password; `htpasswd -B` writes the file.",
    ),
    click.option(
        "--user-header",
        envvar="COMMENTARY_USER_HEADER",
        callback=_header,
        help="Let only those in whom the trusted proxy names in this header.",
    ),
    click.option(
        "--rate-limit",
        envvar="COMMENTARY_RATE_LIMIT",
        callback=_rate,
        help="How often one client may ask, such as 60/minute; without it as often as it likes.",
    ),
)


def access_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options for users and rates, which a command takes as one argument, ``access``.

    They are settings of the app.
    """

    @wraps(command)
    def with_access(**options: Any) -> Any:
        access = {name: options.pop(name) for name in ("users", "user_header", "rate_limit")}
        access["trusted_proxy"] = options["trusted_proxy"]
        if access["user_header"] and not access["trusted_proxy"]:
            raise click.UsageError("--user-header needs --trusted-proxy: it is believed alone.")
        return command(**options, access=access)

    for option in reversed(_OPTIONS):
        with_access = option(with_access)
    return with_access
