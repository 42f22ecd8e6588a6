"""Damage every file of an index while a server answers from it, and before it is opened."""

from __future__ import annotations

import http.client
import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from bench.serving import served
from indexer import IndexUnavailable, SearchRequest, open_index
from indexer.reindex.check import check
from indexer.reindex.run import ReindexOptions, reindex

_PATHS = ("/search.json?q=word&sort=newest", "/search.jsonl?q=", "/articles/two.json")
_SECONDS = 30
_ARTICLES = {"one": "The first word.", "two": "The second word.", "three": "No word at all."}


def damages(folder: Path, engine: str, *, flips: int) -> list[str]:
    """Damage the files of an index of an engine. Prints counts, and returns what was wrong."""
    corpus, index = folder / "corpus", folder / "index"
    corpus.mkdir()
    for name, answer in _ARTICLES.items():
        text = f"# {name}\n\n**What of it?**\n\n**Ada Lind:** {answer}\n"
        (corpus / f"{name}.md").write_text(text)
    options = ReindexOptions(corpus, index, engine=engine, jobs=1)
    reindex(options)
    with served(index) as address:
        served_index = _ServedIndex(address, options)
        for file in sorted(path for path in index.rglob("*") if path.is_file()):
            if not (whole := file.read_bytes()) or file.name == ".lock":
                continue
            for name, damage in _damages(whole, flips):
                served_index.survive(file, whole, name, damage)
    wrong = served_index.wrong + _heal(index, options)
    print(f"{engine}, damaged files: {dict(sorted(served_index.counts.items()))}", flush=True)
    return wrong


class _ServedIndex:
    """An index that a server answers from, and what was wrong with its answers."""

    def __init__(self, address: str, options: ReindexOptions) -> None:
        self._address = address
        self._options = options
        self.counts: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._right = self._answers(self.counts)
        self._texts = _opened(options.index)

    def _answers(self, counts: Counter[str]) -> list[str | None]:
        return [_answer(self._address, path, counts) for path in _PATHS]

    def survive(self, file: Path, whole: bytes, name: str, damage: bytes) -> None:
        """Overwrite a file with a damage, ask the server, open the index, and mend the file."""
        index = self._options.index
        what = f"{self._options.engine}, {file.name} {name}"
        _overwrite(file, damage)
        said = self._answers(self.counts)
        opened = _opened(index)
        found = check(self._options.corpus, index)
        _overwrite(file, whole)
        os.utime(index / "current.json")
        for path, right, one in zip(_PATHS, self._right, said, strict=True):
            if one not in (right, None):
                self.wrong.append(f"{what}: {path} answers {one}")
        if opened not in (None, self._texts):
            self.wrong.append(f"{what}: opened with {opened}")
        if not found and opened is None:
            self.wrong.append(f"{what}: check finds nothing")
        if not self._recovers():
            self.wrong.append(f"{what}: the server does not recover")
        self.counts["damages"] += 1

    def _recovers(self) -> bool:
        """Return true if the server answers rightly within a while, with its files right."""
        end = time.monotonic() + _SECONDS
        while time.monotonic() < end:
            if self._answers(Counter()) == self._right:
                self.counts["recovered"] += 1
                return True
            time.sleep(0.05)
        return False


def _damages(whole: bytes, flips: int) -> Iterator[tuple[str, bytes]]:
    yield "emptied", b""
    yield "halved", whole[: len(whole) // 2]
    yield "zeroed", bytes(len(whole))
    for number in range(flips):
        at = number * len(whole) // flips
        flipped = whole[at] ^ (1 << number % 8)
        yield f"with a bit flipped at {at}", whole[:at] + bytes([flipped]) + whole[at + 1 :]


def _overwrite(file: Path, content: bytes) -> None:
    with file.open("r+b", buffering=0) as opened:
        opened.truncate(len(content))
        opened.write(content)


def _answer(address: str, path: str, counts: Counter[str]) -> str | None:
    """Return an answer without times; ``None`` if it names damage, or if the process ended."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=_SECONDS)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read().decode()
    except (OSError, http.client.HTTPException):
        counts["ended processes"] += 1
        return None
    finally:
        connection.close()
    if response.status == 503 and "reindex" in body:
        counts["named"] += 1
        return None
    counts["answered"] += 1
    return f"{response.status} {_without_time(body)}"


def _without_time(body: str) -> str:
    if not body.startswith("{") or body.count("\n") > 1:
        return body
    answer = json.loads(body)
    return json.dumps({**answer, "took_ms": 0}) if isinstance(answer, dict) else body


def _opened(index: Path) -> list[str] | None:
    """Return the texts of all passages; ``None`` if damage is named."""
    try:
        with open_index(index) as opened:
            return [passage.text for passage in opened.every(SearchRequest())]
    except IndexUnavailable:
        return None


def _heal(index: Path, options: ReindexOptions) -> list[str]:
    """Damage each file once more, each time in a new index, and let the next run repair it."""
    wrong, right = [], _opened(index)
    for number in range(len(list(index.rglob("*")))):
        files = sorted(path for path in index.rglob("*") if path.is_file() and path.stat().st_size)
        files = [path for path in files if path.name != ".lock" and _is_serving(path, index)]
        if number >= len(files):
            break
        whole = files[number].read_bytes()
        files[number].unlink()  # it may be linked to from another generation
        files[number].write_bytes(bytes([whole[0] ^ 1]) + whole[1:])
        reindex(options)
        if _opened(index) != right or check(options.corpus, index):
            wrong.append(f"{options.engine}: {files[number].name} is not repaired")
    return wrong


def _is_serving(path: Path, index: Path) -> bool:
    try:
        generation = json.loads((index / "current.json").read_text())["info"]["generation"]
    except ValueError:
        return False
    return path.parent == index or generation in path.parts
