"""Quotations in running text to their speakers.

By cue words before, after or inside them, by the sentence that they are worked into, or carried on
from the quotation before. Without evidence there is no speaker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.ingest.cast.context import ArticleContext
from indexer.ingest.quoting.announcements import MIN_WORDS, Announcements, evidence
from indexer.ingest.quoting.by_rows import ByRows
from indexer.ingest.quoting.cues import (
    AFTER,
    ANOTHERS,
    ASKED,
    INSIDE,
    INTRODUCTORY,
    LATER,
    SAID_BY_ANOTHER,
    SAYING,
    SET_OFF,
    SIGNED,
    SPEAKS_ON,
    SUBJECT_LEFT_OUT,
    TOLD_THAT_ANOTHER_SAYS,
    cues_in,
)
from indexer.ingest.quoting.dash_speech import with_dash_speech
from indexer.ingest.quoting.naming import Namer
from indexer.ingest.quoting.quotations import Quoted, is_title, quoted
from indexer.ingest.quoting.setting import (
    Before,
    Setting,
    goes_on_alone,
    sentence_after,
    setting_of,
)
from indexer.ingest.quoting.subjects import Subjects
from indexer.people.rows import ENGLISH, language
from indexer.records import Speaker
from indexer.text.marks import with_printed_marks
from indexer.text.sentences import STOPS

_ARTICLE = re.compile(r"(?:\b(?:[Tt]he|[Aa]n?|its|their|his|her|[Tt]his)|\b[A-Z]\.[A-Z]\.)$")
_NOUN = re.compile(
    r"\s(?!(?:about|after|against|and|as|at|because|before|but|by|for|from|he|if|in|of|on|or|she|so"
    r"|than|that|to|when|which|while|who|with)\b)[a-z]{3,}"
)
"""Words around a name or label between marks: "the “Ports First” list"."""

_NEAR = 80
"""Characters after a quotation in which a verb of saying belongs to it."""


@dataclass(frozen=True, slots=True)
class Attributed:
    """A quotation with its place in the paragraphs and its speaker."""

    quote: Quoted
    speaker: Speaker | None


class Attributor:
    """Walks through the quotations of an article and names their speakers."""

    def __init__(self, context: ArticleContext, namer: Namer) -> None:
        self._people = context.people
        self._namer = namer
        self._subjects = Subjects(context, namer)
        self._announcements = Announcements(context, namer, self._subjects)
        code = context.article.language
        self._rows = None if code == ENGLISH else language(code)
        self._by_rows = ByRows(context, namer, self._rows) if self._rows else None
        self._is_known = has_rules(code)
        self._heard = self._by_rows.heard if self._by_rows else self._subjects.heard

    def attributed(self, texts: Sequence[str]) -> list[Attributed]:
        """Return the quotations in paragraphs, in order."""
        texts = [with_printed_marks(text) for text in texts]
        quotes = quoted(texts)
        if self._rows is not None:
            quotes = with_dash_speech(quotes, texts, self._rows)
        attributed: list[Attributed] = []
        for index, quote in enumerate(quotes):
            earlier = attributed[-1].quote if attributed else None
            following = quotes[index + 1] if index + 1 < len(quotes) else None
            setting = setting_of(quote, earlier, following, texts)
            signature = _signature(quote, texts)
            speaker = self._signer(signature) or self._named(setting, texts)
            if _is_word(setting) and (_is_after_cue(setting) or _is_carried(speaker)):
                speaker = None
            is_foreign = self._by_rows is not None
            if _is_title(setting, is_foreign) or (speaker is None and not _is_said(setting.words)):
                continue
            if speaker is not None:
                self._heard.add(speaker, quote.parts[-1][0])
            if signature:
                self._heard.last = None
            attributed.append(Attributed(quote, speaker))
        return attributed

    def _named(self, setting: Setting, texts: Sequence[str]) -> Speaker | None:
        """Return the speaker of a quotation, by the rows of the article's language."""
        if self._by_rows is not None:
            return self._by_rows.speaker(setting, texts)
        return self._speaker(setting, texts) if self._is_known else None

    def _signer(self, signature: re.Match[str] | None) -> Speaker | None:
        return self._namer.named(signature["s"], signature.group().strip()) if signature else None

    def _speaker(self, setting: Setting, texts: Sequence[str]) -> Speaker | None:
        so_far, sentence, after = setting.before, setting.sentence, setting.after
        if set_off := SET_OFF.search(so_far.here):
            return self._namer.named(set_off["s"], set_off.group().strip())
        if cue := AFTER.match(after) or INSIDE.search(setting.words) or LATER.search(after):
            return self._subjects.of(cue, so_far)
        if left_out := SUBJECT_LEFT_OUT.match(after):
            named = set(self._people.mentions(so_far.here))
            return self._namer.person(named.pop(), left_out.group()) if len(named) == 1 else None
        if TOLD_THAT_ANOTHER_SAYS.search(sentence) or ANOTHERS.search(sentence):
            self._heard.last = None
            return None
        if cues := cues_in(sentence):
            return self._subject(cues[-1], setting.before_cue(cues[-1].start()))
        last = self._heard.last
        if setting.floor and last is not None and SPEAKS_ON.match(sentence):
            return replace(last, evidence="carried")
        if SAID_BY_ANOTHER.match(after):
            self._heard.last = None
            return None
        if speaker := self._announcements.speaker(setting, texts):
            return speaker
        spent = AFTER.match(sentence) if setting.floor else None
        if SAYING.search(after[:_NEAR]) or SAYING.search(sentence, spent.end() if spent else 0):
            # Somebody says it whom the article does not name.
            self._heard.last = None
            return None
        carried = self._carried(setting, texts)
        following = self._people.mentions(sentence_after(setting.quote, texts))
        return carried if carried and following[:1] in ([], [carried.name]) else None

    def _subject(self, cue: re.Match[str], so_far: Before) -> Speaker | None:
        """Return the subject of a cue before a quotation, if it is a person or a body."""
        speaker = self._subjects.of(cue, so_far)
        return speaker if speaker and self._subjects.voices.is_speaker(speaker) else None

    def _carried(self, setting: Setting, texts: Sequence[str]) -> Speaker | None:
        """Return the speaker of the text before a quotation.

        The speaker of the sentence before; the last speaker, if the quotation goes on in the same
        paragraph or fills the next ones; or the person whom the paragraph before announces with a
        colon or an indirect question.
        """
        sentence = setting.sentence_before()
        if len(cues := cues_in(sentence)) == 1:
            return self._subjects.of(cues[0], setting.before)
        if cue := LATER.search(sentence):
            return self._subjects.of(cue, setting.before)
        name = self._namer.beginning(INTRODUCTORY.sub("", sentence))
        if name and SAYING.search(sentence) and self._subjects.voices.is_somebody(name):
            return self._namer.person(name, evidence(sentence, name))
        if self._heard.last is not None and self._goes_on(setting, texts):
            return replace(self._heard.last, evidence="carried")
        first, (start, _) = setting.quote.parts[0]
        if start > 1 or first == 0:
            return None
        announcing = texts[first - 1]
        cues = cues_in(announcing)
        if cues and (announcing.endswith(":") or ASKED.match(announcing)):
            return self._subjects.of(cues[-1], setting.before)
        return None

    def _goes_on(self, setting: Setting, texts: Sequence[str]) -> bool:
        """Return whether a quotation is in the last one's paragraph, or fills the next ones."""
        first, (start, _) = setting.quote.parts[0]
        is_next = first == self._heard.place + 1 and start <= 1
        return first == self._heard.place or (is_next and goes_on_alone(setting, texts))


