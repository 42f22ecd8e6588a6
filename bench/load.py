"""Many mixed requests while new generations of the index are published.

``python -m bench.load`` prints response times for each kind of request, the growth of the server's
memory, and whatever was wrong with an answer.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode, urlsplit

from bench.serving import served
from indexer.reindex.run import ReindexOptions, reindex

_ARTICLES = 60
_WORDS = ("fog", "harbour", "grain", "ferry", "budget", "treaty", "season", "lamp", "quay", "tide")
_SPEAKERS = ("Ada Lind", "Bo Ekman", "Karl Toft", "Odile Renner")
_PROCESSES = 2
_WARM_UP = 0.2
"""The part of all requests after which memory should grow no more."""

MOST_GROWTH = 1.2
_TRIES_OF_CURSORS = 10

_KINDS = {
    "page": ("/search", 200),
    "JSON": ("/search.json", 200),
    "JSON Lines": ("/search.jsonl", 200),
    "CSV": ("/search.csv", 200),
    "feed": ("/search.atom", 200),
    "suggestions": ("/suggest", 200),
    "article": ("/articles/a{number}", 200),
    "speaker": ("/speakers/ada-lind", 200),
    "invalid": ("/search.json?page=none", 400),
    "nowhere": ("/articles/nowhere", 404),
}
"""Kinds of requests: the address, and the status of the right answer."""


class Load:
    """A server over a corpus that changes, its clients, and what was wrong with its answers."""

    def __init__(self, folder: Path, address: str, seed: int) -> None:
        self._corpus, self._index = folder / "corpus", folder / "index"
        self._address = address
        self._seed = seed
        self._lock = threading.Lock()
        self._totals: dict[tuple[str, str], int] = {}
        self._publishes = 0
        self.done = 0
        self.wrong: list[str] = []
        self.times: defaultdict[str, list[float]] = defaultdict(list)

    def ask(self, client: int, requests: int) -> None:
        """Send requests of all kinds, one after the other, over one connection."""
        chance = random.Random(f"{self._seed} {client}")
        connection = self._connection()
        for _ in range(requests):
            kind = chance.choice(tuple(_KINDS))
            path, expected = _address(kind, chance)
            start = time.perf_counter()
            try:
                connection.request("GET", path)
                response = connection.getresponse()
                body = response.read()
            except (OSError, http.client.HTTPException) as problem:
                self._note(f"{path}: {problem!r}")
                connection = self._connection()
                continue
            with self._lock:
                self.times[kind].append((time.perf_counter() - start) * 1000)
                self.done += 1
            if response.status != expected:
                self._note(f"{path}: {response.status}, not {expected}")
            elif expected == 200:
                self._judge(path, body)
        connection.close()

    def _judge(self, path: str, body: bytes) -> None:
        """Note whatever is wrong with an answer as a whole."""
        suffix = urlsplit(path).path.rpartition(".")[2]
        if suffix == "jsonl":
            first, *passages = [json.loads(line) for line in body.splitlines()]
            if len(passages) != first["receipt"]["total"]:
                self._note(f"{path}: {len(passages)} passages of {first['receipt']['total']}")
            self._judge_total(path, first["receipt"])
        elif suffix == "json":
            self._judge_total(path, json.loads(body))

    def _judge_total(self, path: str, answer: dict[str, Any]) -> None:
        """Note a total that differs from another of the same search in the same generation."""
        key = path, answer["index"]["fingerprint"]
        with self._lock:
            total = self._totals.setdefault(key, answer["total"])
        if total != answer["total"]:
            self._note(f"{path}: {total} and {answer['total']} in one generation")

    def publish(self) -> None:
        """Change an article, publish a new generation, and follow a cursor over it."""
        before = self._page("/search.json?q=fog&sort=newest&per_page=5")
        self._publishes += 1
        changed = self._corpus / f"a{self._publishes % _ARTICLES}.md"
        changed.write_text(_article(_ARTICLES + self._publishes, self._seed))
        reindex(ReindexOptions(self._corpus, self._index, jobs=1))
        following = urlsplit(before["links"]["next_cursor"])
        path = f"{following.path}?{following.query}"
        for _ in range(_TRIES_OF_CURSORS):
            after = self._page(path)
            if "results" not in after:
                if "has changed" not in after["detail"]:
                    self._note(f"{path}: {after['detail']}")
            elif _ids(before) & _ids(after) or after["total"] != before["total"]:
                self._note(f"{path}: not the page after that of the cursor")

    def _page(self, path: str) -> dict[str, Any]:
        connection = self._connection()
        connection.request("GET", path)
        answer: dict[str, Any] = json.loads(connection.getresponse().read())
        connection.close()
        return answer

    def _connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(urlsplit(self._address).netloc, timeout=60)

    def _note(self, what: str) -> None:
        with self._lock:
            self.wrong.append(what)


def _address(kind: str, chance: random.Random) -> tuple[str, int]:
    path, expected = _KINDS[kind]
    if path.startswith("/s") and "/speakers" not in path and "?" not in path:
        query = " ".join(chance.sample(_WORDS, chance.choice((1, 1, 2))))
        arguments = {"q": query, "speaker": chance.choice(("", "", *_SPEAKERS))}
        path += "?" + urlencode({name: value for name, value in arguments.items() if value})
    return path.format(number=chance.randrange(_ARTICLES)), expected


def _ids(answer: dict[str, Any]) -> set[str]:
    return {one["id"] for one in answer["results"]}


def _article(number: int, seed: int) -> str:
    """Write an invented interview."""
    chance = random.Random(f"{seed} article {number}")
    turns = (
        f"**What of {chance.choice(_WORDS)}?**\n\n"
        f"**{chance.choice(_SPEAKERS)}:** The {' '.join(chance.choices(_WORDS, k=20))}.\n"
        for _ in range(8)
    )
    return f"# Invented talk {number}\n\n" + "\n".join(turns)


def _memory(index: Path) -> int:
    """Return the bytes that the processes of the server hold in memory, shared ones divided."""
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str(index).encode() in (process / "cmdline").read_bytes().split(b"\0"):
                lines = (process / "smaps_rollup").read_text().splitlines()
                total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        except OSError:
            continue
    return total * 1024


def load(
    folder: Path, *, requests: int, publishes: int, clients: int, seed: int
) -> tuple[list[str], float]:
    """Run the load. Prints times; returns what was wrong, and how much the memory grew."""
    (folder / "corpus").mkdir()
    for number in range(_ARTICLES):
        (folder / "corpus" / f"a{number}.md").write_text(_article(number, seed))
    reindex(ReindexOptions(folder / "corpus", folder / "index"))
    options = ("--query-seconds", "30", "--max-exports", str(clients))
    with served(folder / "index", _PROCESSES, *options) as address:
        run = Load(folder, address, seed)
        warm = 0
        with ThreadPoolExecutor(clients) as pool:
            asked = [pool.submit(run.ask, number, requests // clients) for number in range(clients)]
            for number in range(publishes):
                while run.done < requests * number / publishes and not all(
                    one.done() for one in asked
                ):
                    time.sleep(0.01)
                run.publish()
                if not warm and run.done >= requests * _WARM_UP:
                    warm = _memory(folder / "index")
            for one in asked:
                one.result()
        growth = _memory(folder / "index") / warm if warm else 1.0
    print(f"{run.done:,} requests of {clients} clients, {publishes} publishes; ms, p50 / p95\n")
    for kind, times in run.times.items():
        print(f"{kind:12} {len(times):>8,}  {_summary(times)}")
    print(f"\nmemory since {_WARM_UP:.0%} of the requests: × {growth:.2f}")
    return run.wrong, growth


def _summary(times: Sequence[float]) -> str:
    return f"{median(times):.0f} / {quantiles(times, n=20)[18]:.0f}" if len(times) > 1 else ""


def _problems(wrong: Sequence[str], growth: float) -> Iterator[str]:
    yield from wrong[:20]
    if growth > MOST_GROWTH:
        yield f"The memory grew × {growth:.2f}."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the load. Returns 1 if an answer was wrong, or if the memory grew."""
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--requests", type=int, default=200_000)
    parser.add_argument("--publishes", type=int, default=50)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="load-") as folder:
        wrong, growth = load(Path(folder), **vars(given))
    problems = list(_problems(wrong, growth))
    print("\n".join(problems) or "Nothing was wrong.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
