"""Beginnings of paragraphs that once were labels: their words are nobody's.

Bad scans, lost encodings and slips of the pen leave labels that no rule can read. Whatever stands
before the mark that ends the labels of a document, and is no beginning of a sentence, ends the turn
before it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from indexer.ingest.dialogue.label_parts import has_label_words, is_chair
from indexer.ingest.dialogue.label_words import SMALL, is_title
from indexer.ingest.dialogue.speaker_marks import CLOSES, NOBODY, Mark
from indexer.records import Paragraph
from indexer.text.sentences import STOPS

NOBODY_HERE = Mark("label", 0, label="")
"""The mark of a label that names nobody, and ends the turn before it."""

MIN_LABELS = 2
MIN_SHARE = 0.2
"""Labels with one end, and their share, from which what has that end may be a broken label."""

MAX_BROKEN = 200
MAX_BROKEN_WORDS = 25
"""Characters and words of a broken label."""

MAX_NAME_WORDS = 4
"""Words of a name in small letters."""

MIN_BOLD = 4
MIN_BOLD_SHARE = 0.75
"""Labels, and the share of bold ones, from which a plain one is in somebody's words."""

MIN_CAPITALS = 0.6
"""The share of labels in capitals from which other words in capitals are a label too."""

MAX_LETTERS = 10
"""Letters of a word of a label, on average."""

MIN_LETTERS = 5
"""Letters of a word in capitals that is no acronym."""

MAX_LINE_WORDS = 8
"""Words of a line without a full stop that is a label or a heading among labels on lines."""

_ENDS = {
    ":–": re.compile(r"\s?:\s?[–—-](?=\s)"),
    ":": re.compile(r"\s?:(?=\s|$)"),
    ".–": re.compile(r"(?:\s?\.\s?|^)[–—-](?=\s)"),
    "–": re.compile(r"(?:\s|^|(?<=\)))[–—-](?=\s)"),
    ".": re.compile(r"\.(?=\s)"),
    "]": re.compile(r"[\])](?=\s)"),
    "line": re.compile(r"$"),
    "letter": re.compile(r"(?<=^\S)(?=\s)"),
}
"""The marks that end labels, the surest first."""

_SURE = (":–", ".–", "–")
"""Ends that no sentence in small letters has so early."""

_STRICT = (".–", "–", ".")
"""Ends before which words that are all capitalised are no sentence."""

_BEFORE = re.compile(r"[\[(]?\d{1,2}[:.h]\d\d(?:[:.]\d\d)?[\])]?[\s,–—-]*|\d{1,4}[.)]\s+")
_STOPS = re.compile(rf"[{STOPS},;:]")
_LETTER = re.compile(r"[^\W\d_]")
_BLANK = re.compile(r"[■█▪�□¤]|[.?…_]{2}")
_WORD = re.compile(r"[^\W\d_]+")
_BRACKETED = re.compile(r"\([^()]*\)|[\[\]<>]")
_ANY_FORM = re.compile(
    r"[\[<]?(?P<head>[^\W\d_][^\n.:–—()\[\]<>]{1,60}?(?:\s?\([^()\n]{1,60}\))?)"
    r"(?:\s?[:.\]>]|\s[–—-])(?=\s)"
)
"""A head that any mark of labels ends."""

_DAMAGED = re.compile(r"[■█▪�□¤]|[^\W\d_][\d?][^\W\d_]")
_MIXED = re.compile(r"\S*(?:[■█▪�□¤]|[^\W\d_][\d?])\S*")
_ONE_LETTER_WORDS = frozenset("AIOYEUÉÈÀÓИВСКЯУОАІЙЗ")
_BULLET = re.compile(r"[\d\W]{0,3}\d[\d\W]*|[•►▶*·–—-]|[\"“„«»‘’'(\[¿¡…].*")
_LONG = re.compile(r"([^\n.:?!]{20,600}):(?=\s)")
_ASIDE = re.compile(r"[(\[].*[)\]]\.?|[*#_.\s–—-]+", re.S)
"""A remark of the record in brackets, or a line that parts."""


