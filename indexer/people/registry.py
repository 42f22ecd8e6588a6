"""Says who each printed label of a corpus means: a person, a body, or somebody unnamed.

A label is resolved by what the corpus prints elsewhere: full names, with the offices before them,
by outlet and date. A wrong person is worse than none: a label that may mean two people stays a name
of its own. The order of the rules follows their reliability, and each join has its reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import chain

from indexer.messages import N_
from indexer.people.aliases import Aliases
from indexer.people.bearers import Bearer, BearerIndex, bearers
from indexer.people.contested import as_printed_alone
from indexer.people.identity import Identity
from indexer.people.joined_names import FullName, words_of_name
from indexer.people.label_rules import LabelRules, full_name
from indexer.people.labels import Label, Parts, parts_of, split
from indexer.people.office_holders import OfficeHolders, office_of
from indexer.people.slips import a_letter_away, index_of_slips
from indexer.people.speaker_kinds import unresolved
from indexer.records import Kind
from indexer.text.slugs import slug

LISTED = "speakers.toml"
"""The reason for a name that the keeper of the corpus has listed."""

CORRECTED = N_("set right by the keeper")
"""The reason for a name that is a correction of the keeper's."""


class Registry:
    """The people of a corpus, found in its labels and full names.

    Whom a label means depends on the labels and full names of its surname alone, and, for a slip,
    on those of a surname that is a letter away. So a change of one article concerns few labels.
    """

    def __init__(
        self, labels: Sequence[Label], names: Iterable[FullName], aliases: Aliases | None = None
    ) -> None:
        self._all = labels
        self._aliases = aliases or Aliases()
        self._labels: defaultdict[str, list[Label]] = defaultdict(list)
        for label in labels:
            self._labels[surname_of(label)].append(label)
        self._names: defaultdict[str, list[FullName]] = defaultdict(list)
        for full in names:
            for end in set(ends_of(full.name) or ()) & self._labels.keys():
                self._names[end].append(full)
        self._slips = index_of_slips(self._labels)
        self._people: dict[str, BearerIndex] = {}

    def identities(self) -> Iterator[tuple[Label, Identity]]:
        """Return each label with the identity of its speaker."""
        resolved = {
            label: identity
            for surname in self._labels
            for label, identity in self.of_surname(surname)
        }
        holders = OfficeHolders()
        for label, identity in resolved.items():
            office = office_of(label)
            if office and identity.id and identity.kind == "person":
                holders.add((label.outlet, office, label.month), (identity.id, identity.name), 1)
        for label in self._all:
            yield label, self.holder(label, resolved[label], holders)

    def of_surname(self, surname: str) -> Iterator[tuple[Label, Identity]]:
        """Return the labels of a surname with their identities, but for holders of offices."""
        labels = self._labels.get(surname, ())
        own = as_printed_alone(labels)
        rules = LabelRules(own, self._bearers(surname), partial(self._misspelt, surname))
        for label, printed in zip(labels, own, strict=True):
            yield label, self._resolve(printed, rules)

    def holder(self, label: Label, identity: Identity, holders: OfficeHolders) -> Identity:
        """Return the holder of the office that is all of a label, else whom else it means."""
        is_set = identity.reason in (LISTED, CORRECTED)
        holder = None if is_set else holders.of(label)
        return identity if holder is None or self._is_apart(label, holder) else holder

    def _bearers(self, surname: str) -> BearerIndex:
        if surname not in self._people:
            labels = as_printed_alone(self._labels.get(surname, ()))
            own = filter(None, map(full_name, labels))
            people = bearers(chain(own, self._names.get(surname, ())))
            self._people[surname] = BearerIndex(people)
        return self._people[surname]

    def _misspelt(self, surname: str) -> set[Bearer]:
        """Return the people whose surname is a letter away from another."""
        near = a_letter_away(surname, self._slips)
        return {one for spelt in near for one in self._bearers(spelt).called((spelt,))}

    # --- One label ---

    def _resolve(self, label: Label, rules: LabelRules) -> Identity:
        parts = _parts(label)
        if listed := self._listed(label, parts):
            return listed
        if label.is_corrected:
            return self._corrected(label, rules)
        if not parts.words:
            parts = split(label.name)  # "THE PRESIDENT" of an article that has one president
        if found := rules.person(label, parts):
            identity = self._of_bearer(*found)
            return self._split_off(label, identity) if self._is_apart(label, identity) else identity
        own = unresolved(label, parts, is_full=full_name(label) is not None)
        return self._split_off(label, own) if self._is_apart(label, own) else own

    def _split_off(self, label: Label, person: Identity) -> Identity:
        """Return the speaker of a label that is not this person, whom the article may name."""
        printed = replace(label, name=label.as_printed or label.name)
        alone = printed if self._is_apart(printed, person) else label
        own = unresolved(alone, split(alone.name), is_full=full_name(alone) is not None)
        if self._is_apart(alone, own):
            return replace(own, id=f"{own.id}-{slug(label.outlet or '') or 'other'}", reason=LISTED)
        return own

    def _listed(self, label: Label, parts: Parts) -> Identity | None:
        """Return the person whom the keeper lists under a label."""
        for printed in (label.name, label.as_printed if not parts.words else None):
            if printed and (known := self._aliases.resolve(printed, label.outlet, label.published)):
                identity = Identity(known[0].id, known[0].name, "person", known[1], LISTED)
                return None if self._is_apart(label, identity) else identity
        return None

    def _corrected(self, label: Label, rules: LabelRules) -> Identity:
        """Return the speaker whom a correction names, who is nobody of another name."""
        if (bearer := rules.named(label.name)) is not None:
            identity = self._of_bearer(bearer, CORRECTED)
            if not self._is_apart(label, identity):
                return identity
        own = unresolved(label, split(label.name), is_full=True)
        kind: Kind = "body" if own.kind == "body" else "person"
        return Identity(slug(label.name) or None, label.name, kind, None, CORRECTED)

    def _is_apart(self, label: Label, identity: Identity) -> bool:
        printed = filter(None, (label.name, label.as_printed))
        return bool(identity.id) and self._aliases.is_apart(
            identity.id or "", printed, label.outlet, label.published
        )

    def _of_bearer(self, bearer: Bearer, reason: str) -> Identity:
        person = next(filter(None, map(self._aliases.person, (bearer.name, *bearer.printed))), None)
        if person is not None:
            return Identity(person.id, person.name, "person", None, LISTED)
        return Identity(slug(bearer.name), bearer.name, "person", None, reason)


def surname_of(label: Label) -> str:
    """Return the last word of a label's name as it sounds; the empty text if it is all office."""
    words = _parts(label).words or split(label.name).words
    return words[-1] if words else ""


@lru_cache(maxsize=1 << 17)
def ends_of(name: str) -> tuple[str, str] | None:
    """Return the first and the last word of a full name as they sound: either may be the surname.

    Returns ``None`` for a name that begins with an office.
    """
    found = words_of_name(name)
    return (found[0][0], found[0][-1]) if found and not split(name).office else None


def _parts(label: Label) -> Parts:
    return parts_of((label.name, label.as_printed))
