"""Groups counts by day, month or year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from indexer.text.periods import first_day, last_day

_MAX_DAYS = 62
"""The longest time span that is shown by day."""

_MAX_MONTHS = 36
"""The longest time span that is shown by month."""

_DAYS_PER_MONTH = 31
_DAY, _MONTH, _YEAR = 10, 7, 4
"""Characters of an ISO date cut at the day, the month and the year."""


def timeline(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Group counts by the unit that fits their time span, no finer than the coarsest date.

    >>> timeline({"2020-10-05": 2, "2020-10-07": 1})
    (('2020-10-05', 2), ('2020-10-07', 1))
    >>> timeline({"2020-10-05": 2, "2020-12": 1, "2021-01-02": 4})
    (('2020-10', 2), ('2020-12', 1), ('2021-01', 4))
    """
    if not counts:
        return ()
    # Among periods of one length, the last in alphabetical order ends last.
    latest = {len(period): period for period in sorted(counts)}
    days = max(map(last_day, latest.values())) - first_day(min(counts)) + 1
    if days <= _MAX_DAYS:
        unit = _DAY
    elif days <= _MAX_MONTHS * _DAYS_PER_MONTH:
        unit = _MONTH
    else:
        unit = _YEAR
    unit = min(unit, *map(len, counts))
    grouped: Counter[str] = Counter()
    for period, count in counts.items():
        grouped[period[:unit]] += count
    return tuple(sorted(grouped.items()))
