"""Readers' letters to a paper: one letter is that of whoever signs it, several are nobody's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.ingest.authored.body import Body
from indexer.ingest.authored.proof import Proof
from indexer.ingest.authored.rows import every_language
from indexer.ingest.authored.writers import Writer, is_sure
from indexer.text.lengths import word_count

MAX_PLACE_WORDS = 4
"""Words of a line under a name: a place, a street."""

_BEFORE_TITLE = re.compile(r"\s*[:|–—]\s+|(?<=[A-ZÀ-Þ]{4})\.\s")
_PLACE_AFTER = re.compile(r"(?<=\w{3})\.\s(?=[^\W\d_]+(?:\s[^\W\d_]+){0,2}\.?$)")
"""The stop between a name and a place: "Ada Lind. Ilven"."""


def by_letter(body: Body) -> Proof | None:
    """Return who has signed the only letter of a page of letters; ``None`` without or of several.

    Under the name there may be the place from which the letter comes.
    """
    title = body.article.title
    parts = _BEFORE_TITLE.split(title, maxsplit=1)
    names = (*body.article.sections, *(parts[:1] if len(parts) > 1 else ()))
    mark = next((name for name in names if _is_of_letters(name)), None)
    if mark is None or not body.is_first_person(at_least=1):
        return None
    if body.is_interview() or sum(bool(_signer(text, body)) for text in body.texts) != 1:
        return None
    *own, last = body.texts
    writers = _signer(last, body)
    if len(writers) != 1 or not {*body.told_of(writers[0])} <= {len(own)}:
        return None
    return Proof(writers, f"{mark} … {last}", is_told=True, is_signed=True)


def _is_of_letters(name: str) -> bool:
    return any(rows.fits("letters", name) for rows in every_language())


def _signer(text: str, body: Body) -> Sequence[Writer]:
    """Return who signs in the last lines of a paragraph: a name, and a place under or after it."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for line in lines[-2:]:
        writers = body.names(_PLACE_AFTER.sub(", ", line).rstrip("."))
        under = lines[lines.index(line) + 1 :]
        if writers and is_sure(writers[0]) and all(map(_is_place, under)):
            is_begun = line.lstrip("—–- ").startswith(writers[0].printed)
            return writers[:1] if is_begun else ()
    return ()


def _is_place(line: str) -> bool:
    return word_count(line) <= MAX_PLACE_WORDS and line[0].isupper()
