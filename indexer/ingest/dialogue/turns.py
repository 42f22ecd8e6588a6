"""An article's paragraphs to turns, by the marks that outlets set.

A paragraph may have a mark of several ways (`speaker_marks.WAYS`); the first that the article as a
whole confirms counts. Text without a mark is narrative; `quoting` finds the quotations in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.ingest.cast.context import ArticleContext
from indexer.ingest.dialogue.chosen_marks import chosen_marks
from indexer.ingest.dialogue.labels import Labels
from indexer.ingest.dialogue.spans import pieces_of
from indexer.ingest.dialogue.speaker_marks import (
    CLOSES,
    GENERIC_ANSWER,
    PLAINLY_ANSWERED,
    STRUCTURES,
    Mark,
    covers,
)
from indexer.ingest.dialogue.telling import (
    closes,
    ends_interview,
    is_capital_line,
    is_told,
    means_himself,
)
from indexer.records import Paragraph, Role, Turn
from indexer.text.sentences import ends_with_question

MAX_VOICES = 4
"""Names in the labels of an interview; where there are more, it is a record, which nobody ends."""


def turns(context: ArticleContext) -> tuple[Turn, ...]:
    """Return the turns of an article in order; without marks, one narrative turn a paragraph.

    An unlabelled answer is the introduced person's, or nobody's.
    """
    article = context.article
    pieces = list(pieces_of(article.paragraphs, context.introduction.paragraph))
    labels = Labels(context)
    marks = chosen_marks([paragraph for _, paragraph in pieces], context, labels)
    spoken = list(_merged(pieces, marks, _Telling(context, pieces, marks)))
    roles = _roles(spoken)
    is_timed = any(paragraph.time is not None for paragraph in article.paragraphs)
    return tuple(
        Turn(
            role,
            part.text,
            part.paragraph,
            labels.speaker(part.mark, part.printed, role),
            times=part.times_of_text if is_timed else (),
        )
        for part, role in zip(spoken, roles, strict=True)
    )


@dataclass(slots=True)
class _Spoken:
    """A turn in the making: the texts of its paragraphs, and the second at which each begins."""

    paragraph: int
    texts: list[str]
    times: list[int | None]
    mark: Mark | None
    printed: str = ""

    @property
    def text(self) -> str:
        return "\n\n".join(text for text in self.texts if text)

    @property
    def times_of_text(self) -> tuple[int | None, ...]:
        """The second of each paragraph of `text`."""
        pairs = zip(self.texts, self.times, strict=True)
        return tuple(time for text, time in pairs if text)

    def add(self, text: str, time: int | None) -> None:
        """Append a paragraph."""
        self.texts.append(text)
        self.times.append(time)


def _merged(
    pieces: Sequence[tuple[int, Paragraph]], marks: Sequence[Mark | None], telling: _Telling
) -> Iterator[_Spoken]:
    """Yield marked pieces with the unmarked ones that belong to them, and other unmarked ones."""
    current: _Spoken | None = None
    for place, ((number, paragraph), mark) in enumerate(zip(pieces, marks, strict=True)):
        text, time = paragraph.text, paragraph.time
        if mark is not None and current is not None and _goes_on(current, mark):
            current.add(text[mark.start :], time)
        elif mark is None and current is not None and telling.ends(paragraph, current, place):
            yield from [current] if current.texts else []
            yield _Spoken(number, [text], [time], None)
            current = None
        elif mark is None and current is not None and _belongs_to(current, time):
            if current.mark is not None and _asks_plainly(current.mark):
                yield current
                current = _Spoken(number, [], [], Mark(current.mark.way, role="answer"))
            current.add(text, time)
        else:
            yield from [current] if current is not None and current.texts else []
            start = mark.start if mark else 0
            printed = paragraph.speaker or text[:start].strip()
            current = _Spoken(number, [text[start:]], [time], mark, printed)
    yield from [current] if current is not None and current.texts else []


class _Telling:
    """Tells the article's own paragraphs from those that go on with an answer."""

    def __init__(
        self,
        context: ArticleContext,
        pieces: Sequence[tuple[int, Paragraph]],
        marks: Sequence[Mark | None],
    ) -> None:
        introduced = context.introduction.speaker
        self._introduced = introduced.name if introduced else None
        self._language = context.article.language
        self._answered = {mark.way for mark in marks if mark and mark.role == "answer"}
        self._last_mark = max((n for n, mark in enumerate(marks) if mark), default=0)
        voices = {mark.label for mark in marks if mark and mark.label}
        self._end = len(pieces)
        while len(voices) <= MAX_VOICES and self._end - 1 > self._last_mark:
            if means_himself(pieces[self._end - 1][1], self._language):
                break
            self._end -= 1

    def ends(self, paragraph: Paragraph, current: _Spoken, place: int) -> bool:
        """Return whether an unmarked paragraph ends the marked turn before it."""
        if current.mark is None:
            return False
        if (
            paragraph.kind == "heading"
            or is_capital_line(paragraph.text)
            or (not _asks_plainly(current.mark) and covers(paragraph.bold, paragraph.text))
        ):
            return True
        if current.mark.way in STRUCTURES and current.mark.way in self._answered:
            return True
        if paragraph.time is not None or current.mark.role == "question":
            return CLOSES.fullmatch(paragraph.text) is not None
        label = current.mark.label
        is_plain = label is None or GENERIC_ANSWER.fullmatch(label)
        speaker = self._introduced if is_plain else label or None
        if is_told(paragraph, speaker, self._language):
            return True
        introduced = self._introduced if is_plain else None
        if place <= self._last_mark:
            return False
        if place >= self._end and ends_interview(paragraph):
            return True
        return closes(paragraph, introduced, self._language)


