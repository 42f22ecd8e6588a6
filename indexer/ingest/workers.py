"""Work on files in separate processes, each limited in time and memory."""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from types import FrameType
from typing import Generic, TypeVar

from indexer.errors import IndexerError

Task = TypeVar("Task")
Result = TypeVar("Result")

FILE_SECONDS = 10.0
FILE_MEMORY_MB = 1024
"""Default limits for reading one file: processor time, so that a busy machine skips nothing."""

BLOCKED_FACTOR = 20
"""Factor between the limits of a file by the clock and in processor time."""

_AHEAD = 32
"""Tasks that a process may be ahead of the reader of the results: this bounds the memory."""

_TOO_MUCH_MEMORY = 77
"""The exit code of a process that ended itself."""

_GLANCE = 0.1
"""Seconds between two looks at the memory or the clock."""


class TimeIsUp(BaseException):
    """The time of a task is over.

    No handler of ordinary errors stops it.
    """


@dataclass(frozen=True, slots=True)
class Limits:
    """The processor time in seconds and the memory in megabytes that one task may take."""

    seconds: float
    megabytes: int


@dataclass(frozen=True, slots=True)
class Failure:
    """The reason why a task has no result, in words for a report."""

    reason: str


def within(seconds: float, work: Callable[[], Result]) -> Result:
    """Return the result of work; in the main thread only.

    Raises `TimeIsUp` if it takes more processor time. Code that never returns to Python is not
    interrupted: a `Worker` can end that.
    """

    def inside() -> Result:
        return work()

    def stop(_: int, frame: FrameType | None) -> None:
        # Only inside the work: an alarm that comes late must not hit what follows.
        while frame is not None and frame.f_code is not inside.__code__:
            frame = frame.f_back
        if frame is not None:
            raise TimeIsUp

    before = signal.signal(signal.SIGPROF, stop)
    # Repeatedly: Python drops an exception that is raised while an object is being deleted.
    signal.setitimer(signal.ITIMER_PROF, seconds, _GLANCE)
    try:
        return inside()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        # To ignore a signal discards one that is on its way, which could end the process.
        signal.signal(signal.SIGPROF, signal.SIG_IGN)
        signal.signal(signal.SIGPROF, before)


def too_slow(limits: Limits) -> Failure:
    """Return the reason for a task that took too much time."""
    return Failure(
        f"reading it takes more than {limits.seconds:g} s of processor time"
        " (COMMENTARY_FILE_SECONDS)"
    )


def blocked(limits: Limits) -> Failure:
    """Return the reason for a task that did not end, though it did nothing."""
    seconds = BLOCKED_FACTOR * limits.seconds
    return Failure(f"reading it did not end within {seconds:g} s: is its disk at hand?")


def too_large(limits: Limits) -> Failure:
    """Return the reason for a task that took too much memory."""
    return Failure(
        f"reading it takes more than {limits.megabytes:,} MB (COMMENTARY_FILE_MEMORY_MB)"
    )


def _nothing() -> None:
    pass


class Workers(Generic[Task, Result]):
    """Processes that do one thing with one task after the other.

    If one dies, hangs or takes too much memory, its task fails, and it is replaced. Each begins
    with ``prepare``, which no limit counts.
    """

    def __init__(
        self,
        jobs: int,
        work: Callable[[Task], Result],
        limits: Limits,
        prepare: Callable[[], object] = _nothing,
    ) -> None:
        self._jobs = jobs
        self._workers = [Worker(work, limits, prepare) for _ in range(jobs)]
        self._idle: SimpleQueue[Worker[Task, Result]] = SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)

    def results(self, tasks: Sequence[Task]) -> Iterator[Result | Failure]:
        """Yield the results in the order of the tasks.

        Raises `IndexerError` if processes cannot run here at all.
        """
        left = deque(tasks)
        running: deque[Future[Result | Failure]] = deque()
        # A thread for each process, so that none waits while the results are put to use.
        threads = ThreadPoolExecutor(self._jobs)
        try:
            while left or running:
                while left and len(running) < self._jobs * _AHEAD:
                    running.append(threads.submit(self._result, left.popleft()))
                yield running.popleft().result()
        finally:
            for future in running:
                future.cancel()
            for worker in self._workers:
                worker.close()
            threads.shutdown()

    def _result(self, task: Task) -> Result | Failure:
        worker = self._idle.get()
        try:
            return worker.result(task)
        finally:
            self._idle.put(worker)


