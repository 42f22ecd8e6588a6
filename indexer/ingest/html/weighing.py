"""Weigh the dates that a page states, prints and shows in its address against each other.

What is printed as the date of publication goes before what is stated for programs: that is often
the day of a later version, or the next day already, in UTC. No date is better than a wrong one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal, NamedTuple, TypeAlias

from indexer.ingest.html.sightings import Sighting
from indexer.ingest.lines.dates import Dating

PRECISIONS = ("year", "month", "day", "minute")
WEST, EAST = timedelta(hours=12), timedelta(hours=14)
"""The greatest differences of the world's clocks from UTC."""

Strength: TypeAlias = Literal["named", "under the headline", "byline", "above", "far"]
"""The place of a printed date, the surest first: called or marked as the date of publication;
alone in a line under the headline; with names in such a line; right above the headline; alone
elsewhere in the page."""


class Printed(NamedTuple):
    """The printed date that is most likely that of publication."""

    dating: Dating
    strength: Strength


@dataclass(frozen=True, slots=True)
class Evidence:
    """All dates that a page tells and that can be; of each kind the most trusted first."""

    stated: Sequence[Dating] = ()
    less_certain: Sequence[Dating] = ()
    updated: Sequence[Dating] = ()
    sightings: Sequence[Sighting] = ()
    address: Dating | None = None


def weigh(evidence: Evidence) -> Dating | None:
    """Return the date of publication with its evidence; ``None`` if none is good enough."""
    printed = printed_date(evidence.sightings)
    if evidence.stated:
        return _stated(evidence, printed)
    if printed and (printed.strength != "far" or _is_witnessed(printed.dating, evidence)):
        return _printed(printed, evidence)
    if evidence.less_certain:
        return at_address(_local(evidence.less_certain[0], evidence), evidence.address)
    return evidence.address or _month(evidence.sightings)


def printed_date(sightings: Sequence[Sighting]) -> Printed | None:
    """Return the printed date that is most likely that of publication."""
    fit = [s for s in sightings if s.is_own and s.dating.is_day]
    near = sorted((s for s in fit if s.distance is not None), key=_nearness)
    far = [s for s in fit if s.distance is None]
    choices: tuple[tuple[Strength, list[Sighting]], ...] = (
        ("named", [s for s in near if s.label == "published"]),
        ("named", [s for s in near if s.marked]),
        ("under the headline", [s for s in near if (s.distance or 0) > 0 and s.alone]),
        ("named", _of_one_day([s for s in far if s.label == "published"])),
        ("byline", [s for s in near if (s.distance or 0) > 0]),
        ("above", near),
        ("named", _of_one_day([s for s in far if s.marked])),
        ("far", _of_one_day([s for s in far if s.alone])),
    )
    found = next((Printed(found[0].dating, strength) for strength, found in choices if found), None)
    return found and found._replace(dating=_with_time(found.dating, near))


def _nearness(sighting: Sighting) -> tuple[bool, int]:
    """Sort below the headline before above it, then by lines; those of one line stay in order."""
    distance = sighting.distance or 0
    return distance < 0, abs(distance)


def _with_time(dating: Dating, near: Sequence[Sighting]) -> Dating:
    """Return a date as it is printed with its time, if it is printed twice."""
    timed = (s.dating for s in near if s.dating.day == dating.day)
    if dating.precision == "minute":
        return dating
    return next((other for other in timed if other.precision == "minute"), dating)


def _of_one_day(sightings: list[Sighting]) -> list[Sighting]:
    return sightings if len({s.dating.day for s in sightings}) == 1 else []


# --- Stated --------------------------------------------------------------------------------------


def _stated(evidence: Evidence, printed: Printed | None) -> Dating:
    shown = [d.day for d in (printed.dating if printed else None, evidence.address) if d]
    witnessed = (d for day in shown for d in evidence.stated if d.day == day)
    stated = _local(next(witnessed, evidence.stated[0]), evidence)
    if printed is None or printed.strength == "far":
        return at_address(stated, evidence.address)
    if printed.dating.day.startswith(stated.day):
        return _sharper(stated, printed.dating)
    if printed.strength != "named" and _is_update(printed.dating, stated, evidence):
        return stated
    if may_be_same_moment(stated, printed.dating.day):
        return _instead(printed.dating, stated, "which is the same day elsewhere")
    if printed.strength == "named":
        return _instead(printed.dating, stated, "which is another day")
    if printed.strength == "under the headline" and printed.dating.day < stated.day:
        return _instead(printed.dating, stated, "which is later")
    return at_address(stated, evidence.address)


