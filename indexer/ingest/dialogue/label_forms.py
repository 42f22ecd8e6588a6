"""The forms in which labels are printed: how they begin and how they end, before any vocabulary."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from indexer.ingest.dialogue.label_parts import LabelParts, is_chair, label_parts
from indexer.ingest.dialogue.label_words import ADDRESS, bare
from indexer.ingest.dialogue.speaker_marks import CLOSES, SAYS, covers, moved
from indexer.records import Paragraph
from indexer.text.abbreviations import ABBREVIATED_OFFICES
from indexer.text.marks import OPENING_DOUBLE


@dataclass(frozen=True, slots=True)
class Label:
    """A possible label of a paragraph: its form, its text, the start of the words after it.

    ``parts`` is ``None`` if nobody can be read from it.
    """

    form: str
    text: str
    start: int
    parts: LabelParts | None
    is_bold: bool = False

    @property
    def is_capital(self) -> bool:
        """True if the surname is in capitals; of an unreadable label, a whole word."""
        name = self.parts.name if self.parts else None
        if self.parts and self.parts.office and _BRACKET.split(self.text)[0].isupper():
            return True  # the holder of an office in capitals is in the brackets after it
        if name is not None:
            return len(name) > 1 and _folded(name.split()[-1]) in _folded(self.text, upper=False)
        return any(len(word) > 2 and word.isupper() for word in re.findall(r"[^\W\d_]+", self.text))

    @property
    def is_chair(self) -> bool:
        """True for an office that names nobody."""
        return is_chair(self.text)


@dataclass(frozen=True, slots=True)
class Form:
    """A form of labels: the reader of the spans of label and words, and an example.

    ``is_weak`` tells that sentences look so too: only capitals, titles and offices count.
    """

    name: str
    spans: Callable[[Paragraph, str, int], Iterator[tuple[str, int]]]
    example: str
    is_weak: bool = False


MAX_LABEL = 200
MAX_WEAK_LABEL = 120
"""Characters of a label; of one that ends like a part of a sentence."""

_BRACKET = re.compile(r"\s*[(\[]")

_BEFORE = re.compile(
    r"(?:[\[(]?\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?:\s?(?:Uhr|[ap]\.?m\.?))?[\])]?[\s,–—-]+"
    r"|(?:[^\W\d_]{2,4}\.\s|№\s?|#)?\d{1,4}[.)]?\s+|[•►▶*]\s+)?"
)
"""What may stand before a label: a time, a number of the speech, a bullet."""

_INSIDE = r"(?:[^:\n()\[\]?!]|\([^()\n]{0,80}\)|\[[^\[\]\n]{0,80}\])"
_COLON = re.compile(
    rf"({_INSIDE}{{1,{MAX_LABEL}}}?)\s?:(?=[\s\"{OPENING_DOUBLE}(]|$)\s*(?:[–—-]\s)?"
)
_STOP_DASH_END = re.compile(r"\.\s?[–—-]\s")
_STOP_DASH = re.compile(rf"({_INSIDE}{{1,{MAX_LABEL}}}?)\.?\s?{_STOP_DASH_END.pattern}")
_DASH_END = re.compile(r"[–—-](?<=\s[–—-])\s")
_DASH = re.compile(rf"({_INSIDE}{{1,{MAX_WEAK_LABEL}}}?)\s{_DASH_END.pattern}")
_BRACKETED = re.compile(r"[\[<]([^\[\]<>\n]{2,80})[\]>]\s*:?\s*(?=\S)")
_STOP = re.compile(r"\.(?=\s+[^\W\d_a-zа-я]|\s+[\"“„«(¿¡—–])")
_INITIALS_AT_END = re.compile(r"\s(?:[^\W\d_]\.\s?){1,3}$")
_BLANK = re.compile(
    rf"(?=[^\w\n])(?=[^\n]{{0,60}}[?█■▪�…_—–*])[^\w\n\"{OPENING_DOUBLE}]{{1,80}}?(?::|\.|(?<=[^\s–—-])\s[–—-])(?=\s)"
)
"""A label of which no letter can be read."""

_AFTER_BOLD = re.compile(
    r"(?:\s?[(\[][^()\[\]\n]{1,60}[)\]])+\s?(?:[:.]\s?[–—-]?|[–—-])(?=\s)|\s[–—-](?=\s)"
)
"""What may be plain after a bold name: a party or a constituency, and the end of the label."""

_LINE = re.compile(r"[^\n]{2,120}")


def _colon(paragraph: Paragraph, text: str, start: int) -> Iterator[tuple[str, int]]:
    if ":" in text and (found := _COLON.match(text, start)):
        yield found[1], found.end()


def _stop_dash(paragraph: Paragraph, text: str, start: int) -> Iterator[tuple[str, int]]:
    if _STOP_DASH_END.search(text, start) and (found := _STOP_DASH.match(text, start)):
        yield found[1], found.end()


def _bracketed(paragraph: Paragraph, text: str, start: int) -> Iterator[tuple[str, int]]:
    if found := _BRACKETED.match(text, start):
        yield found[1], found.end()


def _dash(paragraph: Paragraph, text: str, start: int) -> Iterator[tuple[str, int]]:
    if _DASH_END.search(text, start) and (found := _DASH.match(text, start)):
        yield found[1], found.end()


def _stop(paragraph: Paragraph, text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield what is before each stop that may end a label, initials among them."""
    for found in _STOP.finditer(text, start, start + MAX_WEAK_LABEL):
        head = text[start : found.start()]
        if ":" in head or "\n" in head:
            return
        if _INITIALS_AT_END.search(f"{head}."):
            yield f"{head}.", found.end()
        elif head and not _is_abbreviation(head.split()[-1]):
            yield head, found.end()