class Worker(Generic[Task, Result]):
    """One process, started with its first task, and again after a task that ended it."""

    def __init__(
        self,
        work: Callable[[Task], Result],
        limits: Limits,
        prepare: Callable[[], object] = _nothing,
    ) -> None:
        self._work = work
        self._limits = limits
        self._prepare = prepare
        self._lock = threading.Lock()
        self._closed = False
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None

    def result(self, task: Task) -> Result | Failure:
        """Do a task. Raises `IndexerError` if processes cannot run here at all."""
        pipe = self._pipe or self._start()
        try:
            pipe.send(task)
            if not pipe.poll(BLOCKED_FACTOR * self._limits.seconds):
                self._stop()
                return blocked(self._limits)
            result: Result | Failure = pipe.recv()
        except (EOFError, OSError):
            return self._cause_of_death()
        if result == too_large(self._limits):
            self._stop()  # the memory of a failed task would be counted to the next one
        return result

    def close(self) -> None:
        """End the process, also in the middle of a task."""
        with self._lock:
            self._closed = True
        self._stop()

    def _start(self) -> Connection:
        # Spawned, not forked: the same on every system, and safe next to threads.
        context = multiprocessing.get_context("spawn")
        pipe, theirs = context.Pipe()
        process = context.Process(
            target=_serve, args=(theirs, self._work, self._limits, self._prepare), daemon=True
        )
        with self._lock:
            if self._closed:
                raise IndexerError("The run was ended.")
            process.start()
            self._process, self._pipe = process, pipe
        theirs.close()
        try:
            pipe.recv()  # it is ready
        except (EOFError, OSError) as problem:
            raise IndexerError("Worker processes cannot run here.") from problem
        return pipe

    def _stop(self) -> None:
        process, self._process, self._pipe = self._process, None, None
        if process is not None:
            process.kill()
            process.join()

    def _cause_of_death(self) -> Failure:
        process, self._process, self._pipe = self._process, None, None
        if process is not None:
            process.join()
            if process.exitcode == _TOO_MUCH_MEMORY:
                return too_large(self._limits)
            if process.exitcode == -signal.SIGPROF:
                return too_slow(self._limits)
        return Failure("reading it killed the process that read it")


# --- In the process ------------------------------------------------------------------------------


def _serve(
    pipe: Connection, work: Callable[[Task], Result], limits: Limits, prepare: Callable[[], object]
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    prepare()
    gc.freeze()  # what was loaded stays: no collection need look at it
    most = _peak_bytes() + limits.megabytes * 1024**2
    busy = threading.Event()
    threading.Thread(target=_watch, args=(busy, most), daemon=True).start()
    _limit_memory(limits.megabytes)
    pipe.send(None)
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            busy.set()
            # Nothing handles this alarm: it ends the process, also inside C code.
            signal.setitimer(signal.ITIMER_PROF, limits.seconds)
            result: object = work(task)
            signal.setitimer(signal.ITIMER_PROF, 0)
            busy.clear()
            pipe.send(too_large(limits) if _peak_bytes() > most else result)
        except MemoryError:
            pipe.send(too_large(limits))


def _limit_memory(megabytes: int) -> None:
    """Let the system refuse more memory than is in use already, where it can."""
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[5])
        most = pages * resource.getpagesize() + megabytes * 1024**2
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _watch(busy: threading.Event, most: int) -> None:
    """End this process with its parent, and when its task has taken too much memory."""
    parent = multiprocessing.parent_process()
    while parent is not None and parent.is_alive():
        parent.join(_GLANCE)
        if busy.is_set() and _peak_bytes() > most:
            os._exit(_TOO_MUCH_MEMORY)
    os._exit(1)


def _peak_bytes() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
