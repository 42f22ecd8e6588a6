"""Says who each printed label of a corpus means: a person, a body, or somebody unnamed.

A label is resolved by what the corpus prints elsewhere: full names, with the offices before them,
by outlet and date. A wrong person is worse than none: a label that may mean two people stays a name
of its own. The order of the rules follows their reliability, and each join has its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from indexer.people.aliases import Aliases
from indexer.people.bearers import Bearer, BearerIndex, bearers
from indexer.people.identity import Identity
from indexer.people.joined_names import FullName, words_of_name
from indexer.people.label_rules import LabelRules, full_name
from indexer.people.labels import Label, Parts, parts_of, split
from indexer.people.office_holders import OfficeHolders
from indexer.people.speaker_kinds import unresolved
from indexer.text.slugs import slug

LISTED = "speakers.toml"
"""The reason for a name that the keeper of the corpus has listed."""


class Registry:
    """The people of a corpus, found in all its labels and full names."""

    def __init__(
        self, labels: Sequence[Label], names: Iterable[FullName], aliases: Aliases | None = None
    ) -> None:
        self._labels = labels
        self._aliases = aliases or Aliases()
        spoken = {words[-1] for label in labels if (words := _parts(label).words)}
        own = (full for label in labels if (full := full_name(label)))
        printed = (
            full
            for full in names
            if not spoken.isdisjoint(_ends(full.name)) and not split(full.name).office
        )
        people = BearerIndex(bearers(chain(own, printed)))
        self._rules = LabelRules(labels, people)

    def identities(self) -> Iterator[tuple[Label, Identity]]:
        """Return each label with the identity of its speaker."""
        resolved = [(label, self._resolve(label)) for label in self._labels]
        holders = OfficeHolders(resolved)
        for label, identity in resolved:
            holder = holders.of(label)
            if holder is None or self._is_apart(label, holder):
                holder = identity
            yield label, holder

    # --- One label ---

    def _resolve(self, label: Label) -> Identity:
        parts = _parts(label)
        if listed := self._listed(label, parts):
            return listed
        if not parts.words:
            parts = split(label.name)  # "THE PRESIDENT" of an article that has one president
        if found := self._rules.person(label, parts):
            identity = self._of_bearer(*found)
            if not self._is_apart(label, identity):
                return identity
        own = unresolved(label, parts, is_full=full_name(label) is not None)
        if own.id and self._is_apart(label, own):
            return replace(own, id=f"{own.id}-{slug(label.outlet or '') or 'other'}", reason=LISTED)
        return own

    def _listed(self, label: Label, parts: Parts) -> Identity | None:
        """Return the person whom the keeper lists under a label."""
        for printed in (label.name, label.as_printed if not parts.words else None):
            if printed and (known := self._aliases.resolve(printed, label.outlet, label.published)):
                identity = Identity(known[0].id, known[0].name, "person", known[1], LISTED)
                return None if self._is_apart(label, identity) else identity
        return None

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


def _parts(label: Label) -> Parts:
    return parts_of((label.name, label.as_printed))


def _ends(name: str) -> set[str]:
    """Return the first and the last word of a name as they sound: either may be the surname."""
    found = words_of_name(name)
    return {found[0][0], found[0][-1]} if found else set()
