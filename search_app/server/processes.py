"""Several processes that serve one socket, and their supervisor, which serves nothing itself."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess
from typing import NoReturn

_FORK = get_context("fork")
_LOG = logging.getLogger("commentary.server")

_MIN_LIFE_SECONDS = 1
"""A process that ended sooner is replaced only after this time."""

_KILL_SECONDS = 5
"""The time after the end of draining at which a process is killed."""


class Supervisor:
    """Keeps some processes running until SIGTERM or Ctrl-C, and ends them all.

    They also end if the supervisor is killed. ``work`` runs in each of them, with the number of the
    process from 0, which is also that of the one that takes its place. It ends on SIGTERM within
    ``drain_seconds``.
    """

    def __init__(self, work: Callable[[int], None], drain_seconds: float) -> None:
        self._work = work
        self._drain_seconds = drain_seconds
        # The system closes the end that is written to when the supervisor dies, however it dies.
        self._read_end, self._write_end = os.pipe()

    def run(self, count: int, listener: socket.socket) -> None:
        """Run some processes that serve ``listener``."""
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, _exit)
        children: dict[int, ForkProcess] = {}
        try:
            while True:
                for number in sorted(set(range(count)) - children.keys()):
                    children[number] = self._start(number)
                began = time.monotonic()
                wait([child.sentinel for child in children.values()])
                for number, child in list(children.items()):
                    if not child.is_alive():
                        del children[number]
                        _report(child)
                time.sleep(max(0, began + _MIN_LIFE_SECONDS - time.monotonic()))
        finally:
            listener.close()
            self._end(list(children.values()))

    def _start(self, number: int) -> ForkProcess:
        child = _FORK.Process(target=self._run_child, args=(number,), daemon=True)
        child.start()
        return child

    def _run_child(self, number: int) -> None:
        # Ctrl-C is sent to all processes of a terminal: the supervisor passes it on as SIGTERM.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        os.close(self._write_end)
        threading.Thread(target=self._end_with_supervisor, daemon=True).start()
        self._work(number)

    def _end_with_supervisor(self) -> None:
        os.read(self._read_end, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    def _end(self, children: list[ForkProcess]) -> None:
        for child in children:
            child.terminate()
        deadline = time.monotonic() + self._drain_seconds + _KILL_SECONDS
        for child in children:
            child.join(max(0, deadline - time.monotonic()))
            child.kill()


def run_apart(work: Callable[[], None]) -> None:
    """Run some work in a process of its own, and wait until it is done."""
    child = _FORK.Process(target=work)
    child.start()
    child.join()


def _exit(*_: object) -> NoReturn:
    sys.exit()


def _report(child: ForkProcess) -> None:
    code = child.exitcode or 0
    end = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with {code}"
    _LOG.warning("Server process %s %s: another takes its place.", child.pid, end)
