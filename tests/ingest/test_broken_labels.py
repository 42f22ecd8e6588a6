"""Labels that nobody can read: their words are nobody's, never those of who spoke before."""

from __future__ import annotations

import re

import pytest

from bench.garbling import WAYS
from tests.ingest.label_styles import CASTS, STYLES, Said, sitting
from tests.ingest.test_record_labels import passages, said, verdicts

WAYS_THAT_LEAVE_A_LABEL = sorted(set(WAYS) - {"nothing"})

TURNS = (2, 4, 6, 7, 9, 11)
"""Turns of which one loses its label in each case."""


def with_broken_label(style: str, way: str, place: int) -> list[Said]:
    """Return the sitting of a style in which nobody can read one label."""
    turns = list(sitting(STYLES[style]))
    parts = re.fullmatch(
        r"((?:[\[(]?\d\d:[\d:]+[\])]?\s)?\W*)(.*?)(\W*)", turns[place].label, re.DOTALL
    )
    assert parts is not None
    label = f"{parts[1]}{WAYS[way](parts[2])}{parts[3]}"
    return [*turns[:place], turns[place]._replace(label=label), *turns[place + 1 :]]


@pytest.mark.parametrize("way", WAYS_THAT_LEAVE_A_LABEL)
@pytest.mark.parametrize("style", STYLES)
def test_words_after_an_unreadable_label_are_under_no_other_name(style: str, way: str) -> None:
    place = TURNS[(len(style) + len(way)) % len(TURNS)]
    counts = verdicts(with_broken_label(style, way, place))
    cast = {last.lower() for _, last in CASTS[STYLES[style].language]}
    named = [verdict for verdict in counts if verdict.startswith("wrong: ")]
    assert not [one for one in named if cast & set(re.findall(r"\w+", one.lower()))], counts


SITTING = (
    "Jon Berg (Ice): We open the harbour.",
    "Ada Lind (Fog): The tug is broken.",
    "Jon Berg (Ice): Then we mend it.",
    "Ada Lind (Fog): Nobody pays for it.",
)


@pytest.mark.parametrize(
    "beginning",
    [
        "J0n B3rg (Ic3): The tide is late.",
        "??? ????: The tide is late.",
        "mia holm (Ice): The tide is late.",
        ": The tide is late.",
    ],
)
def test_a_broken_beginning_ends_the_turn_before_it(beginning: str) -> None:
    found = said(passages(*SITTING, beginning, "And it is cold.", "Jon Berg (Ice): Good."))
    (late,) = [text for text in found if "tide" in text]
    assert found[late] is None
    assert "And it is cold." in late


@pytest.mark.parametrize(
    "beginning",
    [
        "b) the second reason: it is cold.",
        "CO2 is the reason, and H2O is the other: we need both.",
        "1. The tide is late.",
        "NATO has a word for it: ice.",
        "“The tide”: that is what they call it.",
    ],
)
def test_a_sentence_with_a_number_or_a_colon_goes_on_with_the_turn(beginning: str) -> None:
    found = said(passages(*SITTING, beginning))
    (whole,) = [text for text in found if beginning in text]
    assert found[whole] == "Ada Lind"
