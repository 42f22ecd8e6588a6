"""Quotation marks: those of typewriters as those that are printed."""

from __future__ import annotations

import re

_TYPEWRITTEN = (
    (re.compile(r"(?<![\w'`])(?:''|``)(?=[\w(\[£$€…])"), " “"),
    (re.compile(r"(?<=\S)''(?!')"), "” "),
)


def with_printed_marks(text: str) -> str:
    """A text of the same length with quotation marks for the ``''`` of typewriters and wires."""
    if "''" not in text:
        return text
    for pattern, mark in _TYPEWRITTEN:
        text = pattern.sub(mark, text)
    return text
