"""Whose words a quotation in running text is: by cue words before, after or inside it, carried on
by "he" or "the expert", or over paragraphs. No evidence, no speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.ingest.cues import (
    AFTER,
    ASKED,
    BEFORE,
    INDIRECT,
    INDIRECT_AT_END,
    INSIDE,
    LEADING_WORDS,
    MESSAGE,
    NAME_BESIDE,
    NOT_A_SUBJECT,
    SAYING,
    SENT,
    SUBJECT_LEFT_OUT,
    UNNAMED_SUBJECT,
    WITH_SOMEBODY_SAYING,
)
from indexer.ingest.introduction import Introduction
from indexer.ingest.names import (
    CAPITAL,
    could_be_name,
    is_office,
    is_organisation,
    printed_office,
    split_office,
    without_honorific,
    without_land,
    words_of,
)
from indexer.ingest.people import People
from indexer.ingest.quotations import Quoted, quoted
from indexer.ingest.sentences import sentence_ends, sentences
from indexer.ingest.words import ALSO_CALLED, HIGH_OFFICES, NOT_NAMES
from indexer.records import Article, Speaker

_LEADING_NO_NAMES = re.compile(rf"^(?:(?:{'|'.join(NOT_NAMES)})\s+)+(?=\S)", re.I)
_ARTICLE = re.compile(r"^the\s+", re.I)
_NEW_SENTENCE = re.compile(r"\s+[“\"«]?[^\W\d_a-zа-я]")
_SUBJECT_OF_ITS_OWN = re.compile(r"\s*(?:The|He|She)\s")
_BEGINNING = re.compile(rf"\s*(?:\S+\s+){{0,3}}\S+(?:\s[{CAPITAL}]\S*)*")
_POSSESSOR = re.compile(rf"(?:[{CAPITAL}][\w-]*\s)*[{CAPITAL}][\w-]*[’']s\b")
_FEWEST_WORDS = 4
"""Quoted words without a cue of their own; fewer are a name or a word held at arm's length."""


@dataclass(frozen=True, slots=True)
class Attributed:
    """A quotation with its place in the paragraphs and its speaker."""

    quote: Quoted
    speaker: Speaker | None


def text_of(quote: Quoted, texts: Sequence[str]) -> str:
    """The words of a quotation, its paragraphs parted by an empty line."""
    return "\n\n".join(texts[number][start:end] for number, (start, end) in quote.parts)


