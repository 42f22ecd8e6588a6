"""``python -m bench`` compares like with like: every rival finds what was asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.rivals import RIVALS, Wanted, wanted
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
def test_a_rival_finds_what_was_asked_for(
    tmp_path: Path, name: str, kind: str, words: tuple[str, ...], speaker: str | None, count: int
) -> None:
    try:
        search = RIVALS[name](PASSAGES, tmp_path)
    except ImportError as missing:
        pytest.skip(str(missing))
    found = search(Wanted(kind, words, speaker))
    if found is None:
        pytest.skip("it cannot ask for this")
    assert len(found) == (count if name != "bm25s" else len(found))


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
    asked = wanted("any", SearchRequest(query, speakers=speakers))
    assert (asked.words, asked.speaker) == (words, next(iter(speakers), None))
