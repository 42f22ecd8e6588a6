"""Quotation marks, and how typewriters write them."""

from __future__ import annotations

import re
from collections.abc import Mapping

CLOSED_BY: Mapping[str, str] = {
    "“": "”",
    "„": "“”",
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

_TYPEWRITTEN = (
    (re.compile(r"(?<![\w'`])(?:''|``)(?=[\w(\[£$€…])"), " “"),
    (re.compile(r"(?<=\S)''(?!')"), "” "),
)


def with_printed_marks(text: str) -> str:
    """Replace the ``''`` of typewriters and wires by quotation marks; the length stays."""
    if "''" not in text:
        return text
    for pattern, mark in _TYPEWRITTEN:
        text = pattern.sub(mark, text)
    return text
