"""Quotations with the text around them: their sentence, and what comes before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.ingest.quoting.cues import AFTER
from indexer.ingest.quoting.quotations import Quoted
from indexer.text.sentences import BEGINNING, STOPS, sentence_ends, sentences

_NEW_SENTENCE = re.compile(rf"\s+{BEGINNING}")
_SUBJECT_OF_ITS_OWN = re.compile(
    r"\s*(?:And|At|But|He|Her|His|In|It|On|Other|She|Some|Still|The|Their|They|When|While|Yet)\s"
)

MAX_AFTER_CUE = 5
"""Words after a cue whose quotation ends in a full stop ("Velidze told the council on Monday."):
with more it is a sentence of its own."""

MIN_ALONE = 8
"""Words of a paragraph that goes on with what was quoted in the one before."""

_PARAGRAPHS_BEFORE = 2
"""Earlier paragraphs in which a pronoun or a description may find its person."""


@dataclass(frozen=True, slots=True)
class Before:
    """The text before a place: ``here`` in its paragraph, ``earlier`` in the paragraphs before.

    ``number`` is the paragraph of the place.
    """

    here: str
    earlier: Sequence[str]
    number: int


def before(texts: Sequence[str], number: int, end: int) -> Before:
    """Return the text before a place in a paragraph."""
    earlier = texts[max(0, number - _PARAGRAPHS_BEFORE) : number]
    return Before(texts[number][:end], earlier, number)


@dataclass(frozen=True, slots=True)
class Setting:
    """A quotation with the text around it.

    ``words`` are the quoted ones, ``sentence`` and ``after`` the rest of their sentence on both
    sides. ``floor`` is the end of the quotation before, if that is in the same paragraph, else 0.
    """

    quote: Quoted
    words: str
    before: Before
    sentence: str
    after: str
    floor: int

    @property
    def first_paragraph(self) -> int:
        """The paragraph in which the quotation begins."""
        return self.quote.parts[0][0]

    def before_cue(self, start: int) -> Before:
        """Return the text before a place in the unquoted part of the sentence."""
        here = self.before.here
        return replace(self.before, here=here[: len(here) - len(self.sentence) + start])

    def sentence_before(self) -> str:
        """Return the whole sentence before the quotation, if no other quotation is in it."""
        here = self.before.here
        spans = sentences(here) if here.rstrip().endswith(".") else []
        if not spans or self.floor > spans[-1][0]:
            return ""
        return here[slice(*spans[-1])]


def setting_of(
    quote: Quoted, earlier: Quoted | None, following: Quoted | None, texts: Sequence[str]
) -> Setting:
    """Return a quotation with its setting between the quotations before and after it."""
    first, (start, _) = quote.parts[0]
    last, (_, end) = quote.parts[-1]
    floor = _end_in(earlier, first)
    so_far = before(texts, first, max(start - 1, 0))
    sentence = _sentence_start(texts[first], floor, len(so_far.here))
    after = _rest_of_sentence(texts[last], end + 1, _start_in(following, last, texts[last]))
    return Setting(quote, text_of(quote, texts), so_far, sentence, after, floor)


def text_of(quote: Quoted, texts: Sequence[str]) -> str:
    """Return the words of a quotation, with an empty line between paragraphs."""
    return "\n\n".join(texts[number][start:end] for number, (start, end) in quote.parts)


def sentence_after(quote: Quoted, texts: Sequence[str]) -> str:
    """Return the sentence after quoted words, or the rest of theirs, in their paragraph."""
    number, (_, end) = quote.parts[-1]
    rest = texts[number][end + 1 :]
    return rest[slice(*next(iter(sentences(rest)), (0, 0)))]


def goes_on_alone(setting: Setting, texts: Sequence[str]) -> bool:
    """Return whether a quotation that fills its paragraphs may go on with the one before.

    A few words, or a question, may be what another one answers.
    """
    parts = setting.quote.parts
    is_all = all(end - start >= 0.8 * len(texts[n]) for n, (start, end) in parts)
    is_answer = len(setting.words.split()) < MIN_ALONE or setting.words.endswith("?")
    return is_all and not is_answer


def _end_in(quote: Quoted | None, number: int) -> int:
    if quote is None or quote.parts[-1][0] != number:
        return 0
    return quote.parts[-1][1][1] + 1


def _start_in(quote: Quoted | None, number: int, text: str) -> int:
    if quote is None or quote.parts[0][0] != number:
        return len(text)
    return max(quote.parts[0][1][0] - 1, 0)


def _sentence_start(text: str, floor: int, end: int) -> str:
    """Return the part of a sentence before an opening mark."""
    part = text[floor:end]
    ends = sentence_ends(f"{part}“X")
    return part[ends[-1] :] if ends else part


def _rest_of_sentence(text: str, start: int, ceiling: int) -> str:
    """Return the part of a sentence after a closing mark; empty if it ended inside the marks."""
    rest = text[start:ceiling]
    if text[start - 2 : start - 1] in (*STOPS,) and _NEW_SENTENCE.match(rest):
        # A full stop inside the marks ends the sentence, unless the words after it are a cue.
        cue = AFTER.match(rest)
        is_cue = cue is not None and not _SUBJECT_OF_ITS_OWN.match(rest)
        told = rest[cue.end() :].partition(".")[0].split() if cue else []
        return rest if is_cue and (len(told) <= MAX_AFTER_CUE or text[start - 2] != ".") else ""
    ends = sentence_ends(rest)
    return rest[: ends[0]] if ends else rest
