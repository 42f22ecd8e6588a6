"""Names that may be a speaker's: those of persons and of bodies, not of things and places."""

from __future__ import annotations

from indexer.ingest.cast.members import People
from indexer.ingest.quoting.candidates import Heard
from indexer.people.first_names import is_first_name
from indexer.people.honorifics import HONORIFICS
from indexer.people.names import is_office, is_organisation, is_outlet
from indexer.records import Speaker


class Voices:
    """Tells the names of those who can speak from others, by an article's own print."""

    def __init__(self, people: People, heard: Heard) -> None:
        self.heard = heard
        self._people = people

    def is_somebody(self, name: str) -> bool:
        """Return whether a name is surely a person's.

        It has a known first name or an initial, or its bearer has spoken.
        """
        first = name.split()[0]
        is_heard = name in self.heard.speakers
        return is_heard or is_first_name(first) or first.endswith(".")

    def is_speaker(self, person: Speaker) -> bool:
        """Return whether a name is a person's or a body's, and not that of a thing or a place."""
        name, is_proper = person.name, self._people.words.is_proper
        words = name.split()
        if len(words) == 1 and not is_proper(name):
            return False
        is_body = is_organisation(name) or is_outlet(name) or name.isupper()
        is_titled = any(
            word.lower().rstrip(".") in HONORIFICS for word in person.attribution.split()
        )
        is_known = is_titled or bool(self._people.pronouns.of(name)) or self.is_somebody(name)
        has_short_form = len(words) > 1 and is_proper(words[-1], times=2)
        return (
            bool(person.role) or is_body or is_known or has_short_form or any(map(is_office, words))
        )
