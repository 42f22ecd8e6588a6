"""Whom the subject of a cue means: a name as it is printed, or "he" and "the expert" by what stands
before it. Names are resolved by the article's own print (`people`); no evidence, nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.ingest.cast.introduction import Introduction
from indexer.ingest.cast.members import People
from indexer.ingest.quoting.cues import (
    BEFORE,
    LEADING_WORDS,
    NAME_BESIDE,
    NOT_A_SUBJECT,
    OF_SOMEBODY,
    UNNAMED_SUBJECT,
    WITH_SOMEBODY_SAYING,
)
from indexer.people.first_names import is_first_name
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
    written_out,
)
from indexer.people.words import ALSO_CALLED, HIGH_OFFICES, NOT_NAMES
from indexer.records import Article, Speaker
from indexer.text.sentences import sentences

INTRODUCTORY = re.compile(
    r"^\s*(?:After|As|Asked|At|Before|Despite|During|Earlier|Even|Following|For|From|In|Last|Later"
    r"|On|Since|Speaking|Though|Under|When|While|With)\b[^,]{0,160},\s"
)
"""What a sentence may have before its subject."""

QUOTED = re.compile(r"[“«„][^”»“„«]*[”»“]?|\"[^\"]*\"?")

_LEADING_NO_NAMES = re.compile(
    rf"^(?:(?:{'|'.join(NOT_NAMES)})\s+(?!York|Zealand|Jersey|Mexico|Hampshire|Delhi|Orleans))+(?=\S)",
    re.I,
)
_ARTICLE = re.compile(r"^the\s+", re.I)
_BEGINNING = re.compile(rf"\s*(?:\S+\s+){{0,3}}\S+(?:\s[{CAPITAL}]\S*)*")
_POSSESSOR = re.compile(rf"(?:[{CAPITAL}][\w-]*\s)*[{CAPITAL}][\w-]*[’']s\b")
_A_KIND = re.compile(r"\b(?:the|an?|one|another|some|many|most|several)\s$", re.I)
_A_PEOPLE = re.compile(r"(?:[aeiou]ns|ese|crats|ists)$")
_NO_SUBJECT = re.compile(r"\s*(?:I|It|He|She|They|We|You|\w+ing)\b", re.I)
_PRONOUNS = {
    **dict.fromkeys(("he", "him", "он", "er", "él", "il"), "he"),
    **dict.fromkeys(("she", "her", "она", "sie", "ella", "elle"), "she"),
}


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before words: in their paragraph, and the paragraphs before that one."""

    here: str
    earlier: Sequence[str]
    number: int


def before(texts: Sequence[str], number: int, end: int) -> Before:
    """What stands before a place in a paragraph, with the two paragraphs before."""
    return Before(texts[number][:end], texts[max(0, number - 2) : number], number)


def cues(text: str) -> list[re.Match[str]]:
    """The cues in what stands before a quotation."""
    return [
        cue
        for cue in BEFORE.finditer(text)
        if not NOT_A_SUBJECT.search(text[: cue.start()])
        or WITH_SOMEBODY_SAYING.search(text[: cue.end()])
    ]


