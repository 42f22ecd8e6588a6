"""A chair whose label is only an office: who presides is printed elsewhere in the record."""

from __future__ import annotations

import pytest

from indexer.ingest.dialogue.chairs import CHANGES, PRESIDING, Presiding, presiding
from indexer.records import Passage
from tests.ingest.test_record_labels import passages


@pytest.mark.parametrize("row", PRESIDING, ids=lambda row: row.takes)
def test_a_row_says_who_presides_and_spares_other_words(row: Presiding) -> None:
    assert presiding(row.takes) is not None
    assert presiding(row.spares) is None


def speaker_of(found: tuple[Passage, ...], words: str) -> str | None:
    (one,) = [passage for passage in found if words in passage.text]
    return one.speaker


DEBATE = (
    "Jon Berg (Ice): We open the harbour.",
    "The Speaker: Order, please.",
    "Mia Holm (Fog): The tug is broken.",
    "Jon Berg (Ice): Then we mend it.",
    "The Speaker: The sitting is closed.",
)


@pytest.mark.parametrize(
    "line",
    [
        "[Dame Ada Lind in the Chair]",
        "IN THE CHAIR: Ada Lind, Vice-President",
        "The Speaker (Ada Lind): The sitting is open.",
    ],
)
def test_an_office_is_whoever_the_record_says(line: str) -> None:
    found = passages(line, *DEBATE)
    assert speaker_of(found, "Order") == "Ada Lind"
    assert speaker_of(found, "closed") == "Ada Lind"
    assert "The Speaker" not in next(p.text for p in found if "closed" in p.text)


def test_an_office_that_nobody_names_is_nobody() -> None:
    found = passages(*DEBATE)
    assert speaker_of(found, "closed") is None


def test_an_office_with_two_holders_is_nobody() -> None:
    found = passages(
        "The Speaker (Ada Lind): The sitting is open.",
        *DEBATE[:3],
        "The Speaker (Bo Reed): I take over.",
        *DEBATE[3:],
    )
    assert speaker_of(found, "Order") is None
    assert speaker_of(found, "closed") is None


def test_who_takes_the_chair_presides_from_there_on() -> None:
    found = passages("[Ada Lind in the Chair]", *DEBATE[:3], "[Bo Reed in the Chair]", *DEBATE[3:])
    assert speaker_of(found, "Order") == "Ada Lind"
    assert speaker_of(found, "closed") == "Bo Reed"


def test_a_chair_that_somebody_else_takes_is_not_the_first_holders() -> None:
    found = passages(
        "The Speaker (Ada Lind): The sitting is open.",
        *DEBATE[:3],
        "[Bo Reed in the Chair]",
        *DEBATE[3:],
    )
    assert speaker_of(found, "Order") == "Ada Lind"
    assert speaker_of(found, "closed") is None


def test_whom_a_chair_calls_up_does_not_preside() -> None:
    found = passages(*DEBATE, "Speaker: Mia Holm.", "Mia Holm (Fog): I wait.", DEBATE[1])
    assert {p.speaker for p in found if "Order" in p.text} == {None}


def test_a_list_of_those_present_names_the_clerk() -> None:
    found = passages(
        "Present: The Town Mayor (Cllr Ada Lind). In attendance: Bo Reed (Town Clerk).",
        *DEBATE[:1],
        "The Town Clerk: It is minuted.",
        *DEBATE[2:],
    )
    assert speaker_of(found, "minuted") == "Bo Reed"


@pytest.mark.parametrize(
    "line",
    [
        "The Deputy Speaker left the Chair.",
        "Vizepräsident X-7 übernimmt den Vorsitz.",
        "Wicemarszałek obejmuje przewodnictwo w obradach.",
        "De ondervoorzitter neemt het voorzitterschap over.",
    ],
)
def test_a_chair_is_nobody_after_an_unreadable_change(line: str) -> None:
    found = passages("IN THE CHAIR: Ada Lind", *DEBATE[:4], line, DEBATE[-1])
    assert speaker_of(found, "Order, please") == "Ada Lind"
    assert speaker_of(found, "sitting is closed") is None


def test_a_deputy_is_not_the_one_in_the_chair() -> None:
    found = passages("IN THE CHAIR: Ada Lind", *DEBATE, "The Deputy Speaker: We go on at noon.")
    assert speaker_of(found, "at noon") is None
    assert speaker_of(found, "Order, please") == "Ada Lind"


@pytest.mark.parametrize(
    "words", ["She sits in the chair by the stove.", "Wir übernehmen den Schlepper im Mai."]
)
def test_other_words_do_not_change_the_chair(words: str) -> None:
    assert CHANGES.search(words) is None