class _Known:
    """The labels of a document: as printed, their surnames, and if most are capitals or bold."""

    def __init__(self, marks: Sequence[Mark | None], paragraphs: Sequence[Paragraph]) -> None:
        printed = list(_printed(marks, paragraphs))
        self.labels = {_folded(label) for label in printed}
        self.surnames = {_folded(m.label.split()[-1]) for m in marks if m and m.label}
        self._words = {word for label in printed for word in map(_folded, label.split())}
        capitals = sum(_has_capitals(label) for label in printed)
        self.are_capitals = capitals >= MIN_CAPITALS * len(printed)
        pairs = [pair for pair in zip(marks, paragraphs, strict=True) if pair[0] and pair[0].start]
        bold = sum(_is_bold(mark, paragraph) for mark, paragraph in pairs)
        self.are_bold = len(pairs) >= MIN_BOLD and bold >= MIN_BOLD_SHARE * len(pairs)

    def is_plain(self, mark: Mark, paragraph: Paragraph) -> bool:
        """Return whether a label is plain where all others are bold: it is in somebody's words."""
        is_label = mark.way == "label" and mark.start > 0 and mark.role is None
        return self.are_bold and is_label and not _is_bold(mark, paragraph)

    def is_in_another_form(self, paragraph: Paragraph) -> bool:
        """Return whether a paragraph begins with the name of a known label in another form."""
        text, known = paragraph.text, self._words | self.surnames
        while (first := text.split(None, 1)) and _folded(first[0]) not in self.surnames:
            if len(first) < 2 or not is_title(first[0]):
                break
            text = first[1]
        if not first or _folded(first[0]) not in known:
            return False
        start, end = next(iter(paragraph.bold), (0, 0))
        head = paragraph.text[:end] if start == 0 and end <= MAX_LINE_WORDS * MAX_LETTERS else ""
        if found := _ANY_FORM.match(text):
            head = head or found["head"]
        words = _BRACKETED.sub("", head).split()
        if not words or not all(map(_is_capitalised, words)) or is_chair(head):
            return False  # "Speaker. …" may be addressed
        is_short = len(words) <= MAX_NAME_WORDS and _folded(words[-1]) in self.surnames
        return is_short or _folded(head) in self.labels


def with_broken(marks: Sequence[Mark | None], paragraphs: Sequence[Paragraph]) -> list[Mark | None]:
    """Return the marks of paragraphs, with one for nobody where a broken label stands."""
    ends = _ends(marks, paragraphs)
    if not ends:
        return list(marks)
    known = _Known(marks, paragraphs)
    is_whole = True
    found: list[Mark | None] = []
    for mark, paragraph in zip(marks, paragraphs, strict=True):
        is_broken = mark is None and (
            ("" in ends and _has_bold_head(paragraph))
            or known.is_in_another_form(paragraph)
            or _is_broken(paragraph.text, ends, known, is_whole=is_whole)
        )
        is_plain = mark is not None and known.is_plain(mark, paragraph)
        found.append(NOBODY_HERE if is_broken or is_plain else mark)
        is_whole = not _is_cut(paragraph.text)
    return found


