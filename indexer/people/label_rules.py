"""The rules by which a label means a person whom the corpus prints in full."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

import indexer.people.offices as offices
from indexer.messages import N_
from indexer.people.bearers import Bearer, BearerIndex
from indexer.people.contested import contested, title_of
from indexer.people.first_names import has_first_name
from indexer.people.joined_names import UNDATED, FullName, double_surname
from indexer.people.labels import Label, Parts, parts_of, split
from indexer.people.slips import MIN_LETTERS
from indexer.people.speaker_kinds import SLIPS, is_crowd, is_person
from indexer.text.slugs import slug

IN_ARTICLE = N_("the full name in the article")
BY_OFFICE = N_("the office and the surname")
ELSEWHERE = N_("the outlet prints this for them elsewhere")
ONLY_BEARER = N_("the only bearer of the surname in the outlet")
SLIP = N_("one letter is different")
"""Reasons why a label means a person."""

TERM_MONTHS = 48
YEAR_MONTHS = 12
"""Months between two articles within which "President Arel", or "Mr. Arel", may be one person."""

FEWEST_ARTICLES = 2
"""Articles in which a full name has to be printed before a surname alone elsewhere is it."""

FEWEST_WITH_OFFICE = 2
"""Articles that print a high office before a full name, before the office alone names them."""

FEWEST_FOR_A_SLIP = 5
"""Articles of a year that print a name, before one like it is a slip."""

MOST_SHARE = 0.8
"""The share of the articles of two years in which a label must mean one person."""

HIGHEST = frozenset(
    ("president", "vice president", "prime minister", "first lady", "second gentleman", "pope")
)
"""Offices that a surname is not joined to unless the office is printed before the full name."""


class LabelRules:
    """Finds the person of a label, by the most reliable rule that fits one person alone."""

    def __init__(
        self,
        labels: Sequence[Label],
        people: BearerIndex,
        spelt_nearly: Callable[[], Iterable[Bearer]],
    ) -> None:
        self._people = people
        self._spelt_nearly = spelt_nearly
        self._usually: defaultdict[tuple[str, str | None], list[tuple[int, Bearer]]]
        self._usually = defaultdict(list)
        self._contested = contested(labels)
        for label in labels:
            bearer = self._own_bearer(label, _parts(label))
            if bearer is not None:
                self._usually[_key(label)].append((label.month, bearer))

    def named(self, name: str) -> Bearer | None:
        """Return the person with a full name, as it is printed somewhere."""
        return self._people.named(name)

    def person(self, label: Label, parts: Parts) -> tuple[Bearer, str] | None:
        """Return the person whom a label means, and the reason; ``None`` if it is not certain."""
        if not parts.words:
            return None
        own = self._own_bearer(label, parts)
        if own is not None and (self._fits(own, parts, label) or parts.honorific in SLIPS):
            return own, IN_ARTICLE
        called = self._people.called(parts.words)
        candidates = [one for one in called if self._fits(one, parts, label)]
        here = [one for one in candidates if label.article in one.articles]
        if len(here) == 1 and (parts.office or parts.honorific):
            return here[0], IN_ARTICLE
        if len(here) > 1 and not (parts.office or parts.honorific):
            return None  # "Arel" where two of the name are there
        if parts.office:
            turned = self._people.surname_first(parts.words)
            found = self._by_office(candidates, parts.office, label)
            found = found or self._by_office(turned, parts.office, label, is_needed=True)
        else:
            found = self._usual(candidates, label) or self._only(candidates, label)
        return found or (None if candidates else self._misspelt(parts, label))

    def _misspelt(self, parts: Parts, label: Label) -> tuple[Bearer, str] | None:
        """Return the one frequent person of the outlet whose surname is a letter away."""
        surname = parts.words[-1]
        if len(surname) < MIN_LETTERS or len(parts.words) > 1:
            return None
        near = {
            one.name: one
            for one in self._spelt_nearly()
            if one.near(label.outlet, label.month, YEAR_MONTHS) >= FEWEST_FOR_A_SLIP
        }
        found = next(iter(near.values()), None)
        if found is None or len(near) > 1 or not self._fits(found, parts, label):
            return None
        if parts.office and not found.has_office(parts.office, label.outlet):
            return None
        return found, SLIP

    def _own_bearer(self, label: Label, parts: Parts) -> Bearer | None:
        full = full_name(label)
        if full is None:
            return None
        bearer = self._people.named(full.name)
        return bearer if bearer and is_person(bearer, full.name, label, parts) else None

    def _fits(self, bearer: Bearer, parts: Parts, label: Label) -> bool:
        """Return whether form of address and high office do not speak against a person."""
        if not _may_be_called(bearer, parts):
            return False
        title = title_of(parts) if label.article in self._contested else None
        if title and not bearer.has_office(title, label.outlet):
            return False
        if parts.office not in HIGHEST or bearer.has_office(parts.office, label.outlet):
            return True
        rivals = self._people.called(parts.words[-1:])
        return not any(
            rival is not bearer and rival.has_office(parts.office, label.outlet) for rival in rivals
        )

    def _by_office(
        self, candidates: Sequence[Bearer], office: str, label: Label, *, is_needed: bool = False
    ) -> tuple[Bearer, str] | None:
        """Return the one person whom the outlet calls by an office.

        Else, unless the office ``is_needed``, the one of this surname.
        """
        near = [one for one in candidates if one.near(label.outlet, label.month, TERM_MONTHS)]
        fewest = FEWEST_WITH_OFFICE if office in HIGHEST else 1
        holders = [one for one in near if one.has_office(office, label.outlet) >= fewest]
        if len(holders) == 1:
            return holders[0], BY_OFFICE
        if holders or is_needed or office in HIGHEST:
            return None
        return self._usual(near, label) or self._only(near, label)

    def _usual(self, candidates: Sequence[Bearer], label: Label) -> tuple[Bearer, str] | None:
        """Return the person whom the outlet's articles mean by this label in other articles."""
        elsewhere = self._usually.get(_key(label), ())
        counts = Counter(
            bearer
            for month, bearer in elsewhere
            if UNDATED in (month, label.month) or abs(month - label.month) <= YEAR_MONTHS
        )
        if not counts:
            return None
        ((bearer, articles),) = counts.most_common(1)
        if articles < MOST_SHARE * counts.total() or bearer not in candidates:
            return None
        return bearer, ELSEWHERE

    def _only(self, candidates: Sequence[Bearer], label: Label) -> tuple[Bearer, str] | None:
        """Return the one person of a surname, if the outlet prints the full name often enough."""
        near = [one for one in candidates if one.near(label.outlet, label.month, YEAR_MONTHS)]
        if len(near) != 1 or near[0].near(label.outlet, label.month, YEAR_MONTHS) < FEWEST_ARTICLES:
            return None
        return near[0], ONLY_BEARER


