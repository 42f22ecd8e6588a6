"""Mutated queries, addresses and files: never an error of ours, never much over the time.

``python -m bench.fuzz`` prints how many cases there were and the slowest. A case that fails is
printed with its number; ``--only NUMBER`` runs it again.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urlencode

from flask.testing import FlaskClient

from indexer.errors import CorpusError
from indexer.ingest.pipeline import ingest
from indexer.ingest.readers import suffix_of
from indexer.ingest.sidecar import read_sidecar
from indexer.people.speakers_toml import parse_aliases
from indexer.reindex.run import ReindexOptions, reindex
from search_app import create_app

FIXTURES = Path(__file__).parents[1] / "tests"
PIECES = (
    *('"', "(", ")", "-", "*", "?", "~2", "~100", " OR ", " NOT ", " NEAR/9 ", " AND ", "speaker:"),
    *(
        "date:",
        "title:",
        "=",
        "promise",
        "stam*",
        "the",
        "wom?n",
        "\x00",
        "\ud800",
        "İ",
        "漢字",
        "é",
    ),
)
NAMES = ("q", "speaker", "source", "from", "to", "scope", "sort", "group", "page", "per_page")
PATHS = ("/search", "/search.json", "/search.csv", "/search.atom", "/suggest", "/speakers")
QUERY_SECONDS = 1.0
READING_SECONDS = 10.0
SIDECAR = (
    b'title = "Fog"\ndate = "2020-10-05"\n[[corrections]]\npassage = 1\nspeaker = "Ada Lind"\n'
)
SPEAKERS = (
    b'[[speaker]]\nname = "Ada Lind"\naliases = ["A. Lind"]\nsame_as = ["https://a.example"]\n'
)


class Fuzzer:
    """Makes and runs numbered cases over the invented articles of the tests."""

    def __init__(self, client: FlaskClient, seed: int) -> None:
        self._client = client
        self._seed = seed
        self._files = [
            (path.name, path.read_bytes())
            for folder in ("articles", "cases")
            for path in sorted((FIXTURES / folder).rglob("*"))
            if path.is_file() and suffix_of(PurePosixPath(path.name))
        ]
        self._kinds: tuple[tuple[Callable[[random.Random], None], float], ...] = (
            (self.query, 2 * QUERY_SECONDS),
            (self.address, 2 * QUERY_SECONDS),
            (self.cursor, 2 * QUERY_SECONDS),
            (self.file, 2 * READING_SECONDS),
            (self.sidecar, QUERY_SECONDS),
        )

    def run(self, number: int) -> tuple[str, float]:
        """Run a case. Returns its kind and processor time; raises what it should not."""
        kind, limit = self._kinds[number % len(self._kinds)]
        start = time.thread_time()
        kind(random.Random(f"{self._seed}:{number}"))
        seconds = time.thread_time() - start
        assert seconds <= limit, f"it took {seconds:.1f} s"
        return kind.__name__, seconds

    def query(self, choose: random.Random) -> None:
        """Search for pieces of a query."""
        query = "".join(choose.choices(PIECES, k=choose.randrange(1, 80)))
        self._get(f"/search.json?{_arguments({'q': query})}")

    def address(self, choose: random.Random) -> None:
        """Ask for any path with any arguments."""
        values = (*PIECES, "1", "-1", "10000", "2020-13", "9" * 400, "said", "article", "none")
        given = {name: choose.choice(values) for name in choose.sample(NAMES, k=4)}
        path = choose.choice((*PATHS, "/articles/" + quote(choose.choice(values), errors="ignore")))
        self._get(f"{path}?{_arguments(given)}")

    def cursor(self, choose: random.Random) -> None:
        """Go on at a cursor that was changed."""
        answer = self._client.get("/search.json?per_page=1").get_json()
        cursor = answer["links"]["next_cursor"].partition("cursor=")[2].partition("&")[0]
        changed = mutated(cursor.encode(), choose).decode("latin-1")
        self._get(f"/search.json?{_arguments({'per_page': '1', 'cursor': changed})}")

    def file(self, choose: random.Random) -> None:
        """Read an article with some bytes changed, perhaps as another format."""
        name, data = choose.choice(self._files)
        if not choose.randrange(4):
            name = f"a{PurePosixPath(choose.choice(self._files)[0]).suffix}"
        with suppress(CorpusError):
            ingest(mutated(data, choose), PurePosixPath(name))

    def sidecar(self, choose: random.Random) -> None:
        """Read what a keeper writes, with some bytes changed."""
        with suppress(CorpusError):
            read_sidecar(mutated(SIDECAR, choose))
        with suppress(CorpusError):
            parse_aliases(mutated(SPEAKERS, choose))

    def _get(self, address: str) -> None:
        response = self._client.get(address)
        response.get_data()
        assert response.status_code in (200, 304, 308, 400, 404, 413, 503), response.status


def mutated(data: bytes, choose: random.Random) -> bytes:
    """Change, repeat, remove and swap some pieces of bytes."""
    changed = bytearray(data)
    for _ in range(choose.randrange(1, 9)):
        at = choose.randrange(len(changed) + 1)
        end = at + choose.randrange(1, 40)
        new = (b"", bytes([choose.randrange(256)]), changed[at:end] * choose.randrange(2, 30))
        changed[at : end if choose.randrange(2) else at] = choose.choice(new)
    return bytes(changed)


def _arguments(given: dict[str, str]) -> str:
    return urlencode(given, errors="surrogatepass")


def fuzz(folder: Path, numbers: Sequence[int], seed: int) -> dict[str, tuple[int, float]]:
    """Run cases. Returns the number and the greatest time of each kind.

    Raises `AssertionError` with the number of a case that went wrong.
    """
    index = folder / "index"
    reindex(ReindexOptions(FIXTURES / "articles", index, jobs=1))
    fuzzer = Fuzzer(create_app(index).test_client(), seed)
    kinds: dict[str, tuple[int, float]] = {}
    for number in numbers:
        try:
            kind, seconds = fuzzer.run(number)
        except Exception as error:
            raise AssertionError(f"seed {seed}, case {number}: {error!r}") from error
        count, slowest = kinds.get(kind, (0, 0.0))
        kinds[kind] = count + 1, max(slowest, seconds)
    return kinds


def main() -> None:
    """Run cases, and print a line for each kind."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="the number of one case")
    options = parser.parse_args()
    numbers = range(options.cases) if options.only is None else [options.only]
    with tempfile.TemporaryDirectory() as folder:
        kinds = fuzz(Path(folder), numbers, options.seed)
    print(f"seed {options.seed}; cases and slowest case in processor seconds")
    for kind, (count, slowest) in kinds.items():
        print(f"{kind:10}{count:10,}{slowest:8.2f}")
    print(f"memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