def _is_title(setting: Setting, is_foreign: bool) -> bool:
    """Return whether quoted words are a title ("the “Plan for Ports”") or a label."""
    here = setting.before.here.rstrip()
    if _ARTICLE.search(here):
        is_short = len(setting.words.split()) <= MIN_WORDS
        is_label = is_short and _NOUN.match(setting.after) is not None
        return is_label or is_title(setting.words.rstrip(".,"))
    has_verb = is_foreign or SAYING.search(setting.sentence) is not None
    return is_title(setting.words) and not (has_verb and here[-1:] in (":", ","))


def _is_word(setting: Setting) -> bool:
    """Return whether a sentence goes on to a few quoted words without a verb: a name, or irony."""
    is_inside = setting.before.here.rstrip()[-1:].isalpha()
    is_short = len(setting.words.split()) < MIN_WORDS and setting.words[-1:] not in STOPS
    return is_inside and is_short


def _is_after_cue(setting: Setting) -> bool:
    """Return whether the cue of the quotation before goes on: "he said of the “wall”"."""
    return 0 < setting.floor == len(setting.before.here) - len(setting.sentence)


def _is_carried(speaker: Speaker | None) -> bool:
    return speaker is not None and speaker.evidence == "carried"


def has_rules(code: str | None) -> bool:
    """Return whether quotations in a language find their speakers; an unknown one is tried."""
    return code is None or language(code) is not None


def _signature(quote: Quoted, texts: Sequence[str]) -> re.Match[str] | None:
    last, (_, end) = quote.parts[-1]
    return SIGNED.match(texts[last], end + 1)


def _is_said(text: str) -> bool:
    """Return whether marked words without a speaker are a quotation.

    They are not if they are a word held at arm's length, or the title of a book.
    """
    return len(text.split()) >= MIN_WORDS and not is_title(text)
