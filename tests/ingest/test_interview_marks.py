"""Interviews: letters, initials and names on lines of their own; who asks; where answers end."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from indexer.ingest.cast.introduction import ASKER_ROWS, Row
from indexer.ingest.dialogue.interview_marks import LETTERS
from indexer.ingest.pipeline import ingest
from indexer.records import Turn


def turns_of(*paragraphs: str, title: str = "Interview with Ada Lind") -> tuple[Turn, ...]:
    (found,) = ingest(
        "\n\n".join([f"# {title}", *paragraphs]).encode(), PurePosixPath("weekly/lind.md")
    ).articles
    return found.turns


def said(found: tuple[Turn, ...], words: str) -> tuple[str, str | None]:
    (one,) = [turn for turn in found if words in turn.text]
    return one.role, one.speaker.name if one.speaker else None


@pytest.mark.parametrize("row", ASKER_ROWS)
def test_a_row_names_who_asks(row: Row) -> None:
    assert row.pattern.search(row.example)


@pytest.mark.parametrize("end", [".", ":", ". –", " –"])
@pytest.mark.parametrize("letters", LETTERS[:6])
def test_letters_mark_questions_and_answers(letters: tuple[str, str], end: str) -> None:
    asks, answers = letters
    found = turns_of(
        "We met Ada Lind on the quay.",
        f"{asks}{end} Is the ice thin this year?",
        f"{answers}{end} It is thinner than my patience.",
        f"{asks}{end} And the tug is still broken?",
        f"{answers}{end} Nobody pays for it, as you know.",
    )
    assert said(found, "patience") == ("answer", "Ada Lind")
    assert said(found, "Nobody pays") == ("answer", "Ada Lind")
    assert said(found, "still broken")[0] == "question"


def test_one_letter_with_a_full_stop_is_no_mark() -> None:
    found = turns_of("A. The ice is thin.", "B. The tug is broken.", title="Two reasons")
    assert {turn.role for turn in found} == {"narrative"}


def test_initials_are_those_whom_the_article_names() -> None:
    found = turns_of(
        "**Mia Holm. –** Is the ice thin?",
        "**Ada Lind. –** It is, this year.",
        "**M. H. –** And the tug?",
        "**A. L. –** Nobody pays for it.",
        "**M. H. –** Who should?",
        "**A. L. –** The town council.",
        title="On the quay",
    )
    assert said(found, "Nobody pays")[1] == "Ada Lind"
    assert said(found, "Who should")[1] == "Mia Holm"


def test_initials_that_two_people_share_are_nobody() -> None:
    found = turns_of(
        "Ada Lind and Adam Lang, of the town council, met Mia Holm on the quay.",
        "**MH**: Is the ice thin?",
        "**AL**: It is, this year.",
        "**MH**: And the tug?",
        "**AL**: Nobody pays for it.",
        title="On the quay",
    )
    assert said(found, "Nobody pays")[1] not in ("Ada Lind", "Adam Lang")


def test_names_on_plain_lines_that_alternate_are_labels() -> None:
    found = turns_of(
        "Mia Holm",
        "Is the ice thin?",
        "Ada Lind",
        "It is, this year.",
        "Mia Holm",
        "And the tug?",
        "Ada Lind",
        "Nobody pays for it.",
        title="On the quay",
    )
    assert said(found, "Nobody pays")[1] == "Ada Lind"


QUESTIONS = (
    "**Is the ice thin this year?**",
    "It is thinner than my patience.",
    "**And who pays for the tug?**",
    "I wish that I knew it myself.",
)


@pytest.mark.parametrize(
    "line",
    ["Interview by Mia Holm", "Das Gespräch führte Mia Holm", "Propos recueillis par Mia Holm"],
)
def test_who_asks_is_named_by_a_line(line: str) -> None:
    found = turns_of(line, *QUESTIONS)
    assert said(found, "who pays") == ("question", "Mia Holm")
    assert said(found, "wish")[1] == "Ada Lind"


def test_who_asks_is_unknown_where_two_lines_disagree() -> None:
    found = turns_of("Interview by Mia Holm", "Interview by Bo Reed", *QUESTIONS)
    assert said(found, "who pays")[1] is None


@pytest.mark.parametrize(
    "told",
    [
        "Bo Reed, 71, the mayor, wants no tug.",
        "Bo Reed, the mayor of the town, said the tug is his.",
        "She closes the door of the office. He waits.",
        "Mia Holm is an editor of the Weekly.",
    ],
)
def test_what_is_told_after_the_last_answer_is_not_the_answer(told: str) -> None:
    found = turns_of(*QUESTIONS, told)
    assert said(found, told[:20])[1] != "Ada Lind"
