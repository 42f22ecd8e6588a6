"""Counts over time, by day, month or year: whichever fits the time between first and last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from indexer.text.periods import first_day, last_day

_MOST_DAYS = 62
_MOST_MONTHS = 36
_DAYS_OF_MONTH = 31


def fitting(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Counts by period in order of time; no finer than the coarsest date allows.

    >>> fitting({"2020-10-05": 2, "2020-10-07": 1})
    (('2020-10-05', 2), ('2020-10-07', 1))
    >>> fitting({"2020-10-05": 2, "2020-12": 1, "2021-01-02": 4})
    (('2020-10', 2), ('2020-12', 1), ('2021-01', 4))
    """
    if not counts:
        return ()
    # Of periods that are written alike, the last in writing ends last.
    latest = {len(period): period for period in sorted(counts)}
    days = max(map(last_day, latest.values())) - first_day(min(counts)) + 1
    fits = 10 if days <= _MOST_DAYS else 7 if days <= _MOST_MONTHS * _DAYS_OF_MONTH else 4
    size = min(fits, *map(len, counts))
    together: Counter[str] = Counter()
    for period, count in counts.items():
        together[period[:size]] += count
    return tuple(sorted(together.items()))
