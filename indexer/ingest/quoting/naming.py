"""Printed names to speakers, with their offices."""

from __future__ import annotations

import re

from indexer.ingest.cast.context import ArticleContext
from indexer.ingest.quoting.cues import (
    LEADING_WORDS,
    OF_SOMEBODY,
    group_with_name,
    printed_words,
)
from indexer.people.names import (
    CAPITAL,
    could_be_name,
    is_office,
    is_organisation,
    is_outlet,
    printed_office,
    split_office,
    without_body,
    without_honorific,
    without_land,
    words_of,
)
from indexer.people.words import NOT_NAMES
from indexer.records import Speaker

_LEADING_NO_NAMES = re.compile(
    rf"^(?:(?:{'|'.join(NOT_NAMES)})\s+(?!York|Zealand|Jersey|Mexico|Hampshire|Delhi|Orleans))+(?=\S)",
    re.I,
)
_BEGINNING = re.compile(rf"\s*(?:\S+\s+){{0,3}}\S+(?:\s[{CAPITAL}]\S*)*")
_POSSESSOR = re.compile(rf"(?:[{CAPITAL}][\w-]*\s)*[{CAPITAL}][\w-]*[’']s\b")
_A_KIND = re.compile(r"\b(?:the|an?|one|another|some|many|most|several)\s$", re.I)
_A_PEOPLE = re.compile(r"(?:[aeiou]ns|ese|crats|ists)$")
_NO_SUBJECT = re.compile(r"\s*(?:I|It|He|She|They|We|You|\w+ing)\b", re.I)


class Namer:
    """Turns the names of an article into speakers."""

    def __init__(self, context: ArticleContext) -> None:
        self._people = context.people
        self._introduced = context.introduction.speaker
        self._texts = context.texts
        self._offices: dict[str, str | None] = {}

    def person(self, full: str, printed: str = "") -> Speaker:
        """Return a full name as a speaker, with the office that is printed next to it."""
        words = printed.strip(" ,–—-") or full
        return Speaker(full, full, words, self._office(full), "cue")

    def named(self, name: str, printed: str) -> Speaker | None:
        """Return a printed name as a speaker; ``None`` if it is nobody's."""
        name = without_body(_LEADING_NO_NAMES.sub("", name))
        _, bare = split_office(name)
        words = words_of(without_honorific(bare))
        if words and is_office(words[-1]) and " " not in self._people.names.of(words[-1]):
            return self._holder(name, printed)
        if is_organisation(bare) or is_outlet(bare):
            return Speaker(name, name, printed, evidence="cue")
        is_common = all(map(self._people.words.is_common, words))
        if is_common or not could_be_name(without_honorific(bare)):
            return None
        full, office = self._people.named(name)
        if " " not in full and self._is_no_surname(full):
            return None
        return Speaker(full, name, printed, office or self._office(full), "cue")

    def subject_of(self, cue: re.Match[str]) -> Speaker | None:
        """Return the name that is the subject of a cue as a speaker.

        ``None`` if it is no name, or the kind that somebody is: "the Norwegian".
        """
        group = group_with_name(cue)
        if group is None:
            return None
        name, ahead = cue[group], cue.string[: cue.start(group)]
        if " " not in name and _A_KIND.search(ahead):
            return None
        office = ahead.split()[-1] if ahead.strip() else ""
        if is_office(office):
            name = " ".join(without_land(office, name.split()))
        printed = printed_words(cue)
        return self.named(name, LEADING_WORDS.sub("", printed) if group == "s" else printed)

    def beginning(self, clause: str) -> str | None:
        """Return the person with whom a clause begins, as a rule its subject."""
        beginning = _BEGINNING.match(without_possessors(OF_SOMEBODY.sub(" ", clause)))
        if beginning is None or _NO_SUBJECT.match(clause):
            return None
        return next(iter(self._people.mentions(beginning.group())), None)

    def _is_no_surname(self, word: str) -> bool:
        return (
            word.isupper()
            or _A_PEOPLE.search(word) is not None
            or not self._people.words.is_proper(word)
        )

    def _holder(self, office: str, printed: str) -> Speaker | None:
        """Return the person who is printed with an office, if it is one person."""
        holder = self._people.holder_of(office, self._texts)
        return Speaker(holder, office, printed, office, "cue") if holder else None

    def _office(self, full: str) -> str | None:
        if full not in self._offices:
            introduced = self._introduced
            known = introduced.role if introduced and introduced.name == full else None
            printed = known or printed_office(full, self._texts)
            self._offices[full] = printed or split_office(full)[0]
        return self._offices[full]


def without_possessors(text: str) -> str:
    """Return a text without the names that only tell whose something is: "Arel's"."""
    return _POSSESSOR.sub("", text)


def beginning_of(clause: str) -> str | None:
    """Return the first words of a clause, to the end of a name that they may hold."""
    match = _BEGINNING.match(without_possessors(clause))
    return match.group() if match else None
