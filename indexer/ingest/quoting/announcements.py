"""Speakers whom the sentence around a quotation tells without a verb of saying."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.ingest.cast.context import ArticleContext
from indexer.ingest.quoting.candidates import QUOTED
from indexer.ingest.quoting.cues import INTRODUCTORY, JUDGING, MESSAGE, OF_SOMEBODY, OWNER, SENT
from indexer.ingest.quoting.naming import Namer
from indexer.ingest.quoting.setting import Setting
from indexer.ingest.quoting.subjects import Subjects
from indexer.people.words import HIGH_OFFICES
from indexer.records import Speaker
from indexer.text.sentences import sentence_ends

MIN_WORDS = 4
"""Quoted words without a cue of their own; fewer are a name or a word held at arm's length."""

_MAX_ATTRIBUTION = 120
"""Characters of a sentence that are kept as the words that named the speaker."""

_CLAUSE_END = re.compile(r"[,;:]\s|[.!?](?:\s|$)")
_HE_OR_SHE = re.compile(r"\s*(He|She|he|she)\b")
_THAT = re.compile(r"(?<=\w)\s(?:after|how|if|that|when|whether|which|who)\s")


class Announcements:
    """Finds the person who sends a message, is announced with a colon, or does something."""

    def __init__(self, context: ArticleContext, namer: Namer, subjects: Subjects) -> None:
        self._people = context.people
        self._texts = context.texts
        self._namer = namer
        self._subjects = subjects

    def speaker(self, setting: Setting, texts: Sequence[str]) -> Speaker | None:
        """Return the speaker of a quotation; ``None`` if its sentence tells nobody."""
        sentence, first = setting.sentence, setting.first_paragraph
        announcing = sentence if sentence.strip() or not first else texts[first - 1]
        if MESSAGE.search(announcing):
            return self._sender(announcing)
        return self._announced(announcing, setting) or self._acting(setting)

    def _sender(self, announcing: str) -> Speaker | None:
        """Return the sender of the message that an announcement quotes."""
        sent = (match for text in self._texts for match in SENT.finditer(text))
        named = (self._namer.named(match["name"], _clause_of(match)) for match in sent)
        sender = next((speaker for speaker in named if speaker is not None), None)
        owner = OWNER.search(announcing)
        words = (owner["owner"] or owner["from"]).split() if owner else []
        is_theirs = any(
            word.lower() in HIGH_OFFICES or (sender and word in sender.name) for word in words
        )
        return sender if is_theirs or not words or words[0].islower() else None

    def _announced(self, announcing: str, setting: Setting) -> Speaker | None:
        """Return the one person, or "he", in words that end in a colon: they need no verb."""
        if not announcing.rstrip().endswith(":"):
            return None
        ends = sentence_ends(announcing)
        clause = announcing[ends[-1] if ends else 0 :].strip()
        people = set(self._people.mentions(OF_SOMEBODY.sub(" ", announcing)))
        if len(people) == 1 and self._subjects.voices.is_somebody(name := people.pop()):
            return self._namer.person(name, evidence(announcing, name))
        pronoun = None if people else _HE_OR_SHE.match(clause)
        if pronoun is None:
            return None
        return self._subjects.called(pronoun[1].lower(), setting.before, evidence(clause, ""))

    def _acting(self, setting: Setting) -> Speaker | None:
        """Return the subject of the sentence that a quotation is worked into, if it judges.

        "Reid has gone after him as a “leech”".
        """
        unquoted = QUOTED.sub(" ", setting.sentence)
        doing = _THAT.split(unquoted, maxsplit=1)[0]
        judging = JUDGING.search(unquoted)
        is_later = judging is not None and judging.start() > len(doing)
        if (
            judging is None
            or (is_later and not judging.group().endswith("ing"))
            or len(setting.words.split()) < MIN_WORDS
        ):
            return None
        clause = INTRODUCTORY.sub("", doing)
        if pronoun := _HE_OR_SHE.match(clause):
            return self._subjects.called(
                pronoun[1].lower(), setting.before_cue(0), evidence(clause, "")
            )
        name = self._namer.beginning(clause)
        is_somebody = name is not None and self._subjects.voices.is_somebody(name)
        return self._namer.person(name, evidence(doing, name)) if name and is_somebody else None


def _clause_of(match: re.Match[str]) -> str:
    """Return the words from a match on, to the end of its clause."""
    rest = match.string[match.start() :]
    return evidence(_CLAUSE_END.split(rest, maxsplit=1)[0], match["name"])


def evidence(sentence: str, name: str) -> str:
    """Return the words of a sentence from a name on, whole ones and not too many.

    >>> evidence("At night, Mayor Arel went on:", "Tomas Arel")
    'Arel went on'
    """
    places = (re.search(rf"\b{re.escape(word)}\b", sentence) for word in name.split())
    start = min((place.start() for place in places if place), default=0)
    words = sentence[start:].strip(" :")
    return words if len(words) <= _MAX_ATTRIBUTION else words[:_MAX_ATTRIBUTION].rpartition(" ")[0]
