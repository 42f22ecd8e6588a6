"""The order of certainty in which printed names mean people, and what is to be looked at first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.people.label_rules import BY_OFFICE, ELSEWHERE, ONLY_BEARER, SLIP
from indexer.people.office_holders import HOLDER
from indexer.people.speakers import SpeakerEntry

LEAST_CERTAIN_FIRST = (SLIP, ONLY_BEARER, HOLDER, ELSEWHERE, BY_OFFICE)
"""Reasons that are inferences from other articles. Others are the article's or the keeper's."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A printed form that means a speaker for a reason that may be wrong."""

    id: str
    name: str
    form: str
    passages: int
    reason: str


def doubts(entries: Iterable[SpeakerEntry]) -> list[Doubt]:
    """Return the forms that are inferred, the least certain first, frequent ones before rare."""
    found = [
        Doubt(entry.id, entry.name, form.form, form.passages, form.reason)
        for entry in entries
        for form in entry.forms
        if form.reason in LEAST_CERTAIN_FIRST
    ]
    return sorted(
        found,
        key=lambda one: (LEAST_CERTAIN_FIRST.index(one.reason), -one.passages, one.id, one.form),
    )
