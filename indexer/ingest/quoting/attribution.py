"""Whose words a quotation in running text is: by cue words before, after or inside it, worked into
a sentence, or carried on from the last one. No evidence, no speaker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.ingest.cast.introduction import Introduction
from indexer.ingest.cast.members import People
from indexer.ingest.quoting.cues import (
    AFTER,
    ASKED,
    INDIRECT,
    INDIRECT_AT_END,
    INSIDE,
    LATER,
    MESSAGE,
    OF_SOMEBODY,
    SAID_BY_ANOTHER,
    SAYING,
    SENT,
    SET_OFF,
    SIGNED,
    SPEAKS_ON,
    SUBJECT_LEFT_OUT,
)
from indexer.ingest.quoting.quotations import Quoted, quoted
from indexer.ingest.quoting.subjects import INTRODUCTORY, QUOTED, Before, Subjects, before, cues
from indexer.records import Article, Speaker
from indexer.text.marks import with_printed_marks
from indexer.text.sentences import sentence_ends, sentences

_NEW_SENTENCE = re.compile(r"\s+[“\"«]?[^\W\d_a-zа-я]")
_SUBJECT_OF_ITS_OWN = re.compile(
    r"\s*(?:And|At|But|He|Her|His|In|It|On|Other|She|Some|Still|The|Their|They|When|While|Yet)\s"
)
_HE_OR_SHE = re.compile(r"\s*(He|She|he|she)\b")
_THAT = re.compile(r"(?<=\w)\s(?:after|how|if|that|when|whether|which|who)\s")
_OF_ANOTHER = re.compile(
    r"\b(?:is|are|was|were|be|been|being|got)\s(?:\w+ly\s)?(?:\w+ed|told|shown|known|given|seen)\b"
    r"|\b(?:quot|cit|read|hear|saw|see|watch|titl|entitl|sign)(?:ed|ing|es?|s|d)?\b",
    re.I,
)
"""A sentence in which its subject does not speak: something is done to it, or it quotes."""

_FEWEST_WORDS = 4
"""Quoted words without a cue of their own; fewer are a name or a word held at arm's length."""


@dataclass(frozen=True, slots=True)
class Attributed:
    """A quotation with its place in the paragraphs and its speaker."""

    quote: Quoted
    speaker: Speaker | None


@dataclass(frozen=True, slots=True)
class _Setting:
    """A quotation with the text around it: what stands before it, and the rest of its sentence on
    both sides. ``floor`` is where the quotation before it ends in its paragraph, else 0."""

    quote: Quoted
    words: str
    told: Before
    sentence: str
    after: str
    floor: int


def text_of(quote: Quoted, texts: Sequence[str]) -> str:
    """The words of a quotation, its paragraphs parted by an empty line."""
    return "\n\n".join(texts[number][start:end] for number, (start, end) in quote.parts)


