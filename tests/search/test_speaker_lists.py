"""Who speaks, in order of names; with whom; and in which words."""

from __future__ import annotations

import pytest
from conftest import CorpusFolder, OpenCorpus

from indexer import Index
from indexer.search.telling import telling_words

HARBOUR = "The harbour wall is a promise. Nobody mends a promise."
VALVE = "The valve is shut, and the pipe with it. The pipe is a policy."


@pytest.fixture
def index(corpus: CorpusFolder, engine: str, open_corpus: OpenCorpus) -> Index:
    """Four speakers, two of whom share an article, with each engine."""
    corpus.interview("2021/lind", *[HARBOUR] * 8, speaker="Ada Lind")
    corpus.interview("2022/ekman", *[VALVE] * 8, speaker="Bo Ekman")
    corpus.interview("2023/lunde", "The wall and the pipe.", speaker="Cy Lunde")
    told = {"Ada Lind": "The tide comes.", "Bo Ekman": "It does.", "Élan Strand": "And it goes."}
    turns = (f"**What of it, {name}?**\n\n**{name}:** {text}\n" for name, text in told.items())
    corpus.write("2024/panel.md", "---\ntitle: A panel\n---\n\n" + "\n".join(turns))
    return open_corpus(engine=engine)


def test_speakers_are_listed_under_the_first_letter_of_their_family_names(index: Index) -> None:
    assert index.letters() == [("E", 1), ("L", 2), ("S", 1)]
    assert [one.name for one in index.speakers_under("L")] == ["Ada Lind", "Cy Lunde"]
    assert [one.name for one in index.speakers_under("L", limit=1, offset=1)] == ["Cy Lunde"]
    assert index.speakers_under("Q") == []


def test_company_is_who_speaks_in_the_same_articles(index: Index) -> None:
    assert index.company("ada-lind") == [
        ("bo-ekman", "Bo Ekman", 1),
        ("elan-strand", "Élan Strand", 1),
    ]
    assert index.company("cy-lunde") == []
    assert index.company("nobody") == []


def test_distinctive_words_are_frequent_with_one_speaker_and_not_with_all(index: Index) -> None:
    told = [one.word for one in index.telling_words("ada-lind")]
    assert told[0] == "promise"
    assert "harbour" in told
    assert not {"the", "is", "valve", "pipe"} & set(told)
    assert index.telling_words("ada-lind") == index.telling_words("ada-lind")
    assert index.telling_words("nobody") == ()


def test_a_distinctive_word_has_the_number_of_its_passages() -> None:
    texts = ["Boats, boats and a boat.", "Boats 7 an 7 an."] * 9
    (boats,) = telling_words(texts, lambda word: {"boats": 30, "boat": 9}.get(word, 900), 100_000)
    assert (boats.word, boats.passages) == ("boats", 18)


def test_a_word_of_one_passage_is_not_distinctive() -> None:
    assert telling_words(["zebra zebra zebra", "and so on"], lambda _: 3, 10_000) == ()


def test_very_frequent_words_are_distinctive_of_nobody() -> None:
    texts = ["but zebra but zebra but"] * 9

    def told(everywhere: int, words: int) -> list[str]:
        found = telling_words(texts, {"but": everywhere, "zebra": 20}.__getitem__, words)
        return [one.word for one in found]

    assert told(everywhere=240, words=100_000) == ["but", "zebra"]
    assert told(everywhere=260, words=100_000) == ["zebra"]
    assert told(everywhere=30, words=200) == ["but", "zebra"], (
        "all words of a small corpus are common"
    )
