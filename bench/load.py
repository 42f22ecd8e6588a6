"""Many mixed requests while new generations of the index are published.

``python -m bench.load`` prints response times for each kind of request, the growth of the server's
memory, and whatever was wrong with an answer.
"""

from __future__ import annotations

import argparse
import csv
import http.client
import io
import json
import random
import re
import sys
import tempfile
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode, urlsplit
from xml.etree import ElementTree

from bench.serving import served
from indexer import open_index
from indexer.engines import engine_names
from indexer.reindex.run import ReindexOptions, reindex

_ARTICLES = 60
_TURNS = 8
_WORDS = ("fog", "harbour", "grain", "ferry", "budget", "treaty", "season", "lamp", "quay", "tide")
_SPEAKERS = ("Ada Lind", "Bo Ekman", "Karl Toft", "Odile Renner")
_PROCESSES = 2
_QUERY_SECONDS = 10

_WARM_UP = 0.2
"""The part of all requests after which memory should grow no more."""

_SAMPLED = 0.1
"""The part of all requests over which memory is sampled, after that and at the end."""

_SAMPLES = 200
"""The samples of memory over all requests, evenly by their number."""

MOST_GROWTH = 1.2
_PUBLISHES_OF_A_PAGE = 10
"""The publishes over which a page stays open, and its links and its cursor are followed."""

_Turn = tuple[str, list[str]]
"""A speaker and words."""

_WhenDone = Callable[[int], None]
"""What to do after each request, given how many are done."""

_Seen = tuple[int, str]
"""A total, and the fingerprint of the index that it was counted in."""


@dataclass(frozen=True)
class _Kind:
    """A kind of request, the status of the right answer, and how to read a whole answer.

    The reader raises `ValueError` if something is missing.
    """

    path: str
    status: int = 200
    read: Callable[[str], _Seen | None] = lambda _: None
    is_search: bool = False


def _page(body: str) -> _Seen:
    _whole(body)
    total, index = re.search(r"Said in ([\d,]+) pass", body), re.search(r'<code title="(\w+)', body)
    if not (total and index):
        raise ValueError("no total")
    return int(total[1].replace(",", "")), index[1]


def _whole(body: str) -> None:
    if not body.endswith("</html>"):
        raise ValueError(f"ends with {body[-20:]!r}")


def _json(body: str) -> _Seen:
    answer = json.loads(body)
    return answer["total"], answer["index"]["fingerprint"]


def _json_lines(body: str) -> _Seen:
    first, *passages = [json.loads(line) for line in body.splitlines()]
    receipt = first["receipt"]
    return _counted(len(passages), receipt["total"]), receipt["index"]["fingerprint"]


def _csv(body: str) -> _Seen:
    rows = list(csv.DictReader(io.StringIO(body.removeprefix("\ufeff"))))
    total, fingerprint = _receipt(rows[0]["receipt"])
    return _counted(len(rows), total), fingerprint


def _feed(body: str) -> _Seen:
    feed = ElementTree.fromstring(body)
    return _receipt(feed.findtext("{http://www.w3.org/2005/Atom}subtitle") or "")


def _counted(passages: int, total: int) -> int:
    if passages != total:
        raise ValueError(f"{passages} passages of {total}")
    return total


def _receipt(text: str) -> _Seen:
    found = re.search(r"\. (\d+) of \d+ passages .*\. Index (\w+) of ", text)
    if not found:
        raise ValueError(f"no receipt in {text!r}")
    return int(found[1]), found[2]


_KINDS = {
    "page": _Kind("/search", read=_page, is_search=True),
    "JSON": _Kind("/search.json", read=_json, is_search=True),
    "JSON Lines": _Kind("/search.jsonl", read=_json_lines, is_search=True),
    "CSV": _Kind("/search.csv", read=_csv, is_search=True),
    "feed": _Kind("/search.atom", read=_feed, is_search=True),
    "suggestions": _Kind("/suggest?q=ad", read=lambda body: json.loads(body) and None),
    "article": _Kind("/articles/a{number}", read=_whole),
    "speaker": _Kind("/speakers/ada-lind", read=_whole),
    "invalid": _Kind("/search.json?page=none", 400),
    "nowhere": _Kind("/articles/nowhere", 404),
}


@dataclass(frozen=True)
class _Search:
    """All words in the words of a speaker, or of anybody."""

    words: tuple[str, ...]
    speaker: str

    def path(self, path: str) -> str:
        """Return the address at which this search is answered."""
        arguments = {"q": " ".join(self.words), "speaker": self.speaker}
        return f"{path}?{urlencode({name: value for name, value in arguments.items() if value})}"

    def finds(self, turn: _Turn) -> bool:
        """Return whether a turn is found."""
        speaker, words = turn
        return self.speaker in ("", speaker) and all(word in words for word in self.words)


