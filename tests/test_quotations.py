"""Quotation marks, and whose words stand between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.ingest.introduction import introduction
from indexer.ingest.narrative import attribute
from indexer.ingest.people import People
from indexer.ingest.quotations import quoted
from indexer.ingest.sentences import sentences
from indexer.ingest.turns import turns
from indexer.records import Article, Paragraph, Quotation, Turn

OPENING = "Nara Velidze, mayor of Port Ilven, met Tomas Arel, the pilot, on the quay."


def texts(*paragraphs: str) -> list[str]:
    return [
        " / ".join(paragraphs[number][start:end] for number, (start, end) in quote.parts)
        for quote in quoted(paragraphs)
    ]


def read(*paragraphs: str, title: str = "A wall") -> tuple[tuple[Turn, ...], tuple[Quotation, ...]]:
    article = Article("a", title, tuple(Paragraph(text) for text in paragraphs))
    people = People([title, *paragraphs])
    introduced = introduction(article, people)
    return attribute(article, turns(article, people, introduced), people, introduced)


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
