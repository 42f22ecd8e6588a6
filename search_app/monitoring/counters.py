"""Numbers that several processes add to and all of them can read."""

from __future__ import annotations

from mmap import mmap
from threading import Lock

_BYTES = 8
"""The size of a number."""


class SharedCounters:
    """A row of numbers for each process, in memory that they share. It needs no file.

    A process adds to its own row alone, so none waits for another, and one that is killed leaves
    nothing locked. The process that takes its place goes on with the same row. Make the counters
    before the processes are forked.
    """

    def __init__(self, columns: int, processes: int = 1) -> None:
        self._columns = columns
        self._memory = memoryview(mmap(-1, _BYTES * columns * processes)).cast("d")
        self._first = 0
        self._lock = Lock()

    def take_row(self, process: int) -> None:
        """Add to the row of a process, numbered from 0, from now on."""
        self._first = process * self._columns

    def add(self, column: int, amount: float = 1) -> None:
        """Add to the number in a column."""
        with self._lock:
            self._memory[self._first + column] += amount

    def total(self, column: int) -> float:
        """Return the sum of a column over all processes."""
        return sum(self._memory[column :: self._columns])
