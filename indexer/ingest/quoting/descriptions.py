"""The person whom a description means in English: "the expert", "the head of state"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.ingest.cast.members import People
from indexer.ingest.quoting.candidates import Candidates
from indexer.ingest.quoting.setting import Before
from indexer.ingest.quoting.voices import Voices
from indexer.people.names import is_office, is_organisation, written_out
from indexer.people.telling import ENGLISH
from indexer.people.words import HIGH_OFFICES
from indexer.records import Speaker

_ARTICLE = re.compile(r"^the\s+", re.I)
_RANKS = frozenset(("acting", "deputy", "former", "vice", "first"))
_ALSO_CALLED = dict(ENGLISH.pairs("also"))
"""Offices with their other names in the same article."""

_STEM = 4
"""Letters that a land and its people share: "Norway", "Norwegian"."""


class Descriptions:
    """Finds the people who are described by what an article prints beside their names."""

    def __init__(self, candidates: Candidates, voices: Voices, people: People) -> None:
        self._candidates = candidates
        self._voices = voices
        self._people = people

    def holder(self, described: str, before: Before) -> Speaker | None:
        """Return the person who holds an office, or whom alone a description can mean."""
        everybody = [p for p in self._candidates.likely(before) if self._fits(p, described)]
        office = _ARTICLE.sub("", described).lower()
        also = (other for name, other in _ALSO_CALLED.items() if office.endswith(name))
        offices = [office, *also]
        last = self._voices.heard.last
        if last in everybody and any(name in written_out(last.attribution) for name in offices):
            return last
        holders = [
            p for p in everybody if p.role and any(name in written_out(p.role) for name in offices)
        ]
        if holders:
            is_one = len({holder.name for holder in holders}) == 1
            return holders[0] if is_one or last in holders[:1] else None
        known = [*self._candidates.introduced(), *self._voices.heard.speakers.values()]
        everybody = [p for p in everybody if self._voices.is_somebody(p.name) or p in known]
        everybody = [p for p in everybody if not is_organisation(p.name)]
        is_high = office.split()[-1] in HIGH_OFFICES or office.endswith(tuple(_ALSO_CALLED))
        fitting = [person for person in everybody if not _holds_another_office(person, office)]
        names = {person.name for person in (fitting if is_high else known or everybody)}
        return next(iter(fitting), None) if len(names) == 1 else None

    def _fits(self, person: Speaker, described: str) -> bool:
        """Return whether a person may be called so: "the Russian president", "the former mayor".

        A rank must be printed in their office; a land must not differ from the one beside it.
        """
        words = [word for word in described.split()[1:] if not is_office(word)]
        ranks = {word.lower() for word in described.split()[1:-1]} & _RANKS
        own = self._people.before_name(person.name)
        if not ranks <= set(f"{person.role or ''} {' '.join(own)}".lower().split()):
            return False
        lands = {word[:_STEM] for word in words if word[0].isupper()}
        others = {word[:_STEM] for word in own if not is_office(word)}
        return not lands or not others or bool(lands & others)


def is_introduced_unnamed(described: str, texts: Sequence[str]) -> bool:
    """Return whether "the diplomat" is "a diplomat" of the sentences before, whom nobody names."""
    noun = re.escape(described.split()[-1])
    between = r"(?:(?!(?:the|for|of|to|with|by|that|who)\b)[\w-]+\s){0,3}?"
    indefinite = re.compile(rf"\b(?i:an?|one|another)\s{between}{noun}\b(?!,)")
    return any(map(indefinite.search, texts))


def _holds_another_office(person: Speaker, office: str) -> bool:
    """Return whether "the minister" cannot be a person: their printed office is a president's."""
    return bool(person.role) and (
        office.split()[-1] in HIGH_OFFICES or office.endswith(tuple(_ALSO_CALLED))
    )
