"""An article's paragraphs to turns, by the marks that outlets set.

A paragraph may have a mark of several ways (`speaker_marks.WAYS`); the first that the article as a
whole confirms counts. Text without a mark is narrative; `quoting` finds the quotations in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.ingest.cast.context import ArticleContext
from indexer.ingest.cast.members import People
from indexer.ingest.dialogue.broken_labels import with_broken
from indexer.ingest.dialogue.labels import Labels, sure_labels
from indexer.ingest.dialogue.record_labels import record_of
from indexer.ingest.dialogue.spans import pieces_of
from indexer.ingest.dialogue.speaker_marks import CLOSES, GENERIC_ANSWER, WAYS, Mark, covers
from indexer.ingest.dialogue.telling import closes, is_told
from indexer.records import Paragraph, Role, Turn
from indexer.text.sentences import ASKING, STOPS, ends_with_question

_ASKS = re.compile(f"[{ASKING}]")

_PLAINLY_ANSWERED = frozenset({"bold", "heading", "italic", "class", "definition list"})

_EMPHASIS = ("bold", "heading", "italic")
"""Ways that set questions off from answers which are plain."""


def turns(context: ArticleContext) -> tuple[Turn, ...]:
    """Return the turns of an article in order; without marks, one narrative turn a paragraph.

    An unlabelled answer is the introduced person's, or nobody's.
    """
    article = context.article
    pieces = list(pieces_of(article.paragraphs, context.introduction.paragraph))
    labels = Labels(context)
    marks = _chosen_marks([paragraph for _, paragraph in pieces], context.people, labels)
    spoken = list(_merged(pieces, marks, _Telling(context, marks)))
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


def _marks(paragraph: Paragraph) -> dict[str, Mark]:
    marks = ((way.name, way.read(paragraph)) for way in WAYS)
    return {name: mark for name, mark in marks if mark is not None}


def _chosen_marks(
    paragraphs: Sequence[Paragraph], people: People, labels: Labels
) -> list[Mark | None]:
    """Return the mark of each paragraph that counts, by the ways that the article confirms."""
    marks = [_marks(paragraph) for paragraph in paragraphs]
    ways = _sure_ways(marks, paragraphs)
    record = record_of(paragraphs)
    if record.is_certain and not ways & {*_EMPHASIS, "class", "definition list"}:
        recorded = [_of_record(*pair) for pair in zip(marks, record.marks, strict=True)]
        return with_broken(recorded, paragraphs)
    sure = sure_labels(marks, paragraphs, people)
    chosen: list[Mark | None] = []
    for by_way, paragraph, in_record in zip(marks, paragraphs, record.marks, strict=True):
        label = by_way.get("label")
        after_question = bool(chosen) and chosen[-1] is not None and chosen[-1].role == "question"
        if label is not None and label.label is not None and label.label not in sure:
            asks = any(way in by_way and way in ways for way in _EMPHASIS)
            if not asks and not (after_question and labels.is_introduced(label.label)):
                del by_way["label"]
                if paragraph.time is not None:
                    # In a recording each label is another voice, also one that names nobody.
                    by_way["voice"] = Mark("voice", label="")
        chosen.append(_combined(by_way, ways) or in_record)
    return with_broken(chosen, paragraphs)


def _of_record(by_way: Mapping[str, Mark], recorded: Mark | None) -> Mark | None:
    """Return the mark of a paragraph in a record: its voice, its letter, or its label."""
    return by_way.get("voice") or by_way.get("letter") or recorded


def _sure_ways(marks: Sequence[dict[str, Mark]], paragraphs: Sequence[Paragraph]) -> frozenset[str]:
    """Return the ways that the article confirms, except labels, which are judged singly."""
    ways = {way for way in _EMPHASIS if _mostly_asks(marks, paragraphs, way)}
    ways |= {way for way in ("class", "definition list") if _has_questions(marks, way)}
    if all(any(way in by_way for by_way in marks) for way in ("letter", "label")):
        ways.add("letter")
    if ways & set(_EMPHASIS) or _is_dialogue(marks, paragraphs):
        ways.add("dash")
    return frozenset({"voice", "label", *ways})


def _combined(by_way: dict[str, Mark], ways: frozenset[str]) -> Mark | None:
    """Return one mark of several ways.

    A label in a bold question gives the name, the bold gives the role; a dash next to bold
    questions marks an answer.
    """
    sure = [way.name for way in WAYS if way.name in by_way and way.name in ways]
    if not sure:
        return None
    mark = by_way[sure[0]]
    emphasis = next((way for way in sure if way in _EMPHASIS), None)
    if mark.way == "label" and mark.role is None and emphasis is not None:
        return replace(mark, way=emphasis, role="question")
    if mark.way == "dash" and ways & set(_EMPHASIS):
        return replace(mark, role="answer")
    return mark


def _has_questions(marks: Sequence[dict[str, Mark]], way: str) -> bool:
    return any(way in by_way and by_way[way].role == "question" for by_way in marks)


def _mostly_asks(
    marks: Sequence[dict[str, Mark]], paragraphs: Sequence[Paragraph], way: str
) -> bool:
    """Return whether paragraphs marked in a way are questions.

    At least two of them ask, or one, and then the others are whole sentences; and half of them ask.
    """
    texts = [p.text for m, p in zip(marks, paragraphs, strict=True) if way in m]
    asking = sum(bool(_ASKS.search(text)) for text in texts)
    # A heading may ask too; a remark instead of a question is a whole sentence.
    remarks = [text for text in texts if not _ASKS.search(text)]
    is_sure = asking >= 2 or (asking == 1 and all(text.rstrip()[-1] in STOPS for text in remarks))
    return len(texts) < len(marks) and is_sure and asking >= 0.5 * len(texts)


def _is_dialogue(marks: Sequence[dict[str, Mark]], paragraphs: Sequence[Paragraph]) -> bool:
    """Return whether dashes mark a dialogue, not a list.

    Every other paragraph asks, and those between do not.
    """
    texts = [p.text for m, p in zip(marks, paragraphs, strict=True) if "dash" in m]
    asking = [ends_with_question(text) for text in texts]
    if len(texts) < 2 or not any(asking):
        return False
    first, second = asking[0::2], asking[1::2]
    return sum(first) >= 0.6 * len(first) and sum(second) <= 0.4 * len(second)


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

    def __init__(self, context: ArticleContext, marks: Sequence[Mark | None]) -> None:
        introduced = context.introduction.speaker
        self._introduced = introduced.name if introduced else None
        self._language = context.article.language
        self._last_mark = max((n for n, mark in enumerate(marks) if mark), default=0)

    def ends(self, paragraph: Paragraph, current: _Spoken, place: int) -> bool:
        """Return whether an unmarked paragraph ends the marked turn before it."""
        if current.mark is None:
            return False
        if paragraph.kind == "heading" or (
            not _asks_plainly(current.mark) and covers(paragraph.bold, paragraph.text)
        ):
            return True
        if paragraph.time is not None or current.mark.role == "question":
            return CLOSES.fullmatch(paragraph.text) is not None
        label = current.mark.label
        is_plain = label is None or GENERIC_ANSWER.fullmatch(label)
        speaker = self._introduced if is_plain else label or None
        if is_told(paragraph, speaker, self._language):
            return True
        introduced = self._introduced if is_plain else None
        return place > self._last_mark and closes(paragraph, introduced, self._language)


def _belongs_to(current: _Spoken, time: int | None) -> bool:
    """Return whether an unmarked paragraph belongs to the turn before it.

    That turn is marked; in a recording it may be any.
    """
    return current.mark is not None or time is not None


def _asks_plainly(mark: Mark) -> bool:
    """Return whether a mark sets a question off from an answer that is plain."""
    return mark.way in _PLAINLY_ANSWERED and mark.role == "question"


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
