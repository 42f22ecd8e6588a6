"""Every row that tells whose a whole text is takes its one example, and spares the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.ingest.authored import rows as authored_rows
from indexer.ingest.authored.body import Body
from indexer.ingest.authored.headline import named_in
from indexer.ingest.authored.rows import Kind, Language, Row, codes, language
from indexer.records import Article, Paragraph

IN_A_TEXT = ("first_person",)
"""Kinds whose words stand anywhere in a text; those of the others are whole lines or words."""


def every_row() -> Iterator[tuple[Language, Kind, Row]]:
    for code in codes():
        rows_of = language(code)
        for kind, rows in rows_of.rows.items():
            yield from ((rows_of, kind, row) for row in rows)


def names(kind: Kind, row: Row, text: str, code: str) -> tuple[str, ...]:
    only = Language(code, {**language(code).rows, kind: (row,)})
    body = Body(Article("a", "X", (Paragraph("Y"),)), ["Y"], only)
    return tuple(one.name for one in named_in(body, kind, text))


@pytest.mark.parametrize(
    ("rows_of", "kind", "row"),
    list(every_row()),
    ids=lambda one: one if isinstance(one, str) else one.code if isinstance(one, Language) else "",
)
def test_a_row_takes_its_example_and_spares_the_other(
    rows_of: Language, kind: Kind, row: Row
) -> None:
    if row.who:
        assert names(kind, row, row.takes, rows_of.code) == row.who
        assert names(kind, row, row.spares, rows_of.code) == ()
    else:
        fits = row.pattern.search if kind in IN_A_TEXT else row.pattern.fullmatch
        assert fits(row.takes)
        assert not fits(row.spares)


def test_a_file_with_an_unknown_row_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "xx.toml").write_text("[[sung]]\npattern = 'la'\n")
    monkeypatch.setattr(authored_rows, "_FOLDER", tmp_path)
    with pytest.raises(ValueError, match=r"xx\.toml has unknown rows: sung"):
        language("xx")


def test_an_unknown_language_is_read_as_english() -> None:
    assert language(None) is language("en")
    assert language("xx") is language("en")
