"""The people who wrote a text, and the printed words that prove it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.ingest.authored.writers import Writer

MAX_WORDS_LENGTH = 240
"""Characters of printed words that are kept as proof."""


@dataclass(frozen=True, slots=True)
class Proof:
    """People whose text it is as a whole, and the printed words that prove it.

    ``is_told`` allows that the text tells of them by name, as that of a spokesperson may.
    ``is_signed`` is true for a signature, which counts in a press release too.
    """

    writers: Sequence[Writer]
    words: str
    is_told: bool = False
    is_signed: bool = False

    @property
    def printed(self) -> str:
        """The words on one line, cut if they are long."""
        words = " ".join(self.words.split())
        if len(words) <= MAX_WORDS_LENGTH:
            return words
        return f"{words[: MAX_WORDS_LENGTH - 1].rsplit(' ', 1)[0]}…"