class _Corpus:
    """Invented interviews that change, one at a time, and the index of them."""

    def __init__(self, folder: Path, engine: str, seed: int) -> None:
        self.index = folder / "index"
        self._corpus = folder / "corpus"
        self._engine = engine
        self._seed = seed
        self._numbers = list(range(_ARTICLES))
        self._published: dict[str, tuple[int, ...]] = {}
        self._turns = cache(self._invented)
        self._corpus.mkdir()
        for number in self._numbers:
            self._write(number)
        self._publish()

    def change(self) -> None:
        """Change an article and publish a new generation."""
        next_one = len(self._published) - 1 + _ARTICLES
        self._numbers[next_one % _ARTICLES] = next_one
        self._write(next_one)
        self._publish()

    def _write(self, number: int) -> None:
        asked = f"**What of {_WORDS[number % len(_WORDS)]}?**"
        turns = (
            f"{asked}\n\n**{name}:** The {' '.join(words)}.\n"
            for name, words in self._turns(number)
        )
        text = f"# Invented talk {number}\n\n" + "\n".join(turns)
        (self._corpus / f"a{number % _ARTICLES}.md").write_text(text)

    def _publish(self) -> None:
        reindex(ReindexOptions(self._corpus, self.index, engine=self._engine, jobs=1))
        with open_index(self.index) as opened:
            self._published[opened.info.fingerprint] = tuple(self._numbers)

    def _invented(self, number: int) -> list[_Turn]:
        chance = random.Random(f"{self._seed} article {number}")
        return [(chance.choice(_SPEAKERS), chance.choices(_WORDS, k=20)) for _ in range(_TURNS)]

    def count(self, search: _Search, fingerprint: str) -> int | None:
        """Return what a search finds in a generation; ``None`` if there was none of that name."""
        numbers = self._published.get(fingerprint)
        if numbers is None:
            return None
        return sum(search.finds(turn) for number in numbers for turn in self._turns(number))


class _Load:
    """Clients of a server over a corpus that changes, and what was wrong with its answers."""

    def __init__(self, corpus: _Corpus, address: str, seed: int, when_done: _WhenDone) -> None:
        self._corpus = corpus
        self._address = address
        self._seed = seed
        self._when_done = when_done
        self._lock = threading.Lock()
        self._open_pages: deque[dict[str, Any]] = deque(maxlen=_PUBLISHES_OF_A_PAGE)
        self._totals: dict[tuple[_Search, str], set[int]] = defaultdict(set)
        self._wrong: list[str] = []
        self.done = 0
        self.times: defaultdict[str, list[float]] = defaultdict(list)

    def ask(self, client: int, requests: int) -> None:
        """Send requests of all kinds, one after the other, over one connection."""
        chance = random.Random(f"{self._seed} {client}")
        connection = self._connection()
        for _ in range(requests):
            name = chance.choice(tuple(_KINDS))
            kind = _KINDS[name]
            search = _Search(
                tuple(chance.sample(_WORDS, chance.choice((1, 1, 2)))),
                chance.choice(("", "", *_SPEAKERS)),
            )
            path = kind.path.format(number=chance.randrange(_ARTICLES))
            path = search.path(path) if kind.is_search else path
            start = time.perf_counter()
            try:
                connection.request("GET", path)
                response = connection.getresponse()
                body = response.read().decode()
            except (OSError, http.client.HTTPException) as problem:
                self._note(f"{path}: {problem!r}")
                connection.close()
                connection = self._connection()
                body = None
            with self._lock:
                self.times[name].append((time.perf_counter() - start) * 1000)
                self.done += 1
                done = self.done
            self._when_done(done)
            if body is None:
                continue
            if response.status != kind.status:
                self._note(f"{path}: {response.status}, not {kind.status}: {body[-300:]}")
            else:
                self._judge(kind, path, search, body)
        connection.close()

    def _judge(self, kind: _Kind, path: str, search: _Search, body: str) -> None:
        """Note what is missing from an answer, and remember its total."""
        try:
            seen = kind.read(body)
        except (ValueError, LookupError, ElementTree.ParseError) as problem:
            self._note(f"{path}: {problem!r}")
            return
        if seen:
            with self._lock:
                self._totals[search, seen[1]].add(seen[0])

    def publish(self) -> None:
        """Open a page, publish, and follow what pages link to that were opened before."""
        self._open_pages.append(self._get("/search.json?q=fog&sort=newest&per_page=5")[1])
        self._corpus.change()
        for page in self._open_pages:
            self._follow(page)

    def _follow(self, page: dict[str, Any]) -> None:
        """Note a link or cursor of a page that leads to anything but what it is for."""
        cursor = _local(page["links"]["next_cursor"])
        status, after = self._get(cursor)
        is_same = page["index"]["fingerprint"] == after.get("index", {}).get("fingerprint")
        if not (is_same and status == 200) and "has changed" not in after.get("detail", ""):
            self._note(f"{cursor}: {status} in another generation")
        if is_same and (_ids(page) & _ids(after) or page["total"] != after["total"]):
            self._note(f"{cursor}: not the page after that of the cursor")
        for path in (_local(page["links"]["next"]), _local(page["results"][0]["links"]["self"])):
            status, _ = self._get(path)
            if status != 200:
                self._note(f"{path}: {status}")

    def _get(self, path: str) -> tuple[int, dict[str, Any]]:
        connection = self._connection()
        connection.request("GET", path)
        response = connection.getresponse()
        answer: dict[str, Any] = json.loads(response.read())
        connection.close()
        return response.status, answer

    def _connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(urlsplit(self._address).netloc, timeout=60)

    def _note(self, what: str) -> None:
        with self._lock:
            self._wrong.append(what)

    def wrong(self) -> list[str]:
        """Return what was noted, and each total that is not that of its generation."""
        wrong = list(self._wrong)
        for (search, fingerprint), totals in self._totals.items():
            right = self._corpus.count(search, fingerprint)
            wrong += [
                f"{search} in {fingerprint}: {total}, not {right}" for total in totals - {right}
            ]
        return wrong


