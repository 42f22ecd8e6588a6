"""The words that are kept as those that named a speaker do name that speaker."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from bench.extraction import quotations_by_language
from bench.speakers import GOLD, PARTS, articles
from indexer.errors import CorpusError
from indexer.ingest.pipeline import ingest
from indexer.people.rows import Kind, language, rows_of
from indexer.people.spellings import in_latin
from indexer.records import IngestedArticle, Speaker

ROOT = Path(__file__).parents[2]
SUFFIXES = frozenset((".html", ".md", ".txt"))
WORD = re.compile(r"[^\W_]+")
STEM = 3
"""Letters of a name that all its cases share."""

MEANING: tuple[Kind, ...] = (
    "he",
    "she",
    "he_or_she",
    "his",
    "hers",
    "latter",
    "he_says",
    "she_says",
    "described",
    "also",
    "anybody",
)
ENGLISH = re.compile(
    rf"\b(?:he|him|his|she|her|the\b.*?\b{rows_of('en').words('described')})\b", re.I
)


def pages() -> Iterator[tuple[str, bytes]]:
    """Yield the articles of the tests, of the gold, and of the sample corpus."""
    for folder in ("tests/articles", "corpus"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in SUFFIXES:
                yield path.name, path.read_bytes()
    for part in PARTS:
        yield from ((file, data) for _, file, data in articles(part, GOLD))
    for report in quotations_by_language.reports():
        yield "report.txt", report.text.encode()
    passages = (ROOT / "bench" / "extraction" / "quotations.toml").read_text("utf-8")
    for passage in tomllib.loads(passages)["passage"]:
        text = "\n\n".join(["What was said this week in Kesten", *passage["paragraphs"]])
        yield "passage.txt", text.encode()


def ingested(data: bytes, name: str) -> tuple[IngestedArticle, ...]:
    try:
        return tuple(ingest(data, PurePosixPath(name)).articles)
    except CorpusError:
        return ()


def attributions() -> Iterator[tuple[IngestedArticle, Speaker]]:
    """Yield the speakers that words in running text were given to."""
    for name, data in pages():
        for article in ingested(data, name):
            for turn in article.turns:
                if turn.speaker and turn.speaker.evidence in ("cue", "carried"):
                    yield article, turn.speaker


def stems(text: str) -> set[str]:
    return {in_latin(word.lower())[:STEM] for word in WORD.findall(text)}


def means_somebody(words: str, code: str | None) -> bool:
    """Return whether words have a pronoun or a description, or need none in their language."""
    rows = language(code)
    if rows is None or code == "en":
        return ENGLISH.search(words) is not None
    meant = re.search(rf"(?<!\w){rows.words(*MEANING)}", words, re.I)
    return meant is not None or rows.has("left_out")


def test_evidence_is_whole_words_of_the_article_and_names_or_means_the_speaker() -> None:
    seen = 0
    for article, speaker in attributions():
        seen += 1
        words = " ".join(speaker.attribution.split())
        pieces = words.split(" … ")  # of a name before the quoted words and a verb after them
        texts = [article.article.title, *(p.text for p in article.article.paragraphs)]
        printed = re.compile(".*".join(rf"(?<!\w){re.escape(piece)}(?!\w)" for piece in pieces))
        assert any(printed.search(" ".join(text.split())) for text in texts), words
        names = stems(speaker.name)
        assert names & stems(words) or means_somebody(words, article.article.language), words
    assert seen > 500
