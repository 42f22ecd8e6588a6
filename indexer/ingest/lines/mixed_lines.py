"""Tell lines with a date and a few words, such as bylines, from sentences with a date in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.ingest.lines.date_words import label, says_nothing_else
from indexer.ingest.lines.dates import PrintedDate

MAX_NAMES = 5
"""Words of a byline besides those around its date."""

MAX_WORDS_TO_LABEL = 4
"""Words at the beginning of a line of which one says what date it is."""

MAX_PLACE = 40
"""Letters before the date of a paragraph that begins with a place."""

_RANGE_BEFORE = re.compile(r"\d\.?\s*[-–—/]\s*$")
_RANGE_AFTER = re.compile(r"\s*[-–—]\s*\d(?!\d?[:.h]\d\d(?!\d|\.))")
_SEPARATOR = re.compile(r"\s[|·•–—/-]\s|[|·•,\n]")
_WORD = re.compile(r"[^\W\d_]+")
_INITIALS = re.compile(r"\(\w{1,4}(?:[/.]\w{1,4})*\)")
_READING_TIME = re.compile(r"\d+[\s-]*min\w*\.?(?:\s+[^\W\d]+){0,2}", re.I)
_AFTER_PLACE = re.compile(r"\s*(?:[–—|:)]|-\s)")


def is_in_range(line: str, one: PrintedDate) -> bool:
    """Return whether a date is the begin or the end of several days: "23–27 April 2025"."""
    return bool(_RANGE_BEFORE.search(line[: one.start]) or _RANGE_AFTER.match(line[one.end :]))


def is_byline(line: str, one: PrintedDate) -> bool:
    """Return whether a line is a date and names: "By Jon Berg | 3 May 2025"."""
    before = _SEPARATOR.split(line[: one.start])[-1]
    after = _SEPARATOR.split(line[one.end :])[0]
    return _are_names(f"{before} {after}")


def is_named(line: str, one: PrintedDate) -> bool:
    """Return whether a line begins by calling its date: "Posted by jon in harbours, 3 May 2025"."""
    begin = " ".join(line[: one.start].split()[:MAX_WORDS_TO_LABEL])
    return one.label is not None and label(begin) == one.label and line[-1] not in ".!?"


def begins_with_place(line: str, dates: Sequence[PrintedDate]) -> bool:
    """Return whether a paragraph begins with a place and a date: "Berlin, 3 May 2025 – The …"."""
    first = dates[0]
    before, after = line[: first.start], line[first.end :]
    if len(before) > MAX_PLACE or not _AFTER_PLACE.match(after) or is_in_range(line, first):
        return False
    is_phrase = bool(_WORD.search(before)) and says_nothing_else(before) and first.label is None
    is_range = len(dates) > 1 and not _WORD.search(line[first.end : dates[1].start])
    return not is_phrase and not is_range and _are_names(before)


def _are_names(text: str) -> bool:
    """Return whether a text has few words, each with a capital or in a script without any."""
    bare = _READING_TIME.sub("", _INITIALS.sub("", text))
    words = [word for word in _WORD.findall(bare) if not says_nothing_else(word)]
    return len(words) <= MAX_NAMES and all(
        word[0].isupper() or word.lower() == word.upper() for word in words
    )
