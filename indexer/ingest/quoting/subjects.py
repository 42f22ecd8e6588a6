"""Subjects of cues to speakers: a printed name, or "he" and "the expert" by the text before.

Names are resolved by the article's own print; without evidence there is no speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from indexer.ingest.cast.context import ArticleContext
from indexer.ingest.quoting.candidates import Candidates, Heard
from indexer.ingest.quoting.cues import (
    NAME_BESIDE,
    UNNAMED_SUBJECT,
    group_with_name,
    printed_words,
)
from indexer.ingest.quoting.naming import Namer
from indexer.ingest.quoting.setting import Before
from indexer.people.first_names import is_first_name
from indexer.people.names import written_out
from indexer.people.words import ALSO_CALLED, HIGH_OFFICES
from indexer.records import Speaker

_ARTICLE = re.compile(r"^the\s+", re.I)
_PRONOUNS = {
    **dict.fromkeys(("he", "him", "он", "er", "él", "il"), "he"),
    **dict.fromkeys(("she", "her", "она", "sie", "ella", "elle"), "she"),
}


class Subjects:
    """Resolves subjects along one walk through an article, by the speakers heard so far."""

    def __init__(self, context: ArticleContext, namer: Namer) -> None:
        self.heard = Heard()
        self._people = context.people
        self._namer = namer
        self._candidates = Candidates(context, namer, self.heard)
        self._pronouns: dict[str, str] = {}

    def of(self, cue: re.Match[str], before: Before) -> Speaker | None:
        """Return the subject of a cue; ``None`` if the text does not tell it."""
        if group_with_name(cue):
            return self._namer.subject_of(cue)
        groups = cue.groupdict()
        if described := groups["s_described"] or groups["t_described"]:
            return self._described(described, cue, before)
        pronoun = (groups["s_pronoun"] or groups["t_pronoun"] or "").lower()
        return self.called(_PRONOUNS.get(pronoun, ""), before, printed_words(cue))

    def _described(self, described: str, cue: re.Match[str], before: Before) -> Speaker | None:
        """Return the person of a description ("the expert").

        A name right next to it, or whoever holds that office.
        """
        printed = printed_words(cue)
        if _is_introduced_unnamed(described, [*before.earlier, before.here]):
            return None
        beside = NAME_BESIDE.match(cue.string, cue.end())
        if beside is not None and (speaker := self._namer.named(beside["name"], printed)):
            return speaker
        everybody = list(self._candidates.likely(before))
        office = _ARTICLE.sub("", described).lower()
        offices = [name for name in (office, ALSO_CALLED.get(office)) if name]
        for person in everybody:
            if person.role and any(name in written_out(person.role) for name in offices):
                return replace(person, attribution=printed, evidence="cue")
        known = [*self._candidates.introduced(), *self.heard.speakers.values()]
        names = {person.name for person in known or everybody}
        fitting = (person for person in everybody if not _holds_another_office(person, office))
        meant = next(fitting, None) if len(names) == 1 else None
        return replace(meant, attribution=printed, evidence="cue") if meant else None

    def called(self, pronoun: str, before: Before, printed: str) -> Speaker | None:
        """Return the person whom "he" or "she" means; an empty pronoun may be anybody's."""
        if UNNAMED_SUBJECT.search(before.here) and not self._people.mentions(before.here):
            return None
        for person in self._likely_first(self._candidates.likely(before)):
            if not pronoun or self._is_called(person.name, pronoun):
                return replace(person, attribution=printed, evidence="cue")
        return None

    def is_somebody(self, name: str) -> bool:
        """Return whether a name is surely a person's.

        It has a known first name or an initial, or its bearer has spoken.
        """
        first = name.split()[0]
        return name in self.heard.speakers or is_first_name(first) or first.endswith(".")

    def _is_called(self, name: str, pronoun: str) -> bool:
        """Return whether a pronoun may be somebody's, as far as names and the text tell."""
        known = self._pronouns.get(name) or self._people.pronouns.of(name)
        return self._pronouns.setdefault(name, known or pronoun) == pronoun

    def _likely_first(self, candidates: Iterable[Speaker]) -> Iterator[Speaker]:
        """Yield those with an office or a known first name before those who may be no person."""
        unlikely: list[Speaker] = []
        for person in candidates:
            if person.role or self.is_somebody(person.name):
                yield person
            else:
                unlikely.append(person)
        yield from unlikely


def _is_introduced_unnamed(described: str, texts: Sequence[str]) -> bool:
    """Return whether "the diplomat" is "a diplomat" of the sentences before, whom nobody names."""
    noun = re.escape(described.split()[-1])
    between = r"(?:(?!(?:the|for|of|to|with|by|that|who)\b)[\w-]+\s){0,3}?"
    indefinite = re.compile(rf"\b(?i:an?|one|another)\s{between}{noun}\b(?!,)")
    return any(map(indefinite.search, texts))


def _holds_another_office(person: Speaker, office: str) -> bool:
    """Return whether "the minister" cannot be a person: their printed office is a president's."""
    return bool(person.role) and office.split()[-1] in HIGH_OFFICES
