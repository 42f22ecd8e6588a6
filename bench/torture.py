"""Kill `reindex` and make its disk fail at any system call; damage every file of an index.

``python -m bench.torture`` prints how many faults were survived, and each that was not. strace
injects the faults into a child of this process: in first and later runs of each engine, a kill and
each error at each call. With ``--short`` it tries a few of each kind.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.damage import damages
from indexer import IndexerError, IndexMissing, SearchRequest, open_index
from indexer.cli.reindex import reindex as command
from indexer.engines import engine_names
from indexer.reindex.check import check
from indexer.reindex.run import ReindexOptions, reindex

KILL = "SIGKILL"
_ALL = (KILL, "EIO", "ENOSPC", "EACCES")
FAULTS = {
    **dict.fromkeys(("write", "pwrite64", "sendfile", "ftruncate", "fsync", "fdatasync"), _ALL),
    **dict.fromkeys(("read", "pread64", "openat", "getdents64"), _ALL),
    **dict.fromkeys(("rename", "renameat", "linkat", "symlink", "unlink", "mkdir", "chmod"), _ALL),
    "newfstatat": ("EIO", "EACCES"),
}
"""The system calls that are made to fail, and how. Reading a state cannot lack space, and a kill
at it is one before the next call."""

_SECONDS = 60
"""The most that one run may take."""

_FEW = 60
"""The faults of each kind of run with ``--short``."""

_KEPT = 3
"""The exit code of a run that left files as they were indexed."""

_UNSAID = re.compile(r"write\(2, .*\(INJECTED\)")
_LINE = re.compile(r"^(?:\d+ +)?(\w+)\(")


@dataclass(frozen=True)
class Fault:
    """A fault at the nth time that a run makes a system call."""

    call: str
    number: int
    kind: str

    @property
    def injection(self) -> str:
        """The fault as strace's option."""
        fate = "signal=KILL" if self.kind == KILL else f"error={self.kind}"
        return f"inject={self.call}:{fate}:when={self.number}"


class Patient:
    """A corpus that has changed since it was indexed, and a copy of that index."""

    def __init__(self, folder: Path, engine: str, *, is_first: bool) -> None:
        self.corpus, self.index, self._saved = (folder / n for n in ("corpus", "index", "saved"))
        self._log, self._told = folder / "strace", folder / "stderr"
        self.engine, self.is_first = engine, is_first
        self.corpus.mkdir()
        self._write({"changed": "The old word.", "gone": "It goes.", "same": "It stays."})
        reindex(self._options())
        self.old = {} if is_first else texts(self.index)
        self.index.rename(self._saved)
        self._write({"changed": "The new word.", "added": "Another new word."})
        (self.corpus / "gone.md").unlink()
        self.restore()
        self.calls = self._count_calls()
        reindex(self._options())
        self.new = texts(self.index)

    def _write(self, answers: dict[str, str]) -> None:
        for name, answer in answers.items():
            text = f"# {name}\n\n**What of it?**\n\n**Ada Lind:** {answer}\n"
            (self.corpus / f"{name}.md").write_text(text)

    def _options(self) -> ReindexOptions:
        return ReindexOptions(self.corpus, self.index, engine=self.engine, jobs=1)

    def restore(self) -> None:
        """Put back the index as it was before, or none if the run is to be the first."""
        while self.index.exists():  # a thread of an engine may still put a lock back
            shutil.rmtree(self.index, ignore_errors=True)
        if not self.is_first:
            shutil.copytree(self._saved, self.index, symlinks=True)

    def _count_calls(self) -> Counter[str]:
        self._run(f"trace={','.join(FAULTS)}")
        lines = self._log.read_text(errors="replace").splitlines()
        return Counter(found[1] for line in lines if (found := _LINE.match(line)))

    def _run(self, *expressions: str) -> int:
        """Reindex in a child that strace watches. Returns its exit code, or minus a signal."""
        child = os.fork()
        if child == 0:
            self._be_the_child()
        os.waitpid(child, os.WUNTRACED)
        options = [part for one in expressions for part in ("-e", one)]
        command = ["strace", "-f", "-qq", "-o", str(self._log), *options, "-p", str(child)]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as strace:
            while strace.poll() is None and not re.search(
                r"TracerPid:\t[1-9]", Path(f"/proc/{child}/status").read_text()
            ):
                time.sleep(0.005)
            os.kill(child, signal.SIGCONT)
            return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def _be_the_child(self) -> None:
        code = 1
        try:
            descriptor = os.open(self._told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            for stream in (1, 2):
                os.dup2(descriptor, stream)
            sys.stdout = sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)
            sys.argv = ["reindex", "--corpus", str(self.corpus), "--index", str(self.index)]
            sys.argv += ["--engine", self.engine, "--jobs", "1", "--quiet"]
            signal.alarm(_SECONDS)
            os.kill(os.getpid(), signal.SIGSTOP)
            command.main(sys.argv[1:])
        except SystemExit as end:
            code = int(end.code or 0)
        except BaseException as problem:
            os.write(2, f"Traceback: {problem!r}".encode())
        finally:
            os._exit(code)

    def survive(self, fault: Fault) -> list[str] | None:
        """Return what was wrong after a fault; ``None`` if the run ended before it came."""
        self.restore()
        code = self._run(f"trace={fault.call}", fault.injection)
        if code != -signal.SIGKILL and "(INJECTED)" not in self._log.read_text(errors="replace"):
            return None
        told = self._told.read_text(errors="replace")
        is_mute = _UNSAID.search(self._log.read_text(errors="replace"))  # each thread has an nth
        wrong = []
        if code not in ((-signal.SIGKILL,) if fault.kind == KILL else (0, 1, _KEPT)):
            wrong.append(f"ended with {code}")
        if "Traceback" in told or (code == 1 and told.count("\n") != 1 and not is_mute):
            wrong.append(f"said {told!r}")
        try:
            wrong += self._wrong_index(code)
        except IndexerError as problem:
            wrong.append(f"cannot be read: {problem}")
        reindex(self._options())
        if texts(self.index) != self.new:
            wrong.append(f"healed to {texts(self.index)}")
        return wrong + [f"check says: {one}" for one in check(self.corpus, self.index)]

    def _wrong_index(self, code: int) -> Iterator[str]:
        """Yield what is wrong with the index after a run that ended with a code."""
        try:
            served = texts(self.index)
        except IndexMissing:
            if not self.is_first or code in (0, _KEPT):
                yield "is no longer there"
            return
        right = {0: [self.new], _KEPT: []}.get(code, [self.old, self.new])
        if not (served in right or (code == _KEPT and self._lacks_nothing(served))):
            yield f"serves {served}"
        differing = ("added.md", "changed.md", "same.md" if self.is_first else "gone.md")
        for difference in check(self.corpus, self.index):
            if served == self.new or not difference.startswith(differing):
                yield f"check says: {difference}"

    def _lacks_nothing(self, served: dict[str, str]) -> bool:
        """Return true if articles are as in one of both indexes, and none of both is missing."""
        both = self.old.keys() & self.new.keys()
        return both <= served.keys() and served.items() <= self.old.items() | self.new.items()


