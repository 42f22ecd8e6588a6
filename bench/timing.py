"""How long something takes, once it was done before."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median


def milliseconds(ask: Callable[[], object], rounds: int = 3) -> float:
    """The median of so many rounds, after one to warm up."""
    ask()
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - began) * 1000)
    return median(taken)
