"""Bytes to text.

Strict UTF-8 first, then the charset that the page declares, then the code page (Western or
Cyrillic) whose letters come in runs.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from indexer.errors import UnreadableArticle

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.\-]+)""", re.I)
_HEAD_BYTES = 4096
"""Bytes at the beginning of a file in which it may declare a charset."""

_TEXT_BYTES = 8192
"""Bytes at the beginning of a file that show whether it is text."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Browsers read these labels as Windows code pages (WHATWG Encoding Standard, "Names and labels").
_READ_AS = {"iso8859-1": "cp1252", "ascii": "cp1252", "utf-8": "cp1252"}
_CYRILLIC_RUN = re.compile("[\u0400-\u04ff]{3,}")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def decode(data: bytes, charset: str | None = None) -> str:
    """Decode a file; ``charset`` is the one stated outside it, for a file that declares none.

    Raises `UnreadableArticle` for an empty file, for one that is not text, and for one that stops
    in the middle of a character.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableArticle("the file is empty")
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strict(data, encoding)
    if b"\x00" in data[:_TEXT_BYTES]:
        raise UnreadableArticle("the file is binary, not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4 and error.reason == "unexpected end of data":
            raise UnreadableArticle(
                "the file stops in the middle of a character: half-written?"
            ) from error
    encoding = _declared(data) or _known(charset) or _likely_code_page(data)
    text = data.decode(encoding, errors="replace")
    if len(_CONTROL.findall(text)) > len(text) // 100:
        raise UnreadableArticle("the file is binary, not text")
    return text


def visible(text: str) -> str:
    """Return a text in Unicode NFC without control and invisible characters; spaces stay."""
    if text.isascii():
        return text if text.isprintable() else _CONTROL.sub("", text)
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", _CONTROL.sub("", text)))


def clean(text: str) -> str:
    """Return a text as `visible` does, with single spaces and trimmed lines."""
    lines = (" ".join(line.split()) for line in visible(text).splitlines())
    return "\n".join(lines).strip("\n")


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableArticle(f"the file says it is {encoding}, and is not: {error}") from error


def _declared(data: bytes) -> str | None:
    declared = _DECLARED.search(data[:_HEAD_BYTES])
    return _known(declared[1].decode("ascii")) if declared else None


def _known(charset: str | None) -> str | None:
    """Return Python's name for a charset, read as browsers read it; ``None`` if it is none."""
    try:
        name = codecs.lookup(charset or "").name
        b"".decode(name)  # some names are of what is no charset: rot13, hex
    except (LookupError, ValueError):
        return None
    return _READ_AS.get(name, name)


def _likely_code_page(data: bytes) -> str:
    """Return ``cp1251`` if its letters come in runs, as in a language; else ``cp1252``."""
    letters = sum(byte >= 0xC0 for byte in data)
    cyrillic = sum(len(run) for run in _CYRILLIC_RUN.findall(data.decode("cp1251", "replace")))
    return "cp1251" if letters and cyrillic > letters // 2 else "cp1252"
