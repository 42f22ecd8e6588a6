"""``commentary inspect``: show the turns, passages and speakers that are read in an article."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import Any

import click

from indexer.cli.command import SKIPPED, Command, corpus_option, json_option, printable, say
from indexer.cli.limits import limit_options
from indexer.corpus.files import read_bytes, readable
from indexer.corpus.keeper_files import read_aliases
from indexer.errors import CorpusError, reason
from indexer.ingest.bounded import BoundedReader, Content
from indexer.ingest.quoting.attribution import has_rules
from indexer.ingest.sidecar import SUFFIX as SIDECAR
from indexer.ingest.workers import Limits
from indexer.people.aliases import FILE as SPEAKERS
from indexer.records import IngestedArticle, Speaker

_OWN_NAMES = "names are as this article alone has them: reindex joins them over the whole corpus"


@click.command(cls=Command)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@corpus_option
@limit_options
@json_option
def inspect(files: Sequence[Path], corpus: Path, as_json: bool, **limits: Any) -> int:
    """Show what is read in articles: date, speakers, turns, passages and dropped lines.

    The articles need not be in the corpus. --json prints one object for each article, one a line.
    """
    code = 0
    aliases = read_aliases(corpus)
    for refused in aliases.problems:
        say(f"skipped {SPEAKERS}: {refused}")
        code = SKIPPED
    with BoundedReader(Limits(limits["file_seconds"], limits["file_memory_mb"])) as reader:
        for file in files:
            try:
                ingested = reader.read(_content(file, corpus))
            except (CorpusError, OSError) as problem:
                say(f"skipped {file}: {reason(problem)}")
                code = SKIPPED
                continue
            for item in ingested.unreadable:
                say(f"skipped {file}: {item.name}: {item.reason}")
                code = SKIPPED
            for note in ingested.problems:
                say(f"skipped {file}{SIDECAR}: {note}")
                code = SKIPPED
            for article in map(aliases.article, ingested.articles):
                _print(file, article, as_json)
    return code


def _content(file: Path, corpus: Path) -> Content:
    readable(file)
    place = _place(corpus, file)
    data, sidecar = read_bytes(file, corpus if place else None)
    return Content(data, place or PurePosixPath(file.name), sidecar)


def _print(file: Path, article: IngestedArticle, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(_as_json(file, article), ensure_ascii=False))
    else:
        click.echo(printable("\n".join(_as_text(file, article))))


def _place(corpus: Path, file: Path) -> PurePosixPath | None:
    """Return the path of a file below the corpus, or ``None`` for a file from elsewhere."""
    if file.resolve().is_relative_to(corpus.resolve()):
        return PurePosixPath(file.resolve().relative_to(corpus.resolve()))
    return None


def _as_json(file: Path, ingested: IngestedArticle) -> dict[str, Any]:
    article = ingested.article
    return {
        "path": str(file),
        "id": article.id,
        "title": article.title,
        "published": article.published,
        "date_precision": article.date_precision,
        "date_evidence": article.date_evidence,
        "byline": article.byline,
        "author": article.author,
        "outlet": article.outlet,
        "url": article.url,
        "updated": article.updated,
        "language": article.language,
        "note": article.note,
        "paragraphs": [{"text": p.text, "kind": p.kind} for p in article.paragraphs],
        "dropped": [asdict(line) for line in article.dropped],
        "turns": [{"role": t.role, **_voice(t.speaker), "text": t.text} for t in ingested.turns],
        "quotations": [{"text": q.text, **_voice(q.speaker)} for q in ingested.quotations],
        "passages": [
            {
                "id": p.id,
                "role": p.role,
                "question": p.question,
                "text": p.text,
                "speaker": p.speaker,
                "time": p.time,
            }
            for p in ingested.passages
        ],
    }


def _voice(speaker: Speaker | None) -> dict[str, str | None]:
    return {
        "speaker": speaker.name if speaker else None,
        "attribution": speaker.attribution if speaker else None,
        "evidence": speaker.evidence if speaker else None,
    }


def _known_by(speaker: Speaker) -> str:
    """Return a speaker with the kind of evidence and the printed words."""
    return f"{speaker.name} [{speaker.evidence} “{speaker.attribution}”]"


def _as_text(file: Path, ingested: IngestedArticle) -> Iterator[str]:
    article = ingested.article
    yield f"{file}"
    yield f"  title      {article.title}"
    date = f"{article.published or 'unknown'} ({article.date_precision or 'no precision'})"
    yield f"  published  {date}, from: {article.date_evidence or 'nothing'}"
    for name, value in (
        ("byline", article.byline),
        ("author", article.author),
        ("outlet", article.outlet),
        ("url", article.url),
        ("updated", article.updated),
        ("language", article.language),
    ):
        yield f"  {name:<9}  {value or 'unknown'}"
    if article.note:
        yield f"  note       {article.note}"
    for line in article.dropped:
        yield f"  dropped    [{line.rule}] {_short(line.text)}"
    if any(turn.speaker for turn in ingested.turns):
        yield f"  note       {_OWN_NAMES}"
    for turn in ingested.turns:
        voice = _known_by(turn.speaker) if turn.speaker else "nobody named"
        yield f"  {turn.role:<9}  {voice}: {_short(turn.text)}"
    if ingested.quotations and not has_rules(article.language):
        yield f"  note       quotations in {article.language} have no rules: nobody is named"
    for quotation in ingested.quotations:
        voice = quotation.speaker.name if quotation.speaker else "nobody named"
        yield f"  quotation  {voice}: {_short(quotation.text)}"
    for passage in ingested.passages:
        yield f"  passage    #{passage.position} {passage.role}, {len(passage.text.split())} words"


def _short(text: str, width: int = 80) -> str:
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1] + "…"