def texts(index: Path) -> dict[str, str]:
    """Return the ids and texts of all passages."""
    with open_index(index) as opened:
        return {passage.id: passage.text for passage in opened.every(SearchRequest())}


def faults(calls: Mapping[str, int], seed: int) -> list[Fault]:
    """Return a fault of each kind at each call, in random order."""
    every = [
        Fault(call, number, kind)
        for call, times in calls.items()
        for kind in FAULTS[call]
        for number in range(1, times + 1)
    ]
    return random.Random(seed).sample(every, len(every))


def torture(
    folder: Path,
    engine: str,
    calls: Collection[str],
    *,
    most: int | None,
    seconds: float,
    seed: int,
) -> list[str]:
    """Let first and later runs of an engine survive faults. Prints counts, returns failures."""
    failures = []
    for is_first in (True, False):
        name = f"{engine}, {'first' if is_first else 'later'} run"
        place = folder / name.replace(", ", "-").replace(" ", "-")
        place.mkdir()
        patient = Patient(place, engine, is_first=is_first)
        counted = {call: patient.calls[call] for call in calls}
        chosen = faults(counted, seed)[:most]
        tried, survived, left = Counter[str](), Counter[str](), Counter[str]()
        end = time.monotonic() + seconds
        for fault in chosen:
            if time.monotonic() > end:
                left["for lack of time"] += 1
                continue
            wrong = patient.survive(fault)
            if wrong is None:
                left["as the call did not come"] += 1
                continue
            tried[fault.kind] += 1
            survived[fault.kind] += not wrong
            for one in wrong:
                failures.append(f"{name}, {fault}: {one}")
                print(failures[-1], flush=True)
        counts = [f"{kind} {survived[kind]} of {tried[kind]}" for kind in sorted(tried)]
        counts += [f"left out {left[why]} {why}" for why in sorted(left)]
        print(f"{name}, {len(chosen)} faults: survived {', '.join(counts)}", flush=True)
    return failures


def main(arguments: Sequence[str] | None = None) -> int:
    """Torture each engine. Returns 1 if something was not survived."""
    parser = argparse.ArgumentParser(prog="python -m bench.torture", description=__doc__)
    parser.add_argument("--engine", action="append", choices=engine_names())
    parser.add_argument("--call", action="append", choices=FAULTS, help="at no other system call")
    parser.add_argument("--short", action="store_true", help="a few faults of each kind")
    parser.add_argument("--minutes", type=float, default=120, help="time for all engines together")
    parser.add_argument("--seed", type=int, default=1, help="of the order of the faults")
    given = parser.parse_args(arguments)
    print(f"seed {given.seed}")
    engines = given.engine or engine_names()
    seconds = given.minutes * 60 / len(engines) / 3
    attempts: list[Callable[[Path, str], list[str]]] = [
        lambda folder, engine: torture(
            folder,
            engine,
            given.call or FAULTS,
            most=_FEW if given.short else None,
            seconds=seconds,
            seed=given.seed,
        ),
    ]
    if not given.call:
        attempts.append(lambda *of: damages(*of, flips=2 if given.short else 20))
    failures = []
    for engine in engines:
        for attempt in attempts:
            with TemporaryDirectory(prefix="torture-") as folder:
                failures += attempt(Path(folder), engine)
    print("\n".join(failures) or "All was survived.")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
