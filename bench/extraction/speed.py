"""Time to read a page from bytes to passages, compared with trafilatura alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import trafilatura

from bench.extraction.ours import read

_ROUNDS = 3


def ratio(pages: Sequence[str]) -> tuple[float, float]:
    """Return milliseconds per page of ours and of trafilatura.

    Takes the best of three rounds for each page, in turn, in this process.
    """
    mine = theirs = 0.0
    for html in pages:
        data = html.encode()
        best = [
            (_seconds(read, data, "page.html"), _seconds(trafilatura.extract, html))
            for _ in range(_ROUNDS)
        ]
        mine += min(ours for ours, _ in best)
        theirs += min(alone for _, alone in best)
    return 1000 * mine / len(pages), 1000 * theirs / len(pages)


def _seconds(call: Callable[..., object], *arguments: object) -> float:
    start = time.process_time()
    call(*arguments)
    return time.process_time() - start
