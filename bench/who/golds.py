"""Labels whose speakers are known, and what an index says of them.

A row of a gold is a printed label: ``person`` is one name for one person over the corpus, ``kind``
is "person", "unnamed", "body" or "none". ``articles`` are the ids, or the first ten hexadecimal
digits of their SHA-256.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.who.measures import Judged
from indexer import SearchRequest, open_index

_DIGEST = 10


@dataclass(frozen=True, slots=True)
class Meant:
    """The speaker whom a label means; ``person`` is ``None`` if nobody can tell the name.

    ``also`` are other right names, as before a marriage or in another script.
    """

    person: str | None
    kind: str
    is_printed: bool = True
    also: tuple[str, ...] = ()


def read(path: Path) -> Mapping[tuple[str, str], Meant]:
    """Read a gold: the speaker of each article and label."""
    found = {}
    for row in map(json.loads, path.read_text("utf-8").splitlines()):
        also = tuple(row.get("also", ()))
        meant = Meant(row["person"], row["kind"], row.get("is_printed", True), also)
        for article in row["articles"]:
            found[article, row["label"]] = meant
    return found


def judged(gold: Mapping[tuple[str, str], Meant], index: Path) -> Iterator[Judged]:
    """Yield each label of the gold that the index has, with the speaker that it shows."""
    shown: Counter[tuple[str, str, str | None, str | None, str | None]] = Counter()
    with open_index(index) as opened:
        for passage in opened.every(SearchRequest(sort="oldest")):
            if passage.as_printed is not None:
                speaker = passage.speaker_id, passage.speaker, passage.speaker_kind
                shown[(passage.article_id, passage.as_printed, *speaker)] += 1
    for (article, label, key, name, kind), passages in shown.items():
        meant = _meant(gold, article, label) or gold.get((digest(article), label))
        if meant is not None:
            told = meant.person, meant.kind
            who = key, name, kind
            yield Judged(article, label, passages, *told, *who, meant.is_printed, meant.also)


def _meant(gold: Mapping[tuple[str, str], Meant], article: str, label: str) -> Meant | None:
    """Return the speaker of a label, which may be printed with more or fewer words around it."""
    if found := gold.get((article, label)):
        return found
    like = {
        meant
        for (where, told), meant in gold.items()
        if where == article and (told.lower() in label.lower() or label.lower() in told.lower())
    }
    return like.pop() if len(like) == 1 else None


def digest(article: str) -> str:
    """Return the digest by which a gold names an article whose text is not ours."""
    return hashlib.sha256(article.encode()).hexdigest()[:_DIGEST]
