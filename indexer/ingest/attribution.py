"""Whose words a quotation in running text is: by cue words before, after or inside it, carried on
by "he" or "the expert", or over paragraphs. No evidence, no speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.ingest.cues import AFTER, ANONYMOUS, ASKED, BEFORE, LEADING_WORDS
from indexer.ingest.introduction import Introduction
from indexer.ingest.names import (
    could_be_name,
    is_office,
    printed_office,
    split_office,
    without_honorific,
    words_of,
)
from indexer.ingest.people import People
from indexer.ingest.quotations import Quoted, quoted
from indexer.ingest.sentences import sentence_ends, sentences
from indexer.records import Article, Speaker

_NEW_SENTENCE = re.compile(r"\s+[“\"«]?[^\W\d_a-zа-я]")
_SUBJECT_OF_ITS_OWN = re.compile(r"\s*(?:The|He|She)\s")
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

    def attributed(self, texts: Sequence[str]) -> list[Attributed]:
        quotes = quoted(texts)
        found = []
        for index, quote in enumerate(quotes):
            earlier = quotes[index - 1] if index else None
            following = quotes[index + 1] if index + 1 < len(quotes) else None
            speaker = self._speaker(quote, earlier, following, texts)
            if speaker is None and len(text_of(quote, texts).split()) < _FEWEST_WORDS:
                continue
            if speaker is not None:
                self._last, self._last_place = speaker, quote.parts[-1][0]
                self._spoken.pop(speaker.name, None)
                self._spoken[speaker.name] = speaker
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
        cue = AFTER.match(after)
        if cue is not None:
            return self._subject(cue, before_quote, texts[max(0, first - 2) : first])
        before = _sentence_before(texts[first], _end_in(earlier, first), len(before_quote))
        cues = list(BEFORE.finditer(before))
        if cues:
            return self._subject(cues[-1], before_quote, texts[max(0, first - 2) : first])
        if ANONYMOUS.search(after[:80]) or ANONYMOUS.search(before):
            self._last = None
            return None
        return self._carried(quote, texts)

    def _carried(self, quote: Quoted, texts: Sequence[str]) -> Speaker | None:
        """The last speaker, where quoted words go on in one paragraph or fill the next ones, or
        where the paragraph before announces them with a colon or an indirect question."""
        first, (start, _) = quote.parts[0]
        goes_on = first == self._last_place or (
            first == self._last_place + 1 and start <= 1 and _fills(quote, texts)
        )
        if goes_on and self._last is not None:
            return replace(self._last, attribution=f"carried on: {self._last.attribution}")
        if start > 1 or first == 0:
            return None
        announcing = texts[first - 1]
        cues = list(BEFORE.finditer(announcing))
        if cues and (announcing.endswith(":") or ASKED.match(announcing)):
            return self._subject(cues[-1], "", texts[max(0, first - 2) : first])
        return None

    def _subject(
        self, cue: re.Match[str], before: str, paragraphs: Sequence[str]
    ) -> Speaker | None:
        """Whom the subject of a cue means: a name, or "he" and "the expert" by what is before."""
        groups = cue.groupdict()
        printed = cue.group().strip(" ,–—-")
        named = groups.get("s") or groups.get("t")
        if named:
            return self._named(
                named, LEADING_WORDS.sub("", printed) if groups.get("s") else printed
            )
        pronoun = (groups["s_pronoun"] or groups["t_pronoun"] or "").lower()
        described = groups["s_described"] or groups["t_described"] or ""
        for person in self._candidates(before, paragraphs, described):
            if not pronoun or self._pronouns.setdefault(person.name, pronoun) == pronoun:
                return replace(person, as_printed=pronoun or described, attribution=printed)
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
        everybody = [*mentioned, *spoken[:1], *introduced, *spoken[1:], *earlier]
        noun = described.split()[-1].lower() if described else ""
        fitting = [p for p in everybody if noun and p.role and noun in p.role.lower()]
        if fitting:
            yield fitting[0]
        elif (
            not noun
            or len({p.name for p in [*introduced, *spoken]} or {p.name for p in everybody}) == 1
        ):
            yield from everybody

    def _person(self, name: str) -> Speaker:
        return Speaker(name, name, name, self._office(name))

    def _named(self, name: str, printed: str) -> Speaker | None:
        _, bare = split_office(name)
        words = words_of(without_honorific(bare))
        if not could_be_name(without_honorific(bare)) or all(map(self._people.is_common, words)):
            return None
        if all(is_office(word) for word in words):
            return replace(self._last, as_printed=name, attribution=printed) if self._last else None
        full, office = self._people.named(name)
        if " " not in full and not self._people.is_proper(full):
            return None
        return Speaker(full, name, printed, office or self._office(full))

    def _office(self, full: str) -> str | None:
        if full not in self._offices:
            introduced = self._introduced
            known = introduced.role if introduced and introduced.name == full else None
            self._offices[full] = known or printed_office(full, self._texts)
        return self._offices[full]


def _subjects_first(people: People, text: str) -> list[str]:
    """The people whom a text names, the latest first; those who begin a sentence before others."""
    beginnings = [" ".join(text[a:b].split()[:4]) for a, b in reversed(sentences(text))]
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
    ends = sentence_ends(part)
    return part[ends[-1] :] if ends else part


def _fills(quote: Quoted, texts: Sequence[str]) -> bool:
    return all(end - start >= 0.8 * len(texts[n]) for n, (start, end) in quote.parts)