def _is_update(printed: Dating, stated: Dating, evidence: Evidence) -> bool:
    """Return whether a printed date is of a later version, and not the stated one elsewhere."""
    is_stated_update = any(dating.day == printed.day for dating in evidence.updated)
    moment, shown = _moment(stated), _moment(printed)
    is_same_minute = moment and shown and moment.minute == shown.minute
    is_sure = not _is_utc(stated) or not may_be_same_moment(stated, printed.day)
    return is_stated_update and printed.day > stated.day and is_sure and not is_same_minute


def may_be_same_moment(stated: Dating, day: str) -> bool:
    """Return whether a moment (in UTC if it has no zone) is on a day somewhere on earth."""
    moment = _moment(stated)
    if moment is None:
        return False
    return (moment - WEST).date().isoformat() <= day <= (moment + EAST).date().isoformat()


def _local(stated: Dating, evidence: Evidence) -> Dating:
    """Return a moment stated in UTC in the zone of the page, if the page states that elsewhere."""
    moment = _moment(stated)
    if moment is None or not _is_utc(stated):
        return stated
    for other in (*evidence.stated, *evidence.updated, *evidence.less_certain):
        elsewhere = _moment(other)
        if elsewhere and _has_zone(other) and not _is_utc(other):
            clock = moment.astimezone(elsewhere.tzinfo).isoformat(timespec="minutes")
            note = f"{stated.evidence}; the zone is that of {other.evidence}"
            return replace(stated, published=clock, evidence=note)
    return stated


def at_address(stated: Dating, address: Dating | None) -> Dating:
    """Return the day that the address shows, for a moment in UTC that is that day elsewhere."""
    if address is None or not address.is_day:
        return stated
    if address.day.startswith(stated.day):
        return _sharper(stated, address)
    if _is_utc(stated) and may_be_same_moment(stated, address.day):
        return _instead(address, stated, "which is the same day elsewhere")
    return stated


def _moment(dating: Dating) -> datetime | None:
    """Return the moment of a date with its time; in UTC if no zone is stated."""
    if dating.precision != "minute":
        return None
    moment = datetime.fromisoformat(dating.published)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _has_zone(dating: Dating) -> bool:
    return dating.precision == "minute" and len(dating.published) > len("2025-05-03T11:55")


def _is_utc(dating: Dating) -> bool:
    return _has_zone(dating) and dating.published.endswith(("Z", "+00:00", "-00:00"))


def _sharper(one: Dating, other: Dating) -> Dating:
    """Return the more precise of two dates that agree."""
    return max(one, other, key=lambda dating: PRECISIONS.index(dating.precision))


def _instead(better: Dating, other: Dating, reason: str) -> Dating:
    return replace(better, evidence=f"{better.evidence}; not {other.evidence}, {reason}")


# --- Printed -------------------------------------------------------------------------------------


def _printed(printed: Printed, evidence: Evidence) -> Dating:
    """Return a printed date, unless the address shows that it is of an event or a later version."""
    dating, address = printed.dating, evidence.address
    for other in evidence.less_certain:
        if other.day == dating.day:
            dating = _sharper(dating, other)
    if address is None or printed.strength == "named" or _is_close(dating.day, address.day):
        return dating
    return _instead(address, dating, "which is another day")


def _is_witnessed(dating: Dating, evidence: Evidence) -> bool:
    """Return whether the address shows a day or its month, or the page states it in any way."""
    shown = (other.day for other in (*evidence.less_certain, evidence.address) if other)
    return any(dating.day.startswith(day) for day in shown)


def _is_close(day: str, shown: str) -> bool:
    """Return whether a day is that, or in the month, of an address, or one day off."""
    middle = date.fromisoformat(day)
    around = (middle + timedelta(days=days) for days in (-1, 0, 1))
    return any(one.isoformat().startswith(shown) for one in around)


def _month(sightings: Sequence[Sighting]) -> Dating | None:
    """Return a month that stands alone under the headline."""
    months = (s for s in sightings if s.dating.precision == "month" and s.is_own and s.alone)
    return next((s.dating for s in months if (s.distance or 0) > 0), None)
