"""Labels before words ("MS. VELIDZE:"), told from headings, and resolved to speakers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from indexer.ingest.cast.context import ArticleContext
from indexer.ingest.cast.members import People
from indexer.ingest.dialogue.label_parts import is_chair
from indexer.ingest.dialogue.speaker_marks import (
    GENERIC_ANSWER,
    GENERIC_QUESTION,
    NOBODY,
    Mark,
    covers,
    moved,
)
from indexer.people.first_names import has_first_name
from indexer.people.names import (
    could_be_name,
    in_ordinary_case,
    is_office,
    is_outlet,
    without_honorific,
)
from indexer.people.office_and_name import split_office
from indexer.records import Paragraph, Role, Speaker

_THE = re.compile(r"^the\s+", re.I)
_OPENING = 6
"""Paragraphs in which an office is printed with its holder."""

_PRESIDENT = re.compile(r"\bpresident$", re.I)
"""A chair, or a head of state whom the corpus may name."""

MIN_INITIALS = 2
INITIALS = re.compile(r"[^\W\d_a-zа-я]{1,4}")


def sure_labels(
    marks: Sequence[dict[str, Mark]], paragraphs: Sequence[Paragraph], people: People
) -> set[str]:
    """Return the labels that name speakers in this article.

    Where labels recur, as in a transcript: those that look like a name, but only bold ones and
    capitals if most of them are; two of these that alternate need not look like names.
    Where each is printed once: bold ones and capitals that name somebody with an office, or
    somebody whom the article names elsewhere too; a bold "Civil Rights:" is no speaker.
    """
    counts: Counter[str] = Counter()
    alone: set[str] = set()
    strong: Counter[str] = Counter()
    generic: set[str] = set()
    for by_way, paragraph in zip(marks, paragraphs, strict=True):
        mark = by_way.get("label")
        if mark is None or mark.label is None:
            continue
        counts[mark.label] += 1
        if not paragraph.text[: mark.start].rstrip().endswith(":"):
            alone.add(mark.label)
        strong[mark.label] += _is_set_off(mark, mark.label, paragraph)
        generic.update([mark.label] if mark.role or NOBODY.fullmatch(mark.label) else [])
    dialogue = {label for label in alone if counts[label] > 1}
    for label in alone - (dialogue if len(dialogue) > 1 else set()):
        del counts[label], strong[label]  # a heading; names on lines of their own alternate
    names = {label for label in counts if _looks_like_person(label, people)}
    set_off = {label for label in strong if strong[label]}
    repeated = {label for label, count in counts.items() if count > 1}
    is_transcript = generic or any("letter" in by_way for by_way in marks)
    if len(repeated & set_off) > 1:
        names |= repeated & set_off
    if is_transcript or len(repeated & names) >= 2 or repeated & set_off:
        if 2 * strong.total() > counts.total():
            # "GREEN" is sure, and so is "Green" after it.
            return generic | {one for one in set_off if one in names or one.upper() in set_off}
        return generic | (repeated & names) | (set_off & names) | names
    known = {label for label in set_off & names if _is_known(label, counts[label], people)}
    return known | {label for label in repeated & names if counts[label] > 2}


def _is_set_off(mark: Mark, label: str, paragraph: Paragraph) -> bool:
    """Return whether a label is bold by itself, in capitals, or a word such as ``Question``."""
    bold = covers(moved(paragraph.bold, 0, mark.start), label)
    capitals = label.isupper() and len(label) > 3 and mark.start < len(paragraph.text)
    is_all = mark.start >= len(paragraph.text)
    in_bold_text = covers(paragraph.bold, paragraph.text) and not is_all
    return capitals or mark.role is not None or (bold and not in_bold_text)


def _looks_like_person(label: str, people: People) -> bool:
    label = _THE.sub("", label)
    if is_outlet(label):
        return True
    office, name = split_office(label)
    words = [word for word in without_honorific(name).split() if not is_office(word)]
    if office is None and not words:
        return True
    common = sum(people.words.is_common(word) for word in words)
    bare = in_ordinary_case(without_honorific(name))
    return could_be_name(bare) and 2 * common < max(len(words), 1)


def _is_known(label: str, count: int, people: People) -> bool:
    """Return whether a label has an office, or the article names its person outside labels too."""
    office, name = split_office(label)
    bare = without_honorific(name)
    return (
        bool(office)
        or bare != name
        or is_office(name.split()[-1])
        or people.words.prints(bare, count + 1)
    )


class Labels:
    """Resolves labels to speakers by the article's own print."""

    def __init__(self, context: ArticleContext) -> None:
        self._people = context.people
        self._introduced = context.introduction.speaker
        self._asker = context.introduction.asker
        self._writer = context.introduction.writer
        self._beginning = context.texts[: 1 + _OPENING]
        self._known: dict[str, Speaker] = {}
        self._offices: dict[str, str] = {}
        self._answerers: dict[str, Speaker] = {}

    def is_introduced(self, label: str) -> bool:
        """Return whether a label is the introduced person's name or initials.

        Or a short form of a name that the article prints in full elsewhere.
        """
        bare = without_honorific(label)
        full = self._people.names.of(bare)
        introduced = self._introduced
        if introduced is not None and (
            full == introduced.name or _initials(introduced.name) == label
        ):
            return True
        return full != bare and could_be_name(bare)

    def speaker(self, mark: Mark | None, printed: str, role: Role) -> Speaker | None:
        """Return the speaker of a turn: its label's person, the introduced one for a plain answer.

        ``None`` if nobody is named. ``printed`` is the label as it is printed, with its colon.
        """
        if mark is None or mark.label == "":
            return None
        if mark.way == "letter" and self._answerers:
            return None  # an "A." among names may be anybody's
        if role == "question" and (mark.label is None or GENERIC_QUESTION.fullmatch(mark.label)):
            return self._writer if mark.label is None else self._asker
        if mark.label is None or GENERIC_ANSWER.fullmatch(mark.label):
            return self._plain_answerer() if role == "answer" else None
        if GENERIC_QUESTION.fullmatch(mark.label) or NOBODY.fullmatch(mark.label):
            return None
        if role == "question" and INITIALS.fullmatch(mark.label):
            return None
        if mark.office is not None:
            self._offices.setdefault(mark.label, mark.office)
        speaker = _with_office(self._labelled(mark.label, printed), mark.office, printed)
        if speaker.role is None and is_chair(speaker.name) and not _PRESIDENT.search(speaker.name):
            return None
        if role == "answer":
            self._answerers[speaker.name] = speaker
        return speaker

    def _plain_answerer(self) -> Speaker | None:
        """Return the introduced person, or the one person whose label was on earlier answers."""
        if len(self._answerers) == 1:
            known = next(iter(self._answerers.values()))
            return replace(known, evidence="carried")
        return self._introduced if not self._answerers else None

    def _labelled(self, label: str, printed: str) -> Speaker:
        if label not in self._known:
            self._known[label] = self._resolved(label, printed)
        return self._known[label]

    def _resolved(self, label: str, printed: str) -> Speaker:
        introduced = self._introduced
        if introduced is not None and self._are_only(label, introduced.name):
            return replace(introduced, as_printed=label, attribution=printed, evidence="label")
        if (full := self._of_initials(label)) is not None:
            return Speaker(full, label, printed, None, "label")
        _, name = split_office(label)
        words = without_honorific(name).split()
        if all(is_office(word) or word.lower() in ("the", "of") for word in words):
            return self._office_only(label, printed)
        full, office = self._people.named(label)
        if introduced is not None and introduced.name == full and office is None:
            office = introduced.role
        office = office or self._offices.get(full)
        if office:
            self._offices[full] = office
        return Speaker(full, label, printed, office, "label")

    def _are_only(self, label: str, name: str) -> bool:
        """Return whether a label is the initials of a name, and of no other in the opening."""
        if _initials(name) != label:
            return False
        named = (one for text in self._beginning for one in self._people.mentions(text))
        return not any(_initials(one) == label and one != name for one in named)

    def _of_initials(self, label: str) -> str | None:
        """Return the one person of the article with a first name who has these initials."""
        if len(label) < MIN_INITIALS or not INITIALS.fullmatch(label) or not label.isalpha():
            return None
        known = (name for name in self._people.words.names if _initials(name) == label)
        found = [name for name in known if self._people.is_person(name.split(), name)]
        return found[0] if len(found) == 1 and has_first_name(found[0]) else None

    def _office_only(self, label: str, printed: str) -> Speaker:
        office = re.sub(r"^the\s+", "", label, flags=re.I)
        holder = None
        if office != label:
            holder = self._people.holder_of(office, self._beginning)
        name = holder or in_ordinary_case(label)
        role = in_ordinary_case(office) if holder else None
        return Speaker(name, label, printed, role, "label")


def _with_office(speaker: Speaker, office: str | None, printed: str) -> Speaker:
    """Return a speaker whose surname is printed with an office, which tells the registry more."""
    label = speaker.as_printed or ""
    start = printed.find(office) if office else -1
    end = printed.find(label, start) if start >= 0 else -1
    if end < 0 or " " in speaker.name or speaker.name != label:
        return speaker
    return replace(speaker, as_printed=printed[start : end + len(label)])


def _initials(name: str) -> str:
    """Return the first letters of a name, of both parts of a surname with a hyphen too."""
    return "".join(word[0] for word in name.replace("-", " ").split())