def _local(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _ids(answer: dict[str, Any]) -> set[str]:
    return {one["id"] for one in answer["results"]}


class _Memory:
    """The memory of the processes that serve an index, sampled while requests are answered."""

    def __init__(self, index: Path, requests: int) -> None:
        self._index = str(index).encode()
        self._requests = requests
        self._every = max(1, requests // _SAMPLES)
        self._samples: list[tuple[float, int]] = []

    def sample(self, done: int) -> None:
        """Remember the memory after every so many requests."""
        if done % self._every == 0:
            self._samples.append((done / self._requests, self._bytes()))

    def _bytes(self) -> int:
        """Return what is held in memory; what processes share is divided by their number."""
        total = 0
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if self._index in (process / "cmdline").read_bytes().split(b"\0"):
                    lines = (process / "smaps_rollup").read_text().splitlines()
                    total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
            except OSError:
                continue
        return total * 1024

    def growth(self) -> float:
        """Return the median at the end by that after warming up; infinity if one was not seen."""
        warm, last = (
            [size for done, size in self._samples if start <= done <= start + _SAMPLED]
            for start in (_WARM_UP, 1 - _SAMPLED)
        )
        return median(last) / median(warm) if warm and last else float("inf")


@dataclass(frozen=True)
class Report:
    """What was wrong, how much the memory grew, and milliseconds of each kind of request."""

    wrong: list[str]
    growth: float
    times: dict[str, list[float]]


def load(
    folder: Path, *, requests: int, publishes: int, clients: int, engine: str, seed: int
) -> Report:
    """Run the load in an empty folder."""
    corpus = _Corpus(folder, engine, seed)
    memory = _Memory(corpus.index, requests)
    options = ("--query-seconds", str(_QUERY_SECONDS), "--max-exports", str(clients))
    with served(corpus.index, _PROCESSES, *options) as address:
        run = _Load(corpus, address, seed, memory.sample)
        with ThreadPoolExecutor(clients) as pool:
            asked = [pool.submit(run.ask, number, requests // clients) for number in range(clients)]
            published = 0
            while not all(one.done() for one in asked) or published < publishes:
                if published < publishes and run.done >= requests * published / publishes:
                    run.publish()
                    published += 1
                time.sleep(0.1)
            for one in asked:
                one.result()
    return Report(run.wrong(), memory.growth(), dict(run.times))


def _summary(times: Sequence[float]) -> str:
    return f"{median(times):.0f} / {quantiles(times, n=20)[18]:.0f}" if len(times) > 1 else ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the load. Returns 1 if an answer was wrong, or if the memory grew."""
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--requests", type=int, default=200_000)
    parser.add_argument("--publishes", type=int, default=50)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--engine", choices=engine_names(), default="whoosh")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="load-") as folder:
        report = load(Path(folder), **vars(given))
    done = sum(len(times) for times in report.times.values())
    print(f"{given.engine}, seed {given.seed}: {done:,} requests of {given.clients} clients,")
    print(f"{given.publishes} publishes; ms, p50 / p95\n")
    for kind, times in report.times.items():
        print(f"{kind:12} {len(times):>8,}  {_summary(times)}")
    print(f"\nmemory since {_WARM_UP:.0%} of the requests: × {report.growth:.2f}")
    print(f"{len(report.wrong):,} answers were wrong", *report.wrong[:20], sep="\n")
    return 1 if report.wrong or report.growth > MOST_GROWTH else 0


if __name__ == "__main__":
    sys.exit(main())
