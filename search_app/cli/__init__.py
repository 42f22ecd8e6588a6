"""The ``commentary`` command: the indexer's commands, and ``serve``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from indexer import SearchRequest
from indexer.cli import COMMANDS, load_command
from search_app import create_app
from search_app.cli.serve import serve
from search_app.server.limits import LIMITS
from search_app.settings import Settings
from search_app.urls.request_args import arguments

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


def _json_answer(index_path: Path, request: SearchRequest, query_seconds: float) -> str:
    """Answer of ``/search.json``, with the addresses of ``commentary serve``."""
    settings = Settings(limits=replace(LIMITS, query_seconds=query_seconds))
    client = create_app(index_path, settings).test_client()
    answer = client.get("/search.json", base_url=_SERVER, query_string=arguments(request))
    return answer.get_data(as_text=True)


main.add_command(serve)
