"""The columns of numbers ("fast fields"), and queries for them.

Values are numbered in the order in which they are first indexed. A file keeps the numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache
from operator import attrgetter

from tantivy import FieldType, Schema
from tantivy import Query as TantivyQuery

import indexer.text.periods as periods
from indexer.engines.tantivy.combining import NOTHING, all_of, unscored
from indexer.records import FACETS, Dated

NUMBERED = {"article": "article_id"} | {name: facet.passage_field for name, facet in FACETS.items()}
"""The columns of numbered values, and the fields of passages that they hold."""

COLUMNS = (*NUMBERED, "position", "period", "first_day", "last_day", "newest", "oldest")

numbered_values = attrgetter(*NUMBERED.values())
"""Returns the values of a passage for the columns of `NUMBERED`, in order."""

_UNDATED = 2**40
"""The minute of undated passages when sorted from the oldest on: later than all others."""


class ColumnQueries:
    """Queries for the columns of one index; ``numbers`` maps the values of each to numbers."""

    def __init__(self, schema: Schema, numbers: Mapping[str, Mapping[str, int]]) -> None:
        self._schema = schema
        self._numbers = numbers

    def having(self, name: str, values: Collection[str]) -> TantivyQuery:
        """Match passages that have one of some values."""
        known = self._numbers[name]
        numbers = [known[value] for value in sorted(values) if value in known]
        return self.among(name, numbers) if numbers else NOTHING

    def among(self, name: str, numbers: Sequence[int]) -> TantivyQuery:
        """Match passages that have one of some numbers."""
        if len(numbers) == 1:  # many times faster than a set of one
            query = TantivyQuery.term_query(self._schema, name, numbers[0])
        else:
            query = TantivyQuery.term_set_query(self._schema, name, list(numbers))
        return unscored(query)

    def range(self, name: str, least: int | None, most: int | None) -> TantivyQuery:
        """Match passages whose number is between two, both included; ``None`` is open."""
        return TantivyQuery.range_query(self._schema, name, FieldType.Unsigned, least, most)

    def dated(self) -> TantivyQuery:
        """Match passages that have a date."""
        return self.range("first_day", 1, None)

    def between(self, dates: Dated) -> TantivyQuery:
        """Match passages published between two days, as `Dated` says."""
        since, until = dates.since, dates.until
        if since is not None and until is not None and since > until:
            return NOTHING
        limits = [self.dated()]
        if until is not None:
            limits.append(self.range("first_day", None, until))
        if since is not None:
            limits.append(self.range("last_day", since, None))
        return unscored(all_of(limits))


@lru_cache(maxsize=16)
def date_columns(published: str | None) -> Sequence[tuple[str, int]]:
    """Return the columns of a date. All passages of an article have the same, so a few are kept."""
    if not published:
        return ("newest", 0), ("oldest", _UNDATED)
    minute = periods.minute(published)
    return (
        ("newest", minute),
        ("oldest", minute),
        ("period", _period_number(published)),
        ("first_day", periods.first_day(published)),
        ("last_day", periods.last_day(published)),
    )


def _period_number(published: str) -> int:
    """Return a period as a number with the same order: 20201005, 20201000, 20200000."""
    return int(published[:10].replace("-", "").ljust(8, "0"))


@cache
def period(number: int) -> str:
    """Return the period of a number in the column ``period``."""
    digits = f"{number:08}"
    return "-".join(part for part in (digits[:4], digits[4:6], digits[6:]) if part != "00")
