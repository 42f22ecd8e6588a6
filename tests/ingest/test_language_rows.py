"""Every row of words that tell who speaks takes its one example, and spares the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.ingest.cast.context import context_of
from indexer.ingest.dialogue.turns import turns
from indexer.ingest.quoting.narrative import attribute
from indexer.people.rows import Kind, Language, codes, language, rows_of
from indexer.records import Article, Paragraph


def rows() -> Iterator[tuple[Language, Kind]]:
    for code in codes():
        known = rows_of(code)
        yield from ((known, kind) for kind in known.rows)


def speakers(known: Language, text: str, code: str = "") -> list[str | None]:
    """Return the speakers of the quotations of a text, or of what it reports without any."""
    paragraphs = (Paragraph(known.opening), Paragraph(text))
    article = Article("a", "X", paragraphs, language=code or known.code)
    context = context_of(article)
    pieces, quotations = attribute(context, turns(context))
    reported = [piece.speaker for piece in pieces if piece.indirect]
    speakers = [quotation.speaker for quotation in quotations] or (reported if not code else [])
    return [speaker.name if speaker else None for speaker in speakers]


@pytest.mark.parametrize(
    ("known", "kind"), list(rows()), ids=lambda one: one if isinstance(one, str) else one.code
)
def test_a_row_takes_its_example_and_spares_the_other(known: Language, kind: Kind) -> None:
    row = known.rows[kind]
    assert set(speakers(known, row.takes)) == {row.by}
    assert set(speakers(known, row.spares)) <= {None}


@pytest.mark.parametrize(
    ("code", "guard"), [(code, guard) for code in codes() for guard in rows_of(code).guards]
)
def test_words_are_somebodys_only_where_the_text_says_so(code: str, guard: str) -> None:
    known = rows_of(code)
    row = known.guards[guard]
    assert set(speakers(known, row.takes)) - {None} == {row.by}
    assert set(speakers(known, row.spares)) <= {None}


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (
            "de",
            "Velidze kam. „Das hoffe ich“, sagte sie. „Er hat noch nie gehalten“, sagte er.",
        ),
        ("nl", "Velidze kwam laat. Zij vond dat Arel gelijk had. „De dijk houdt het”, zei hij."),
        (
            "pt",
            "Velidze chegou. “Vai resistir”, disse ela. “Vai por mais um ano”, disse o piloto.",
        ),
        ("uk", "Прийшла Нара Велідзе. «Гребля витримає цю ніч», – відповів експерт."),
    ],
)
def test_he_is_nobody_whom_the_text_calls_she(code: str, text: str) -> None:
    known = rows_of(code)
    assert speakers(known, text)[-1] != "Nara Velidze"
    assert speakers(known, text)[-1] != "Нара Велідзе"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die Lotsin Nara Velidze schüttelt den Kopf. „Das ist zu wenig Wasser.“", "Nara Velidze"),
        ("Nara Velidze und Tomas Arel schütteln den Kopf. „Das ist zu wenig Wasser.“", None),
        ("Nara Velidze sieht Tomas Arel lange an. „Das ist zu wenig Wasser.“", None),
        ("Im Hafen zeigt er Nara Velidze einen Brief. „Das ist zu wenig Wasser.“", None),
        ("Nara Velidze liest den Brief. „Das ist zu wenig“ steht auf dem Schild.", None),
    ],
)
def test_whole_words_at_the_end_are_hers_with_whom_alone_the_sentence_before_begins(
    text: str, expected: str | None
) -> None:
    assert speakers(rows_of("de"), text) == [expected]


def test_the_latter_is_nobody_where_nothing_is_before() -> None:
    known = rows_of("fr")
    article = Article(
        "a", "X", (Paragraph("« La digue tiendra », dit ce dernier."),), language="fr"
    )
    context = context_of(article)
    _, quotations = attribute(context, turns(context))
    assert {quotation.speaker for quotation in quotations} <= {None}
    assert known.has("latter")


def test_a_question_in_a_paragraph_of_its_own_may_be_another_ones() -> None:
    known = rows_of("de")
    texts = ("„Der Damm hält“, sagte Velidze.", "„Und wer hat das nun eigentlich so gemessen?“")
    paragraphs = tuple(map(Paragraph, (known.opening, *texts)))
    context = context_of(Article("a", "X", paragraphs, language="de"))
    _, quotations = attribute(context, turns(context))
    assert quotations[-1].speaker is None


def test_a_sentence_about_her_that_names_another_is_still_about_her() -> None:
    known = rows_of("nl")
    text = "Nara Velidze kwam laat. Zij vond dat Arel gelijk had. „De dijk houdt het”, zei zij."
    assert speakers(known, text) == ["Nara Velidze"]


@pytest.mark.parametrize("code", codes())
def test_the_rows_of_a_language_are_used_in_no_other(code: str) -> None:
    known = rows_of(code)
    said = [one for row in known.rows.values() for one in speakers(known, row.takes, "ka")]
    assert set(said) <= {None}


def test_a_file_with_an_unknown_row_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = 'name = "X"\nopening = ""\nperson = ""\n[sings]\nwords = "la"\n'
    (tmp_path / "xx.toml").write_text(text)
    monkeypatch.setattr("indexer.people.rows.FOLDER", tmp_path)
    with pytest.raises(ValueError, match=r"xx\.toml has unknown rows: sings"):
        language("xx")
