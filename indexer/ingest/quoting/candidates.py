"""The people whom "he" or "the expert" may mean, the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from indexer.ingest.cast.context import ArticleContext
from indexer.ingest.cast.members import People
from indexer.ingest.quoting.cues import INTRODUCTORY, OF_SOMEBODY, cues_in
from indexer.ingest.quoting.naming import Namer, beginning_of
from indexer.ingest.quoting.setting import Before
from indexer.records import Speaker
from indexer.text.marks import OPENING_DOUBLE
from indexer.text.sentences import sentences

QUOTED = re.compile(rf"[{OPENING_DOUBLE}][^“”„«»]*[”»“]?|\"[^\"]*\"?")
"""Quoted words in a sentence, also those whose quotation goes on beyond it."""

_NOWHERE = -9
"""The paragraph of the last speaker while nobody has spoken: far before all others."""


@dataclass(slots=True)
class Heard:
    """The speakers up to a place in an article, the latest last, and the paragraph of the last."""

    last: Speaker | None = None
    place: int = _NOWHERE
    speakers: dict[str, Speaker] = field(default_factory=dict)

    def add(self, speaker: Speaker, place: int) -> None:
        """Remember a speaker, and the paragraph."""
        self.last, self.place = speaker, place
        self.speakers.pop(speaker.name, None)
        self.speakers[speaker.name] = speaker


class Candidates:
    """Lists the people whom words without a name may mean."""

    def __init__(self, context: ArticleContext, namer: Namer, heard: Heard) -> None:
        self._people = context.people
        self._title = context.texts[0]
        self._introduced = context.introduction.speaker
        self._namer = namer
        self._heard = heard

    def likely(self, before: Before) -> Iterator[Speaker]:
        """Yield the people who may be meant after a text, the likeliest first, some repeatedly.

        The subjects of the sentences before; people named in this paragraph; the last speaker; the
        introduced person; earlier speakers; people named in earlier paragraphs and in the title.
        """
        namer, heard = self._namer, self._heard
        yield from self._recent(before)
        yield from map(
            namer.person, _subjects_first(self._people, OF_SOMEBODY.sub(" ", before.here))
        )
        spoken = [*([heard.last] if heard.last else []), *reversed(heard.speakers.values())]
        yield from (*spoken[:1], *self.introduced(), *spoken[1:])
        for text in reversed(before.earlier):
            yield from map(namer.person, self._people.mentions(text))
        # A headline may be all capitals: a person there is one who is named in the text too.
        for name in self._people.mentions(self._title):
            if self._people.words.prints(name, times=2):
                yield namer.person(name)

    def introduced(self) -> list[Speaker]:
        """Return the person whom the article introduces, if there is one."""
        return [self._introduced] if self._introduced else []

    def _recent(self, before: Before) -> Iterator[Speaker]:
        """Yield the people whom the sentences before are about, the latest first.

        They say something there, or are the subject.
        """
        for back, text in enumerate([before.here, *reversed(before.earlier)]):
            unquoted = OF_SOMEBODY.sub(" ", QUOTED.sub(" ", text))
            latest_first = [unquoted[slice(*span)] for span in reversed(sentences(unquoted))]
            for sentence in latest_first:
                yield from self._subjects(sentence)
            if self._heard.last is not None and self._heard.place == before.number - back:
                yield self._heard.last
            for sentence in latest_first:
                if len(alone := set(self._people.mentions(sentence))) == 1:
                    yield self._namer.person(alone.pop())

    def _subjects(self, sentence: str) -> Iterator[Speaker]:
        for cue in reversed(cues_in(sentence)):
            if speaker := self._namer.subject_of(cue):
                yield speaker
        after_comma = sentence.partition(", ")[2]
        for clause in (INTRODUCTORY.sub("", sentence), sentence, after_comma):
            if name := self._namer.beginning(clause):
                yield self._namer.person(name)


def _subjects_first(people: People, text: str) -> list[str]:
    """Return the people whom a text names, the latest first.

    Those who begin a sentence come before others.
    """
    latest_first = [text[start:end] for start, end in reversed(sentences(text))]
    beginnings = filter(None, map(beginning_of, latest_first))
    subjects = [name for beginning in beginnings for name in people.mentions(beginning)]
    return [*subjects, *(name for sentence in latest_first for name in people.mentions(sentence))]
