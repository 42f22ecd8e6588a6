"""A limit on the time of a search. Work that may take long checks it between its steps.

Whoever starts a search sets its budget, and the check may be far below, in an engine or a snippet.
So the budget is kept in a context variable, and the functions between do not pass it on.

>>> ticks = iter(range(100))
>>> try:
...     with Budget(2, clock=lambda: next(ticks)).limiting():
...         print(list(checked("a")))
...         print(list(checked("bcd")))
... except OutOfTime as problem:
...     print(str(problem).partition(" Use")[0])
['a']
This search was stopped because it took too long: more than 2 s.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from indexer.errors import OutOfTime
from indexer.messages import Message

_Item = TypeVar("_Item")

_current: ContextVar[Budget | None] = ContextVar("budget", default=None)


class Budget:
    """Some seconds from now. ``clock`` returns the time in seconds, and never goes back.

    By default it is the processor time of this thread, so that what others do at the same time
    stops no search; then all checks have to be in one thread.
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = time.thread_time) -> None:
        self._seconds = seconds
        self._clock = clock
        self._end = clock() + seconds

    def check(self) -> None:
        """Raise `OutOfTime` if the seconds are over."""
        if self._clock() > self._end:
            raise OutOfTime(
                Message(
                    "This search was stopped because it took too long: more than %(seconds)s s."
                    " Use fewer wildcards, a longer phrase, or a filter by speaker, source or"
                    " date.",
                    seconds=f"{self._seconds:g}",
                )
            )

    @contextmanager
    def limiting(self) -> Iterator[None]:
        """Limit the block: the first `check_time` after the end raises `OutOfTime`."""
        with _set(self):
            yield

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Do not limit the block, and do not count its time."""
        start = self._clock()
        try:
            with _set(None):
                yield
        finally:
            self._end += self._clock() - start


def check_time() -> None:
    """Raise `OutOfTime` if the budget of the running search is spent. Without one, do nothing."""
    if (budget := _current.get()) is not None:
        budget.check()


def checked(items: Iterable[_Item]) -> Iterator[_Item]:
    """Yield items, and check the budget before each of them."""
    budget = _current.get()
    for item in items:
        if budget is not None:
            budget.check()
        yield item


@contextmanager
def uncounted() -> Iterator[None]:
    """Do not limit the block: for work that is done once for all later searches."""
    if (budget := _current.get()) is None:
        yield
    else:
        with budget.paused():
            yield


@contextmanager
def _set(budget: Budget | None) -> Iterator[None]:
    before = _current.set(budget)
    try:
        yield
    finally:
        _current.reset(before)
