"""Subjects of cues to speakers: a printed name, or "he" and "the expert" by the text before.

Names are resolved by the article's own print; without evidence there is no speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from indexer.ingest.cast.context import ArticleContext
from indexer.ingest.quoting.candidates import QUOTED, Candidates, Heard
from indexer.ingest.quoting.cues import (
    AND_ANOTHER,
    DESCRIBED_AT_END,
    DESCRIBED_SUBJECT,
    NAME_BESIDE,
    SAID_BY_ANOTHER,
    SAID_BY_ANOTHER_AT_END,
    SAYING,
    UNNAMED_SUBJECT,
    group_with_name,
    printed_words,
)
from indexer.ingest.quoting.descriptions import Descriptions, is_introduced_unnamed
from indexer.ingest.quoting.naming import Namer
from indexer.ingest.quoting.setting import Before
from indexer.ingest.quoting.voices import Voices
from indexer.people.first_names import is_first_name
from indexer.people.names import NAME, is_organisation, is_outlet, without_honorific
from indexer.people.words import NOT_NAMES
from indexer.records import Speaker
from indexer.text.sentences import sentences

_NAME_AT_BEGINNING = re.compile(rf"(?:(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er)\s)?(?P<name>{NAME})")

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
        self.voices = Voices(context.people, self.heard)
        self._descriptions = Descriptions(self._candidates, self.voices, context.people)
        self._pronouns: dict[str, str] = {}

    def of(self, cue: re.Match[str], before: Before) -> Speaker | None:
        """Return the subject of a cue; ``None`` if the text does not tell it."""
        groups = cue.groupdict()
        if groups["t"] and AND_ANOTHER.match(cue.string, cue.end("t")):
            return None
        if group_with_name(cue):
            return self._namer.subject_of(cue)
        if described := groups["s_described"] or groups["t_described"]:
            return self._described(described, cue, before)
        pronoun = (groups["s_pronoun"] or groups["t_pronoun"] or "").lower()
        return self.called(_PRONOUNS.get(pronoun, ""), before, printed_words(cue))

    def _described(self, described: str, cue: re.Match[str], before: Before) -> Speaker | None:
        """Return the person of a description ("the expert").

        A name right next to it, or whoever holds that office.
        """
        printed = printed_words(cue)
        if is_introduced_unnamed(described, [*before.earlier, before.here]):
            return None
        beside = NAME_BESIDE.match(cue.string, cue.end())
        if beside is not None and (speaker := self._namer.named(beside["name"], printed)):
            return speaker
        meant = self._descriptions.holder(described, before)
        return replace(meant, attribution=printed, evidence="cue") if meant else None

    def called(self, pronoun: str, before: Before, printed: str) -> Speaker | None:
        """Return the person whom "he" or "she" means; an empty pronoun may be anybody's."""
        if UNNAMED_SUBJECT.search(before.here) and not self._people.mentions(before.here):
            return None
        last = _last_sentence(before)
        if subject := DESCRIBED_SUBJECT.match(last) or DESCRIBED_AT_END.search(last):
            meant = self._descriptions.holder(subject["described"], before)
            if meant is None or not self._is_called(meant.name, pronoun):
                return None
            return replace(meant, attribution=printed, evidence="cue")
        if SAID_BY_ANOTHER.match(last) or SAID_BY_ANOTHER_AT_END.search(last):
            return None
        if self._begins_with_another(last):
            return None
        for person in self._likely_first(self._candidates.likely(before), last):
            if not pronoun or self._is_called(person.name, pronoun):
                return replace(person, attribution=printed, evidence="cue")
        return None

    def _is_called(self, name: str, pronoun: str) -> bool:
        """Return whether a pronoun may be somebody's, as far as names and the text tell."""
        known = self._pronouns.get(name) or self._people.pronouns.of(name)
        return self._pronouns.setdefault(name, known or pronoun) == pronoun

    def _begins_with_another(self, sentence: str) -> bool:
        """Return whether a sentence begins with a name of two words that nobody is known by."""
        begins = _NAME_AT_BEGINNING.match(sentence)
        if begins is None or not _may_be_person(begins["name"]):
            return False
        return not self._people.mentions(begins.group())

    def _likely_first(self, candidates: Iterable[Speaker], last: str) -> Iterator[Speaker]:
        """Yield those who say something, or have an office or a known first name, before others.

        Others are those whom the text calls he or she; the rest may be no person at all. Nobody is
        meant before a name of two words in the last sentence that may be a person's.
        """
        unlikely: list[Speaker] = []
        for person in candidates:
            is_saying = SAYING.search(person.attribution) and not is_organisation(person.name)
            if person.role or is_saying or self.voices.is_somebody(person.name):
                yield person
            elif self._people.pronouns.of(person.name):
                unlikely.append(person)
            elif _may_be_person(person.name) and person.name in last:
                return
        yield from unlikely


def _may_be_person(name: str) -> bool:
    """Return whether a name of several words is not that of a body."""
    first, _, rest = without_honorific(name).partition(" ")
    is_body = is_organisation(name) or is_outlet(name) or name.isupper()
    is_name = first.lower() not in NOT_NAMES or is_first_name(first)  # "June"
    return bool(rest) and is_name and not is_body


def _last_sentence(before: Before) -> str:
    """Return the last sentence before a place, without quoted words."""
    text = before.here if before.here.strip() else "".join(before.earlier[-1:])
    unquoted = QUOTED.sub(" ", text)
    spans = sentences(unquoted)
    return unquoted[slice(*spans[-1])].strip() if spans else ""
