"""Texts for formats that cannot hold every character."""

from __future__ import annotations

import re

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """A text without the control characters that XML 1.0 forbids and nobody can read."""
    return _NOT_IN_XML.sub("", text)


def one_line(text: str) -> str:
    r"""A text as one line: paragraphs, and whatever else is white, stand apart by a space.

    >>> one_line("First.\n\nAnd a second.")
    'First. And a second.'
    """
    return " ".join(printable(text).split())
