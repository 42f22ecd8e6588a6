"""``python -m bench.authored``: are texts of one person under that person, by words.

The gold is in ``bench/gold``: invented statements, letters and opinion pieces in a dozen languages,
and texts that are nobody's: news, leaders, releases, what several sign. With ``--folder``, the
statements in a folder of Markdown files are scored too, by the names in their headlines.
Quotations of others inside a text are not counted.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from bench.speakers import GOLD, is_one
from indexer.errors import CorpusError
from indexer.ingest.pipeline import ingest
from indexer.records import IngestedArticle, Turn
from indexer.text.lengths import word_count

SECOND = GOLD / "second"
"""A later gold of the same form."""

_OF_OTHERS = ("cue", "carried")
"""Evidence of words that a text quotes."""

_STATEMENT = re.compile(r"(?!.*\bjoint\b)(?:statement (?:by|from|of)|remarks as prepared)\b", re.I)
_TOGETHER = re.compile(
    r" and (?:the |principal )?(?:first lady|vice president|president|national|nec|deputy|nominee)"
    r"|, .* and ",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Scored:
    """A text with the numbers of its words that are under its author, another, or nobody.

    ``author`` is ``None`` for a text that is nobody's; then the words are under nobody or wrong.
    """

    file: str
    kind: str
    author: str | None
    words: Counter[str] = field(default_factory=Counter)
    speakers: frozenset[str] = frozenset()


def scored(gold: Path = GOLD) -> Iterator[Scored]:
    """Read the invented texts, and count their words."""
    for row in map(json.loads, (gold / "authored.jsonl").read_text("utf-8").splitlines()):
        data = (gold / "authored" / row["file"]).read_bytes()
        yield _scored(row["file"], row["kind"], row["author"], _read(data, row["file"]))


def statements(folder: Path) -> Iterator[Scored]:
    """Read the Markdown files of a folder whose headlines name one who states something."""
    for path in sorted(folder.rglob("*.md")):
        article = _read(path.read_bytes(), path.name)
        title = article.article.title if article else ""
        if _STATEMENT.match(title) and not _TOGETHER.search(title):
            yield _scored(path.name, "statement", title, article)


def _read(data: bytes, file: str) -> IngestedArticle | None:
    try:
        return ingest(data, PurePosixPath(file)).articles[0]
    except CorpusError:
        return None


def _scored(file: str, kind: str, author: str | None, article: IngestedArticle | None) -> Scored:
    words: Counter[str] = Counter()
    turns = article.turns if article else ()
    for turn in turns:
        words[_verdict(turn, author)] += word_count(turn.text)
    named = (
        turn.speaker.name for turn in turns if _verdict(turn, author) == "wrong" and turn.speaker
    )
    return Scored(file, kind, author, words, frozenset(named))


def _verdict(turn: Turn, author: str | None) -> str:
    speaker = turn.speaker
    if speaker is None:
        return "nobody"
    if author is not None and (is_one(speaker.name, author) or speaker.name in author):
        return "right"
    return "quoted" if speaker.evidence in _OF_OTHERS else "wrong"


def table(texts: Iterable[Scored]) -> Iterator[str]:
    """Write the words of each kind of texts, and how many texts are wrongly somebody's."""
    by_kind: dict[str, list[Scored]] = {}
    for text in texts:
        by_kind.setdefault(text.kind, []).append(text)
    for kind, rows in by_kind.items():
        words = sum((row.words for row in rows), Counter())
        counted = max(words["right"] + words["wrong"] + words["nobody"], 1)
        shares = (f"{words[name] / counted:.4f} {name}" for name in ("right", "wrong", "nobody"))
        mistaken = sum(row.words["wrong"] > 0 for row in rows)
        size = f"{len(rows):>5} texts {counted:>8} words"
        yield f"{kind:<12} {size}  {'  '.join(shares)}  {mistaken} wrong"


def main() -> None:
    """Print the tables, and with ``--errors`` each text that is not right."""
    parser = argparse.ArgumentParser(prog="python -m bench.authored", description=__doc__)
    parser.add_argument("--gold", type=Path, default=GOLD, help="folder of the gold")
    parser.add_argument("--folder", type=Path, help="Markdown files of an institution")
    parser.add_argument("--errors", action="store_true", help="list what is not right")
    options = parser.parse_args()
    texts = list(scored(options.gold) if options.folder is None else statements(options.folder))
    print(*table(texts), sep="\n")
    for text in texts if options.errors else ():
        most = max(text.words, key=lambda verdict: text.words[verdict], default="unread")
        if most != ("right" if text.author else "nobody") or text.words["wrong"]:
            print(text.file, text.author, dict(text.words), *text.speakers, sep=" | ")


if __name__ == "__main__":
    main()
