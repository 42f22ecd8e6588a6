"""Timing of a repeated call."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median


def milliseconds(call: Callable[[], object], rounds: int = 3) -> float:
    """Return the median time of several rounds, after one to warm up."""
    call()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        times.append((time.perf_counter() - start) * 1000)
    return median(times)
