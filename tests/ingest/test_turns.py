"""The ways in which outlets mark who speaks."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from indexer.ingest.cast.context import context_of
from indexer.ingest.cast.introduction import TEXT_ROWS, TITLE_ROWS, Row
from indexer.ingest.cast.members import People
from indexer.ingest.dialogue.speaker_marks import WAYS, Way
from indexer.ingest.dialogue.turns import turns
from indexer.ingest.passages import passages
from indexer.ingest.pipeline import ingest
from indexer.people.names import in_ordinary_case
from indexer.people.office_and_name import split_office
from indexer.records import Article, Paragraph, Speaker, Turn


def read(*paragraphs: str | Paragraph, title: str = "A wall") -> tuple[Turn, ...]:
    parts = tuple(Paragraph(p) if isinstance(p, str) else p for p in paragraphs)
    return turns(context_of(Article("a", title, parts)))


def bold(text: str) -> Paragraph:
    return Paragraph(text, bold=((0, len(text)),))


def told(found: tuple[Turn, ...]) -> list[tuple[str, str | None]]:
    return [(turn.role, turn.speaker.name if turn.speaker else None) for turn in found]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_a_way_reads_its_own_example_and_no_surer_one_does(way: Way) -> None:
    surer = WAYS[: WAYS.index(way)]
    assert way.read(way.example) is not None
    assert [other.name for other in surer if other.read(way.example) is not None] == []


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_no_way_reads_plain_prose(way: Way) -> None:
    assert (
        way.read(Paragraph("The council met on Monday: it had no choice, and it knew it.")) is None
    )


@pytest.mark.parametrize("row", TITLE_ROWS, ids=lambda row: row.example)
def test_a_headline_row_fits_its_example(row: Row) -> None:
    assert row.pattern.match(row.example) is not None


@pytest.mark.parametrize("row", TEXT_ROWS, ids=lambda row: row.example)
def test_a_presenting_row_fits_its_example(row: Row) -> None:
    assert row.pattern.search(row.example) is not None


@pytest.mark.parametrize(
    "label",
    ["", ", ", "Mayor, ", "Jr.", "(SPÖ)", "Port, " * 2000, "Mayor, " * 2000, "A (B) " * 500],
)
def test_a_label_of_nothing_or_of_thousands_of_words_is_split_too(label: str) -> None:
    _, name = split_office(label)
    assert name == label or name in label


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("President of Russia Vladimir Putin", ("President of Russia", "Vladimir Putin")),
        ("Nara Velidze, chair of the Council", ("chair of the Council", "Nara Velidze")),
        ("Oskar Thell (Northern Review)", ("Northern Review", "Oskar Thell")),
        ("SECRETARY CARDONA", ("SECRETARY", "CARDONA")),
        ("Direct line host Maria Sittel", ("Direct line host", "Maria Sittel")),
        ("MS. VELIDZE", (None, "MS. VELIDZE")),
        ("Senior Administration Official", (None, "Senior Administration Official")),
        ("Nara Velidze", (None, "Nara Velidze")),
        ("Anna Harbor, CA Mayor Jon Berg", ("Anna Harbor, CA Mayor", "Jon Berg")),
        ("Anna Harbor, MP for Ilven", ("MP for Ilven", "Anna Harbor")),
        ("Anna Harbor, MD", ("MD", "Anna Harbor")),
        ("Parnala, OH Mayor Jon Berg", ("Parnala, OH Mayor", "Jon Berg")),
        ("Little Ilven, Ohio Mayor Jon Berg, Jr.", ("Little Ilven, Ohio Mayor", "Jon Berg Jr.")),
        ("Parnala, Thell County Clerk Ada Lind", ("Parnala, Thell County Clerk", "Ada Lind")),
        (
            "House Majority Leader, Ohio Congressman Jon Berg",
            ("House Majority Leader, Ohio Congressman", "Jon Berg"),
        ),
        ("Abgeordneter Jon Berg (VU)", ("Abgeordneter", "Jon Berg")),
        (
            "Secretary of the Harbour Council Jon Berg",
            ("Secretary of the Harbour Council", "Jon Berg"),
        ),
        (
            "Rasmine Epling, Executive Director, Free Harbours",
            ("Executive Director, Free Harbours", "Rasmine Epling"),
        ),
        (
            "Trainer of the National Team Ada Lind",
            ("Trainer of the National Team", "Ada Lind"),
        ),
        ("National Free Justice Coalition (NFJC)", (None, "National Free Justice Coalition")),
        ("Center for Free Harbours", (None, "Center for Free Harbours")),
        ("National Council of Free Harbours", (None, "National Council of Free Harbours")),
        ("National Action Network", (None, "National Action Network")),
        ("Further growth of the Lind Corridor", (None, "Further growth of the Lind Corridor")),
        ("Democratic Mayors Association", (None, "Democratic Mayors Association")),
        ("Administration will", (None, "Administration will")),
    ],
)
def test_an_office_is_told_from_a_name(label: str, expected: tuple[str | None, str]) -> None:
    assert split_office(label) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("MS. JEAN-PIERRE", "Ms. Jean-Pierre"),
        ("Nara Velidze", "Nara Velidze"),
        ("O’BRIEN", "O’Brien"),
    ],
)
def test_capitals_are_written_as_names_are(label: str, expected: str) -> None:
    assert in_ordinary_case(label) == expected


def test_a_surname_is_the_person_whom_the_article_prints_in_full() -> None:
    people = People(["Briefing by Harbour Master Nara Velidze", "Velidze smiled."])
    assert people.names.of("MS. VELIDZE") == "Nara Velidze"


def test_a_surname_of_two_people_is_nobodys() -> None:
    people = People(["Nara Velidze met Tomas Velidze on the quay."])
    assert people.names.of("Velidze") == "Velidze"


def test_a_longer_form_is_taken_when_it_adds_an_initial() -> None:
    people = People(
        ["Tomas K. Arel spoke. Then K. Arel, as he signs, left with Tomas K. Arel’s hat."]
    )
    assert people.names.of("Arel") == "Tomas K. Arel"


def test_a_place_is_no_person() -> None:
    people = People(["Nara Velidze came from Port Ilven to the capital of New Sarvania."])
    assert people.mentions("Nara Velidze came from Port Ilven to the capital of New Sarvania.") == [
        "Nara Velidze"
    ]


def test_a_line_that_only_presents_the_speaker_is_no_turn() -> None:
    found = read(
        "Nara Velidze, mayor of Port Ilven", "- Will it hold?", "- It will.", title="It will"
    )
    assert told(found) == [("question", None), ("answer", "Nara Velidze")]


def test_a_first_line_that_says_something_is_kept() -> None:
    found = read("Nara Velidze, mayor, said: “We wait for the tide”", "It rained.", title="A wall")
    assert next(turn.text for turn in found).startswith("Nara Velidze, mayor, said")


def test_an_ordinary_list_with_dashes_is_no_dialogue() -> None:
    found = read("The plan has three parts.", "- a wall", "- a lamp", "- a hat")
    assert {turn.role for turn in found} == {"narrative"}


def test_bold_leads_of_a_fact_sheet_are_no_speakers() -> None:
    leads = ("Civil rights", "Clean Energy", "Jobs Report", "Climate Resilience")
    paragraphs = [
        Paragraph(f"{lead}: The clean energy plan brings jobs.", bold=((0, len(lead) + 1),))
        for lead in leads
    ]
    assert {turn.role for turn in read(*paragraphs)} == {"narrative"}


def test_a_bold_subheading_without_a_question_is_no_question() -> None:
    found = read(bold("The first winter"), "It was cold.", bold("The second winter"), "It was not.")
    assert {turn.role for turn in found} == {"narrative"}


def test_an_unlabelled_answer_of_nobody_introduced_has_no_speaker() -> None:
    found = read(bold("Why did the sea come?"), "It does.", bold("Will it come again?"), "It will.")
    assert told(found) == [("question", None), ("answer", None)] * 2


def test_two_bold_paragraphs_in_a_row_are_one_question() -> None:
    found = read(
        bold("The sea came in May."),
        bold("Why did nobody leave?"),
        "Who told you that?",
        bold("And now?"),
        "Now we wait.",
    )
    assert next(turn.text for turn in found if turn.role == "question") == (
        "The sea came in May.\n\nWhy did nobody leave?"
    )


def test_lines_that_end_a_transcript_belong_to_nobody() -> None:
    found = read(
        "MS. VELIDZE: Good morning.", "Q Will it hold?", "MS. VELIDZE: Yes.", "END 2:10 P.M. EST"
    )
    assert told(found)[-1] == ("narrative", None)


def test_labels_of_an_unnamed_voice_name_nobody() -> None:
    found = read(
        Paragraph("Nara Velidze: Let us begin.", bold=((0, 13),)),
        Paragraph("Remark: At last!", bold=((0, 7),)),
        Paragraph("Nara Velidze: I heard that.", bold=((0, 13),)),
    )
    assert [speaker for _, speaker in told(found)] == ["Nara Velidze", None, "Nara Velidze"]


def test_in_a_transcript_a_label_in_capitals_that_comes_once_is_believed() -> None:
    found = read(
        "MS. VELIDZE: Good morning.",
        "Q Will it hold?",
        "DR. NUNEZ-AREL: It will.",
        "MS. VELIDZE: It will.",
    )
    assert [speaker for _, speaker in told(found)] == [
        "Ms. Velidze",
        None,
        "Dr. Nunez-Arel",
        "Ms. Velidze",
    ]


def test_a_bold_label_in_another_case_is_the_same_and_a_bold_heading_is_none() -> None:
    labels = ("GREEN:", "LIND:", "GREEN:", "LIND:", "Green:", "Background:", "LIND:")
    said = [
        Paragraph(f"{label} The green weir leaks.", bold=((0, len(label)),)) for label in labels
    ]
    assert [speaker for _, speaker in told(read(*said))] == [
        *("Green", "Lind", "Green", "Lind", "Green", "Lind")
    ]


def test_words_before_a_colon_inside_a_turn_are_no_label_where_labels_are_set_off() -> None:
    found = read("MS. VELIDZE: First.", "Second: the lamp.", "Q Why?", "MS. VELIDZE: It is dark.")
    assert found[0].text == "First.\n\nSecond: the lamp."


@pytest.mark.parametrize(
    "label",
    [
        "President of the Wall Society, Honoured Engineer of Sarvania Nara Velidze",
        "Military columnist of the Harbour Gazette Nara Velidze",
        "Test pilot of the Strait Training Centre Nara Velidze",
    ],
)
def test_a_long_office_in_a_bold_label_is_told_from_the_name(label: str) -> None:
    found = read(
        Paragraph(f"{label}: It will hold.", bold=((0, len(label) + 1),)),
        Paragraph("Question from Port Ilven: Will it?", bold=((0, 25),)),
        Paragraph(f"{label}:It will.", bold=((0, len(label) + 1),)),
    )
    assert told(found) == [
        ("statement", "Nara Velidze"),
        ("question", None),
        ("answer", "Nara Velidze"),
    ]


def test_an_office_is_not_given_to_a_namesake() -> None:
    people = People(
        ["Remarks by President Arel and First Lady Nara Arel", "Nara Arel smiled. Nara Arel left."]
    )
    assert people.named("PRESIDENT AREL") == ("President Arel", "President")
    assert people.holder_of("President", ["Remarks by President Arel"]) == "President Arel"


def test_an_office_leads_to_the_full_name_that_is_printed_with_it() -> None:
    people = People(["Briefing by Secretary of Trade Tomas Arel", "Secretary Arel spoke."])
    assert people.named("SECRETARY AREL") == ("Tomas Arel", "Secretary")


def test_a_label_on_a_line_of_its_own_names_who_speaks_below_it() -> None:
    found = read(
        bold("Ruta Jansen:"),
        "Will it hold?",
        bold("Nara Velidze:"),
        "It will hold.",
        bold("Ruta Jansen:"),
        "And then?",
        bold("Nara Velidze:"),
        "Then we sleep.",
    )
    assert told(found) == [("question", "Ruta Jansen"), ("answer", "Nara Velidze")] * 2


def test_the_initials_of_an_outlet_are_no_person() -> None:
    found = read("PW: Will it hold?", "NV: It will hold.", "PW: And then?", "NV: Then we sleep.")
    assert [speaker for role, speaker in told(found) if role == "question"] == [None, None]


# --- Voices and times that the format states -----------------------------------------------------


def heard(text: str, time: int, speaker: str | None = None) -> Paragraph:
    return Paragraph(text, speaker=speaker, time=time)


def test_a_voice_that_the_format_states_is_believed() -> None:
    (turn,) = read(Paragraph("Note: the wall held.", speaker="Nara Velidze"))
    assert turn.speaker == Speaker(
        *("Nara Velidze", "Nara Velidze", "Nara Velidze"), evidence="label"
    )
    assert (turn.role, turn.text) == ("statement", "Note: the wall held.")


def test_a_short_voice_is_the_person_whom_the_article_names_in_full() -> None:
    found = read(Paragraph("The wall held.", speaker="Velidze"), title="Nara Velidze on the wall")
    assert told(found) == [("statement", "Nara Velidze")]


def test_a_voice_without_a_name_ends_the_turn_before_it() -> None:
    found = read(
        Paragraph("The wall held.", speaker="Nara Velidze"), Paragraph("Did it?", speaker="")
    )
    assert told(found) == [("statement", "Nara Velidze"), ("statement", None)]


def test_a_voice_that_only_asks_is_nobody() -> None:
    found = read(
        Paragraph("Did the wall hold?", speaker="Interviewer"),
        Paragraph("It did.", speaker="Nara Velidze"),
    )
    assert told(found) == [("question", None), ("answer", "Nara Velidze")]


def test_paragraphs_of_one_voice_are_one_turn_with_the_time_of_each() -> None:
    found = read(
        heard("The wall held.", 3, "Nara Velidze"),
        heard("Nobody was hurt.", 9, "Nara Velidze"),
        heard("So far.", 14, "Tomas Arel"),
    )
    assert [(turn.text, turn.times) for turn in found] == [
        ("The wall held.\n\nNobody was hurt.", (3, 9)),
        ("So far.", (14,)),
    ]


def test_what_is_heard_without_a_voice_is_said_by_somebody_unknown() -> None:
    (turn,) = read(heard("The wall held.", 3), heard("Nobody was hurt.", 9))
    assert (turn.role, turn.speaker, turn.times) == ("statement", None, (3, 9))


def test_an_article_without_a_recording_has_no_times() -> None:
    assert [turn.times for turn in read("The wall held.", "Nobody was hurt.")] == [(), ()]


def test_each_passage_of_a_long_turn_begins_when_its_first_paragraph_is_heard() -> None:
    words = " ".join(["wall"] * 199) + "."
    turn = Turn("statement", "\n\n".join([words] * 3), 0, times=(0, 61, 125))
    found = passages(Article("a", "A wall", ()), [turn])
    assert [passage.time for passage in found] == [0, 61, 125]


# --- What ends an answer -------------------------------------------------------------------------

TOLD = (
    "The chair of the council, Tomas Verrin, was less certain. “The wall is old,” Verrin said.",
    "“Nobody asked the pilots before the wall was built,” said Tomas Verrin.",
    "„Die Mauer ist alt und niemand zahlt“, sagte Hafenmeister Tomas Verrin.",
    "« Le mur est vieux et personne ne paie », a déclaré Tomas Verrin.",
    "”Muren är gammal och ingen betalar”, säger Tomas Verrin.".replace("”", "“", 1),
    "Tomas Verrin, who chairs the council, said: “The wall is old and nobody pays.”",
    "Velidze was born on the quay. Velidze is writing a book about the wall.",
    "This interview has been edited for length.",
    "Das Gespräch führte Ruta Jansen.",
    "Propos recueillis par Ruta Jansen",
)

INTERVIEWS = {
    "bold questions": (
        bold("Will the wall hold?"),
        "It will hold.",
        bold("And then?"),
        "We sleep behind it.",
    ),
    "labels": (
        "Ruta Jansen: Will the wall hold?",
        "Nara Velidze: It will hold.",
        "Ruta Jansen: And then?",
        "Nara Velidze: We sleep behind it.",
    ),
    "letters": ("Q: Will the wall hold?", "A: It will hold.", "Q: And then?", "A: We sleep."),
}


@pytest.mark.parametrize("paragraph", TOLD)
@pytest.mark.parametrize("form", INTERVIEWS)
def test_what_is_told_after_an_answer_is_not_the_answerers(form: str, paragraph: str) -> None:
    found = read(
        *INTERVIEWS[form], paragraph, "Then it rained.", title="Interview with Nara Velidze"
    )
    assert told(found)[-2:] == [("narrative", None)] * 2
    assert paragraph not in "".join(turn.text for turn in found if turn.speaker)


@pytest.mark.parametrize("form", INTERVIEWS)
def test_text_under_a_crosshead_is_nobodys_up_to_the_next_mark(form: str) -> None:
    crosshead = Paragraph("What others say", "heading")
    found = read(*INTERVIEWS[form], crosshead, "It rained.", title="Interview with Nara Velidze")
    assert told(found)[-2:] == [("narrative", None)] * 2


@pytest.mark.parametrize(
    "paragraph",
    [
        "I told him: “The wall is old and nobody pays.”",
        "Tomas Verrin wrote to me: “The wall is old and nobody pays.”",
        "The wall is old. Nobody pays.",
        "The motto “A wall for all of us”, Sarvania, is mine.",
    ],
)
@pytest.mark.parametrize("form", INTERVIEWS)
def test_an_answer_of_several_paragraphs_stays_whole(form: str, paragraph: str) -> None:
    found = read(*INTERVIEWS[form], paragraph, title="Interview with Nara Velidze")
    assert found[-1].text.endswith(paragraph)
    assert told(found)[-1] == ("answer", "Nara Velidze")


@pytest.mark.parametrize(
    "opening",
    [
        ["Tessa Orlay runs the weather station. She met us in the tower."],
        ["By Kai Borg", "When Tessa Orlay came, the tower had no roof."],
        ["Propos recueillis par Kai Borg", "Tessa Orlay dirige la station météo."],
        ["Tessa Orlay keeps the tower. Kai Borg went up with her."],
    ],
)
def test_the_one_whom_an_opening_names_first_gives_the_answers(
    opening: list[str],
) -> None:
    body = "".join(f"<p>{text}</p>" for text in opening)
    turns = "".join(
        f"<p><b>What of the roof, {n}?</b></p><p>It keeps the rain in, and the wind out.</p>"
        for n in ("now", "then", "later")
    )
    page = f"<html><title>The tower has a roof</title><body>{body}{turns}</body></html>"
    (read,) = ingest(page.encode(), PurePosixPath("tower.html")).articles
    answers = {p.speaker for p in read.passages if p.role == "answer"}
    assert answers == {"Tessa Orlay"}
