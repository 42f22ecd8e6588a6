"""Mutated queries, addresses and files: never an error of ours, never much over the time.

Nothing that they say may be executed or followed, either. ``python -m bench.fuzz`` prints how many
cases there were and the slowest. A case that fails is printed with its number; ``--only NUMBER``
runs it again.
"""

from __future__ import annotations

import argparse
import gzip
import io
import random
import re
import resource
import sys
import tempfile
import time
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urlencode

import docx
from flask import Flask
from werkzeug.test import TestResponse

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
_FORM = "application/x-www-form-urlencoded"
NAMES = ("q", "speaker", "source", "from", "to", "scope", "sort", "group", "page", "per_page")
QUERY_SECONDS = 1.0
READING_SECONDS = 10.0
WARM_UP = 0.2
"""The part of all cases after which memory should grow no more."""

MOST_GROWTH = 1.2
FORBIDDEN = {
    *("os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system"),
    *("socket.connect", "socket.getaddrinfo", "subprocess.Popen"),
    *("urllib.Request", "webbrowser.open", "os.remove", "os.rename", "shutil.rmtree"),
}
"""Events of `sys.addaudithook` at which something is executed, asked for or removed."""

SIDECAR = (
    b'title = "Fog"\ndate = "2020-10-05"\n[[corrections]]\npassage = 1\nspeaker = "Ada Lind"\n'
)
SPEAKERS = (
    b'[[speaker]]\nname = "Ada Lind"\naliases = ["A. Lind"]\nsame_as = ["https://a.example"]\n'
)


@dataclass(frozen=True)
class Seed:
    """The name and content of a file, and what is done with the content once it is mutated."""

    name: str
    content: bytes
    pack: Callable[[bytes], bytes] = bytes


