"""Slugs: texts as words of an address or of a file name."""

from __future__ import annotations

import re

from indexer.text.analysis import fold

MAX_FILE_NAME = 80
"""Characters of a slug that names a file."""

_SEPARATORS = re.compile(r"[\W_]+")


def slug(text: str, max_length: int | None = None) -> str:
    """Return a text as letters and digits with hyphens between; empty if it has neither.

    Letters of any script stay. A slug over ``max_length`` characters is cut.

    >>> slug("José María O’Neill"), slug("The wall held", max_length=9)
    ('jose-maria-o-neill', 'the-wall')
    """
    return _SEPARATORS.sub("-", fold(text)).strip("-")[:max_length].strip("-")