class Attributor:
    """Walks through an article's quotations, remembering who spoke last."""

    def __init__(self, article: Article, people: People, introduction: Introduction) -> None:
        self._people = people
        self._introduced = introduction.speaker
        self._texts = [article.title, *(p.text for p in article.paragraphs)]
        self._last: Speaker | None = None
        self._last_place = -9
        self._offices: dict[str, str | None] = {}
        self._pronouns: dict[str, str] = {}
        self._spoken: dict[str, Speaker] = {}

    def heard(self, speaker: Speaker, place: int) -> None:
        """Remembers who spoke, and in which paragraph."""
        self._last, self._last_place = speaker, place
        self._spoken.pop(speaker.name, None)
        self._spoken[speaker.name] = speaker

    def told_by(self, sentence: str, before: str, paragraphs: Sequence[str]) -> Speaker | None:
        """Whose words a sentence without quotation marks tells ("Arel said that …"), if anybody's.

        ``before`` is what stands before it in its paragraph, ``paragraphs`` those before that.
        """
        cue = INDIRECT.match(sentence) or INDIRECT_AT_END.search(sentence)
        return self._subject(cue, before, paragraphs) if cue else None

    def attributed(self, texts: Sequence[str]) -> list[Attributed]:
        quotes = quoted(texts)
        found = []
        for index, quote in enumerate(quotes):
            earlier = quotes[index - 1] if index else None
            following = quotes[index + 1] if index + 1 < len(quotes) else None
            speaker = self._speaker(quote, earlier, following, texts)
            if speaker is None and not _is_said(text_of(quote, texts)):
                continue
            if speaker is not None:
                self.heard(speaker, quote.parts[-1][0])
            found.append(Attributed(quote, speaker))
        return found

    def _speaker(
        self, quote: Quoted, earlier: Quoted | None, following: Quoted | None, texts: Sequence[str]
    ) -> Speaker | None:
        first, (start, _) = quote.parts[0]
        last, (_, end) = quote.parts[-1]
        before_quote = texts[first][: max(start - 1, 0)]
        ceiling = _start_in(following, last, len(texts[last]))
        after = _rest_of_sentence(texts[last], end + 1, ceiling)
        cue = AFTER.match(after) or INSIDE.search(text_of(quote, texts))
        if cue is not None:
            return self._subject(cue, before_quote, texts[max(0, first - 2) : first])
        if left_out := SUBJECT_LEFT_OUT.match(after):
            named = set(self._people.mentions(before_quote))
            printed = left_out.group().strip(" ,–—-")
            return (
                replace(self._person(named.pop()), attribution=printed) if len(named) == 1 else None
            )
        before = _sentence_before(texts[first], _end_in(earlier, first), len(before_quote))
        cues = _cues(before)
        if cues:
            return self._subject(cues[-1], before_quote, texts[max(0, first - 2) : first])
        announcing = before if before.strip() or not first else texts[first - 1]
        if sender := self._sender(announcing):
            return sender
        if announcing.rstrip().endswith(":") and (speaker := self._announced(announcing)):
            return speaker
        spent = AFTER.match(before) if _end_in(earlier, first) else None
        if SAYING.search(after[:80]) or SAYING.search(before, spent.end() if spent else 0):
            # Somebody says it whom the article does not name.
            self._last = None
            return None
        return self._carried(quote, texts)

    def _sender(self, announcing: str) -> Speaker | None:
        """Who sent the message that an announcement says to speak."""
        if not MESSAGE.search(announcing):
            return None
        senders = (found["name"] for text in self._texts for found in SENT.finditer(text))
        named = (self._named(name, announcing.strip(" :")) for name in senders)
        return next((speaker for speaker in named if speaker is not None), None)

    def _announced(self, announcing: str) -> Speaker | None:
        """The one person whom words that end in a colon name: they need no verb to announce."""
        people = set(self._people.mentions(announcing))
        if len(people) != 1:
            return None
        ends = sentence_ends(announcing)
        printed = announcing[ends[-1] if ends else 0 :].strip()
        return replace(self._person(people.pop()), attribution=printed[-120:])

    def _carried(self, quote: Quoted, texts: Sequence[str]) -> Speaker | None:
        """Who speaks in the sentence before; or the last speaker, where quoted words go on in one
        paragraph or fill the next ones; or whom the paragraph before announces with a colon or an
        indirect question."""
        first, (start, _) = quote.parts[0]
        told = texts[first][: max(start - 1, 0)]
        spans = sentences(told) if told.rstrip().endswith(".") else []
        if spans and len(cues := _cues(told[slice(*spans[-1])])) == 1:
            return self._subject(cues[0], told, texts[max(0, first - 2) : first])
        goes_on = first == self._last_place or (
            first == self._last_place + 1 and start <= 1 and _fills(quote, texts)
        )
        if goes_on and self._last is not None:
            return replace(self._last, attribution=f"carried on: {self._last.attribution}")
        if start > 1 or first == 0:
            return None
        announcing = texts[first - 1]
        cues = _cues(announcing)
        if cues and (announcing.endswith(":") or ASKED.match(announcing)):
            return self._subject(cues[-1], "", texts[max(0, first - 2) : first])
        return None

    def _subject(
        self, cue: re.Match[str], before: str, paragraphs: Sequence[str]
    ) -> Speaker | None:
        """Whom the subject of a cue means: a name, or "he" and "the expert" by what is before."""
        groups = cue.groupdict()
        for side in ("s", "t"):
            office, last = groups.get(f"{side}_office"), groups.get(f"{side}_last")
            if last and office and any(map(is_office, words_of(office))):
                return self._named(last, cue.group().strip(" ,–—-"))
        if groups.get("of"):
            return self._named(groups["of"], cue.group())
        printed = cue.group().strip(" ,–—-")
        named = groups.get("s") or groups.get("t")
        if named:
            ahead = cue.string[: cue.start("s" if groups.get("s") else "t")]
            if _is_a_people(named, ahead):
                return None
            office = ahead.split()[-1] if ahead.strip() else ""
            if is_office(office):
                named = " ".join(without_land(office, named.split()))
            return self._named(
                named, LEADING_WORDS.sub("", printed) if groups.get("s") else printed
            )
        pronoun = (groups["s_pronoun"] or groups["t_pronoun"] or "").lower()
        pronoun = {"him": "he", "her": "she"}.get(pronoun, pronoun)
        described = groups["s_described"] or groups["t_described"] or ""
        if described and _is_introduced_unnamed(described, [*paragraphs, before]):
            return None
        if pronoun and UNNAMED_SUBJECT.search(before) and not self._people.mentions(before):
            return None
        beside = NAME_BESIDE.match(cue.string, cue.end()) if described else None
        if beside is not None and (speaker := self._named(beside["name"], printed)):
            return speaker
        for person in self._candidates(before, paragraphs, described):
            if not pronoun or self._pronouns.setdefault(person.name, pronoun) == pronoun:
                return replace(person, attribution=printed)
        return None

    def _candidates(
        self, before: str, paragraphs: Sequence[str], described: str
    ) -> Iterator[Speaker]:
        """Who could be meant, the likeliest first: named in this paragraph, the last speaker, the
        introduced person, earlier speakers, people named in the paragraphs before."""
        mentioned = [self._person(name) for name in _subjects_first(self._people, before)]
        spoken = [*([self._last] if self._last else []), *reversed(self._spoken.values())]
        earlier = [
            self._person(n) for text in reversed(paragraphs) for n in self._people.mentions(text)
        ]
        introduced = [self._introduced] if self._introduced else []
        # A headline may be all capitals: only who is named in the text too is a person there.
        titled = [
            self._person(name)
            for name in self._people.mentions(self._texts[0])
            if self._people.prints(name, times=2)
        ]
        everybody = [*mentioned, *spoken[:1], *introduced, *spoken[1:], *earlier, *titled]
        described = _ARTICLE.sub("", described).lower()
        names = [name for name in (described, ALSO_CALLED.get(described)) if name]
        fitting = [p for p in everybody if p.role and any(n in p.role.lower() for n in names)]
        named_so_far = {p.name for p in [*introduced, *spoken]} or {p.name for p in everybody}
        if fitting:
            yield fitting[0]
        elif not described or len(named_so_far) == 1:
            yield from (p for p in everybody if not _holds_another_office(p, described))

    def _person(self, name: str) -> Speaker:
        return Speaker(name, name, name, self._office(name))

    def _named(self, name: str, printed: str) -> Speaker | None:
        name = _LEADING_NO_NAMES.sub("", name)
        _, bare = split_office(name)
        words = words_of(without_honorific(bare))
        if words and is_office(words[-1]):
            return self._holder(name, printed)
        if is_organisation(bare):
            return Speaker(name, name, printed)
        if not could_be_name(without_honorific(bare)) or all(map(self._people.is_common, words)):
            return None
        full, office = self._people.named(name)
        if " " not in full and (full.isupper() or not self._people.is_proper(full)):
            return None
        return Speaker(full, name, printed, office or self._office(full))

    def _holder(self, office: str, printed: str) -> Speaker | None:
        """Whom an office without a name means: whoever is printed with it, if it is one person."""
        holder = self._people.holder_of(office, self._texts)
        return Speaker(holder, office, printed, office) if holder else None

    def _office(self, full: str) -> str | None:
        if full not in self._offices:
            introduced = self._introduced
            known = introduced.role if introduced and introduced.name == full else None
            self._offices[full] = known or printed_office(full, self._texts)
        return self._offices[full]


