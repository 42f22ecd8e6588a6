"""The record of whom a label means."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.records import Kind


@dataclass(frozen=True, slots=True)
class Identity:
    """The speaker whom a label means.

    ``id`` is ``None`` for somebody unnamed; ``reason`` explains a join.
    """

    id: str | None
    name: str
    kind: Kind = "person"
    role: str | None = None
    reason: str | None = None