def _may_be_called(bearer: Bearer, parts: Parts) -> bool:
    if parts.pronoun and bearer.pronoun and parts.pronoun != bearer.pronoun:
        return False
    double = double_surname(parts.name)  # "Mr. Lind-Berg" is no Mr. Lind
    return not double or double in map(double_surname, bearer.printed)


def full_name(label: Label) -> FullName | None:
    """Return the full name that the article has for a label, if the label allows it."""
    parts, own = _parts(label), split(label.name)
    if not parts.words:
        parts = own
    if len(own.words) < 2 or not parts.words:
        return None
    is_titled = bool(parts.office or parts.honorific)
    if is_crowd(label.name) or own.name.split()[0] == "Q":
        return None
    may_be_surnames = own.words == parts.words and not has_first_name(own.name)
    if is_titled and may_be_surnames and not offices.has_place(parts.office or ""):
        return None  # "President López Obrador": two surnames
    # "Smith Flooring" is not what is meant by "MR. SMITH".
    if parts.words[-1] not in own.words[1:]:
        return None
    return FullName(
        article=label.article,
        outlet=label.outlet,
        month=label.month,
        name=own.name,
        office=parts.office or parts.honorific,
        is_label=label.is_label,
    )


def _key(label: Label) -> tuple[str, str | None]:
    return slug(label.as_printed or label.name), label.outlet


def _parts(label: Label) -> Parts:
    return parts_of((label.name, label.as_printed))