class Attributor:
    """Walks through an article's quotations, and through what it tells without quoting."""

    def __init__(self, article: Article, people: People, introduction: Introduction) -> None:
        self._people = people
        self._texts = [article.title, *(p.text for p in article.paragraphs)]
        self._subjects = Subjects(article, people, introduction)

    def heard(self, speaker: Speaker, place: int) -> None:
        """Remembers who spoke, and in which paragraph."""
        self._subjects.heard(speaker, place)

    def told_by(self, sentence: str, before: Before) -> Speaker | None:
        """Whose words a sentence without quotation marks tells: "Arel said that …"."""
        cue = INDIRECT.match(sentence) or INDIRECT_AT_END.search(sentence)
        return self._subjects.of(cue, before) if cue else None

    def attributed(self, texts: Sequence[str]) -> list[Attributed]:
        """The quotations in paragraphs, in order."""
        texts = [with_printed_marks(text) for text in texts]
        quotes = quoted(texts)
        found: list[Attributed] = []
        for index, quote in enumerate(quotes):
            earlier = found[-1].quote if found else None
            following = quotes[index + 1] if index + 1 < len(quotes) else None
            setting = _setting(quote, earlier, following, texts)
            speaker = self._signed(quote, texts) or self._speaker(setting, texts)
            if speaker is None and not _is_said(setting.words):
                continue
            if speaker is not None:
                self.heard(speaker, quote.parts[-1][0])
            if _signature(quote, texts):
                self._subjects.last = None
            found.append(Attributed(quote, speaker))
        return found

    def _signed(self, quote: Quoted, texts: Sequence[str]) -> Speaker | None:
        signed = _signature(quote, texts)
        return self._subjects.named(signed["s"], signed.group().strip()) if signed else None

    def _speaker(self, setting: _Setting, texts: Sequence[str]) -> Speaker | None:
        told, sentence, after = setting.told, setting.sentence, setting.after
        if set_off := SET_OFF.search(told.here):
            return self._subjects.named(set_off["s"], set_off.group().strip())
        if cue := AFTER.match(after) or INSIDE.search(setting.words) or LATER.search(after):
            return self._subjects.of(cue, told)
        if left_out := SUBJECT_LEFT_OUT.match(after):
            named = set(self._people.mentions(told.here))
            is_one = len(named) == 1
            return self._subjects.person(named.pop(), left_out.group()) if is_one else None
        if found := cues(sentence):
            return self._subjects.of(found[-1], _until(told, sentence, found[-1].start()))
        last = self._subjects.last
        if setting.floor and last is not None and SPEAKS_ON.match(sentence):
            return replace(last, evidence="carried")
        if SAID_BY_ANOTHER.match(after):
            self._subjects.last = None
            return None
        first = setting.quote.parts[0][0]
        announcing = sentence if sentence.strip() or not first else texts[first - 1]
        if speaker := (
            self._sender(announcing) or self._announced(announcing, told) or self._acting(setting)
        ):
            return speaker
        spent = AFTER.match(sentence) if setting.floor else None
        if SAYING.search(after[:80]) or SAYING.search(sentence, spent.end() if spent else 0):
            # Somebody says it whom the article does not name.
            self._subjects.last = None
            return None
        return self._carried(setting, texts)

    def _acting(self, setting: _Setting) -> Speaker | None:
        """Whose words are worked into a sentence: its subject's, if it does something ("Reid has
        gone after him as a “leech”")."""
        doing = _THAT.split(QUOTED.sub(" ", setting.sentence), maxsplit=1)[0]
        is_short = len(setting.words.split()) < _FEWEST_WORDS
        if not doing.strip() or _OF_ANOTHER.search(doing) or is_short:
            return None
        clause = INTRODUCTORY.sub("", doing)
        printed = doing[-120:].strip()
        if pronoun := _HE_OR_SHE.match(clause):
            earlier = _until(setting.told, setting.sentence, 0)
            return self._subjects.called(pronoun[1].lower(), earlier, printed)
        name = self._subjects.beginning(clause)
        is_somebody = name is not None and self._subjects.is_somebody(name)
        return self._subjects.person(name, printed) if name and is_somebody else None

    def _sender(self, announcing: str) -> Speaker | None:
        """Who sent the message that an announcement says to speak."""
        if not MESSAGE.search(announcing):
            return None
        senders = (found["name"] for text in self._texts for found in SENT.finditer(text))
        named = (self._subjects.named(name, announcing.strip(" :")) for name in senders)
        return next((speaker for speaker in named if speaker is not None), None)

    def _announced(self, announcing: str, told: Before) -> Speaker | None:
        """The one person whom words that end in a colon name, or "he": they need no verb."""
        if not announcing.rstrip().endswith(":"):
            return None
        ends = sentence_ends(announcing)
        printed = announcing[ends[-1] if ends else 0 :].strip()
        people = set(self._people.mentions(OF_SOMEBODY.sub(" ", announcing)))
        if len(people) == 1:
            return self._subjects.person(people.pop(), printed[-120:])
        pronoun = None if people else _HE_OR_SHE.match(printed)
        return self._subjects.called(pronoun[1].lower(), told, printed[-120:]) if pronoun else None

    def _carried(self, setting: _Setting, texts: Sequence[str]) -> Speaker | None:
        """Who speaks in the sentence before; or the last speaker, where quoted words go on in one
        paragraph or fill the next ones; or whom the paragraph before announces with a colon or an
        indirect question."""
        told = setting.told
        first, (start, _) = setting.quote.parts[0]
        just_told = _sentence_told(setting)
        if len(found := cues(just_told)) == 1:
            return self._subjects.of(found[0], told)
        if cue := LATER.search(just_told):
            return self._subjects.of(cue, told)
        name = self._subjects.beginning(INTRODUCTORY.sub("", just_told))
        if name and SAYING.search(just_told) and self._subjects.is_somebody(name):
            return self._subjects.person(name, just_told[-120:])
        last, place = self._subjects.last, self._subjects.last_place
        goes_on = first == place or (
            first == place + 1 and start <= 1 and _fills(setting.quote, texts)
        )
        if goes_on and last is not None:
            return replace(last, evidence="carried")
        if start > 1 or first == 0:
            return None
        announcing = texts[first - 1]
        found = cues(announcing)
        if found and (announcing.endswith(":") or ASKED.match(announcing)):
            return self._subjects.of(found[-1], told)
        return None


