"""Recipes, scores and other lists have no speakers; labels that change leave no words to others."""

from __future__ import annotations

import pytest

from indexer.records import Passage
from tests.ingest.test_record_labels import passages

NO_SPEAKERS = {
    "poem": [
        "O Berg, who stood at dawn: the tide",
        "was cold upon the stones,",
        "Winter: a door.",
        "Spring: a key.",
        "Summer: a boat.",
    ],
    "recipe": [
        "**Dough:** Mix the flour with the butter and salt.",
        "**Filling:** Peel the apples and cut them thin.",
        "**Dough:** Roll it out and lay it in the form.",
        "**Filling:** Spread it over the dough, not too thick.",
        "**Glaze:** Warm the jam and brush it over the cake.",
    ],
    "table of contents": [
        "1. Jon Berg: The Ice and the Harbour 12",
        "2. Ada Lind: A Short History of Tugs 34",
        "3. Mia Holm: The Tide 56",
        "4. Jon Berg: More Ice 78",
        "5. Ada Lind: Fog 99",
    ],
    "programme": [
        "10:00: Opening by Jon Berg, the mayor of the town",
        "11:00: Keynote: Ada Lind on the ice of the north",
        "12:00: Lunch in the canteen of the harbour office",
        "13:00: Panel: Jon Berg, Ada Lind and Mia Holm talk",
    ],
    "scripture": [
        "John 3:16 For so he loved the ice that he gave it a name.",
        "Mark 4:39: And he rose and told the wind to be still.",
        "John 3:16: For so he loved the ice that he gave it a name.",
        "John 3:17: For he did not send the tide to judge the town.",
    ],
    "scores": [
        "Jon Berg: 14 points",
        "Ada Lind: 9 points",
        "Mia Holm: 7 points",
        "Jon Berg: 12 points",
        "Ada Lind: 11 points",
    ],
    "election": ["Jon Berg (Lab): 12,340", "Ada Lind (Con): 9,201", "Mia Holm (LD): 4,120"],
    "settings": [
        "Host: localhost and the port is 80",
        "Error: cannot open the file for reading",
        "Host: example.org and the port is 443",
        "Error: the file is not there any more",
    ],
    "notes": [
        "Note: The ice is thin this year in the harbour.",
        "Note: The tug is broken and nobody pays for it.",
        "Note: Jon Berg says that the harbour is open.",
    ],
    "glossary": [
        "Eis: Das Eis ist dünn in diesem Jahr.",
        "Hafen: Der Hafen ist offen für alle Schiffe.",
        "Eis: Es taut schon wieder in der Bucht.",
        "Hafen: Der Schlepper ist kaputt und teuer.",
    ],
}


@pytest.mark.parametrize("kind", NO_SPEAKERS)
def test_a_list_of_other_things_has_no_speakers(kind: str) -> None:
    found = passages(*NO_SPEAKERS[kind])
    assert [passage.speaker for passage in found if passage.evidence == "label"] == []


SITTING = (
    "Jon Berg (Ice): We open the harbour.",
    "Ada Lind (Fog): The tug is broken.",
    "Jon Berg (Ice): Then we mend it.",
    "Ada Lind (Fog): Nobody pays for it.",
)


def speaker_of(found: tuple[Passage, ...], words: str) -> str | None:
    (one,) = [passage for passage in found if words in passage.text]
    return one.speaker


@pytest.mark.parametrize(
    "label", ["BERG. {}", "[Berg] {}", "Mr. Berg – {}", "**Berg** {}", "Jon Berg. {}", "BERG – {}"]
)
def test_a_label_that_changes_its_form_gives_its_words_to_nobody_else(label: str) -> None:
    found = passages(*SITTING, label.format("I pay for it myself."))
    assert speaker_of(found, "myself") in (None, "Jon Berg")


def test_a_surname_of_two_speakers_alone_is_neither() -> None:
    found = passages(
        "Jon Berg: We open the harbour.",
        "Ida Berg: We do not open it.",
        "Ada Lind: Tell us which.",
        "Berg: It is open already.",
        "Ada Lind: Then it is.",
    )
    assert speaker_of(found, "already") is None


def test_a_long_office_ends_the_turn_before_it() -> None:
    office = f"The Minister for {'Ports and Tides and ' * 12}Ice"
    found = passages(*SITTING, f"{office}: I pay for it.", "And I paid in May.")
    assert speaker_of(found, "in May") is None


def test_a_label_in_quotation_marks_is_part_of_the_words() -> None:
    quoted = "“Jon Berg: We close the harbour. Ada Lind: Why?”"
    found = passages(*SITTING, quoted, "That is what the paper wrote.")
    assert speaker_of(found, "the paper wrote") == "Ada Lind"
    assert not [one for one in found if one.speaker == "Jon Berg" and "close" in one.text]


def test_a_plain_label_among_bold_ones_is_nobody() -> None:
    bold = [f"**{line.partition(' (')[0]}:**{line.partition(':')[2]}" for line in SITTING]
    found = passages(*bold, "Jon Berg: We close the harbour in May.", "So it was said.")
    assert speaker_of(found, "So it was said") is None


def test_a_line_in_capitals_ends_a_turn() -> None:
    found = passages(
        "BERG: Who goes there, in this fog?",
        "LIND: A tug, and she is late.",
        "BERG: The ice has gone away.",
        "LIND: Then so shall we.",
        "SCENE TWO",
        "The same quay in the morning.",
    )
    assert speaker_of(found, "same quay") is None