def _is_a_people(name: str, before: str) -> bool:
    """Whether a capitalised word is what somebody is, not is called: "the Norwegian"."""
    return " " not in name and before.lower().endswith("the ")


def _is_introduced_unnamed(described: str, texts: Sequence[str]) -> bool:
    """Whether "the diplomat" is "a diplomat" of the sentences before, whom nobody names."""
    noun = re.escape(described.split()[-1])
    indefinite = re.compile(rf"\b(?:an?|one|another)\s(?:[\w-]+\s){{0,3}}?{noun}\b(?!,)", re.I)
    return any(map(indefinite.search, texts))


def _holds_another_office(person: Speaker, described: str) -> bool:
    """Whether "the minister" cannot be somebody whose printed office is that of a president."""
    words = described.split()
    return bool(person.role) and bool(words) and words[-1] in HIGH_OFFICES


def _cues(text: str) -> list[re.Match[str]]:
    """The cues in what stands before a quotation."""
    found = BEFORE.finditer(text)
    return [
        cue
        for cue in found
        if not NOT_A_SUBJECT.search(text[: cue.start()])
        or WITH_SOMEBODY_SAYING.search(text[: cue.end()])
    ]


def _is_said(text: str) -> bool:
    """Whether marked words that nobody is said to say are a quotation: not a word held at arm's
    length, nor the title of a book."""
    words = text.split()
    long_words = [word for word in words if len(word) > 3]
    is_title = all(word[0].isupper() for word in long_words) and text[-1:] not in ".,!?…"
    return len(words) >= _FEWEST_WORDS and not is_title


def _subjects_first(people: People, text: str) -> list[str]:
    """The people whom a text names, the latest first; those who begin a sentence before others."""
    clauses = (_POSSESSOR.sub("", text[a:b]) for a, b in reversed(sentences(text)))
    beginnings = [found.group() for found in map(_BEGINNING.match, clauses) if found]
    subjects = [name for beginning in beginnings for name in people.mentions(beginning)]
    return [*subjects, *reversed(people.mentions(text))]


def _end_in(quote: Quoted | None, number: int) -> int:
    if quote is None or quote.parts[-1][0] != number:
        return 0
    return quote.parts[-1][1][1] + 1


def _start_in(quote: Quoted | None, number: int, default: int) -> int:
    if quote is None or quote.parts[0][0] != number:
        return default
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
