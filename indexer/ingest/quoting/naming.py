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
from indexer.people.first_names import is_first_name
from indexer.people.names import (
    CAPITAL,
    could_be_name,
    is_office,
    is_organisation,
    is_outlet,
    printed_office,
    without_body,
    without_honorific,
    words_of,
)
from indexer.people.office_and_name import split_office, without_land
from indexer.people.words import NOT_NAMES, TEXT_WORDS
from indexer.records import Speaker

_LEADING_NO_NAMES = re.compile(
    rf"^(?:(?:{'|'.join(NOT_NAMES)})\s+(?!York|Zealand|Jersey|Mexico|Hampshire|Delhi|Orleans))+(?=\S)",
    re.I,
)
_BEGINNING = re.compile(rf"\s*(?:\S+\s+){{0,3}}\S+(?:\s[{CAPITAL}]\S*)*")
_POSSESSOR = re.compile(rf"(?:[{CAPITAL}][\w-]*\s)*[{CAPITAL}][\w-]*[’']s\b")
_OF_A_FIELD = ("for", "of", "at", "in")
"""Words at the end of an office after which no name stands: "Minister for Ports"."""

_PLACE = re.compile(rf"\b(?:at|from|in|of)\s[{CAPITAL}][\w’-]*,\s$")
"""Before the land that a place is in: "the city of Ilven, Tavia"."""

_A_KIND = re.compile(r"\b(?:the|an?|one|another|some|many|most|several)\s$", re.I)
_A_PEOPLE = re.compile(r"(?:[aeiou]ns|ese|crats|ists)$")
_NO_SUBJECT = re.compile(r"\s*(?:I|It|He|She|They|We|You|\w+ing)\b", re.I)


_CLAUSE = re.compile(
    r"^(?:among|one|some|those)\b|^(?:\S+\s)?officers\b"
    r"|\b(?:who|whom|whose|which|that)\b|\b(?:[JS]r)\.?$"
)
"""What is printed beside a name and is no office: "officers who guarded the banner"."""

_TO_OFFICE = re.compile(r"^(?:\W*[a-z]\w*)*\W*")


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
        office_before, bare = split_office(name)
        words = words_of(without_honorific(bare))
        if (words and words[-1].lower() in TEXT_WORDS) or self._is_joint(name):
            return None
        if words and is_office(words[-1]) and " " not in self._people.names.of(words[-1]):
            return self._holder(name, printed)
        if office_before and words_of(office_before)[-1] in _OF_A_FIELD:
            return None
        is_body = bool(office_before) and not any(map(is_office, words_of(office_before or "")))
        if is_body or is_organisation(bare) or is_outlet(bare):
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
        if name.endswith(" I"):  # "In my address to the Port Council I said"
            return None
        head, _, tail = name.partition(", the ")
        if tail and not any(
            map(is_office, head.split())
        ):  # "Sadly, the Court"; "the Bank, the Fund"
            name = tail if group == "s" else head
        if " " not in name and _A_KIND.search(ahead):
            return None
        if " " not in name and _PLACE.search(ahead) and not self._people.mentions(name):
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

    def _is_joint(self, name: str) -> bool:
        """Return whether two people are named: "Prime Minister Arel and President Velidze"."""
        one, _, other = name.partition(" and ")
        words = one.split()
        if not other or len(words) < 2 or is_office(words[-1]):
            return False
        is_person = is_office(words[-2]) or is_first_name(words[-2])
        return is_person or bool(self._people.mentions(one))

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
            alone = self._only_office(printed) if printed else None
            self._offices[full] = alone or split_office(full)[0]
        return self._offices[full]

    def _only_office(self, printed: str) -> str | None:
        """Return an office without what is told of others; ``None`` for clauses.

        "Port Director Jon Berg met with Governor" is "Governor".
        """
        others = [words for words in self._people.mentions(printed) if words in printed]
        for other in others:
            printed = printed.rpartition(other)[2]
        words = _TO_OFFICE.sub("", printed).split() if others else printed.split()
        is_clause = _CLAUSE.search(printed) or not any(map(is_office, words_of(" ".join(words))))
        is_plural = len(words) == 1 and words[0].endswith("s") and is_office(words[0][:-1])
        return None if is_clause or is_plural else " ".join(words)


def without_possessors(text: str) -> str:
    """Return a text without the names that only tell whose something is: "Arel's"."""
    return _POSSESSOR.sub("", text)


def beginning_of(clause: str) -> str | None:
    """Return the first words of a clause, to the end of a name that they may hold."""
    match = _BEGINNING.match(without_possessors(clause))
    return match.group() if match else None
