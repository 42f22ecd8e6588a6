"""The rivals of the benchmark find what ours find."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.rivals import RIVALS, RivalQuery, rival_query
from indexer import Passage, SearchRequest

TEXTS = (
    ("The ferry waits for the tide.", "ada-lind"),
    ("The tide waits for no ferry at all.", "bo-ekman"),
    ("Bread is dear, and the ferry is late.", "ada-lind"),
    ("The lamp is lit.", None),
)
PASSAGES = [
    Passage(f"a#{number}", "a", number, "", "answer", text, speaker_id=speaker)
    for number, (text, speaker) in enumerate(TEXTS, 1)
]


@pytest.mark.parametrize("name", RIVALS)
@pytest.mark.parametrize(
    ("kind", "words", "speaker", "count"),
    [
        ("rare word", ("ferry",), None, 3),
        ("OR of three", ("tide", "lamp", "walrus"), None, 3),
        ("AND of two", ("ferry", "tide"), None, 2),
        ("phrase", ("tide", "waits"), None, 1),
        ("speaker filter", ("ferry",), "ada-lind", 2),
    ],
)
def test_a_rival_finds_the_passages_of_a_query(
    tmp_path: Path, name: str, kind: str, words: tuple[str, ...], speaker: str | None, count: int
) -> None:
    try:
        search = RIVALS[name](PASSAGES, tmp_path)
    except ImportError as missing:
        pytest.skip(str(missing))
    hits = search(RivalQuery(kind, words, speaker))
    if hits is None:
        pytest.skip("the library does not support this query")
    assert len(hits) == count or (name == "bm25s" and hits)


@pytest.mark.parametrize(
    ("query", "speakers", "words"),
    [
        ("ferry", (), ("ferry",)),
        ("tide OR lamp OR fog", (), ("tide", "lamp", "fog")),
        ('"tide waits"', (), ("tide", "waits")),
        ("ferry", ("ada-lind",), ("ferry",)),
    ],
)
def test_a_search_is_taken_apart(
    query: str, speakers: tuple[str, ...], words: tuple[str, ...]
) -> None:
    rival = rival_query("any", SearchRequest(query, speakers=speakers))
    assert (rival.words, rival.speaker) == (words, next(iter(speakers), None))
