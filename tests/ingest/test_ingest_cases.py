"""Every folder of tests/cases is an article and what a careful reader finds in it.

``expected.json`` holds any of the keys of ``commentary inspect --json``; only those are compared.
A passage is described by its ``text``, or by how it ``starts`` and ``ends``, and by whichever of
``role``, ``question`` and ``speaker`` the case is about. Four keys more look at the whole:
``contains`` (passages that are among the others), ``absent`` (words in no passage),
``speakers`` (all there are), ``dropped_contains`` and ``longest_passage`` (in words).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from difflib import unified_diff
from itertools import zip_longest
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from indexer.ingest.pipeline import ingest
from indexer.records import IngestedArticle, Turn

CORPUS = Path(__file__).parents[1] / "cases"
ARTICLE_FIELDS = ("title", "published", "date_precision", "outlet", "url", "byline")
CHECKED = {
    *ARTICLE_FIELDS,
    *("passages", "turns", "contains", "absent", "speakers", "dropped_contains", "longest_passage"),
}


LABEL = re.compile(r"^(?:[^:]{1,60}:|Q\s)")


def words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text))


@pytest.fixture(params=sorted(CORPUS.iterdir()), ids=lambda folder: folder.name)
def case(request: pytest.FixtureRequest) -> tuple[IngestedArticle, dict[str, Any]]:
    folder: Path = request.param
    (article,) = folder.glob("article.*")
    path = PurePosixPath(folder.name, article.name)
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    (found,) = ingest(article.read_bytes(), path).articles
    return found, expected


def test_no_word_of_an_article_is_lost(case: tuple[IngestedArticle, dict[str, Any]]) -> None:
    ingested, _ = case
    kept = Counter(word for passage in ingested.passages for word in words(passage.text))
    for passage, before in zip(ingested.passages, [None, *ingested.passages], strict=False):
        if before is None or passage.question != before.question:
            kept.update(words(passage.question or ""))
    told_otherwise = {word for p in ingested.passages for word in words(p.attribution or "")}
    needed = Counter(
        word
        for paragraph in ingested.article.paragraphs
        for line in paragraph.text.split("\n")
        for word in words(LABEL.sub("", line))
    )
    assert {word for word in needed - kept if word not in told_otherwise} == set()


def test_an_article_is_read_as_a_careful_reader_would(
    case: tuple[IngestedArticle, dict[str, Any]],
) -> None:
    ingested, expected = case
    article, passages = ingested.article, joined(ingested)
    assert set(expected) <= CHECKED, "expected.json has a key that nothing checks"

    facts = {name: expected[name] for name in ARTICLE_FIELDS if name in expected}
    same({name: getattr(article, name) for name in facts}, facts)
    if "passages" in expected:
        same(as_described(passages, expected["passages"]), expected["passages"])
    if "turns" in expected:
        turns = [told_turn(turn) for turn in ingested.turns]
        same(as_described(turns, expected["turns"]), expected["turns"])
    if "speakers" in expected:
        same(sorted({p["speaker"] for p in passages} - {None}), expected["speakers"])
    for description in expected.get("contains", ()):
        candidates = [described(passage, description) for passage in passages]
        if description not in candidates:
            same(candidates, [description])


def test_what_nobody_said_is_in_no_passage(case: tuple[IngestedArticle, dict[str, Any]]) -> None:
    ingested, expected = case
    searched = "\n".join(f"{p.question or ''}\n{p.text}" for p in ingested.passages)
    assert [words for words in expected.get("absent", ()) if words in searched] == []
    dropped = "\n".join(line.text for line in ingested.article.dropped)
    assert [words for words in expected.get("dropped_contains", ()) if words not in dropped] == []


def test_a_long_answer_is_cut_where_a_reader_could_stop(
    case: tuple[IngestedArticle, dict[str, Any]],
) -> None:
    ingested, expected = case
    longest = max((len(passage.text.split()) for passage in ingested.passages), default=0)
    assert longest <= expected.get("longest_passage", longest)


def test_the_passages_of_an_article_are_numbered_in_reading_order(
    case: tuple[IngestedArticle, dict[str, Any]],
) -> None:
    ingested, _ = case
    positions = [passage.position for passage in ingested.passages]
    assert positions == list(range(1, len(positions) + 1))
    identifier = ingested.article.id
    assert [p.id for p in ingested.passages] == [f"{identifier}#{n}" for n in positions]


def same(found: Any, expected: Any) -> None:
    """Fails with the lines that differ, in the form in which they stand in ``expected.json``."""
    lines = [
        json.dumps(side, ensure_ascii=False, indent=2).splitlines() for side in (expected, found)
    ]
    difference = list(unified_diff(*lines, "expected", "found", n=1, lineterm=""))
    if difference:
        pytest.fail("\n".join(difference), pytrace=False)


def joined(ingested: IngestedArticle) -> list[dict[str, Any]]:
    """Return the passages, with running text by one voice joined, however it is cut."""
    passages: list[dict[str, Any]] = []
    for passage in ingested.passages:
        names = ("role", "question", "text", "speaker", "time")
        record = {name: getattr(passage, name) for name in names}
        same = ("role", "question", "speaker")
        if (
            passage.role in ("statement", "narrative")
            and passages
            and all(passages[-1][name] == record[name] for name in same)
        ):
            passages[-1]["text"] += "\n\n" + record["text"]
        else:
            passages.append(record)
    return passages


def told_turn(turn: Turn) -> dict[str, Any]:
    speaker = turn.speaker.name if turn.speaker else None
    return {"role": turn.role, "speaker": speaker, "text": turn.text}


def as_described(
    found: list[dict[str, Any]], descriptions: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return records with the keys of the description at their place; extra ones whole."""
    whole = dict.fromkeys(("role", "speaker", "text"))
    return [
        described(record, description or whole)
        for record, description in zip_longest(found, descriptions[: len(found)])
    ]


def described(record: dict[str, Any], description: dict[str, Any]) -> dict[str, Any]:
    """Return a record with the keys of a description."""
    text = record["text"]
    ends = description.get("ends", "")
    told = {
        **record,
        "starts": text[: len(description.get("starts", ""))],
        "ends": text[len(text) - len(ends) :],
    }
    return {name: told.get(name) for name in description}
