"""The article's own paragraphs, cut into what somebody says and what the article tells.

Indirect questions ("When asked about …, Arel said") become the question of the words after them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from indexer.ingest.cast.context import ArticleContext
from indexer.ingest.quoting.attribution import Attributed, Attributor
from indexer.ingest.quoting.cues import (
    ANOTHER_SAYS,
    ASKED,
    INDIRECT,
    INDIRECT_AT_END,
    INDIRECT_WORD,
)
from indexer.ingest.quoting.naming import Namer
from indexer.ingest.quoting.setting import Before, before, text_of
from indexer.ingest.quoting.subjects import Subjects
from indexer.records import Quotation, Span, Speaker, Turn
from indexer.text.sentences import sentences, space_after

_GAP = "\n\n"
"""Between the paragraphs of a turn."""


def attribute(
    context: ArticleContext,
    turns: Sequence[Turn],
    given: Callable[[Turn], Turn] = lambda turn: turn,
) -> tuple[tuple[Turn, ...], tuple[Quotation, ...]]:
    """Cut narrative turns into what was said and by whom; return all turns, and all quotations.

    Turns that are marked already stay as they are. ``given`` returns a piece that is no quotation
    as that of its author, in a text that is one person's. Adjacent pieces with one role and speaker
    are one turn.
    """
    narrative = [turn for turn in turns if turn.role == "narrative"]
    texts = [turn.text for turn in narrative]
    namer = Namer(context)
    attributed = Attributor(context, namer).attributed(texts)
    cutter = _Cutter(texts, attributed, Subjects(context, namer))
    pieces = {id(turn): list(cutter.cut(turn, n)) for n, turn in enumerate(narrative)}
    flat = [given(piece) for turn in turns for piece in pieces.get(id(turn), [turn])]
    quotations = tuple(
        Quotation(
            text_of(item.quote, texts), narrative[item.quote.parts[0][0]].paragraph, item.speaker
        )
        for item in attributed
    )
    return tuple(_joined(_answered(flat))), quotations


class _Cutter:
    """Cuts narrative paragraphs into runs of sentences: quoted, reported, asked, or told."""

    def __init__(
        self, texts: Sequence[str], attributed: Sequence[Attributed], subjects: Subjects
    ) -> None:
        self._texts = texts
        self._subjects = subjects
        self._spans: dict[int, list[tuple[Span, Speaker | None]]] = {}
        for item in attributed:
            for number, span in item.quote.parts:
                self._spans.setdefault(number, []).append((span, item.speaker))

    def cut(self, turn: Turn, number: int) -> Iterator[Turn]:
        """Yield the turns of a paragraph: a single one if most of it is quoted of one person."""
        text, spans = self._texts[number], self._spans.get(number, [])
        speakers = {speaker.name: speaker for _, speaker in spans if speaker is not None}
        said = sum(end - start for (start, end), speaker in spans if speaker is not None)
        if len(speakers) == 1 and said >= 0.5 * len(text) and not ASKED.match(text):
            speaker = next(speaker for _, speaker in spans if speaker is not None)
            self._subjects.heard.add(speaker, number)
            yield replace(turn, role="statement", speaker=speaker)
            return
        for sentence in sentences(text, [span for span, _ in spans]):
            for part in _by_speaker(sentence, spans):
                yield from self._of_sentence(turn, number, part)

    def _of_sentence(self, turn: Turn, number: int, sentence: Span) -> Iterator[Turn]:
        text, (start, end) = self._texts[number], sentence
        inside = [
            (span, who) for span, who in self._spans.get(number, []) if start <= span[0] < end
        ]
        speaker = next((who for _, who in inside if who is not None), None)
        words = text[start:end].strip()
        if ASKED.match(words):
            cut = inside[0][0][0] - 1 if speaker else end
            yield replace(turn, role="question", text=text[start:cut].strip(" :,"), speaker=None)
            if speaker:
                yield replace(turn, role="statement", text=text[cut:end].strip(), speaker=speaker)
            return
        indirect = not inside
        if indirect:
            speaker = self._reported(words, before(self._texts, number, start))
        if speaker is None:
            yield replace(turn, text=words)
            return
        self._subjects.heard.add(speaker, number)
        yield replace(turn, role="statement", text=words, speaker=speaker, indirect=indirect)

    def _reported(self, sentence: str, before: Before) -> Speaker | None:
        """Return the person whose words a sentence reports without marks: "Arel said that …"."""
        is_likely = INDIRECT_WORD.search(sentence)
        cue = (is_likely and INDIRECT.match(sentence)) or INDIRECT_AT_END.search(sentence)
        speaker = self._subjects.of(cue, before) if cue else None
        if speaker is None or ANOTHER_SAYS.search(sentence):
            return None
        return speaker if self._subjects.voices.is_speaker(speaker) else None


def _by_speaker(sentence: Span, spans: Sequence[tuple[Span, Speaker | None]]) -> Iterator[Span]:
    """Cut a sentence after the quotation of one person where another one’s follows."""
    start, end = sentence
    last: Speaker | None = None
    said_to = start
    for (begin, stop), speaker in spans:
        if not start <= begin < end or speaker is None:
            continue
        if last is not None and last.name != speaker.name:
            yield start, said_to
            start = said_to
        last, said_to = speaker, min(stop + 1, end)
    yield start, end


def _answered(pieces: Sequence[Turn]) -> Iterator[Turn]:
    """Turn statements right after an indirect question, by one person, into answers."""
    answering: str | None = None
    after_question = False
    for piece in pieces:
        if piece.role == "statement" and piece.speaker is not None:
            if after_question:
                answering = piece.speaker.name
            if answering == piece.speaker.name:
                piece = replace(piece, role="answer")
            else:
                answering = None
        else:
            answering = None
        after_question = piece.role == "question"
        yield piece


def _joined(pieces: Iterator[Turn]) -> Iterator[Turn]:
    """Join neighbours with one role and one speaker to one turn.

    Pieces of one paragraph are joined as sentences are, others by an empty line. Marked turns are
    never joined: their outlet has parted them.
    """
    current: Turn | None = None
    last_paragraph = -1
    for piece in pieces:
        if current is not None and _same_voice(current, piece):
            is_same = piece.paragraph == last_paragraph
            text = f"{current.text}{space_after(current.text) if is_same else _GAP}{piece.text}"
            times = (*current.times, *piece.times[is_same:])
            current = replace(current, text=text, times=times)
        else:
            if current is not None:
                yield current
            current = piece
        last_paragraph = piece.paragraph
    if current is not None:
        yield current


def _same_voice(one: Turn, other: Turn) -> bool:
    if (one.role, one.indirect) != (other.role, other.indirect) or one.role == "question":
        return False
    if one.speaker is None or other.speaker is None:
        return one.speaker is other.speaker and one.role == "narrative"
    return one.speaker.name == other.speaker.name and other.speaker.evidence != "label"
