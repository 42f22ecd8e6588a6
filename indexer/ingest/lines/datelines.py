"""The date in a line of its own near the title, told from the dates of a list of headlines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from indexer.ingest.lines.boilerplate import is_list_title
from indexer.ingest.lines.date_words import label
from indexer.ingest.lines.dates import Dating, is_date_line, read_date
from indexer.text.marks import CLOSING_DOUBLE
from indexer.text.sentences import STOPS

_CLOCK = re.compile(r"[0-2]?\d:[0-5]\d")
_FURTHEST = 40
_NEAR = 8


def dateline(lines: Sequence[str]) -> Dating | None:
    """Return the date in the lines after a title, up to the first list; ``None`` if there is none.

    Among dates and headlines by turns, the first date is a dateline only if it has no headline of
    its own.
    """
    near = list(takewhile(lambda line: not is_list_title(line), lines[:_FURTHEST]))
    for place, line in enumerate(near[:_NEAR]):
        if is_prose(line):
            return None
        if is_date_line(line) and label(line) != "updated":
            listed = _begins_a_list(near[place:], headline_before=place > 0)
            return None if listed else _read(line, near[place + 1 :])
    return None


def _begins_a_list(lines: Sequence[str], headline_before: bool) -> bool:
    """Return whether dates and headlines follow each other by turns.

    The first date has a headline then.
    """
    short = list(takewhile(lambda line: not is_prose(line), lines))
    dates = [place for place, line in enumerate(short) if is_date_line(line)]
    if len(dates) < 2 or any(later - one > 2 for one, later in pairwise(dates)):
        return False
    if headline_before:
        return True
    return dates[-1] + 1 < len(short) or len(lines) == len(short) > dates[-1] + 1


def is_prose(line: str) -> bool:
    """Return whether a line is long enough for a sentence, and neither a headline nor a name."""
    return len(line) > 120 or (len(line) > 50 and line[-1] in STOPS + CLOSING_DOUBLE)


def _read(line: str, following: Sequence[str]) -> Dating | None:
    clock = f" {following[0]}" if following and _CLOCK.fullmatch(following[0]) else ""
    return read_date(line + clock, f"dateline: {line}{clock}")