class Subjects:
    """Resolves subjects to speakers along an article, remembering who spoke."""

    def __init__(self, article: Article, people: People, introduction: Introduction) -> None:
        self._people = people
        self._introduced = introduction.speaker
        self._texts = [article.title, *(p.text for p in article.paragraphs)]
        self._offices: dict[str, str | None] = {}
        self._pronouns: dict[str, str] = {}
        self._spoken: dict[str, Speaker] = {}
        self.last: Speaker | None = None
        self.last_place = -9

    def heard(self, speaker: Speaker, place: int) -> None:
        """Remembers who spoke, and in which paragraph."""
        self.last, self.last_place = speaker, place
        self._spoken.pop(speaker.name, None)
        self._spoken[speaker.name] = speaker

    def of(self, cue: re.Match[str], before: Before) -> Speaker | None:
        """Who is the subject of a cue; ``None`` if the text does not tell."""
        if group := _group_with_name(cue):
            return self._in_sentence(cue, group)
        groups = cue.groupdict()
        if described := groups["s_described"] or groups["t_described"]:
            return self._described(described, cue, before)
        pronoun = (groups["s_pronoun"] or groups["t_pronoun"] or "").lower()
        return self.called(_PRONOUNS.get(pronoun, ""), before, _printed(cue))

    def _in_sentence(self, cue: re.Match[str], group: str) -> Speaker | None:
        """A name as the subject of its sentence, unless it is what somebody is: "the Norwegian"."""
        name, ahead = cue[group], cue.string[: cue.start(group)]
        if " " not in name and _A_KIND.search(ahead):
            return None
        office = ahead.split()[-1] if ahead.strip() else ""
        if is_office(office):
            name = " ".join(without_land(office, name.split()))
        printed = _printed(cue)
        return self.named(name, LEADING_WORDS.sub("", printed) if group == "s" else printed)

    def _described(self, described: str, cue: re.Match[str], before: Before) -> Speaker | None:
        """Who is "the expert": a name right beside, or whoever holds that office."""
        printed = _printed(cue)
        if _is_introduced_unnamed(described, [*before.earlier, before.here]):
            return None
        beside = NAME_BESIDE.match(cue.string, cue.end())
        if beside is not None and (speaker := self.named(beside["name"], printed)):
            return speaker
        everybody = list(self._candidates(before))
        office = _ARTICLE.sub("", described).lower()
        offices = [name for name in (office, ALSO_CALLED.get(office)) if name]
        for person in everybody:
            if person.role and any(name in written_out(person.role) for name in offices):
                return replace(person, attribution=printed, evidence="cue")
        only = {one.name for one in [*self._presented(), *self._spoken.values()]} or {
            person.name for person in everybody
        }
        fitting = (one for one in everybody if not _holds_another_office(one, office))
        meant = next(fitting, None) if len(only) == 1 else None
        return replace(meant, attribution=printed, evidence="cue") if meant else None

    def called(self, pronoun: str, before: Before, printed: str) -> Speaker | None:
        """Of whom "he" or "she" is said; an empty pronoun may be anybody's."""
        if UNNAMED_SUBJECT.search(before.here) and not self._people.mentions(before.here):
            return None
        for person in self._likely_first(self._candidates(before)):
            if not pronoun or self._is_called(person.name, pronoun):
                return replace(person, attribution=printed, evidence="cue")
        return None

    def _is_called(self, name: str, pronoun: str) -> bool:
        """Whether "he" or "she" may be said of somebody, as far as names and the text tell."""
        said = self._pronouns.get(name) or self._people.pronoun_of(name)
        return self._pronouns.setdefault(name, said or pronoun) == pronoun

    def _likely_first(self, candidates: Iterable[Speaker]) -> Iterator[Speaker]:
        """Those with an office or a known first name before those who may be no person."""
        unlikely: list[Speaker] = []
        for one in candidates:
            if one.role or self.is_somebody(one.name):
                yield one
            else:
                unlikely.append(one)
        yield from unlikely

    def is_somebody(self, name: str) -> bool:
        """Whether a name is surely a person's: it has a known first name or an initial, or its
        bearer has spoken."""
        first = name.split()[0]
        return name in self._spoken or is_first_name(first) or first.endswith(".")

    def _candidates(self, before: Before) -> Iterator[Speaker]:
        """Who could be meant, the likeliest first: whom the sentences before are about, who is
        named in this paragraph, the last speaker, the introduced person, earlier speakers, people
        named in the paragraphs before."""
        yield from self._recent(before)
        here = OF_SOMEBODY.sub(" ", before.here)
        yield from map(self.person, _subjects_first(self._people, here))
        spoken = [*([self.last] if self.last else []), *reversed(self._spoken.values())]
        yield from (*spoken[:1], *self._presented(), *spoken[1:])
        for text in reversed(before.earlier):
            yield from map(self.person, self._people.mentions(text))
        # A headline may be all capitals: only who is named in the text too is a person there.
        for name in self._people.mentions(self._texts[0]):
            if self._people.prints(name, times=2):
                yield self.person(name)

    def _presented(self) -> list[Speaker]:
        return [self._introduced] if self._introduced else []

    def _recent(self, before: Before) -> Iterator[Speaker]:
        """Whom the sentences before are about, the latest first: who says something in them, or is
        their subject."""
        for back, text in enumerate([before.here, *reversed(before.earlier)]):
            told = OF_SOMEBODY.sub(" ", QUOTED.sub(" ", text))
            latest_first = [told[slice(*span)] for span in reversed(sentences(told))]
            for sentence in latest_first:
                yield from self._subjects(sentence)
            if self.last is not None and self.last_place == before.number - back:
                yield self.last
            for sentence in latest_first:
                if len(alone := set(self._people.mentions(sentence))) == 1:
                    yield self.person(alone.pop())

    def _subjects(self, sentence: str) -> Iterator[Speaker]:
        for cue in reversed(cues(sentence)):
            group = _group_with_name(cue)
            if group and (speaker := self._in_sentence(cue, group)):
                yield speaker
        after_comma = sentence.partition(", ")[2]
        for clause in (INTRODUCTORY.sub("", sentence), sentence, after_comma):
            if name := self.beginning(clause):
                yield self.person(name)

    def beginning(self, clause: str) -> str | None:
        """The person with whom a clause begins, as a rule its subject."""
        found = _BEGINNING.match(_POSSESSOR.sub("", OF_SOMEBODY.sub(" ", clause)))
        if found is None or _NO_SUBJECT.match(clause):
            return None
        return next(iter(self._people.mentions(found.group())), None)

    def person(self, name: str, printed: str = "") -> Speaker:
        """A full name as a speaker, with the office that is printed beside it."""
        words = printed.strip(" ,–—-") or name
        return Speaker(name, name, words, self._office(name), "cue")

    def named(self, name: str, printed: str) -> Speaker | None:
        """A printed name as a speaker; ``None`` if it is nobody's."""
        name = without_body(_LEADING_NO_NAMES.sub("", name))
        _, bare = split_office(name)
        words = words_of(without_honorific(bare))
        if words and is_office(words[-1]) and " " not in self._people.full_name(words[-1]):
            return self._holder(name, printed)
        if is_organisation(bare) or is_outlet(bare):
            return Speaker(name, name, printed, evidence="cue")
        if not could_be_name(without_honorific(bare)) or all(map(self._people.is_common, words)):
            return None
        full, office = self._people.named(name)
        if " " not in full and (
            full.isupper() or _A_PEOPLE.search(full) or not self._people.is_proper(full)
        ):
            return None
        return Speaker(full, name, printed, office or self._office(full), "cue")

    def _holder(self, office: str, printed: str) -> Speaker | None:
        """Whom an office without a name means: whoever is printed with it, if it is one person."""
        holder = self._people.holder_of(office, self._texts)
        return Speaker(holder, office, printed, office, "cue") if holder else None

    def _office(self, full: str) -> str | None:
        if full not in self._offices:
            introduced = self._introduced
            known = introduced.role if introduced and introduced.name == full else None
            printed = known or printed_office(full, self._texts)
            self._offices[full] = printed or split_office(full)[0]
        return self._offices[full]


