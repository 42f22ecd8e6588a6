"""The date in a line of its own near the title, told from the dates of a list of headlines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from indexer.ingest.lines.boilerplate import is_list_title
from indexer.ingest.lines.dates import Dating, is_date_line, read_date
from indexer.text.marks import CLOSING_DOUBLE
from indexer.text.sentences import STOPS

_UPDATED = re.compile(r"(?:last\s)?(?:updated|modified)|обновлено|թարմացվել", re.I)
_CLOCK = re.compile(r"[0-2]?\d:[0-5]\d")
_FURTHEST = 40


def dateline(lines: Sequence[str], *, alone: bool = True) -> Dating | None:
    """Return the date in the lines after a title, up to the first list; ``None`` if there is none.

    If not ``alone``, a short line may have more words than its date, and a lead of one paragraph
    may come before it. Among dates and headlines by turns, the first date is a dateline only if it
    has no headline of its own.
    """
    near = list(takewhile(_is_no_list, lines[:_FURTHEST]))
    prose = 0
    for place, line in enumerate(near[:8]):
        if prose > (0 if alone else 1):
            return None
        if is_date_line(line):
            listed = _begins_a_list(near[place:], headline_before=place > 0)
            return None if listed else _read(line, near[place + 1 :])
        if not alone and not prose and len(line) < 80 and (dating := _read(line, ())):
            return dating
        prose += _is_prose(line)
    return None


def _is_no_list(line: str) -> bool:
    return not is_list_title(line) and not _UPDATED.match(line)


def _begins_a_list(lines: Sequence[str], headline_before: bool) -> bool:
    """Return whether dates and headlines follow each other by turns.

    The first date has a headline then.
    """
    short = list(takewhile(lambda line: not _is_prose(line), lines))
    dates = [place for place, line in enumerate(short) if is_date_line(line)]
    if len(dates) < 2 or any(later - one > 2 for one, later in pairwise(dates)):
        return False
    if headline_before:
        return True
    return dates[-1] + 1 < len(short) or len(lines) == len(short) > dates[-1] + 1


def _is_prose(line: str) -> bool:
    return len(line) > 120 or (len(line) > 50 and line[-1] in STOPS + CLOSING_DOUBLE)


def _read(line: str, following: Sequence[str]) -> Dating | None:
    clock = f" {following[0]}" if following and _CLOCK.fullmatch(following[0]) else ""
    return read_date(line + clock, f"dateline: {line}{clock}")