def _setting(
    quote: Quoted, earlier: Quoted | None, following: Quoted | None, texts: Sequence[str]
) -> _Setting:
    first, (start, _) = quote.parts[0]
    last, (_, end) = quote.parts[-1]
    floor = _end_in(earlier, first)
    told = before(texts, first, max(start - 1, 0))
    sentence = _sentence_before(texts[first], floor, len(told.here))
    after = _rest_of_sentence(texts[last], end + 1, _start_in(following, last, texts[last]))
    return _Setting(quote, text_of(quote, texts), told, sentence, after, floor)


def _signature(quote: Quoted, texts: Sequence[str]) -> re.Match[str] | None:
    last, (_, end) = quote.parts[-1]
    return SIGNED.match(texts[last], end + 1)


def _until(told: Before, sentence: str, place: int) -> Before:
    """What stands before a place in the last sentence that is told."""
    return replace(told, here=told.here[: len(told.here) - len(sentence) + place])


def _sentence_told(setting: _Setting) -> str:
    """The whole sentence before a quotation, if no other quotation stands in it."""
    here = setting.told.here
    spans = sentences(here) if here.rstrip().endswith(".") else []
    if not spans or setting.floor > spans[-1][0]:
        return ""
    return here[slice(*spans[-1])]


def _is_said(text: str) -> bool:
    """Whether marked words that nobody is said to say are a quotation: not a word held at arm's
    length, nor the title of a book."""
    words = text.split()
    long_words = [word for word in words if len(word) > 3]
    is_title = all(word[0].isupper() for word in long_words) and text[-1:] not in ".,!?…"
    return len(words) >= _FEWEST_WORDS and not is_title


def _end_in(quote: Quoted | None, number: int) -> int:
    if quote is None or quote.parts[-1][0] != number:
        return 0
    return quote.parts[-1][1][1] + 1


def _start_in(quote: Quoted | None, number: int, text: str) -> int:
    if quote is None or quote.parts[0][0] != number:
        return len(text)
    return max(quote.parts[0][1][0] - 1, 0)


def _rest_of_sentence(text: str, start: int, ceiling: int) -> str:
    """What follows a closing mark in its sentence; nothing if that ended inside the marks."""
    rest = text[start:ceiling]
    if text[start - 2 : start - 1] in (".", "!", "?", "…") and _NEW_SENTENCE.match(rest):
        # A full stop inside the marks ends the sentence, unless the words after it are a cue.
        return rest if AFTER.match(rest) and not _SUBJECT_OF_ITS_OWN.match(rest) else ""
    ends = sentence_ends(rest)
    return rest[: ends[0]] if ends else rest


def _sentence_before(text: str, floor: int, end: int) -> str:
    """What stands before an opening mark in its sentence."""
    part = text[floor:end]
    ends = sentence_ends(f"{part}“X")
    return part[ends[-1] :] if ends else part


def _fills(quote: Quoted, texts: Sequence[str]) -> bool:
    return all(end - start >= 0.8 * len(texts[n]) for n, (start, end) in quote.parts)