def _group_with_name(cue: re.Match[str]) -> str | None:
    """The group of a cue that holds a name, if its subject is one."""
    groups = cue.groupdict()
    return next((name for name in ("s_last", "t_last", "of", "s", "t") if groups.get(name)), None)


def _printed(cue: re.Match[str]) -> str:
    return cue.group().strip(" ,–—-")


def _is_introduced_unnamed(described: str, texts: Sequence[str]) -> bool:
    """Whether "the diplomat" is "a diplomat" of the sentences before, whom nobody names."""
    noun = re.escape(described.split()[-1])
    between = r"(?:(?!(?:the|for|of|to|with|by|that|who)\b)[\w-]+\s){0,3}?"
    indefinite = re.compile(rf"\b(?i:an?|one|another)\s{between}{noun}\b(?!,)")
    return any(map(indefinite.search, texts))


def _holds_another_office(person: Speaker, office: str) -> bool:
    """Whether "the minister" cannot be somebody whose printed office is that of a president."""
    return bool(person.role) and office.split()[-1] in HIGH_OFFICES


def _subjects_first(people: People, text: str) -> list[str]:
    """The people whom a text names, the latest first; those who begin a sentence before others."""
    latest_first = [text[start:end] for start, end in reversed(sentences(text))]
    clauses = (_POSSESSOR.sub("", sentence) for sentence in latest_first)
    beginnings = [found.group() for found in map(_BEGINNING.match, clauses) if found]
    subjects = [name for beginning in beginnings for name in people.mentions(beginning)]
    return [*subjects, *(name for sentence in latest_first for name in people.mentions(sentence))]
