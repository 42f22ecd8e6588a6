"""Quotation marks, and how typewriters write them."""

from __future__ import annotations

import re
from collections.abc import Mapping

CLOSED_BY: Mapping[str, str] = {
    "“": "”",
    "„": '“”"',
    "«": "»",
    "‟": "”",
    "＂": "＂",
    '"': '"',
    "”": "”",
}
"""Each double mark that may open a quotation, with the marks that may close it."""

DOUBLE = '“”„«»"'
"""Double marks in common use. No quotation mark needs an escape in a class of a pattern."""

OPENING_DOUBLE = "“„«"
"""Double marks that open quotations, as a rule; ``“`` also closes those of ``„``."""

CLOSING_DOUBLE = '”»"'
"""Double marks that close quotations."""

OPENING = "“„«‘\"'"
CLOSING = "”»’\"'"
"""Marks at the beginning and at the end of quoted words, single ones too."""

_INWARD_OPENING = re.compile(r"(?<![\w.,!?…])»(?=\w)")
_OUTWARD_OPENING = re.compile(r"(?<![\w.,!?…])«(?=\s?\w)")
_TURNED = str.maketrans("«»", "»«")
_COMMAS = re.compile(r"(?<![\w,]),,(?=\w)")
_TWO_HIGH = re.compile(r"(?<=\S)’’(?!’)")
"""The end of words that two commas open, if the apostrophes of the page are curly."""

_TYPEWRITTEN = (
    (re.compile(r"(?<![\w'`])(?:''|``)(?=[\w(\[£$€…])"), " “"),
    (re.compile(r"(?<=\S)''(?!')"), "” "),
)


def with_printed_marks(text: str) -> str:
    """Replace quotation marks of typewriters and wires by printed ones; the length stays.

    These are ``''`` and ``,,``. Marks that point inwards (»…«) are turned.
    """
    if "''" in text:
        for pattern, mark in _TYPEWRITTEN:
            text = pattern.sub(mark, text)
    if ",," in text:
        text = _TWO_HIGH.sub("” ", _COMMAS.sub(" „", text))
    if "»" in text and _INWARD_OPENING.search(text) and not _OUTWARD_OPENING.search(text):
        text = text.translate(_TURNED)
    return text
