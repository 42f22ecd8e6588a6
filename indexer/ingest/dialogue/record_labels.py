"""Labels of records: what the labels of one document share tells who speaks in it.

A record prints its labels in one form or two; they recur, or offices, titles, parties and capitals
mark them. Whatever else begins so is a label too, and ends the turn before it, even where nobody
can be read from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from indexer.ingest.dialogue.label_forms import WEAK, Label, labels_of
from indexer.ingest.dialogue.label_parts import LabelParts
from indexer.ingest.dialogue.label_shape import (
    MIN_SET_OFF,
    Shape,
    is_set_off,
    is_told,
    surname,
)
from indexer.ingest.dialogue.speaker_marks import GENERIC_QUESTION, NOBODY, Mark
from indexer.people.first_names import is_first_name
from indexer.people.names import NOT_A_SPEAKER, PARTICLES
from indexer.records import Paragraph

MIN_LABELS = 3
MIN_SPEAKERS = 2
"""Labels with names, and different names in them, from which a form is that of a record."""

MIN_SHARE = 0.3
"""Labels of a weak form for each label of the commonest form; fewer are sentences."""

MIN_WORDS = 3
"""Words after a label in at least half of the paragraphs; less is a list, a table, a score."""


@dataclass(frozen=True, slots=True)
class Record:
    """The labels of a document, one for each paragraph, ``None`` where there is none.

    ``is_certain`` is true if labels alone tell who speaks: they are of a form of their own, or more
    than names with a colon.
    """

    marks: Sequence[Mark | None]
    is_certain: bool = False


def record_of(paragraphs: Sequence[Paragraph]) -> Record:
    """Find the labels of a document; all are ``None`` if it is no record."""
    found = [list(labels_of(paragraph)) for paragraph in paragraphs]
    forms = _forms(found, paragraphs)
    if not forms:
        return Record([None] * len(paragraphs))
    chosen = [_chosen(labels, forms) for labels in found]
    reader = _Reader([label for label in chosen if label], paragraphs)
    marks = [reader.mark(label) if label else None for label in chosen]
    others = sum(label is not None and label.form != "colon" for label in chosen)
    is_other = 2 * others > sum(label is not None for label in chosen)
    return Record(marks, is_other or (reader.shape.is_marked and not reader.shape.is_in_bold))


def _forms(found: Sequence[Sequence[Label]], paragraphs: Sequence[Paragraph]) -> set[str]:
    """Return the forms of labels that the document confirms."""
    by_form: dict[str, list[tuple[Label, bool]]] = {}
    for number, labels in enumerate(found):
        for label in labels:
            text = paragraphs[number].text[label.start :]
            if not text and number + 1 < len(paragraphs):
                text = paragraphs[number + 1].text
            by_form.setdefault(label.form, []).append((label, len(text.split()) >= MIN_WORDS))
    counts = {
        form: sum(label.parts is not None for label, _ in labels)
        for form, labels in by_form.items()
        if _is_confirmed(form, labels)
    }
    most = max(counts.values(), default=0)
    return {form for form, count in counts.items() if count >= MIN_SHARE * most or form not in WEAK}


def _is_confirmed(form: str, labels: Sequence[tuple[Label, bool]]) -> bool:
    readable = [label for label, _ in labels if label.parts is not None]
    names = [surname(label.parts.name) for label in readable if label.parts and label.parts.name]
    has_words = sum(is_said for label, is_said in labels if label.parts is not None)
    if (
        len(readable) < MIN_LABELS
        or len(set(names)) < MIN_SPEAKERS
        or 2 * has_words < len(readable)
    ):
        return False
    set_off = sum(is_set_off(label) for label in readable)
    recurring = sum(count > 1 for count in Counter(names).values())
    has_chair = any(label.is_chair for label in readable)
    if 2 * len(readable) < len(labels) and form not in {*WEAK, "line"}:
        return False
    told = sum(is_told(label) for label in readable)
    if form == "colon" and told >= MIN_SET_OFF * len(readable):
        return True
    if recurring + has_chair >= 2 and set_off >= 0.5 * len(readable):
        return True
    return recurring >= 2 and form not in {*WEAK, "line"}


def _chosen(labels: Iterable[Label], forms: set[str]) -> Label | None:
    """Return the label of a paragraph: one of a form of the document, or else a plain one."""
    labels = list(labels)
    own = [label for label in labels if label.form in forms or label.form == "blank"]
    readable = [label for label in own if label.parts is not None]
    strangers = [
        label
        for label in labels
        if label.form not in WEAK
        and label.parts is not None
        and label.parts.name
        and (label.parts.is_marked or label.is_capital)
    ]
    return next(iter([*readable, *strangers, *own]), None)


def _nobody(label: Label) -> Mark:
    """Return the mark of a label that names nobody, and ends the turn before it."""
    return Mark("label", 0, label="", unread=label.start)


class _Reader:
    """Reads the labels of one record: short forms, offices and namesakes by the fuller labels."""

    def __init__(self, labels: Sequence[Label], paragraphs: Sequence[Paragraph]) -> None:
        self.shape = Shape(labels, paragraphs)
        self._full: dict[str, set[str]] = {}
        self._firsts: dict[str, set[str]] = {}
        self._places: dict[str, set[str]] = {}
        self._places_of: dict[str, dict[str, set[str]]] = {}
        self._offices: dict[str, set[str]] = {}
        for parts in self.shape.named:
            self._learn(parts)

    def _learn(self, parts: LabelParts) -> None:
        name = parts.name or ""
        words = [word.lower() for word in name.split()]
        if len(words) > 1:
            for word in words[1:]:
                self._full.setdefault(word, set()).add(name)
            if not is_first_name(name.split()[0]):
                self._firsts.setdefault(words[0], set()).add(name)
        elif parts.place:
            self._places.setdefault(name.lower(), set()).add(parts.place)
        if parts.place and parts.place[0].isupper():
            who = parts.place if is_surname(name) else name
            places = self._places_of.setdefault(words[-1], {}).setdefault(who, set())
            places |= _words(parts.place)
        if parts.office and len(parts.office.split()) > 1:
            self._offices.setdefault(parts.office.lower(), set()).add(name)

    def mark(self, label: Label) -> Mark | None:
        """Return the mark of a label; one that names nobody has an empty label."""
        if GENERIC_QUESTION.fullmatch(label.text):
            return Mark("label", label.start, label.text, "question")
        if NOT_A_SPEAKER.fullmatch(label.text):
            return None
        if NOBODY.fullmatch(label.text):
            return Mark("label", label.start, label.text)
        if self.shape.is_unlike(label) and not label.is_chair:
            return None
        parts = label.parts
        if parts is not None and parts.name is None:
            return self._of_office(label, parts)
        if parts is None or not self.shape.is_name(label, parts):
            return _nobody(label) if self.shape.begins_like_one(label) else None
        name = self._full_name(parts)
        return Mark("label", label.start, name, office=parts.office) if name else _nobody(label)

    def _of_office(self, label: Label, parts: LabelParts) -> Mark:
        """Return the mark of an office, whose holder another label may name."""
        holders = self._offices.get((parts.office or "").lower(), set())
        if len(holders) == 1 and parts.place is None and not label.is_chair:
            return Mark("label", label.start, next(iter(holders)), office=parts.office)
        return _nobody(label)

    def _full_name(self, parts: LabelParts) -> str | None:
        """Return the fullest name of a label; ``None`` if it may be one of two namesakes'."""
        name = parts.name or ""
        if is_surname(name):
            places = self._places_of.get(surname(name), {}).values()
            if any(one.isdisjoint(other) for one, other in combinations(places, 2)):
                return self._with_place(name, parts.place)
        if " " in name:
            return name
        fuller = self._firsts.get(name.lower(), set()) | self._full.get(name.lower(), set())
        if not fuller and len(self._places.get(name.lower(), ())) > 1:
            return None
        return name if not fuller else next(iter(fuller)) if len(fuller) == 1 else None

    def _with_place(self, name: str, place: str | None) -> str | None:
        """Return the full name of the only namesake of a place; ``None`` if nothing tells it."""
        found = [
            one
            for one, places in self._places_of[surname(name)].items()
            if one in self._full.get(surname(name), ()) and places & _words(place or "")
        ]
        return found[0] if len(found) == 1 else None


def is_surname(name: str) -> bool:
    """Return whether a name is a surname alone: "Berg", "De Wit"."""
    words = name.split()
    return len(words) == 1 or all(word.lower() in PARTICLES.split("|") for word in words[:-1])


def _words(place: str) -> set[str]:
    return set(place.lower().split())