def _belongs_to(current: _Spoken, time: int | None) -> bool:
    """Return whether an unmarked paragraph belongs to the turn before it.

    That turn is marked; in a recording it may be any.
    """
    return current.mark is not None or time is not None


def _asks_plainly(mark: Mark) -> bool:
    """Return whether a mark sets a question off from an answer that is plain."""
    return mark.way in PLAINLY_ANSWERED and mark.role == "question"


def _goes_on(current: _Spoken, mark: Mark) -> bool:
    """Return whether a mark continues the turn before it.

    It is that of a second bold paragraph of one question, or of more words of one voice.
    """
    if mark.way == "voice":
        return mark == current.mark
    return (
        current.mark is not None
        and mark.label is None
        and mark.role is not None
        and mark.way == current.mark.way
        and mark.role == current.mark.role
    )


def _roles(spoken: Sequence[_Spoken]) -> list[Role]:
    askers = _askers(spoken)
    was_asked = False
    dashes = 0
    roles: list[Role] = []
    for part in spoken:
        role = _role(part, askers, dashes, was_asked)
        dashes += part.mark is not None and part.mark.way == "dash" and part.mark.role is None
        was_asked = was_asked or role == "question"
        roles.append(role)
    return roles


def _role(part: _Spoken, askers: frozenset[str], dashes: int, was_asked: bool) -> Role:
    mark = part.mark
    if mark is None:
        return "narrative" if part.times[0] is None else "statement"
    if mark.role is not None:
        return mark.role
    if mark.way == "dash":
        return "answer" if dashes % 2 else "question"
    if mark.label and _surname(mark.label) in askers:
        return "question"
    return "answer" if was_asked else "statement"


def _askers(spoken: Sequence[_Spoken]) -> frozenset[str]:
    """Return the surnames of those who ask: they end turns with a question.

    The person who says most is none of them. Empty if questions have labels of their own.
    """
    words: Counter[str] = Counter()
    turns_of: Counter[str] = Counter()
    asking: Counter[str] = Counter()
    for part in spoken:
        if part.mark is None or not part.mark.label:
            continue
        if part.mark.way == "letter":
            return frozenset()
        surname = _surname(part.mark.label)
        words[surname] += len(part.text)
        turns_of[surname] += 1
        asking[surname] += ends_with_question(part.text)
    shares = {surname: asking[surname] / turns_of[surname] for surname in words}
    main = next((surname for surname, _ in words.most_common(1)), None)
    if main is not None and shares[main] >= 0.8 and min(shares.values()) < 0.5:
        main = None
    return frozenset(s for s, share in shares.items() if s != main and share >= 0.4)


def _surname(label: str) -> str:
    return label.split()[-1].lower()
