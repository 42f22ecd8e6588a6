"""The length of a text in words, with and without spaces between them."""

from __future__ import annotations

import pytest

from indexer.text.lengths import SCRIPTS, Script, letter_count, word_count
from indexer.text.sentences import sentences


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_script_without_spaces_is_counted_by_letters_and_others_by_words(script: Script) -> None:
    assert word_count(script.example * 10) > 10
    assert word_count(script.other * 10) == len((script.other * 10).split())
    assert letter_count(script.other) == len(script.other)


def test_words_of_two_scripts_are_both_counted() -> None:
    assert word_count("The wall 港口委员会 held") == 6


def test_sentences_of_chinese_end_without_a_space() -> None:
    text = "他说：“墙没有倒。”港口开了！真的吗？是的。"
    assert [text[a:b] for a, b in sentences(text)] == [
        *("他说：“墙没有倒。”", "港口开了！", "真的吗？", "是的。"),
    ]
