"""Every row of words that tell who speaks takes its one example, and spares the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.ingest.cast.context import context_of
from indexer.ingest.dialogue.turns import turns
from indexer.ingest.quoting.narrative import attribute
from indexer.ingest.quoting.rows import Kind, Language, codes, language
from indexer.records import Article, Paragraph


def rows() -> Iterator[tuple[Language, Kind]]:
    for code in codes():
        rows_of = language(code)
        assert rows_of is not None
        yield from ((rows_of, kind) for kind in rows_of.rows)


def speakers(rows_of: Language, text: str, code: str | None = None) -> list[str | None]:
    paragraphs = (Paragraph(rows_of.opening), Paragraph(text))
    article = Article("a", "X", paragraphs, language=code or rows_of.code)
    context = context_of(article)
    _, quotations = attribute(context, turns(context))
    return [quotation.speaker.name if quotation.speaker else None for quotation in quotations]


@pytest.mark.parametrize(
    ("rows_of", "kind"), list(rows()), ids=lambda one: one if isinstance(one, str) else one.code
)
def test_a_row_takes_its_example_and_spares_the_other(rows_of: Language, kind: Kind) -> None:
    row = rows_of.rows[kind]
    assert set(speakers(rows_of, row.takes)) == {row.by}
    assert set(speakers(rows_of, row.spares)) <= {None}


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
    rows_of = language(code)
    assert rows_of is not None
    assert speakers(rows_of, text)[-1] != "Nara Velidze"
    assert speakers(rows_of, text)[-1] != "Нара Велідзе"


def test_a_sentence_about_her_that_names_another_is_still_about_her() -> None:
    rows_of = language("nl")
    assert rows_of is not None
    text = "Nara Velidze kwam laat. Zij vond dat Arel gelijk had. „De dijk houdt het”, zei zij."
    assert speakers(rows_of, text) == ["Nara Velidze"]


@pytest.mark.parametrize("code", codes())
def test_the_rows_of_a_language_are_used_in_no_other(code: str) -> None:
    rows_of = language(code)
    assert rows_of is not None
    said = [one for row in rows_of.rows.values() for one in speakers(rows_of, row.takes, "ka")]
    assert set(said) == {None}


def test_a_file_with_an_unknown_row_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = 'name = "X"\nopening = ""\nperson = ""\n[sings]\nwords = "la"\n'
    (tmp_path / "xx.toml").write_text(text)
    monkeypatch.setattr("indexer.ingest.quoting.rows.FOLDER", tmp_path)
    with pytest.raises(ValueError, match=r"xx\.toml has unknown rows: sings"):
        language("xx")