def _is_abbreviation(word: str) -> bool:
    return len(word) == 1 or bare(word) in ADDRESS or bare(word) in ABBREVIATED_OFFICES


def _bold(paragraph: Paragraph, text: str, start: int) -> Iterator[tuple[str, int]]:
    if paragraph.bold and paragraph.bold[0][0] <= start < paragraph.bold[0][1] < len(text):
        end = paragraph.bold[0][1]
        if (
            end - start <= MAX_WEAK_LABEL
            and text[end:].lstrip()[:1] != ":"
            and text[end:].strip(" :.–—-")
        ):
            after = _AFTER_BOLD.match(text, end)
            yield _without_end(text[start:end]), after.end() if after else end


def _line(paragraph: Paragraph, text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield a label on a line of its own: bold, in capitals, or with a colon at its end."""
    line = _LINE.match(text, start)
    if line is None or len(line.group()) > MAX_WEAK_LABEL or line.group().rstrip()[-1] in "?!,;”":
        return
    is_bold = covers(moved(paragraph.bold, start, line.end()), line.group())
    if is_bold or line.group().isupper():
        yield _without_end(line.group()), line.end()


def _without_end(text: str) -> str:
    """Return a label without the marks that end it, or those alone if it has nothing else."""
    return text.strip(" :.–—-") or text


FORMS = (
    Form("brackets", _bracketed, "[Jon Berg] The ice is thin."),
    Form("line", _line, "JON BERG"),
    Form("stop and dash", _stop_dash, "Jon Berg (PPE). – The ice is thin."),
    Form("colon", _colon, "Jon Berg (Lab): The ice is thin."),
    Form("bold", _bold, "**Jon Berg** The ice is thin."),
    Form("dash", _dash, "JON BERG (Ankara) – The ice is thin.", is_weak=True),
    Form("stop", _stop, "Mr. BERG. The ice is thin.", is_weak=True),
)
"""Every form, the surest first."""

WEAK = frozenset(form.name for form in FORMS if form.is_weak)


def _folded(text: str, *, upper: bool = True) -> str:
    """Return a text without the dots and dashes of Turkish letters, in capitals if asked for."""
    return (text.upper() if upper else text).replace("İ", "I")


def labels_of(paragraph: Paragraph) -> Iterator[Label]:
    """Yield the possible labels at the beginning of a paragraph, one for each form."""
    text = paragraph.text
    if CLOSES.fullmatch(text):
        return
    before = _BEFORE.match(text)
    start = before.end() if before else 0
    if blank := _BLANK.match(text, start):
        yield Label("blank", blank.group().strip(), blank.end(), None)
    if start >= len(text) or not (
        text[start].isupper() or text[start] in "[<" or _is_small(text, start)
    ):
        return
    for form in FORMS:
        first: Label | None = None
        for label, end in form.spans(paragraph, text, start):
            here = _read(form, label.strip(), end + _spaces(text, end), paragraph)
            first = first or here
            if here.parts is not None:
                first = here
                break
        if first is not None:
            yield first


def _is_small(text: str, start: int) -> bool:
    """Return whether a label begins with a form of address in small letters."""
    return text[start:].split(None, 1)[0] in ("don", "doña", "de", "M.", "…", "...")


def _spaces(text: str, end: int) -> int:
    return len(text) - end - len(text[end:].lstrip())


def _read(form: Form, text: str, start: int, paragraph: Paragraph) -> Label:
    name = _BRACKET.split(text)[0] or text  # what is in brackets after a bold name may be plain
    bold = bool(paragraph.bold) and covers(moved(paragraph.bold, 0, start), name)
    parts = None if SAYS.search(text) else label_parts(text)
    label = Label(form.name, text, start, parts, bold)
    if form.is_weak and label.parts is not None and not _is_sure(label, label.parts):
        return Label(form.name, text, start, None, bold)
    return label


def _is_sure(label: Label, parts: LabelParts) -> bool:
    """Return whether a label of a weak form is set off: in capitals, or with a title or bracket."""
    if parts.name is None:
        return label.is_chair or label.text.isupper()
    return label.is_capital or parts.is_marked or _INITIALS_AT_END.search(label.text) is not None
