"""Reports the progress of a run."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Receives the progress of a run, step by step."""

    def begin(self, step: str, total: int | None) -> None:
        """Begin a step with ``total`` parts, or ``None`` if their number is unknown."""

    def advance(self) -> None:
        """Complete one part of the step."""


class NoProgress:
    """Ignores the progress of a run."""

    def begin(self, step: str, total: int | None) -> None:
        """Ignore a step."""

    def advance(self) -> None:
        """Ignore a part of a step."""
