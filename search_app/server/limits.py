"""The limits of a server: what clients may take of it, and for how long."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one process.

    ``query_seconds`` is how long the search of a request may take, and ``export_rows`` how many
    passages an export may have. ``client_seconds`` is how long a client may send nothing, or read
    nothing of its answer. ``export_seconds`` is how long an answer may take as a whole.
    ``drain_seconds`` is how long answers may go on after the server was told to end.
    """

    query_seconds: float = 1
    max_exports: int = 4
    export_rows: int = 1_000_000
    max_connections: int = 2000
    client_seconds: float = 30
    export_seconds: float = 600
    drain_seconds: float = 30


LIMITS = Limits()
"""The limits unless others are given."""
