"""People as the keeper of a corpus lists them: their names, offices, and who they are not.

A name is resolved only if it is listed, whatever its case, accents and punctuation. A bare office
("THE PRESIDENT:") is resolved only in the outlets and within the dates of a row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import indexer.text.periods as periods
from indexer.records import IngestedArticle, Passage, Speaker
from indexer.text.slugs import slug

FILE = "speakers.toml"


@dataclass(frozen=True, slots=True)
class Span:
    """Articles of ``outlets`` from ``since`` to ``until``: years, months or days, inclusive.

    Without outlets, or without a date, there is no limit on that side.
    """

    outlets: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None

    def holds(self, outlet: str | None, published: str | None) -> bool:
        """Return True for an article of the outlets, on whatever day it may have been published."""
        if self.outlets and outlet not in self.outlets:
            return False
        since, until = self.since, self.until
        if since is None and until is None:
            return True
        if published is None:
            return False
        begun = since is None or periods.first_day(since) <= periods.first_day(published)
        return begun and (until is None or periods.last_day(published) <= periods.last_day(until))


@dataclass(frozen=True, slots=True)
class Office:
    """An office, and the articles in which the person is called by it."""

    title: str
    span: Span = Span()


@dataclass(frozen=True, slots=True)
class Split:
    """A printed name or label that is somebody else in some articles."""

    label: str
    span: Span = Span()


@dataclass(frozen=True, slots=True)
class Person:
    """A row: canonical name, id, other printed names, offices, and who it is not.

    The default id is the name as a slug. ``same_as`` are pages about the person.
    """

    name: str
    id: str
    aliases: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    same_as: tuple[str, ...] = ()
    splits: tuple[Split, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the aliases, each once."""
        return tuple(dict.fromkeys((self.name, *self.aliases)))


@dataclass(frozen=True, slots=True)
class OwnOutlet:
    """An outlet, or a folder of the corpus, whose articles are their authors' own words."""

    name: str | None = None
    folder: str | None = None


class Aliases:
    """The people of ``speakers.toml``, by their printed names.

    No two of them have one id or one name. ``problems`` are rows that were left out, with the
    reason. The bylines of ``outlets`` are speakers.
    """

    def __init__(
        self,
        people: Iterable[Person] = (),
        problems: Sequence[str] = (),
        outlets: Iterable[OwnOutlet] = (),
    ) -> None:
        self.people = tuple(people)
        self.outlets = tuple(outlets)
        self.problems = tuple(problems)
        self._by_id = {person.id: person for person in self.people}
        self._by_name = {key_of(name): one for one in self.people for name in one.names}
        self._by_office: dict[str, list[tuple[Person, Office]]] = {}
        for person in self.people:
            for office in person.offices:
                for label in _labels(person, office):
                    self._by_office.setdefault(label, []).append((person, office))

    def digest(self) -> str:
        """Return a digest that is equal for tables with the same rows."""
        return hashlib.sha256(repr((self.people, self.outlets)).encode()).hexdigest()[:16]

    def person(self, name: str) -> Person | None:
        """Return the person with this name or alias, or ``None``."""
        return self._by_name.get(key_of(name))

    def names(self) -> Iterator[tuple[str, str, str]]:
        """Return every name with its slug, and the id of its person."""
        for person in self.people:
            for name in person.names:
                yield name, key_of(name), person.id

    def resolve(
        self, name: str, outlet: str | None, published: str | None
    ) -> tuple[Person, str | None] | None:
        """Return the person with a name, and the office that the label states.

        ``name`` must be the fullest form in the article: a surname may be another person's, whom
        the article names in full.
        """
        person = self.person(name)
        if person and not self.is_apart(person.id, (name,), outlet, published):
            return person, None
        fitting = [
            (person, office.title)
            for person, office in self._by_office.get(key_of(name), ())
            if office.span.holds(outlet, published)
            and not self.is_apart(person.id, (name,), outlet, published)
        ]
        # On the day when an office changes hands two people fit, so the person is unknown.
        return fitting[0] if len({person.id for person, _ in fitting}) == 1 else None

    def is_apart(
        self, person_id: str, labels: Iterable[str], outlet: str | None, published: str | None
    ) -> bool:
        """Return True if a person is listed as not meant by one of the labels in an article."""
        person = self._by_id.get(person_id)
        if person is None or not person.splits:
            return False
        keys = set(map(key_of, labels))
        return any(
            key_of(split.label) in keys and split.span.holds(outlet, published)
            for split in person.splits
        )

    # --- One article, without the others ---

    def passage(self, passage: Passage) -> Passage:
        """Replace the speaker's name by the canonical one. The printed form is kept."""
        if passage.speaker is None:
            return passage
        known = self.resolve(passage.speaker, passage.outlet, passage.published)
        if known is None:
            return passage
        person, role = known
        return replace(
            passage,
            speaker=person.name,
            speaker_id=person.id,
            speaker_role=passage.speaker_role or role,
        )

    def article(self, ingested: IngestedArticle) -> IngestedArticle:
        """Replace the names of all speakers of an article by the canonical ones."""
        outlet, published = ingested.article.outlet, ingested.article.published

        def named(speaker: Speaker | None) -> Speaker | None:
            known = self.resolve(speaker.name, outlet, published) if speaker else None
            if speaker is None or known is None:
                return speaker
            return replace(speaker, name=known[0].name, role=speaker.role or known[1])

        return replace(
            ingested,
            turns=tuple(replace(turn, speaker=named(turn.speaker)) for turn in ingested.turns),
            quotations=tuple(replace(q, speaker=named(q.speaker)) for q in ingested.quotations),
            passages=tuple(self.passage(passage) for passage in ingested.passages),
        )


def key_of(name: str) -> str:
    """Return the form in which two printed names are compared."""
    return slug(name)


def _labels(person: Person, office: Office) -> Iterator[str]:
    """Return what an office is printed as: before the surname, and alone in its own outlets."""
    title = key_of(office.title).removeprefix("the-")
    yield f"{title}-{key_of(person.name.split()[-1])}"
    if office.span.outlets:
        yield title
        yield f"the-{title}"
