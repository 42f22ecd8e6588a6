"""Bytes to text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import UnreadableArticle
from indexer.ingest.encoding import clean, decode

RUSSIAN = "Чтобы море знало, где кончается его улица и начинается наша."
FRENCH = "Le café où l’été a été décidé coûtera très cher à l’État — « dit-elle »."


@pytest.mark.parametrize("text", [RUSSIAN, FRENCH, "plain", "Հայաստան"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_as_it_is(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_undeclared_code_pages_are_told_by_their_letters() -> None:
    assert decode(RUSSIAN.encode("cp1251")) == RUSSIAN
    assert decode(FRENCH.encode("cp1252")) == FRENCH


@pytest.mark.parametrize("declared", ["windows-1251", "cp1251", "koi8-r"])
def test_a_declared_code_page_is_used(declared: str) -> None:
    page = f'<meta charset="{declared}"><p>{RUSSIAN}</p>'
    assert decode(page.encode(declared)) == page


def test_latin_1_means_windows_1252_as_in_browsers() -> None:
    page = '<meta charset="iso-8859-1"><p>“Quoted” — and €5</p>'
    assert decode(page.encode("cp1252")) == page


def test_utf_8_is_believed_before_a_wrong_declaration() -> None:
    page = f'<meta charset="windows-1251"><p>{RUSSIAN}</p>'
    assert decode(page.encode("utf-8")) == page


@pytest.mark.parametrize(
    "data", [b"", b"  \n", b"\x00\x00", b"PK\x03\x04\x00\x00binary", b"\xff\xd8\x00\x10JFIF"]
)
def test_what_is_no_text_is_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(UnreadableArticle, match=r"empty|binary"):
        decode(data)


def test_a_file_cut_inside_a_character_is_called_half_written() -> None:
    with pytest.raises(UnreadableArticle, match="half-written"):
        decode(RUSSIAN.encode("utf-8")[:-2])


def test_cleaning_drops_what_cannot_be_seen() -> None:
    assert clean("a\u200bb\u00ad  c\u00a0\n d\x07 ") == "ab c\nd"


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_a_named_reason(data: bytes) -> None:
    assert outcome(data)


def outcome(data: bytes) -> str:
    try:
        return decode(data)
    except UnreadableArticle as refused:
        return str(refused)
