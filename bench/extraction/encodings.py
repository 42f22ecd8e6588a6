"""Texts in many scripts, saved in many encodings: how many are read back exactly.

A page that declares its encoding is read so; undeclared or wrongly declared UTF-8, and text with a
byte order mark, are what they are; undeclared windows-1251 and windows-1252 are told apart by
their letters; ``iso-8859-1`` means windows-1252, as it does to browsers.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator
from importlib import resources
from typing import NamedTuple

_DECLARED = (
    *("utf-8", "windows-1251", "windows-1252", "koi8-r", "koi8-u", "iso-8859-1", "iso-8859-2"),
    *("iso-8859-5", "iso-8859-7", "iso-8859-9", "iso-8859-15", "windows-1250", "windows-1253"),
    *("windows-1254", "windows-1255", "windows-1256", "windows-1257", "gb18030", "shift_jis"),
    *("euc-kr", "armscii-8"),
)
_BY_LETTERS = ("windows-1251", "windows-1252")
_MARKED = ("utf-8-sig", "utf-16")


class Saved(NamedTuple):
    """A page as text, as bytes, and how it was saved."""

    how: str
    text: str
    data: bytes


def saved_pages() -> Iterator[Saved]:
    """Every text in every encoding that holds it, declared, undeclared and declared wrongly."""
    for language, text in _texts().items():
        for encoding in _DECLARED:
            yield from _saved(language, text, encoding, f"declared {encoding}")
        for encoding in _BY_LETTERS:
            if _is_told_by_letters(text, encoding):
                yield from _saved(language, text, encoding, "undeclared")
        for encoding in ("utf-8", *_MARKED):
            yield from _saved(language, text, encoding, "undeclared")
        for declared in ("iso-8859-1", "windows-1251"):
            yield from _saved(language, text, "utf-8", f"declared {declared}")
        yield from _saved(language, text, "windows-1252", "declared iso-8859-1")


def measure(pages: Iterable[Saved], decode: Callable[[bytes], str]) -> tuple[int, int, list[str]]:
    """How many were read exactly, of how many, and which were not."""
    exact, every, wrong = 0, 0, []
    for page in pages:
        every += 1
        try:
            is_exact = decode(page.data) == page.text
        except (UnicodeError, LookupError):
            is_exact = False
        exact += is_exact
        if not is_exact:
            wrong.append(page.how)
    return exact, every, wrong


def _saved(language: str, text: str, encoding: str, how: str) -> Iterator[Saved]:
    declared = how.removeprefix("declared ") if how != "undeclared" else None
    tag = f'<meta charset="{declared}">' if declared else ""
    page = f"<html><head>{tag}<title>{language}</title></head><body><p>{text}</p></body></html>"
    try:
        data = page.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return
    yield Saved(f"{language}: {encoding}, {how}", page, data)


def _is_told_by_letters(text: str, encoding: str) -> bool:
    is_cyrillic = any("\u0400" <= letter <= "\u04ff" for letter in text)
    return is_cyrillic == (encoding == "windows-1251")


def _texts() -> dict[str, str]:
    text = resources.files(__package__).joinpath("scripts.toml").read_text("utf-8")
    return tomllib.loads(text)