def _printed(marks: Sequence[Mark | None], paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """Yield the labels as they are printed, each with the mark that ends it."""
    for mark, paragraph in zip(marks, paragraphs, strict=True):
        if mark is not None and mark.label is not None and (mark.start or mark.unread):
            length = mark.start or mark.unread
            end = "\n" if length >= len(paragraph.text) else ""
            yield paragraph.text[:length].strip() + end


def _ends(marks: Sequence[Mark | None], paragraphs: Sequence[Paragraph]) -> list[str]:
    """Return the marks that end the labels of a document; "" if bold letters alone do."""
    counts = Counter(map(_end, _printed(marks, paragraphs)))
    fewest = max(MIN_LABELS, MIN_SHARE * counts.total())
    return [end for end in ("", *_ENDS) if counts[end] >= fewest]


def _end(label: str) -> str:
    """Return the mark that ends a printed label."""
    if label[-1] == "\n":
        return "line"
    if len(label) == 1:
        return "letter"
    ends = (end for end, form in _ENDS.items() if _ends_with(form, label))
    return next(ends, "")


def _ends_with(form: re.Pattern[str], label: str) -> bool:
    return any(found.end() == len(label) for found in form.finditer(f"{label} "))


def _is_bold(mark: Mark | None, paragraph: Paragraph) -> bool:
    """Return whether some of a label is bold."""
    return mark is not None and bool(paragraph.bold) and paragraph.bold[0][0] < mark.start


def _has_bold_head(paragraph: Paragraph) -> bool:
    """Return whether a paragraph begins with a few bold words, as labels do that nothing ends."""
    start, end = next(iter(paragraph.bold), (0, 0))
    return start == 0 < end < len(paragraph.text) and end <= MAX_LINE_WORDS * MAX_LETTERS


def _is_broken(text: str, ends: Sequence[str], known: _Known, *, is_whole: bool) -> bool:
    """Return whether a paragraph begins with a broken label.

    ``is_whole`` tells that the paragraph before it ended its sentence.
    """
    if not {"line", ":–"}.intersection(ends) and text[0].isupper() and not _is_odd(text, known):
        return False
    if CLOSES.fullmatch(text) or _ASIDE.fullmatch(text):
        return False
    before = _BEFORE.match(text)
    rest = text[before.end() if before else 0 :]
    if ":" in ends and (long := _LONG.match(text)) and _is_office(long[1]):
        return True
    return any(
        _is_broken_head(rest[: found.start()], end, known, is_whole=is_whole)
        for end in filter(None, ends)
        for found in _ENDS[end].finditer(rest, 0, MAX_BROKEN)
    )


def _is_office(head: str) -> bool:
    """Return whether a head of any length is an office: capitalised words with small ones."""
    words = head.split()
    is_title = all(_is_capitalised(word) or word in SMALL for word in words)
    return is_title and len(words) > 1 and has_label_words(head)


def _is_odd(text: str, known: _Known) -> bool:
    """Return whether a beginning in a capital letter may be a broken label: a cheap check."""
    if NOBODY.match(text):
        return True
    if _DAMAGED.search(text, 0, MAX_BROKEN) or (len(text) > 1 and text[1].isspace()):
        return True
    if _is_capitalised(text.split(None, 2)[1:2][0] if " " in text else ""):
        return True
    return known.are_capitals and _has_capitals(text[:MAX_BROKEN])


def _has_capitals(text: str) -> bool:
    """Return whether a word is in capitals that is too long for an acronym."""
    return any(len(word) >= MIN_LETTERS and word.isupper() for word in _WORD.findall(text))


def _is_cut(text: str) -> bool:
    """Return whether a paragraph is cut inside its sentence."""
    return (text[-1].isalpha() or text[-1] in ",-") and text.count(" ") >= MAX_LINE_WORDS


def _is_broken_head(head: str, end: str, known: _Known, *, is_whole: bool) -> bool:
    """Return whether what stands before the end of a label is no beginning of a sentence."""
    words = head.split()
    if "\n" in head:
        return False
    if not _LETTER.search(head):
        is_blank = _BLANK.search(head) is not None
        return is_blank or (end not in ("line", ".") and not _BULLET.fullmatch(head))
    if len(words) > MAX_BROKEN_WORDS:
        return False
    if end == "line":
        is_title = head[-1] != ":" or head[0].islower()
        return is_title and len(words) <= MAX_LINE_WORDS and not _STOPS.search(head.rstrip(":"))
    if end == ":–":
        return True
    if NOBODY.fullmatch(head):
        return True
    if end == "letter":
        return head not in _ONE_LETTER_WORDS
    mixed = sum(_MIXED.fullmatch(word) is not None for word in words)
    if _DAMAGED.search(head) and 2 * mixed >= len(words):
        return True
    if known.are_capitals and _has_capitals(head) and len(words) <= MAX_LINE_WORDS:
        return True
    if end in _STRICT and _is_name_like(head, words):
        return True
    return is_whole and head[0].islower() and (end in _SURE or _may_be_label(head, known))


def _is_name_like(head: str, words: Sequence[str]) -> bool:
    """Return whether a head is nothing but capitalised words, as names are, with brackets or not.

    >>> _is_name_like("Oda Wex (Ind)", ["Oda", "Wex", "(Ind)"])
    True
    """
    if head[-1] == ")":
        return len(words) <= MAX_LINE_WORDS and all(map(_is_capitalised, words))
    is_surname = words[-1].isupper() and len(words[-1]) > MIN_LETTERS - 2
    if is_surname and 1 < len(words) <= MAX_LINE_WORDS:
        return all(_is_capitalised(word) or word in SMALL for word in words)
    is_short = 1 < len(words) <= MAX_NAME_WORDS + 1 and not has_label_words(head)
    return is_short and all(map(_is_capitalised, words))


def _is_capitalised(word: str) -> bool:
    return word.lstrip("([")[:1].isupper()


def _may_be_label(head: str, known: _Known) -> bool:
    if head[1:2] == ")":
        return False  # "b) …"
    name = head.partition(",")[0].split()
    is_short = len(name) <= MAX_NAME_WORDS
    return is_short or has_label_words(head) or head[-1] in ")]" or _folded(head) in known.labels


def _folded(label: str) -> str:
    return re.sub(r"[\W_]+", "", label).casefold()
