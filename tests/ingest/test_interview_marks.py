"""Interviews: letters, initials and names on lines of their own; who asks; where answers end."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from indexer.ingest.cast.introduction import ASKER_ROWS, BYLINE_ROWS, Row
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


@pytest.mark.parametrize("row", [*ASKER_ROWS, *BYLINE_ROWS])
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


def page_turns(body: str) -> tuple[Turn, ...]:
    page = f"<html><body><article>{body}</article></body></html>"
    return ingest(page.encode(), PurePosixPath("weekly/lind.html")).articles[0].turns


@pytest.mark.parametrize("subject", ["She", "He"])
def test_to_whom_somebody_spoke_is_who_asks_if_a_pronoun_speaks(subject: str) -> None:
    found = turns_of(
        "Retiring harbour minister Ada Lind on the winter that broke the tug.",
        f"The stove is lit. {subject} spoke to our reporter Mia Holm on a bench.",
        "Q: Is the ice thin this year?",
        "A: It is thinner than my patience.",
        "Tom Reed, political editor: And the tug?",
        "A: Nobody pays for it, as you know.",
        "Q: Who should?",
        "A: The town council.",
        title="‘We broke the wrong tug’",
    )
    assert said(found, "this year") == ("question", "Mia Holm")
    assert said(found, "patience") == ("answer", "Ada Lind")
    assert said(found, "And the tug") == ("question", "Tom Reed")
    assert said(found, "Nobody pays") == ("answer", "Ada Lind")


def test_an_outlet_that_spoke_to_somebody_asks_that_person() -> None:
    found = turns_of(
        "Portside Weekly spoke to Ada Lind on a bench.",
        "Q: Is the ice thin this year?",
        "A: It is thinner than my patience.",
        "Q: Who pays for the tug?",
        "A: The town council.",
        title="The wrong tug",
    )
    assert said(found, "patience") == ("answer", "Ada Lind")


@pytest.mark.parametrize(("asks", "answers"), [("fraga", "svar"), ("domanda", "risposta")])
def test_classes_tell_questions_from_answers(asks: str, answers: str) -> None:
    found = page_turns(
        "<h1>Ada Lind: ”The ice is thin”</h1><p>The harbour minister wants a new tug.</p>"
        "<p>Text: Mia Holm</p>"
        f"<div class={asks}>Is the ice thin this year?</div>"
        f"<div class={answers}>It is thinner than my patience, and my patience is short.</div>"
        f"<div class={asks}>The council calls you a dreamer.</div>"
        f"<div class={answers}>Nobody pays for the tug, as you know.</div>"
    )
    assert said(found, "patience") == ("answer", "Ada Lind")
    assert said(found, "a dreamer") == ("question", "Mia Holm")


def test_names_may_be_the_terms_of_a_list() -> None:
    found = page_turns(
        "<h1>Who pays for the tug?</h1><p>Two women of the harbour met our editor, Mia Holm.</p>"
        "<dl><dt>Mia Holm</dt><dd>Who pays for the tug this winter?</dd>"
        "<dt>Ada Lind</dt><dd>The council does, and it is late.<p>It is always late.</p></dd>"
        "<dt>Berta Reed</dt><dd>The harbour does, and it is poor.</dd>"
        "<dt>Mia</dt><dd>And the year after that?</dd><dt>Ada</dt><dd>Then the ice pays.</dd>"
        "<dt>Berta</dt><dd>Nobody does.</dd></dl>"
        "<p>The council was invited to take part and sent a printed letter.</p>"
    )
    assert said(found, "always late")[1] == "Ada Lind"
    assert said(found, "the ice pays")[1] == "Ada Lind"
    assert said(found, "Nobody does")[1] == "Berta Reed"
    assert said(found, "a printed letter")[1] is None


def test_a_cast_list_has_no_speakers() -> None:
    found = page_turns(
        "<h1>The players of the winter</h1><p>These people decide about the tug this winter.</p>"
        "<dl><dt>Ada Lind</dt><dd>The harbour minister since May.</dd>"
        "<dt>Berta Reed</dt><dd>The owner of the only tug.</dd></dl>"
    )
    assert {turn.speaker for turn in found} == {None}


def test_one_bold_name_after_an_italic_question_names_all_answers() -> None:
    found = page_turns(
        "<h1>«Ich bin nicht gegen Eis»</h1>"
        "<p>Mit der neuen Vorsteherin des Hafens sprach Lena Hartwell.</p>"
        "<p><i>Ist das Eis in diesem Jahr dünn?</i></p>"
        "<p><b>Anna Lindner:</b> Dünner als meine Geduld, und die ist kurz.</p>"
        "<p><i>Letzte Frage: Wer bezahlt den Schlepper?</i></p>"
        "<p>Niemand, wie Sie wissen.</p>"
    )
    assert said(found, "Geduld") == ("answer", "Anna Lindner")
    assert said(found, "Niemand") == ("answer", "Anna Lindner")
    assert said(found, "bezahlt") == ("question", "Lena Hartwell")


def test_a_writer_of_a_press_conference_asks_none_of_its_questions() -> None:
    found = turns_of(
        "By Mia Holm",
        "Ada Lind answered questions at her weekly press conference.",
        "Q: Is the ice thin this year?",
        "A: It is thinner than my patience.",
        "Q: Who pays for the tug?",
        "A: The town council.",
    )
    assert said(found, "this year") == ("question", None)


def test_initials_before_answers_are_the_one_person_who_has_them() -> None:
    found = turns_of(
        "Ada Lind-Berger has mended tugs on the quay for thirty years.",
        "**The Lantern:** Is the ice thin?",
        "**ALB:** It is, this year.",
        "**The Lantern:** And the tug?",
        "**ALB:** Nobody pays for it.",
        title="On the quay",
    )
    assert said(found, "Nobody pays")[1] == "Ada Lind-Berger"


def test_the_name_in_a_caption_with_a_year_asks_nothing() -> None:
    found = turns_of(
        "Jon Berg\nPhoto: Harbour Archive, 2025",
        "**Is the ice thin this year?**",
        "Thinner than my patience, and that is short.",
        "**Who pays for the tug?**",
        "The town council does.",
    )
    assert said(found, "this year") == ("question", None)
