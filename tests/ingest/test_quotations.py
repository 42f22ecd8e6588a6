"""Quotation marks, and whose words stand between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.ingest.cast.context import context_of
from indexer.ingest.dialogue.turns import turns
from indexer.ingest.quoting.narrative import attribute
from indexer.ingest.quoting.quotations import quoted
from indexer.records import Article, Paragraph, Quotation, Turn
from indexer.text.sentences import sentences

OPENING = "Nara Velidze, mayor of Port Ilven, met Tomas Arel, the pilot, on the quay."


def texts(*paragraphs: str) -> list[str]:
    return [
        " / ".join(paragraphs[number][start:end] for number, (start, end) in quote.parts)
        for quote in quoted(paragraphs)
    ]


def read(*paragraphs: str, title: str = "A wall") -> tuple[tuple[Turn, ...], tuple[Quotation, ...]]:
    context = context_of(Article("a", title, tuple(Paragraph(text) for text in paragraphs)))
    return attribute(context, turns(context))


def speakers(*paragraphs: str) -> list[str | None]:
    _, quotations = read(OPENING, *paragraphs)
    return [quotation.speaker.name if quotation.speaker else None for quotation in quotations]


@pytest.mark.parametrize(
    "text",
    [
        "He said: “We wait for the tide.”",
        'He said: "We wait for the tide."',
        "He said: «We wait for the tide.»",
        "He said: „We wait for the tide.“",
        "He said: „We wait for the tide.”",
    ],
)
def test_marks_of_every_kind_are_read(text: str) -> None:
    assert texts(text) == ["We wait for the tide."]


def test_a_quotation_inside_another_belongs_to_it() -> None:
    assert texts("“They say «wait» and ‘hope’ there,” he said. “I do not.”") == [
        "They say «wait» and ‘hope’ there,",
        "I do not.",
    ]


def test_one_opened_once_is_closed_paragraphs_later() -> None:
    assert texts("“The first.", "The second.", "The third,” he noted.") == [
        "The first. / The second. / The third,"
    ]


def test_one_opened_anew_in_each_paragraph_is_one() -> None:
    assert texts("“The first.", "“The second.”", "Told.") == ["The first. / The second."]


def test_one_that_is_never_closed_is_none() -> None:
    assert texts("“The first.", "He left.", "She said: “I stay.”") == ["I stay."]


def test_inches_and_apostrophes_open_nothing() -> None:
    assert texts('A 5" pipe, the sailors’ rule, and rock ’n’ roll.') == []


@given(st.lists(st.text(alphabet='ab .,“”«»„"‘’', max_size=30), max_size=6))
def test_any_marks_give_spans_inside_their_paragraphs(paragraphs: list[str]) -> None:
    for quote in quoted(paragraphs):
        assert all(0 <= start <= end <= len(paragraphs[n]) for n, (start, end) in quote.parts)


@pytest.mark.parametrize(
    "paragraph",
    [
        "“We shall wait for the tide,” said Velidze.",
        "“We shall wait for the tide,” Velidze said on Monday.",
        "Velidze said: “We shall wait for the tide.”",
        "According to Velidze, “we shall wait for the tide”.",
        "“We shall wait,” Velidze told reporters, “for the tide.”",
        "“We shall wait for the tide,” the mayor noted.",
        "“We shall wait for the tide,” Nara Velidze, mayor of Port Ilven, added.",
        "«Мы подождём прилива», — сказала Velidze.",
    ],
)
def test_cue_words_before_after_and_between_name_the_speaker(paragraph: str) -> None:
    assert set(speakers(paragraph)) == {"Nara Velidze"}


def test_he_is_whom_the_paragraph_is_about() -> None:
    assert speakers(
        "“Not by me,” said Velidze.",
        "Tomas Arel does not deny it. “The line was dead, all night,” he said.",
    ) == [
        "Nara Velidze",
        "Tomas Arel",
    ]


def test_quoted_words_go_on_after_their_cue() -> None:
    assert (
        speakers("“We wait,” said Velidze. “We have waited for six years.”") == ["Nara Velidze"] * 2
    )


def test_words_between_marks_without_a_cue_are_nobodys() -> None:
    assert speakers("The sign read “No boats beyond this point after dark”.") == [None]


def test_a_word_held_at_arms_length_is_no_quotation() -> None:
    assert speakers("The so-called “peace” was signed.") == []


def test_an_official_without_a_name_is_nobody_we_know() -> None:
    assert (
        speakers(
            "“We wait,” said Velidze.",
            "A spokesman said the letter was “a gesture of our friendship”.",
        )[1]
        is None
    )


def test_two_speakers_in_one_paragraph_are_told_apart() -> None:
    found, _ = read(
        OPENING, "“We wait for the tide,” said Velidze. “The tide waits for nobody,” said Arel."
    )
    said = [(t.speaker.name, t.text) for t in found if t.speaker]
    assert said == [
        ("Nara Velidze", "“We wait for the tide,” said Velidze."),
        ("Tomas Arel", "“The tide waits for nobody,” said Arel."),
    ]


def test_no_word_of_the_article_is_lost_or_doubled() -> None:
    paragraphs = (
        OPENING,
        "It rained. “We wait,” said Velidze. Nobody spoke. “Nobody waits for us,” said Arel.",
        "When asked about the price, Velidze said it was paid.",
        "“It was paid twice,” she added. The gulls agreed.",
    )
    found, _ = read(*paragraphs)
    assert " ".join(t.text for t in found).split() == " ".join(paragraphs).split()


def test_an_indirect_question_is_the_question_of_what_follows() -> None:
    found, _ = read(
        OPENING,
        "When asked about the price, Velidze said it was paid.",
        "“It was paid twice, in stone,” she added.",
    )
    assert [turn.role for turn in found] == ["narrative", "question", "answer"]


def test_the_office_beside_a_name_is_kept_as_printed() -> None:
    _, quotations = read(
        "“We wait for the tide,” said Nara Velidze, then deputy governor of the port."
    )
    assert quotations[0].speaker is not None
    assert quotations[0].speaker.role == "then deputy governor of the port"


def test_sentences_end_where_a_reader_would_end_them() -> None:
    text = "Dr. Arel came at 5 p.m. on foot. “He is late. Again,” she said. Why? Nobody knew."
    quotation = (text.index("He is"), text.index("Again,") + 6)
    assert [text[a:b].strip() for a, b in sentences(text, [quotation])] == [
        "Dr. Arel came at 5 p.m. on foot.",
        "“He is late. Again,” she said.",
        "Why?",
        "Nobody knew.",
    ]


@pytest.mark.parametrize(
    ("paragraph", "speaker"),
    [
        ("“We wait,” said the harbour engineer Nara Velidze on Monday.", "Nara Velidze"),
        ("“We wait,” Coast Guard pilot Tomas Arel told reporters.", "Tomas Arel"),
        ("“We wait,” said Secretary of the Interior Nara Velidze.", "Nara Velidze"),
        (
            "Nara Velidze, who leads the port, described the night: “We stood in the rain.”",
            "Nara Velidze",
        ),
        ("«Мы ждём, — сказала начальник порта Нара Велидзе. — И будем ждать».", "Нара Велидзе"),
        ("«Մենք սպասում ենք», — ասաց քաղաքապետ Նարա Ադամյանը։", "Նարա Ադամյան"),
    ],
)
def test_the_name_is_told_from_the_office_beside_it(paragraph: str, speaker: str) -> None:
    _, quotations = read("It rained in the port all night.", paragraph)
    assert {q.speaker.name for q in quotations if q.speaker} == {speaker}


@pytest.mark.parametrize(
    "paragraph",
    [
        "The message to Nara Velidze says: “We wait for the tide together.”",
        "Tomas Arel and Nara Velidze said: “We wait for the tide together.”",
        "“We wait for the tide together,” an engineer said.",
        "“We wait for the tide together,” the statement said.",
        "The president said: “We wait for the tide together.”",
    ],
)
def test_who_is_not_said_to_speak_does_not(paragraph: str) -> None:
    assert speakers(paragraph) == [None]


def test_another_cue_is_never_carried_over() -> None:
    found = speakers("“We wait for the tide,” said Velidze. “We do not,” a spokesman said.")
    assert found == ["Nara Velidze"]


def test_a_message_is_by_whoever_sent_it() -> None:
    _, quotations = read(
        "Nara Velidze sent a letter to the keepers of the lighthouse.",
        "The letter reads, in part:",
        "“You have kept the lamp in every storm.”",
    )
    assert [q.speaker.name for q in quotations if q.speaker] == ["Nara Velidze"]


def test_a_paragraph_that_ends_in_a_colon_announces_the_next() -> None:
    assert speakers(
        "Velidze was even clearer on the radio:", "“There will be no boats before May.”"
    ) == ["Nara Velidze"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Velidze said that the wall would hold.",
        "On Monday, Velidze told the council that the wall would hold.",
        "According to Velidze, the wall will hold.",
        "The wall will hold, Velidze said on Monday.",
    ],
)
def test_what_somebody_is_told_to_have_said_is_theirs_and_marked_indirect(sentence: str) -> None:
    found, quotations = read(OPENING, sentence, "It rained.")
    told = [(t.speaker.name, t.indirect, t.text) for t in found if t.speaker]
    assert told == [("Nara Velidze", True, sentence)]
    assert quotations == ()


def test_what_somebody_thought_in_passing_is_not_told_of_them() -> None:
    found, _ = read(OPENING, "When the storm came, he thought he could outrun it.")
    assert {turn.role for turn in found} == {"narrative"}


def test_single_marks_count_where_there_are_no_double_ones() -> None:
    assert texts("‘We wait for the tide,’ she said of the sailors’ plan.") == [
        "We wait for the tide,"
    ]


def test_a_title_between_marks_is_no_quotation() -> None:
    assert speakers("Her book “The Night Ferry to the Islands” was printed in May.") == []


def test_what_somebody_is_is_not_taken_for_a_name() -> None:
    assert speakers("“The tide has no patience with us,” the Norwegian said.") == [None]


def test_a_pronoun_after_somebody_unnamed_is_nobody_named_before() -> None:
    assert speakers("A man in a coat nodded. “At least the last one stole quietly,” he said.") == [
        None
    ]


def test_a_description_that_was_introduced_without_a_name_stays_unnamed() -> None:
    assert speakers("A diplomat saw it. “Nobody read the second page,” the diplomat said.") == [
        None
    ]


def test_words_after_a_dash_go_on_with_the_speaker_of_the_cue_before_it() -> None:
    said = "“The wall is not dead,” insisted Nara Velidze – “it sleeps in a deep drawer.”"
    assert speakers(said) == ["Nara Velidze", "Nara Velidze"]


def test_single_marks_may_hold_double_ones() -> None:
    assert texts("‘I was told to “find the stone”, so I did,’ she says.") == [
        "I was told to “find the stone”, so I did,"
    ]


def test_a_land_between_an_office_and_a_name_is_no_part_of_the_name() -> None:
    _, quotations = read(
        "Пресс-секретарь президента Тавии Олег Жданович ответил на вопросы.",
        "«Решение пока не принято никем», — сказал он.",
    )
    assert [q.speaker.name for q in quotations if q.speaker] == ["Олег Жданович"]


def test_with_somebody_warning_has_a_subject() -> None:
    assert speakers(
        "It rained, with Mayor Nara Velidze warning the wall was “not nearly ready”."
    ) == ["Nara Velidze"]


def test_the_lawyer_of_somebody_speaks_and_not_the_somebody() -> None:
    said = (
        "Arel's lawyer, Peter Kolb, said he would appeal. “The court heard one witness,” he said."
    )
    assert speakers(said) == ["Peter Kolb"]


def test_words_after_a_sentence_that_tells_what_somebody_said_are_theirs() -> None:
    said = "“It holds,” said Nara Velidze. Tomas Arel said it would fall. “It has a crack in it.”"
    assert speakers(said) == ["Nara Velidze", "Tomas Arel"]


def test_she_is_nobody_whose_first_name_is_a_mans() -> None:
    assert speakers(
        "“The wall holds,” said Nara Velidze. Tomas Arel nodded.",
        "“It held last year too,” she said.",
    ) == ["Nara Velidze", "Nara Velidze"]


def test_what_the_text_says_of_somebody_outweighs_the_first_name() -> None:
    said = "“It holds,” Hale said."
    then = "He added, “It held last year too.”"
    told = "Lindsey Hale came late. Hale keeps his boat on the quay."
    assert speakers(told, said, then) == ["Lindsey Hale", "Lindsey Hale"]
    assert speakers(told.replace("his", "her"), said, then)[1] != "Lindsey Hale"


def test_the_president_of_one_land_is_not_that_of_another() -> None:
    found, _ = read(
        "Tavian President Nara Velidze received Tomas Arel, the pilot.",
        "The Ostrian head of state said that the port was open.",
    )
    assert {turn.speaker for turn in found} == {None}


def test_he_is_whom_the_office_before_means() -> None:
    found, _ = read(
        "President Jon Berg met Prime Minister Tomas Arel on the quay.",
        "The president thanked Mr. Arel for the boats. He noted that the wall would hold.",
    )
    assert {turn.speaker.name for turn in found if turn.speaker} == {"Jon Berg"}


def test_two_in_one_sentence_have_each_their_words() -> None:
    found, _ = read(
        OPENING,
        "Velidze said “we wait for the wind today” and Arel added “we wait for nobody here”.",
    )
    said = [(turn.speaker.name, turn.text) for turn in found if turn.speaker]
    assert said == [
        ("Nara Velidze", "Velidze said “we wait for the wind today”"),
        ("Tomas Arel", "and Arel added “we wait for nobody here”."),
    ]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        (
            "“We wait,” said Jon Berg, spokesperson for the ministry.",
            "Jon Berg",
            "spokesperson for the ministry",
        ),
        ("“We wait,” said Jon Berg, one of the officers who guarded it.", "Jon Berg", None),
        ("After meeting the Tavian president, Jon Berg said: “We wait.”", "Jon Berg", None),
        ("“We wait,” said Vice President Berg.", "Vice President Berg", "Vice President"),
        ("“We wait,” said President Jon R. Berg, Jr.", "Jon R. Berg Jr", "President"),
    ],
)
def test_the_role_is_an_office_and_its_own(text: str, name: str, role: str | None) -> None:
    _, quotations = read("It rained all night.", text)
    speaker = quotations[0].speaker
    assert speaker is not None
    assert (speaker.name.rstrip("."), speaker.role) == (name, role)


def test_two_commas_open_what_two_curly_apostrophes_close() -> None:
    assert speakers(",,We wait for the tide today’’, said Mr. Arel.") == ["Tomas Arel"]


def test_two_apostrophes_are_marks_where_a_typewriter_set_them() -> None:
    assert texts("He said: ''We wait for the tide.'' Nobody waits.") == []
    assert speakers("''We wait for the tide today,'' Mr. Arel said.") == ["Tomas Arel"]
