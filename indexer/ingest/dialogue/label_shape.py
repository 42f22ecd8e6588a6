"""The common shape of a document's labels, which tells unknown ones from words with a colon."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from indexer.ingest.dialogue.label_forms import WEAK, Label
from indexer.ingest.dialogue.label_parts import LabelParts, has_label_words
from indexer.ingest.dialogue.label_words import COUNTING, PREPOSITIONS, SMALL, bare
from indexer.people.first_names import is_first_name
from indexer.records import Paragraph

MIN_SET_OFF = 0.7
"""The share of set-off labels from which those that are not set off so are somebody's words."""

MIN_MARKED = 0.3
"""The share of labels with more than a name and a form of address from which vocabulary counts."""

MIN_ALWAYS = 0.9
"""The share of marked labels from which a bare name is none."""

MAX_LABEL_WORDS = 14
MAX_BARE_WORDS = 4
"""Words of an unreadable label, and of one that is nothing but capitalised words."""

MIN_SINGLE = 0.1
"""The share of labels of one word from which an unknown word with a colon may be one."""

SURE = ("brackets", "stop and dash")
"""Forms that no sentence begins with."""

_BRACKETED = re.compile(r"[(\[].*?[)\]]")
_LETTER = re.compile(r"[^\W\d_]")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_NUMBERS = re.compile(r"[\d\s.:,/-]+")
_INNER_WORD = re.compile(r"(?<=[\w,;] )[^\W\d_]+(?![\w:])")


def is_set_off(label: Label) -> bool:
    """Return whether print or vocabulary sets a label off from the words of a sentence."""
    return label.is_capital or label.is_bold or is_told(label)


def is_told(label: Label) -> bool:
    """Return whether vocabulary tells that a label is about a person."""
    parts = label.parts
    return parts is not None and (
        parts.is_marked or is_first_name((parts.name or " ").split(" ")[0])
    )


class Shape:
    """The features that the named labels of a document share. ``named`` are their parts."""

    def __init__(self, labels: Sequence[Label], paragraphs: Sequence[Paragraph]) -> None:
        sure = _sure(labels)
        self.named = [label.parts for label in sure if label.parts]
        count = max(1, len(sure))
        plain = sum(parts.is_plain for parts in self.named)
        marked = sum(parts.is_marked for parts in self.named)
        self.is_marked = len(sure) - plain >= MIN_MARKED * count
        self.is_in_bold = sum(label.is_bold for label in sure) >= MIN_SET_OFF * count
        self._in_capitals = sum(label.is_capital for label in sure) >= MIN_SET_OFF * count
        self._is_always_marked = marked >= MIN_ALWAYS * count and plain < len(sure)
        single = sum(label.parts is not None and " " not in label.text for label in labels)
        self._has_single_words = single >= MIN_SINGLE * len(labels)
        self._surnames = {surname(parts.name or "") for parts in self.named}
        self._printed = {word.lower() for p in paragraphs for word in _INNER_WORD.findall(p.text)}

    def is_unlike(self, label: Label) -> bool:
        """Return whether a label lacks what nearly all labels have: bold, capitals."""
        if label.form not in {"colon", *WEAK} or (
            label.parts is None and has_label_words(label.text)
        ):
            return False
        is_plain = self.is_in_bold and not label.is_bold
        return is_plain or (self._in_capitals and not label.is_capital)

    def is_name(self, label: Label, parts: LabelParts) -> bool:
        """Return whether the name that was read from a label is one in this record."""
        if parts.is_marked or label.is_capital or label.is_bold:
            return True
        words = label.text.split()
        if words[-1].lower() in self._surnames or is_first_name(words[0]):
            return True
        if len(words) == 1 or label.form in SURE:
            return len(words) > 1
        return not self._is_always_marked and not self._is_printed(words)

    def begins_like_one(self, label: Label) -> bool:
        """Return whether an unreadable beginning is a label in the form of the record."""
        words = _BRACKETED.sub("", label.text).split()
        letters = [word for word in words if _LETTER.search(word)]
        if len(words) > MAX_LABEL_WORDS or _NUMBERS.fullmatch(label.text):
            return False
        if label.form in {*SURE, "blank"} or (label.is_bold and self.is_in_bold):
            return True
        if not letters:
            return label.text[0] not in "(["
        if label.form in ("bold", "line") or bare(words[0]) in COUNTING | PREPOSITIONS:
            return False
        if label.is_capital and self._in_capitals:
            return not words[0][1:].islower() or has_label_words(label.text)
        return self._is_shaped(label, words, letters)

    def _is_shaped(self, label: Label, words: Sequence[str], letters: Sequence[str]) -> bool:
        """Return whether words have the shape of an office, or of a name printed nowhere else."""
        is_told = has_label_words(label.text) or label.text.endswith((")", "]"))
        if is_told or any(not _LETTER_OR_DIGIT.search(word) for word in words):
            return all(word[0].isupper() or bare(word) in SMALL for word in letters)
        if label.form in WEAK or self._in_capitals or not all(w[0].isupper() for w in letters):
            return False
        is_short = len(letters) <= MAX_BARE_WORDS and (len(letters) > 1 or self._has_single_words)
        return is_short and not self._is_printed(letters)

    def _is_printed(self, words: Sequence[str]) -> bool:
        return not self._printed.isdisjoint(word.lower() for word in words)


def _sure(labels: Sequence[Label]) -> list[Label]:
    """Return the labels with names that are set off, or that recur where most are not set off."""
    named = [label for label in labels if label.parts and label.parts.name]
    names = Counter(label.parts.name for label in named if label.parts)
    are_set_off = sum(map(is_set_off, named)) >= MIN_SET_OFF * len(named)
    return [
        label
        for label in named
        if is_set_off(label) or (label.parts and not are_set_off and names[label.parts.name] > 1)
    ]


def surname(name: str) -> str:
    """Return the last word of a name, in small letters."""
    return name.split()[-1].lower()
