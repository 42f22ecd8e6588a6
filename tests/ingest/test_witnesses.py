"""Records of hearings: who is behind ``Q.``, ``A.`` and "THE WITNESS:"."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from indexer.ingest.dialogue.witnesses import EXAMINES, SWORN, Row
from indexer.ingest.pipeline import ingest
from tests.ingest.test_interview_marks import said


@pytest.mark.parametrize("row", [*EXAMINES, *SWORN], ids=lambda row: row.takes)
def test_a_row_names_somebody_and_spares_other_words(row: Row) -> None:
    assert row.pattern.match(row.takes)
    assert not row.pattern.match(row.spares)


def hearing(*paragraphs: str) -> dict[str, str | None]:
    text = "\n\n".join(["# The harbour inquiry", "MR BERG: I call Ada Lind.", *paragraphs])
    (found,) = ingest(text.encode(), PurePosixPath("board/day.md")).articles
    words = ("thin", "patience", "broken", "pays", "gone")
    known = {turn.text for turn in found.turns}
    return {word: said(found.turns, word)[1] for word in words if any(word in one for one in known)}


@pytest.mark.parametrize(
    ("sworn", "examines"),
    [
        ("MS ADA LIND (affirmed)", "Questioned by MR BERG"),
        ("ADA LIND, having been first duly sworn, testified as follows:", "BY MR. BERG:"),
    ],
)
def test_letters_are_who_asks_and_who_is_sworn(sworn: str, examines: str) -> None:
    found = hearing(
        sworn,
        examines,
        "Q. Was the ice thin that night?",
        "A. Thinner than my patience.",
        "THE CHAIR: Was the tug broken, Ms Lind?",
        "A. Nobody pays for it.",
    )
    assert found == {"thin": "Berg", "patience": "Ada Lind", "broken": None, "pays": "Ada Lind"}


@pytest.mark.parametrize("line", ["CROSS-EXAMINATION", "Questioned by ■■ ■■■■", "EXAMINATION"])
def test_who_examines_next_is_nobody_if_nothing_tells_it(line: str) -> None:
    found = hearing(
        "MS ADA LIND (sworn)",
        "Questioned by MR BERG",
        "Q. Was the ice thin that night?",
        "A. Thinner than my patience.",
        line,
        "Q. And the tug was broken?",
        "A. Nobody pays for it.",
    )
    assert (found["thin"], found["broken"], found["pays"]) == ("Berg", None, "Ada Lind")


def test_a_witness_who_left_answers_no_more() -> None:
    found = hearing(
        "MS ADA LIND (sworn)",
        "Questioned by MR BERG",
        "Q. Was the ice thin that night?",
        "A. Thinner than my patience.",
        "(The witness withdrew)",
        "Q. And the tug was broken?",
        "A. Nobody pays for it.",
    )
    assert (found["patience"], found["broken"], found["pays"]) == ("Ada Lind", None, None)


def test_letters_may_have_no_full_stop() -> None:
    found = hearing(
        "(ADA LIND, having been first duly sworn, testified as follows:)",
        "BY MR. BERG:",
        "Q Was the ice thin that night?",
        "A Thinner than my patience.",
        "Q Was the tug broken?",
        "A Nobody pays for it.",
        "THE WITNESS: It is gone.",
    )
    assert found == {
        "thin": "Berg",
        "patience": "Ada Lind",
        "broken": "Berg",
        "pays": "Ada Lind",
        "gone": "Ada Lind",
    }
