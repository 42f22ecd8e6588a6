"""Transcripts of parliaments: offices, titles, parties and brackets around a name."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.ingest.dialogue.label_forms import FORMS, Form, labels_of
from indexer.ingest.dialogue.label_parts import label_parts
from indexer.ingest.dialogue.label_words import VOCABULARY, Vocabulary
from indexer.ingest.pipeline import ingest
from indexer.records import Paragraph, Passage
from tests.ingest.label_styles import STYLES, Said, sitting, written

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
    "Abgeordneter Jon Berg jun. (VU)": "Jon Berg jun.",
    "El señor BERG PÉREZ": "Berg Pérez",
    "JON BERG (Ankara)": "Jon Berg",
    "El señor MINISTRO DE PESCA, PUERTOS Y AGUAS (Berg Ferrer)": "Berg Ferrer",
    "Havne- og fiskeriministeren (Jon Berg)": "Jon Berg",
    "A Sr.ª Ada Lind (PS)": "Ada Lind",
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


@pytest.mark.parametrize("row", VOCABULARY, ids=lambda row: row.language)
def test_a_row_of_vocabulary_takes_its_example_and_spares_the_other(row: Vocabulary) -> None:
    taken, spared = label_parts(row.takes), label_parts(row.spares)
    assert taken is not None
    assert taken.is_marked
    assert spared is None or not spared.is_marked


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_form_reads_a_label_from_its_example(form: Form) -> None:
    text = form.example.replace("**", "")
    bold = ((0, form.example.rindex("**") - 2),) if "**" in form.example else ()
    found = {label.form: label for label in labels_of(Paragraph(text, bold=bold))}
    assert found[form.name].parts is not None


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


# --- The ways in which the world's records print labels -------------------------------------------

MIN_RIGHT = 0.97


def verdicts(turns: list[Said]) -> Counter[str]:
    """Count the paragraphs of a sitting by whether they are under their speaker."""
    gold = {text.rpartition(" ")[2]: turn.speaker for turn in turns for text in turn.paragraphs}
    (article,) = ingest(written(turns).encode(), PurePosixPath("board/sitting.md")).articles
    counts: Counter[str] = Counter()
    for passage in article.passages:
        for key in re.findall(r"\d+-\d\.", passage.text):
            own = gold.pop(key)
            if passage.speaker is None:
                counts["right" if own is None else "unknown"] += 1
            else:
                is_own = own is not None and own.lower() in passage.speaker.lower()
                counts["right" if is_own else f"wrong: {passage.speaker}"] += 1
    counts["right"] += sum(own is None for own in gold.values())  # questions of nobody
    return counts


@pytest.mark.parametrize("style", STYLES)
def test_a_style_of_labels_is_read_and_nothing_is_under_another_name(style: str) -> None:
    counts = verdicts(list(sitting(STYLES[style])))
    assert [verdict for verdict in counts if verdict.startswith("wrong")] == []
    assert counts["right"] >= MIN_RIGHT * counts.total(), counts


UNREADABLE = ("■■■ ■■■■", "?", "Xqzz Vrrt (Xq)", "N. N.")


@pytest.mark.parametrize("style", ["UK members", "Bundestag", "European Parliament", "Nationalrat"])
@pytest.mark.parametrize("name", UNREADABLE)
def test_a_label_that_nobody_can_read_ends_the_turn_before_it(style: str, name: str) -> None:
    turns = list(sitting(STYLES[style]))
    for number, turn in enumerate(turns[1:], start=1):
        end = re.search(r"[.:][ –]*$", turn.label)
        assert end is not None
        broken = turn._replace(label=name.rstrip(".") + end.group(), speaker=None)
        counts = verdicts([*turns[:number], broken, *turns[number + 1 :]])
        named = [verdict for verdict in counts if verdict.startswith("wrong")]
        assert set(named) <= {"wrong: Xqzz Vrrt"}, (turn.label, broken.label)


def test_brackets_after_a_bold_name_need_not_be_bold() -> None:
    paragraphs = [
        ("Jon Berg", ": We open the harbour."),
        ("Ada Lind", " (through an interpreter): I thank you for the invitation."),
        ("Jon Berg", ": The ice is thin this year."),
        ("Ada Lind", ": It is thicker at home."),
    ]
    body = "".join(f"<p><b>{name}</b>{rest}</p>" for name, rest in paragraphs)
    page = f"<html><title>A meeting at the harbour</title><body>{body}</body></html>"
    (read,) = ingest(page.encode(), PurePosixPath("meeting.html")).articles
    (thanks,) = [p for p in read.passages if "invitation" in p.text]
    assert thanks.speaker == "Ada Lind"


def test_labels_of_a_record_may_stand_on_lines_of_their_own() -> None:
    said = [
        ("<b>Jon Berg</b> (CB):", "We open the harbour before the ice comes."),
        ("<b>Havne- og fiskeriministeren</b> (Ada Lind):", "The harbour is open already."),
        ("<b>Jon Berg</b> (CB):", "Then we close it, and open it once more."),
        ("<b>Havne- og fiskeriministeren</b> (Ada Lind):", "I take that along to the ministry."),
    ]
    body = "".join(f"<p>{label}</p><p>{text}</p>" for label, text in said)
    page = f"<html><title>A sitting on the harbour</title><body>{body}</body></html>"
    (read,) = ingest(page.encode(), PurePosixPath("sitting.html")).articles
    assert [p.speaker for p in read.passages] == ["Jon Berg", "Ada Lind", "Jon Berg", "Ada Lind"]


def speakers(*paragraphs: str) -> list[str | None]:
    return [passage.speaker for passage in passages(*paragraphs)]


@pytest.mark.parametrize(
    ("first", "second"), [("(PvdZ)", "(VNL)"), ("(North Bay)", "(South Quay)"), ("(Lab)", "(Con)")]
)
def test_namesakes_are_told_apart_by_party_or_place(first: str, second: str) -> None:
    found = speakers(
        f"Mr. Berg {first}: We open the harbour before the ice comes.",
        "Ada Lind (Fog): The tug is broken, as you know.",
        f"Mr. Jon Berg {second}: Then we mend it, and close the harbour.",
        f"Mr. Berg {first}: Nobody pays for it this year.",
        f"Mr. Berg {second}: The council does, in the end.",
    )
    assert found == [None, "Ada Lind", "Jon Berg", None, "Jon Berg"]


def test_a_remark_in_the_brackets_of_a_label_makes_no_namesake() -> None:
    found = speakers(
        "JON BERG, HOST: We open the harbour before the ice comes.",
        "ADA LIND, PILOT: The tug is broken, as you know.",
        "BERG (voice-over): Nobody pays for it this year.",
        "BERG (on camera): The council does, in the end.",
    )
    assert found == ["Jon Berg", "Ada Lind", "Jon Berg", "Jon Berg"]


def test_a_short_name_that_is_in_two_names_is_nobody() -> None:
    found = speakers(
        "El señor BERGANZA LEZAMA: Abrimos el puerto antes del hielo.",
        "La señora LEZAMA OTERO: El remolcador está roto, como saben.",
        "El señor BERGANZA LEZAMA: Entonces lo reparamos y lo cerramos.",
        "La señora LEZAMA: Nadie lo paga este año.",
    )
    assert found[-1] is None
    assert found[1] == "Lezama Otero"


def test_a_dash_after_a_bold_label_is_no_word_of_the_speech() -> None:
    found = passages(
        "Vorsitz: Ada Lindner, Hafendorf. Protokoll: Kanzlei.",
        "**Die Ratspräsidentin** – Wir öffnen den Hafen vor dem Eis.",
        "**Jon Berger (Mitte, Nordhafen)** – Der Schlepper ist noch kaputt.",
        "**Regierungsrätin Berta Reder, Vorsteherin des Hafenamtes** – Wir flicken ihn im Mai.",
        "**Berger** – Das habe ich schon einmal gehört.",
        "**Regierungsrätin Reder** – Diesmal stimmt es.",
    )
    assert list(said(found).values()) == [
        *([None] if found[0].speaker is None else []),
        "Ada Lindner",
        "Jon Berger",
        "Berta Reder",
        "Jon Berger",
        "Berta Reder",
    ]
    assert not any(passage.text.startswith("–") for passage in found)


def test_an_office_in_capitals_is_whoever_its_brackets_name() -> None:
    found = speakers(
        "A SRA. PRESIDENTE (Ada Linhares. Partido - PR) - Declaro aberta a sessão do porto.",
        "O SR. JOÃO BERGAMO - Obrigado. O rebocador está quebrado desde maio.",
        "A SRA. PRESIDENTE (Ada Linhares. Partido - PR) - O deputado tem mais um minuto.",
        "O SR. JOÃO BERGAMO - Ninguém paga, como todos sabem.",
    )
    assert found == ["Ada Linhares", "João Bergamo", "Ada Linhares", "João Bergamo"]


def test_an_office_before_a_bold_surname_is_no_part_of_the_name() -> None:
    body = "".join(
        f"<p><b>{label}</b>: {words}</p>"
        for label, words in (
            ("Poslanec Jan Bergman", "Přístav otevřeme dříve, než přijde led."),
            ("Poslankyně Ada Lindová", "Remorkér je rozbitý od května."),
            ("Poslanec Bergman", "Tak ho opravíme ještě letos."),
            ("Poslankyně Lindová", "To jsem už jednou slyšela."),
        )
    )
    page = f"<html><title>Stenozáznam</title><body>{body}</body></html>"
    (read,) = ingest(page.encode(), PurePosixPath("sitting.html")).articles
    assert [p.speaker for p in read.passages] == ["Jan Bergman", "Ada Lindová"] * 2


def test_a_body_keeps_its_whole_name() -> None:
    parts = label_parts("National Harbour Coalition")
    assert parts is None or (parts.name, parts.office) == ("National Harbour Coalition", None)


def test_a_surname_alone_is_printed_with_its_office() -> None:
    found = passages(
        "**Abgeordnete Ada Lindner (Grüne):** Wir öffnen den Hafen vor dem Eis.",
        "**Bundesminister Dr. Berger:** Der Schlepper ist noch kaputt.",
        "**Abgeordnete Ada Lindner (Grüne):** Das habe ich schon einmal gehört.",
        "**Bundesminister Dr. Berger:** Wir flicken ihn im Mai, wenn es taut.",
    )
    assert {one.as_printed for one in found} & {"Bundesminister Dr. Berger"}