def seeds() -> list[Seed]:
    """Return the invented articles of the tests, and one of each format that is no text."""
    articles = [
        Seed(path.name, path.read_bytes())
        for folder in ("articles", "cases")
        for path in sorted((FIXTURES / folder).rglob("*"))
        if path.is_file() and suffix_of(PurePosixPath(path.name))
    ]
    archive, document = _archive(), _document()
    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        body = parts.read("word/document.xml")
    made = [
        Seed("fog.pdf", _PDF),
        Seed("fog.warc", archive),
        Seed("fog.warc.gz", archive, lambda content: gzip.compress(content, 1)),
        Seed("fog.docx", document),
        Seed("fog.docx", body, lambda content: _with_body(document, content)),
    ]
    return articles + made * (len(articles) // len(made) // 2)  # a third of all


_PDF = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R
/Resources <</Font <</F1 5 0 R>>>>>> endobj
4 0 obj <</Length 196>> stream
BT /F1 18 Tf 72 770 Td (What the fog hides) Tj /F1 10 Tf 0 -30 Td
(12 March 2020) Tj 0 -24 Td (What of the harbour?) Tj 0 -24 Td
(Ada Lind: The fog is a promise that nobody made, and nobody keeps it.) Tj ET
endstream endobj
5 0 obj <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>> endobj
trailer <</Root 1 0 R /Size 6>>
startxref
0
%%EOF
"""

_HTML = (
    b"<html><head><title>Fog</title></head><body><h1>Fog</h1><p>12 March 2020</p>"
    b"<p><b>What of the harbour?</b></p><p><b>Ada Lind:</b> It is a promise.</p></body></html>"
)


def _archive() -> bytes:
    """Return a web archive with two pages."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + _HTML
    return b"".join(
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2020-03-12T08:00:00Z\r\n"
        b"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-00000000000%d>\r\n"
        b"WARC-Target-URI: https://lantern.example/%d\r\n"
        b"Content-Type: application/http; msgtype=response\r\n"
        b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (number, number, len(answer), answer)
        for number in range(2)
    )


def _document() -> bytes:
    """Return a Word document."""
    document = docx.Document()
    document.add_heading("Fog", 0)
    document.add_paragraph().add_run("What of the harbour?").bold = True
    document.add_paragraph("Ada Lind: It is a promise.")
    table = document.add_table(1, 2)
    table.cell(0, 1).text = "12 March 2020"
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _with_body(document: bytes, body: bytes) -> bytes:
    """Return a Word document with another body."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(written, "w") as new:
        for part in old.infolist():
            is_body = part.filename == "word/document.xml"
            new.writestr(part.filename, body if is_body else old.read(part))
    return written.getvalue()


class Watch:
    """Notes what a case executes or asks for. Python keeps such a watch until it ends."""

    def __init__(self) -> None:
        self._is_on = False
        self._seen: list[str] = []
        sys.addaudithook(self._note)

    def _note(self, event: str, arguments: tuple[object, ...]) -> None:
        if self._is_on and event in FORBIDDEN:
            self._seen.append(f"{event}{arguments!r}"[:300])

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Raise `AssertionError` if anything forbidden happens in this context."""
        self._seen.clear()
        self._is_on = True
        try:
            yield
        finally:
            self._is_on = False
        assert not self._seen, self._seen


class Fuzzer:
    """Makes and runs numbered cases over the invented articles of the tests."""

    def __init__(self, app: Flask, seed: int) -> None:
        self._client = app.test_client()
        self._rules = sorted(
            (rule.rule, method)
            for rule in app.url_map.iter_rules()
            for method in (rule.methods or set()) & {"GET", "POST"}
        )
        self._seed = seed
        self._watch = Watch()
        self._files = seeds()
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
        with self._watch.watching():
            kind(random.Random(f"{self._seed}:{number}"))
        seconds = time.thread_time() - start
        assert seconds <= limit, f"it took {seconds:.1f} s"
        return kind.__name__, seconds

    def query(self, choose: random.Random) -> None:
        """Search for pieces of a query."""
        query = "".join(choose.choices(PIECES, k=choose.randrange(1, 80)))
        self._get(f"/search.json?{_arguments({'q': query})}")

    def address(self, choose: random.Random) -> None:
        """Ask for any page, export or resource with any arguments, or send it a form."""
        values = (*PIECES, "1", "-1", "10000", "2020-13", "9" * 400, "said", "article", "none")
        given = {name: choose.choice(values) for name in choose.sample(NAMES, k=4)}
        rule, method = choose.choice(self._rules)
        known = ("a1", "ada-lind", "the-lantern/2022/letters#1", "../../etc/passwd")
        path = re.sub(
            "<[^>]*>",
            lambda _: quote(choose.choice(choose.choice((known, values))), errors="ignore"),
            rule,
        )
        if method == "POST":
            fields = {name: choose.choice(values) for name in (*NAMES, "passage", "theme", "next")}
            self._check(self._client.post(path, data=_arguments(fields), content_type=_FORM))
        else:
            self._get(f"{path}?{_arguments(given)}")

    def cursor(self, choose: random.Random) -> None:
        """Go on at a cursor that was changed."""
        answer = self._client.get("/search.json?per_page=1").get_json()
        cursor = answer["links"]["next_cursor"].partition("cursor=")[2].partition("&")[0]
        changed = mutated(cursor.encode(), choose).decode("latin-1")
        self._get(f"/search.json?{_arguments({'per_page': '1', 'cursor': changed})}")

    def file(self, choose: random.Random) -> None:
        """Read an article with some bytes changed, perhaps as another format."""
        seed = choose.choice(self._files)
        name = seed.name if choose.randrange(4) else choose.choice(self._files).name
        with suppress(CorpusError):
            ingest(seed.pack(mutated(seed.content, choose)), PurePosixPath(name))

    def sidecar(self, choose: random.Random) -> None:
        """Read what a keeper writes, with some bytes changed."""
        with suppress(CorpusError):
            read_sidecar(mutated(SIDECAR, choose))
        with suppress(CorpusError):
            parse_aliases(mutated(SPEAKERS, choose))

    def _get(self, address: str) -> None:
        self._check(self._client.get(address))

    def _check(self, response: TestResponse) -> None:
        response.get_data()
        assert response.status_code < 500 or response.status_code == 503, response.status


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


@dataclass(frozen=True)
class Report:
    """Processor seconds of all cases of each kind, what went wrong, and how memory grew."""

    seconds: dict[str, list[float]]
    wrong: list[str]
    growth: float


def fuzz(folder: Path, numbers: Sequence[int], seed: int) -> Report:
    """Run cases over an index that is made in a folder."""
    index = folder / "index"
    reindex(ReindexOptions(FIXTURES / "articles", index, jobs=1))
    app = create_app(index)
    app.test_client().get("/search.json?q=fog")  # opens the index
    fuzzer = Fuzzer(app, seed)
    seconds: defaultdict[str, list[float]] = defaultdict(list)
    wrong, warm = [], 0
    for done, number in enumerate(numbers):
        if done >= WARM_UP * len(numbers):
            warm = warm or _memory()
        try:
            kind, one = fuzzer.run(number)
            seconds[kind].append(one)
        except Exception as error:
            wrong.append(f"seed {seed}, case {number}: {error!r}")
    return Report(dict(seconds), wrong, _memory() / warm)


def _memory() -> int:
    """Return the bytes that this process holds in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def main() -> int:
    """Run cases, and print a line for each kind. Returns 1 if one went wrong or memory grew."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="the number of one case")
    options = parser.parse_args()
    numbers = range(options.cases) if options.only is None else [options.only]
    with tempfile.TemporaryDirectory() as folder:
        report = fuzz(Path(folder), numbers, options.seed)
    print(f"seed {options.seed}; cases and slowest case in processor seconds")
    for kind, seconds in report.seconds.items():
        print(f"{kind:10}{len(seconds):10,}{max(seconds):8.2f}")
    print(f"memory since {WARM_UP:.0%} of the cases: × {report.growth:.2f},")
    print(f"{_memory() // 2**20} MB at the end")
    print(f"{len(report.wrong):,} cases went wrong", *report.wrong[:20], sep="\n")
    return 1 if report.wrong or report.growth > MOST_GROWTH else 0


if __name__ == "__main__":
    sys.exit(main())
