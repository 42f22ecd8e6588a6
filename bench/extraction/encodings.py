"""Texts in many scripts and encodings, to be decoded exactly.

A declared encoding holds, except for UTF-8 and text with a byte order mark, which are recognised
whatever is declared. Undeclared windows-1251 and windows-1252 are distinguished by their letters.
``iso-8859-1`` means windows-1252, as in browsers.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator
from importlib import resources
from typing import NamedTuple

_DECLARED_ENCODINGS = (
    *("utf-8", "windows-1251", "windows-1252", "koi8-r", "koi8-u", "iso-8859-1", "iso-8859-2"),
    *("iso-8859-5", "iso-8859-7", "iso-8859-9", "iso-8859-15", "windows-1250", "windows-1253"),
    *("windows-1254", "windows-1255", "windows-1256", "windows-1257", "gb18030", "shift_jis"),
    *("euc-kr", "armscii-8"),
)
_ENCODINGS_BY_LETTERS = ("windows-1251", "windows-1252")
_MARKED_ENCODINGS = ("utf-8-sig", "utf-16")


class EncodedPage(NamedTuple):
    """A page as text and as bytes, with a description of its encoding."""

    description: str
    text: str
    data: bytes


def encoded_pages() -> Iterator[EncodedPage]:
    """Encode every text in every possible encoding: declared, undeclared and declared wrongly."""
    for language, text in _texts().items():
        for encoding in _DECLARED_ENCODINGS:
            yield from _encoded(language, text, encoding, f"declared {encoding}")
        for encoding in _ENCODINGS_BY_LETTERS:
            if _is_recognisable_by_letters(text, encoding):
                yield from _encoded(language, text, encoding, "undeclared")
        for encoding in ("utf-8", *_MARKED_ENCODINGS):
            yield from _encoded(language, text, encoding, "undeclared")
        for declared in ("iso-8859-1", "windows-1251"):
            yield from _encoded(language, text, "utf-8", f"declared {declared}")
        yield from _encoded(language, text, "windows-1252", "declared iso-8859-1")


def measure(
    pages: Iterable[EncodedPage], decode: Callable[[bytes], str]
) -> tuple[int, int, list[str]]:
    """Decode all pages. Returns the number decoded exactly, the number of pages, and the errors."""
    exact, total, errors = 0, 0, []
    for page in pages:
        total += 1
        try:
            is_exact = decode(page.data) == page.text
        except (UnicodeError, LookupError):
            is_exact = False
        exact += is_exact
        if not is_exact:
            errors.append(page.description)
    return exact, total, errors


def _encoded(language: str, text: str, encoding: str, declaration: str) -> Iterator[EncodedPage]:
    declared = declaration.removeprefix("declared ")
    tag = f'<meta charset="{declared}">' if declared != "undeclared" else ""
    page = f"<html><head>{tag}<title>{language}</title></head><body><p>{text}</p></body></html>"
    try:
        data = page.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return
    yield EncodedPage(f"{language}: {encoding}, {declaration}", page, data)


def _is_recognisable_by_letters(text: str, encoding: str) -> bool:
    is_cyrillic = any("\u0400" <= letter <= "\u04ff" for letter in text)
    return is_cyrillic == (encoding == "windows-1251")


def _texts() -> dict[str, str]:
    text = resources.files(__package__).joinpath("scripts.toml").read_text("utf-8")
    return tomllib.loads(text)
