"""Digests that name a text wherever it stands, and whatever its layout."""

from __future__ import annotations

import hashlib
import unicodedata

_LETTERS = 16


def passage_digest(article_id: str, text: str) -> str:
    """Return the digest of a passage: it stays when passages of the article are numbered anew.

    >>> passage_digest("a", "On  fog") == passage_digest("a", "On fog")
    True
    """
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(f"{article_id}\0{plain}".encode()).hexdigest()[:_LETTERS]
