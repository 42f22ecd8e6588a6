"""Refuse dates that are no dates of publication: placeholders, and the future."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

FIRST_YEAR = "1900"

PLACEHOLDERS = {
    "1969-12-31": "the beginning of computer time",
    "1970-01-01": "the beginning of computer time",
    "1999-11-30": "what some programs make of a missing date",
}
"""Days that programs fill in where they know none. Those of other programs are before 1900."""


def implausible(published: str, saved: str | None = None) -> str | None:
    """Return why nothing was published on a date; ``None`` if it may have been.

    ``saved`` is when the file was saved, in ISO 8601; else it is now. A day more may be due to time
    zones.

    >>> implausible("0001-01-01"), implausible("1970-01-01T01:00"), implausible("2024-02-29")
    ('before 1900', 'the beginning of computer time', None)
    >>> implausible("2025-05-09", saved="2025-05-03T11:55Z")
    'after the file was saved'
    """
    if published[:4] < FIRST_YEAR:
        return f"before {FIRST_YEAR}"
    if published[:10] in PLACEHOLDERS:
        return PLACEHOLDERS[published[:10]]
    if saved is not None and _is_after(published, saved):
        return "after the file was saved"
    if _is_after(published, datetime.now(UTC).isoformat()):
        return "in the future"
    return None


def _is_after(published: str, moment: str) -> bool:
    """Return whether a date is more than a day later: clocks of the world are that far apart."""
    try:
        latest = (date.fromisoformat(moment[:10]) + timedelta(days=1)).isoformat()
    except ValueError:
        return False  # only a month or a year, or no date
    return published[:10] > latest
