"""Words of saying where any language may be met: those of English rows, then others."""

from __future__ import annotations

from indexer.people.rows import rows_of
from indexer.people.words import FOREIGN_VERBS_OF_SAYING

ENGLISH = rows_of("en")

VERBS_OF_SAYING = f"(?:{'|'.join((ENGLISH.words('says'), *FOREIGN_VERBS_OF_SAYING))})"
"""A pattern for words of saying: the person next to one is the speaker."""

SINGLE_VERBS_OF_SAYING = frozenset(
    verb for verb in (*ENGLISH.rows["says"].words, *FOREIGN_VERBS_OF_SAYING) if verb.isalpha()
)
"""Words of saying, those of one word: no part of a name."""
