"""Read the dates that metadata states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from indexer.ingest.lines.date_forms import ANY_STYLE, DateStyle
from indexer.ingest.lines.dates import Dating, existing_date, read_date


def stated_date(value: object, evidence: str, style: DateStyle = ANY_STYLE) -> Dating | None:
    """Return a stated date: text in any known form, or a date of YAML; ``None`` if absent.

    Raises `ValueError` if something is stated that is not a date, or a day that does not exist.
    """
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return read_date(value.isoformat(sep="T", timespec="minutes"), evidence)
    if isinstance(value, date):
        return Dating(value.isoformat(), "day", evidence)
    text = str(value).strip()
    if re.fullmatch(r"\d{4}", text):
        return Dating(text, "year", evidence)
    if re.fullmatch(r"\d{4}-\d\d", text):
        dating = existing_date(f"{text}-01", text, "month", evidence)
    elif numbers := re.fullmatch(r"(\d{4})-?(\d\d)-?(\d\d)", text):
        day = "-".join(numbers.groups())
        dating = existing_date(day, day, "day", evidence)
    else:
        dating = read_date(text, evidence, style)
    if dating is None:
        raise ValueError(f"{text!r} is not a date that exists; write it as 2025-05-03")
    return dating


def first_stated(values: Iterable[tuple[str, object]]) -> Dating | None:
    """Return the first of several (evidence, value) pairs that is a date."""
    return next(every_stated(values), None)


def every_stated(
    values: Iterable[tuple[str, object]], style: DateStyle = ANY_STYLE
) -> Iterator[Dating]:
    """Yield those of several (evidence, value) pairs that are dates."""
    for evidence, value in values:
        try:
            dating = stated_date(value, f"{evidence}: {value}", style)
        except ValueError:
            continue
        if dating is not None:
            yield dating
