"""Words around dates: each language takes its own and spares those of updates."""

from __future__ import annotations

import pytest

from indexer.ingest.lines.date_forms import DateStyle
from indexer.ingest.lines.date_words import label, label_alone, rows, says_nothing_else
from indexer.ingest.lines.dates import is_date_line, printed_dates


@pytest.mark.parametrize("language", sorted(rows()))
def test_each_language_tells_publication_from_update(language: str) -> None:
    row, style = rows()[language], DateStyle(language)
    for line, expected in ((row["taken"], "published"), (row["spared"], "updated")):
        assert [one.label for one in printed_dates(line, style)] == [expected], line
        assert is_date_line(line, style), line


def test_the_last_word_before_a_date_tells() -> None:
    assert label("Published by the board, last updated on") == "updated"


def test_a_headline_with_such_a_word_is_no_label() -> None:
    assert label_alone("The wall will stand") is None
    assert label_alone("Stand:") == "updated"


@pytest.mark.parametrize("text", ["Termin:", "Deadline:", "Date limite :", "Do not"])
def test_events_and_other_words_say_more_than_a_date(text: str) -> None:
    assert not says_nothing_else(text)
