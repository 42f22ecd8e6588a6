"""Transcripts of parliaments: offices, titles, parties and brackets around a name."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.ingest.dialogue.label_parts import label_parts
from indexer.ingest.pipeline import ingest
from indexer.records import Passage

NAMES = {
    "Abgeordneter Mag. Jon Berg (Grüne)": "Jon Berg",
    "Abgeordnete Ada Lind(SPÖ)": "Ada Lind",
    "Abgeordnete Dipl.-Ing. (FH) Ada Lind (Neos)": "Ada Lind",
    "Ada Lind, MA (FPÖ)": "Ada Lind",
    "Bundesminister für Häfen und Fischerei Dr. Jon Berg": "Jon Berg",
    "Bundesministerin für Häfen, Fische und Eis Ada Lind, BA": "Ada Lind",
    "Dr. Jon Berg, Bundesminister für Häfen": "Jon Berg",
    "Abgeordneter August Berg (ÖVP)": "August Berg",
    "Jon Berg (North Bay) (Lab)": "Jon Berg",
    "The Minister for Ports (Mr. Jon Berg)": "Jon Berg",
    "Mr. Berg": "Berg",
    "JON BERG, HOST": "Jon Berg",
    "M. Jon Berg, ministre des ports": "Jon Berg",
    "El señor BERG PÉREZ": "Berg Pérez",
    "JON BERG (Ankara)": "Jon Berg",
}

UNNAMED = ["The Speaker", "Präsident", "Here is the deal", "Zur Frage von Frau Kollegin Lind"]


@pytest.mark.parametrize("label", NAMES)
def test_a_label_is_parted_into_its_name_and_the_rest(label: str) -> None:
    parts = label_parts(label)
    assert parts is not None
    assert (parts.name, parts.is_marked) == (NAMES[label], True)


@pytest.mark.parametrize("label", UNNAMED)
def test_an_office_alone_or_a_clause_names_nobody(label: str) -> None:
    parts = label_parts(label)
    assert parts is None or parts.name is None or not parts.is_marked


def passages(*paragraphs: str) -> tuple[Passage, ...]:
    text = "\n\n".join(["# Sitting of the ice board", *paragraphs])
    (found,) = ingest(text.encode(), PurePosixPath("board/sitting.md")).articles
    return found.passages


def said(found: tuple[Passage, ...]) -> dict[str, str | None]:
    return {passage.text: passage.speaker for passage in found}


RECORD = (
    "Präsidentin Dr. Ada Lind: Die Sitzung ist eröffnet.",
    "Abgeordneter Mag. Jon Berg (Grüne): Das Eis ist dünn. Drittens: Es taut.",
    "Und wer zahlt den Schlepper?",
    "Bundesminister für Häfen Dr. Bo Reed: Der Schlepper ist bezahlt.",
    "Präsidentin Dr. Ada Lind: Wir stimmen ab.",
)


def test_words_of_a_record_are_under_who_its_labels_name() -> None:
    found = said(passages(*RECORD))
    assert found["Die Sitzung ist eröffnet."] == "Ada Lind"
    assert found["Der Schlepper ist bezahlt."] == "Bo Reed"
    assert found["Wir stimmen ab."] == "Ada Lind"


def test_a_word_with_a_colon_inside_a_speech_is_no_label() -> None:
    found = said(passages(*RECORD[:2], "Drittens: Der Hafen friert.", *RECORD[3:]))
    assert (
        found["Das Eis ist dünn. Drittens: Es taut.\n\nDrittens: Der Hafen friert."] == "Jon Berg"
    )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["Lind", "Berg", "Reed", "Holm"]), min_size=6, max_size=14),
    st.data(),
)
def test_an_office_that_names_nobody_leaves_no_words_to_who_spoke_before(
    order: list[str], data: st.DataObject
) -> None:
    first = {"Lind": "Ada", "Berg": "Jon", "Reed": "Bo", "Holm": "Mia"}
    broken = data.draw(st.integers(1, len(order) - 1))
    paragraphs = [
        f"{'Der Präsident' if n == broken else f'Abgeordneter Mag. {first[one]} {one} (Eis)'}: "
        f"Das ist Rede {n} über das Eis."
        for n, one in enumerate(order)
    ]
    for passage in passages(*paragraphs):
        number = int(passage.text.rpartition("Rede ")[2].split()[0])
        own = None if number == broken else f"{first[order[number]]} {order[number]}"
        assert passage.speaker in (own, None), passage
