"""Pairs of letters, the words of scripts that put no spaces between words.

Each letter of a run makes a pair with the next one, as in Lucene's CJK analyzer, so that any two
letters of a text, and any longer part as a phrase of pairs, are found without a dictionary. Korean
has spaces, but its words end in particles: it has pairs too.

>>> [form for form, *_ in pairs("東京都知事")]
['東京', '京都', '都知', '知事']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from unicodedata import normalize

INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff"
"""Characters that may stand inside a word unseen: soft hyphens, joiners, spaces without width."""

UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ebd\u0ec0-\u0ece\u0edc-\u0edf"  # Thai, Lao
    "\u1000-\u103f\u1050-\u108f\u109a-\u109f\ua9e0-\ua9ef\uaa60-\uaa7f"  # Burmese
    "\u1780-\u17d3\u17d7\u17dc\u17dd"  # Khmer
    "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"  # Hangul
    "\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u312f\u31a0-\u31bf\u31f0-\u31ff"  # Kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323af"  # Han, narrow kana
)
"""Letters and signs of these scripts, as the inside of a class of a regular expression."""

_IS_UNSPACED = re.compile(f"[{UNSPACED}]")
_UNIT = re.compile(
    "([\u1100-\u115f][\u1160-\u11a7]+[\u11a8-\u11ff]*"  # a syllable of Hangul in parts
    f"|.[\u3099\u309a\uff9e\uff9f]?)[{INVISIBLE}]*",  # a kana and its mark of voice
    re.DOTALL,
)


def is_unspaced(word: str) -> bool:
    """Return whether a word begins with a letter of a script without spaces."""
    return not word.isascii() and _IS_UNSPACED.match(word) is not None


def pairs(run: str) -> Iterator[tuple[str, int, int]]:
    """Yield each pair of letters of a run, with its start and end; a letter alone is its own."""
    units = [(normalize("NFKC", unit[1]), *unit.span(1)) for unit in _UNIT.finditer(run)]
    if len(units) == 1:
        yield units[0]
    for (one, start, _), (other, _, end) in pairwise(units):
        yield one + other, start, end
