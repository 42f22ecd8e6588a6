"""Characters that a format cannot hold, removed from texts."""

from __future__ import annotations

import re

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """Remove control characters that XML 1.0 forbids."""
    return _NOT_IN_XML.sub("", text)


def one_line(text: str) -> str:
    r"""Write a text on one line, with single spaces for line breaks and other white space.

    >>> one_line("First.\n\nAnd a second.")
    'First. And a second.'
    """
    return " ".join(printable(text).split())
